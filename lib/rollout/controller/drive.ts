import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { checkInvariants } from "../../plan/invariants/check-invariants";
import { desiredFleet } from "../../plan/desired/desired-fleet";
import { holdsOf } from "../../plan/holds";
import { renderSummary, renderWavesToGo } from "../../plan/render/render-summary";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import { undoDrain } from "./drain";
import { renderDuration } from "../duration";
import { finishApply } from "./finish-apply";
import { waitingAmi } from "./held-target";
import { isRolled } from "./roll-state";
import { hasOtherSpare } from "../no-capacity";
import { nodeStates } from "../node-states";
import type { NodeState } from "../node-states";
import type { WaveRecord } from "../ports";
import { failedInApply, openRecords } from "./resume";
import { halt } from "../rollout-result";
import type { Halt, RolloutResult, WaveOutcome } from "../rollout-result";
import { look, pause } from "./run";
import type { Run } from "./run";
import { lockLost, runWave, seeThrough } from "./wave";
import { changesFleet, changesOf, isApplied, workOf } from "./wave-changes";
import type { WaveWork } from "./wave-changes";
import { isoOf, WaveLog } from "./wave-log";
import { isOpen, nextOpening } from "../window";
import { countOf } from "../../words";
import { nodesOf } from "../../config/slots";

/** Looks in a row that may fail: AWS's throttling passes, and so does its delay after a change. */
export const FAILED_LOOKS = 6;
/** Waves in a row that may come to nothing because the fleet has changed meanwhile. */
const VAIN_WAVES = 3;
/** Times in a row that nodes may be set back to ACTIVE. */
const SET_BACKS = 5;

/** What the controller remembers between two looks: counters that bound its patience, no facts. */
interface Patience {
  failedLooks: number;
  vainWaves: number;
  setBacks: number;
  /** Since when nodes hold the plan; null while they don't. */
  heldSince: number | null;
}

/** The rollout's waves, one after the other, each from a fresh look. */
export async function drive(run: Run, history: readonly WaveRecord[]): Promise<RolloutResult> {
  const driver = new Driver(run, history);
  const result = await driver.closeOpenRecords();
  return result ?? driver.go();
}

class Driver {
  private readonly patience: Patience = {
    failedLooks: 0,
    vainWaves: 0,
    setBacks: 0,
    heldSince: null,
  };
  /** Waves that this run finished. */
  private waves = 0;
  /** Waves that the rollout finished, in earlier runs too. */
  private done: number;
  private lastWave: number;
  /** Whether everything that the config changes beside nodes was applied by this run, or is so. */
  private isSettled = false;
  /** What was told of a newer AMI at last; null where none waits. */
  private waitingAmi: string | null = null;
  /** When the time is over that was given, in milliseconds since 1970. */
  private readonly deadline: number;

  constructor(
    private run: Run,
    private readonly history: readonly WaveRecord[],
  ) {
    const own = history.filter(({ rolloutId }) => rolloutId === run.rolloutId);
    this.done = own.filter(({ result }) => result === "done").length;
    this.lastWave = own.at(-1)?.wave ?? 0;
    const { settings, world } = run;
    this.deadline = world.clock.now() + (settings.maxSeconds ?? Infinity) * 1000;
  }

  /** Ends what controllers left behind that are no more. */
  async closeOpenRecords(): Promise<RolloutResult | null> {
    const { history } = this;
    for (const record of openRecords(history)) {
      const outcome = await this.closeOpenRecord(record, record === history.at(-1));
      if (outcome.kind === "done") continue;
      return this.endedBy(outcome);
    }
    return null;
  }

  /** @param isLast whether no other wave came after it: then its apply may have to be finished */
  private async closeOpenRecord(record: WaveRecord, isLast: boolean): Promise<WaveOutcome> {
    const { run } = this;
    const log = WaveLog.resume(run, record);
    const seen = await this.lookPatiently();
    if (!("plan" in seen)) return seen;
    const { changes, started, rolls, restarts } = workOf(record.plan);
    const applied: WaveWork = {
      started,
      restarts,
      changes: changes.filter((change) => isApplied(change, seen)),
      rolls: rolls.filter((roll) => isRolled(roll, seen)),
    };
    const done = applied.changes.length + applied.rolls.length;
    const failed = failedInApply(record);
    // What Terraform failed to change is staged again, and is another wave.
    if (failed && done < changes.length + rolls.length) return { kind: "done" };
    // A deploy waits for nothing, and its own apply takes up whatever is left undone.
    const isOwn = record.rolloutId === run.rolloutId && run.settings.untilApplied !== true;
    if (isOwn && done > 0) this.tellStarted(record.wave, record.plan, applied);
    const finishes = run.settings.untilApplied !== true;
    if (finishes && isLast && done > 0 && (failed || record.result === "running")) {
      const finished = await log.phase("apply", (report) => finishApply(run, report));
      if (finished.kind === "stopped") return finished;
      if (finished.kind === "interrupted") return { kind: "interrupted", applied: true };
    }
    if (!isOwn || done === 0) {
      const result = done === 0 ? "aborted" : "interrupted";
      const isClosed = failed || record.result === "applied" || record.result === result;
      if (isClosed) return { kind: "done" };
      const message = `its controller ended before ${done === 0 ? "its apply" : "its end"}`;
      return (await log.close(result, message)) ?? { kind: "done" };
    }
    const outcome = await seeThrough(run, log, applied);
    if (outcome.kind === "done") this.countWave();
    return outcome;
  }

  /** @param applied what of it was applied by an earlier run, and only has to be seen to its end */
  private tellStarted(wave: number, plan: UpgradePlan, applied?: WaveWork): void {
    const { changes, rolls } = applied ?? workOf(plan);
    const summary = changesFleet(plan) ? renderSummary(plan) : "what else the config changes";
    this.run.emit({
      type: "wave-started",
      wave,
      done: this.done,
      remaining: changesFleet(plan) ? plan.wavesRemaining : 1,
      summary,
      slots: changes.map(({ slot }) => slot),
      ...(rolls.length === 0 ? {} : { pops: rolls.map(({ pop }) => pop) }),
      popsTouched: applied === undefined ? plan.popsTouched : [],
      resumed: applied !== undefined,
    });
  }

  async go(): Promise<RolloutResult> {
    const { run, patience } = this;
    const { settings, world } = run;
    for (;;) {
      const planned = await this.lookPatiently();
      if (!("plan" in planned)) return this.endedBy(planned);
      const { plan } = planned;
      const isOpenNow = isOpen(settings.windows, world.clock.now());
      const mayStart = plan.status === "staged" && isOpenNow;
      const astray = strays(planned, mayStart);
      if (astray.length > 0) {
        const halted = await this.setBack(astray);
        if (halted) return this.endedBy(halted);
        continue;
      }
      patience.setBacks = 0;
      if (isOpenNow && this.isForOthers(plan)) {
        const outcome = await this.nextWave(planned);
        if (outcome.kind === "interrupted" || outcome.kind === "stopped") {
          return this.endedBy(outcome);
        }
        continue;
      }
      if (plan.status === "converged") {
        return {
          kind: "converged",
          waves: this.waves,
          message: this.convergedMessage(renderSummary(plan)),
        };
      }
      if (this.waves >= (settings.maxWaves ?? Infinity)) {
        const message = `${countOf(this.waves, "wave")} done${renderWavesToGo(plan)}`;
        const { wavesRemaining: remaining } = plan;
        return { kind: "max-waves", waves: this.waves, message, remaining };
      }
      if (mayStart && world.clock.now() >= this.deadline) {
        const time = renderDuration(settings.maxSeconds ?? 0);
        const message = `no wave starts more than ${time} after the rollout; ${plan.wavesRemaining} to go`;
        return { kind: "max-time", waves: this.waves, message };
      }
      const outcome =
        plan.status === "held"
          ? await this.waitWhileHeld(planned)
          : mayStart
            ? await this.nextWave(planned)
            : await this.waitForWindow();
      if (outcome.kind === "interrupted" || outcome.kind === "stopped") {
        return this.endedBy(outcome);
      }
      if (outcome.kind === "done" && settings.untilApplied === true) {
        const remaining = Math.max(0, plan.wavesRemaining - 1);
        const message = `1 wave applied; ${remaining === 0 ? "no other is" : `${countOf(remaining, "wave")}`} to go`;
        return { kind: "max-waves", waves: this.waves, message, remaining };
      }
    }
  }

  /** Whether what else the config changes is to be looked for, since no wave takes it along. */
  private isForOthers({ status }: UpgradePlan): boolean {
    const { settings, to, world } = this.run;
    if (this.isSettled || to !== null || world.clock.now() >= this.deadline) return false;
    return status === "converged" || (status === "held" && settings.untilApplied === true);
  }

  private tellWaitingAmi(planned: PlannedEnvironment): void {
    const message = waitingAmi(planned, this.run.planOptions);
    if (message !== null && message !== this.waitingAmi) this.run.emit({ type: "note", message });
    this.waitingAmi = message;
  }

  private convergedMessage(summary: string): string {
    const { to } = this.run;
    if (to === null) return this.waitingAmi === null ? summary : `${summary}; ${this.waitingAmi}`;
    return (
      `every node has the spec that it had before ${to}; take the change out of the config (or ` +
      `set fleet.image.amiId) before the next deploy, which follows the config again`
    );
  }

  /** Looks, a few times where AWS has trouble. */
  private async lookPatiently(): Promise<
    PlannedEnvironment | Exclude<WaveOutcome, { kind: "done" }>
  > {
    const { run, patience } = this;
    for (;;) {
      if (run.stop.aborted) return { kind: "interrupted", applied: false };
      const seen = await look(run);
      if (seen.kind === "seen") {
        patience.failedLooks = 0;
        this.tellWaitingAmi(seen.planned);
        return seen.planned;
      }
      patience.failedLooks += 1;
      if (!seen.passing || patience.failedLooks >= FAILED_LOOKS) {
        const remedy = "no node is being changed; run the rollout again once it can be observed";
        return halt("unreadable", seen.message, remedy);
      }
      await pause(run, Infinity);
    }
  }

  private async setBack(nodes: readonly NodeState[]): Promise<Halt | null> {
    const { run, patience } = this;
    if (!(await run.keeper.confirm())) return lockLost(run);
    patience.setBacks += 1;
    const undone = await undoDrain(run, nodes, "the plan changes nothing there now");
    if (!undone || patience.setBacks > SET_BACKS) {
      const slots = nodes.map(({ slot }) => slot);
      return halt(
        "drain",
        `${nodesOf(slots)} stays DRAINING`,
        "set it back to ACTIVE, then run again",
      );
    }
    await pause(run, Infinity);
    return null;
  }

  private async waitWhileHeld({ plan }: PlannedEnvironment): Promise<WaveOutcome> {
    const { run, patience } = this;
    const { settings, world } = run;
    const now = world.clock.now();
    patience.heldSince ??= now;
    const until = Math.min(patience.heldSince + settings.timeoutSeconds * 1000, this.deadline);
    if (settings.untilApplied === true) {
      const remedy = "wait until the node is well, or correct what holds it, and deploy again";
      return halt(
        "held",
        `${renderSummary(plan)}; everything else is as the config wants it`,
        remedy,
      );
    }
    if (!settings.wait || now >= until) {
      const time = renderDuration((now - patience.heldSince) / 1000);
      const waited = settings.wait ? ` after ${time}` : "";
      const remedy =
        `correct what holds it and run the rollout again; where only a deploy can correct it, ` +
        `see --to and --ignore-health`;
      return halt("held", `${renderSummary(plan)}${waited}`, remedy);
    }
    run.emit({
      type: "waiting",
      for: "held",
      holds: holdsOf(plan),
      message: renderSummary(plan),
      until: isoOf(until),
    });
    await pause(run, until);
    return { kind: "again", message: renderSummary(plan) };
  }

  private async waitForWindow(): Promise<WaveOutcome> {
    const { run } = this;
    const { settings, world } = run;
    const opensAt = nextOpening(settings.windows, world.clock.now());
    const text = settings.windows.map((window) => window.text).join("; ");
    if (opensAt === null || !settings.wait || opensAt >= this.deadline) {
      const next = opensAt === null ? "never opens" : `opens at ${isoOf(opensAt)}`;
      const message = `outside of the window "${text}", which ${next}`;
      return halt("outside-window", message, "run the rollout again then");
    }
    const until = isoOf(opensAt);
    run.emit({
      type: "waiting",
      for: "window",
      message: `the window is "${text}"`,
      until,
    });
    await world.clock.sleep(opensAt - world.clock.now(), run.stop);
    return { kind: "again", message: "the window opens" };
  }

  private async nextWave(planned: PlannedEnvironment): Promise<WaveOutcome> {
    const { run, patience } = this;
    const { environment, observation, plan } = planned;
    patience.heldSince = null;
    const violations = checkInvariants(desiredFleet(environment), observation, plan);
    if (violations.length > 0) {
      return halt(
        "invariant",
        violations.join("; "),
        "this is a defect; report it with the history",
      );
    }
    const number = this.lastWave + 1;
    const outcome = await runWave(run, number, planned, () => {
      this.lastWave = number;
      this.tellStarted(number, plan);
    });
    if (outcome.kind === "done" || outcome.kind === "nothing") {
      this.isSettled = true;
      patience.vainWaves = 0;
    }
    if (outcome.kind === "done" && changesFleet(plan)) this.countWave();
    if (outcome.kind === "stopped" && outcome.lacking !== undefined) {
      return this.goOnWithout(outcome.lacking, planned, outcome);
    }
    if (outcome.kind !== "again") return outcome;
    patience.vainWaves += 1;
    if (patience.vainWaves < VAIN_WAVES) {
      await pause(run, Infinity);
      return outcome;
    }
    const remedy = "no node was changed; find out who else changes the environment, then run again";
    return halt("disagreement", outcome.message, remedy);
  }

  /** Where another spare can be filled instead, it is from now on, to the end of this run. */
  private goOnWithout(
    lacking: readonly number[],
    { plan }: PlannedEnvironment,
    stopped: Halt,
  ): WaveOutcome {
    const { planOptions } = this.run;
    const noCapacity = [...(planOptions.noCapacity ?? []), ...lacking];
    if (!hasOtherSpare(plan, noCapacity)) return stopped;
    this.run = { ...this.run, planOptions: { ...planOptions, noCapacity } };
    return { kind: "again", message: stopped.message };
  }

  private countWave(): void {
    this.waves += 1;
    this.done += 1;
  }

  private endedBy(outcome: Exclude<WaveOutcome, { kind: "done" }>): RolloutResult {
    const { run, waves } = this;
    // Whatever else went on: without the lock nothing more may be said of the fleet.
    if (run.keeper.lost.aborted) return { ...lockLost(run), waves };
    if (outcome.kind === "stopped") {
      const { kind, reason, message, remedy } = outcome;
      return { kind, waves, reason, message, remedy };
    }
    const applied = outcome.kind === "interrupted" && outcome.applied;
    const message = applied
      ? "interrupted after the wave was applied, before its nodes were seen to stay available"
      : "interrupted; no node is being changed";
    return { kind: "interrupted", waves, message, remedy: "run the same command again to go on" };
  }
}

/**
 * Nodes that a rollout has drained, or was about to, though this wave doesn't change them: it was killed,
 * and the plan has changed since. What a person drained stays so.
 */
function strays(planned: PlannedEnvironment, mayStart: boolean): NodeState[] {
  const changing = new Set(mayStart ? changesOf(planned.plan).map(({ slot }) => slot) : []);
  return nodeStates(planned).filter(
    ({ slot, drainedBy }) => drainedBy !== null && !changing.has(slot),
  );
}
