import { messageOf, RoutedError } from "../../errors";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import { drain, undoDrain } from "./drain";
import { lackOfCapacity } from "../no-capacity";
import { nodeStates } from "../node-states";
import type { NodeState } from "../node-states";
import type { PreparedDeploy } from "../ports";
import { halt } from "../rollout-result";
import type { Halt, StepOutcome, WaveOutcome } from "../rollout-result";
import type { Run } from "./run";
import { bake, waitUntilAvailable } from "./watch-nodes";
import { changesFleet, firstOther, nameOfWork, workOf } from "./wave-changes";
import type { WaveWork } from "./wave-changes";
import { WaveLog } from "./wave-log";
import { lookAgain, tooOld } from "./look-again";
import type { Again, Proved } from "./look-again";
import { inOrder } from "../wave-steps";
import type { StageSteps, WavePhase } from "../wave-steps";
import { nodesOf } from "../../config/slots";

/**
 * Carries out one wave, by the steps of `WAVE_STEPS` in their order. Whatever
 * ends it before the apply undoes it; whatever ends it later leaves all other nodes as they are.
 * Nothing is taken out of service before Terraform's plan is proved. Where the plan changes no node,
 * it is what else the config changes, if anything.
 *
 * @param number the wave's number in its rollout
 * @param tellStart is called once it is sure that there is something to do
 */
export async function runWave(
  run: Run,
  number: number,
  planned: PlannedEnvironment,
  tellStart: (plan: UpgradePlan) => void,
): Promise<WaveOutcome> {
  const wave = new Wave(run, WaveLog.start(run, number, planned), planned, tellStart);
  const ready = await wave.getReady();
  if (ready.kind === "nothing") return ready;
  if (ready.kind !== "ready") {
    await wave.undo(ready);
    return ready.kind === "interrupted" ? { kind: "interrupted", applied: false } : ready;
  }
  const failure = await wave.apply(ready.prepared);
  if (failure) return failure;
  const { plan, restarts } = ready.prepared;
  if (!changesFleet(plan)) {
    const waits = restarts.length > 0 && run.settings.untilApplied !== true;
    if (waits) return seeThrough(run, wave.log, { ...wave.work, restarts });
    return (await wave.log.close("done", "")) ?? { kind: "done" };
  }
  if (run.settings.untilApplied === true) {
    const message = "nobody waited for its nodes: the next rollout sees it to its end";
    return (await wave.log.close("applied", message)) ?? { kind: "done" };
  }
  return seeThrough(run, wave.log, wave.work);
}

/**
 * Sees an applied wave to its end: its nodes become available, its PoPs healthy with their image,
 * all stay so, and the gate says yes. Also for one that a controller left behind that is no more.
 */
export async function seeThrough(run: Run, log: WaveLog, work: WaveWork): Promise<WaveOutcome> {
  const steps: StageSteps<"watch", Step> = {
    wait: (report) => waitUntilAvailable(run, work, report),
    bake: (report) => bake(run, work, report),
    "gate-after": (report) => askGate(run, log.wave, work, "after-bake", report),
  };
  for (const [phase, step] of inOrder("watch", steps)) {
    const outcome = await log.phase(phase, step);
    if (outcome.kind === "stopped") {
      await log.close("failed", outcome.message);
      return outcome;
    }
    if (outcome.kind === "interrupted") {
      await log.close("interrupted", "interrupted before the end of its bake");
      return { kind: "interrupted", applied: true };
    }
  }
  return (await log.close("done", "")) ?? { kind: "done" };
}

type Step = (report: (message: string) => void) => Promise<StepOutcome>;
type GettingReady = (report: (message: string) => void) => Promise<StepOutcome | Again>;
type Unready = Exclude<StepOutcome, { kind: "done" }> | Again;

type Readiness =
  | { readonly kind: "ready"; readonly prepared: PreparedDeploy }
  /** Terraform has nothing to do, and no node is to be changed. */
  | { readonly kind: "nothing" }
  | Unready;

class Wave {
  work: WaveWork;
  private readonly nodes: readonly NodeState[];
  /** Whether Terraform was asked for it: a wave that never began leaves no record. */
  private begun = false;
  /** Nodes that an earlier controller, or this one, has set to DRAINING. */
  private draining: readonly NodeState[];
  private proved: Proved | null = null;
  private readonly taken = new Set<WavePhase>();

  constructor(
    private readonly run: Run,
    readonly log: WaveLog,
    private readonly planned: PlannedEnvironment,
    private readonly tellStart: (plan: UpgradePlan) => void,
  ) {
    this.work = workOf(planned.plan);
    const slots = new Set(this.work.changes.map(({ slot }) => slot));
    this.nodes = nodeStates(planned).filter(({ slot }) => slots.has(slot));
    this.draining = this.nodes.filter(({ drainedBy }) => drainedBy !== null);
  }

  /** All that comes before the apply. */
  async getReady(): Promise<Readiness> {
    const { run, log } = this;
    if (!changesFleet(this.planned.plan)) {
      // Nobody is asked about a change that there isn't.
      const unprepared = await this.take([["prepare", this.asking.prepare]]);
      if (unprepared) return unprepared;
      if (this.proved?.deploy.changesNothing === true) return { kind: "nothing" };
    }
    this.tellStart(this.planned.plan);
    const asked = await this.take(inOrder("ask", this.asking));
    if (asked) return asked;
    if (run.stop.aborted) return { kind: "interrupted" };
    const unheld = await this.confirmLock();
    if (unheld) return unheld;
    const unrecorded = await log.store();
    if (unrecorded) return unrecorded;
    const failed = await this.take(inOrder("ready", this.readying));
    if (failed) return failed;
    const lost = await this.confirmLock();
    if (lost) return lost;
    if (run.stop.aborted) return { kind: "interrupted" };
    const { proved } = this;
    if (!proved) return halt("prepare", "nothing was prepared", "run the rollout again");
    return { kind: "ready", prepared: proved.deploy };
  }

  private readonly asking: StageSteps<"ask", GettingReady> = {
    gate: (report) => this.askGateBefore(report),
    preflight: () => this.preflight(),
    prepare: () => this.prepare(),
    probe: () => this.probe(),
  };

  private readonly readying: StageSteps<"ready", GettingReady> = {
    drain: (report) => drain(this.run, this.toDrain, report),
    "look-again": () => lookAgain(this.run, this.planned, this.proved),
  };

  /** @returns null, or the outcome of the first step that isn't done */
  private async take(steps: readonly [WavePhase, GettingReady][]): Promise<Unready | null> {
    for (const [phase, step] of steps) {
      if (this.taken.has(phase)) continue;
      this.taken.add(phase);
      if (phase === "drain" && !this.startsDrain()) continue;
      let again: Unready | null = null;
      const outcome = await this.log.phase(phase, async (report): Promise<StepOutcome> => {
        const made = await step(report);
        if (made.kind !== "again") return made;
        again = made;
        return { kind: "done" };
      });
      if (again) return again;
      if (outcome.kind !== "done") return outcome;
      // Not a part of the step: a person takes the time that it takes.
      if (phase === "prepare" && !(await this.isApproved())) return { kind: "interrupted" };
    }
    return null;
  }

  /** Whether there is a node to drain; it is told of as one that may be DRAINING from then on. */
  private startsDrain(): boolean {
    // What a person drained already stays so, whatever becomes of the wave.
    if (this.toDrain.length > 0) {
      this.draining = this.toDrain.filter((node) => !node.draining || node.drainedBy !== null);
    }
    return this.toDrain.length > 0;
  }

  private get toDrain(): readonly NodeState[] {
    const gone = new Set(this.work.changes.map(({ instanceId }) => instanceId));
    return this.nodes.filter(({ instanceId }) => gone.has(instanceId));
  }

  /** Applies what was verified. @returns null, or why the rollout stops */
  async apply(prepared: PreparedDeploy): Promise<Halt | null> {
    const { run, log } = this;
    const outcome = await log.phase("apply", async (report) => {
      const words: string[] = [];
      try {
        await run.world.deployer.apply(prepared, (line) => {
          words.push(line);
          report(line);
        });
        return { kind: "done" };
      } catch (error) {
        const lack = lackOfCapacity(words.join("\n"), prepared.plan);
        if (lack !== null) {
          return { ...halt("capacity", lack.message, CAPACITY_REMEDY), lacking: lack.slots };
        }
        return halt("apply", messageOf(error), APPLY_REMEDY);
      }
    });
    if (run.keeper.lost.aborted) return lockLost(run);
    if (outcome.kind !== "stopped") return null;
    await undoDrain(run, this.draining, "Terraform failed, and what is left of them shall serve");
    await log.close("failed", outcome.message);
    return outcome;
  }

  /** Brings everything back to what it was, and says so. */
  async undo(why: Unready): Promise<void> {
    const message = why.kind === "interrupted" ? "interrupted before its apply" : why.message;
    await undoDrain(this.run, this.draining, "nothing was changed");
    if (this.begun) await this.log.close("aborted", message);
  }

  private async askGateBefore(report: (message: string) => void): Promise<StepOutcome> {
    const { run, nodes } = this;
    const { changes } = this.work;
    const repairs =
      changes.length > 0 &&
      changes.every(({ slot }) => nodes.find((node) => node.slot === slot)?.broken ?? true);
    if (run.to !== null && repairs) {
      const slots = nodesOf(changes.map(({ slot }) => slot));
      return { kind: "done", message: `not asked: ${slots} is broken, and goes back` };
    }
    return askGate(run, this.log.wave, this.work, "before-wave", report);
  }

  private async preflight(): Promise<StepOutcome> {
    try {
      await this.run.world.deployer.preflight(this.planned);
      return { kind: "done" };
    } catch (error) {
      return halt("preflight", messageOf(error), "no node was touched; run the rollout again then");
    }
  }

  private async prepare(): Promise<StepOutcome | Again> {
    const { world, planOptions, stop } = this.run;
    if (stop.aborted) return { kind: "interrupted" };
    this.begun = true;
    // What it is made from is read after this moment.
    const since = world.clock.now();
    try {
      const deploy = await world.deployer.prepare(planOptions, stop);
      this.proved = { deploy, since };
      return (await this.agree(deploy)) ?? { kind: "done" };
    } catch (error) {
      if (stop.aborted) return { kind: "interrupted" };
      // A deploy of somebody else's, or of a controller that was killed, is still going on.
      if (isStale(error)) return { kind: "again", message: messageOf(error) };
      return halt("prepare", messageOf(error), "no node was touched; run the rollout again then");
    }
  }

  /** Asks whoever is to say yes to what was proved, where it changes something. */
  private async isApproved(): Promise<boolean> {
    const { approve } = this.run.settings;
    const { deploy } = this.proved ?? {};
    if (approve === undefined || deploy === undefined || deploy.changesNothing) return true;
    return approve(deploy);
  }

  private async probe(): Promise<StepOutcome | Again> {
    const { world, stop } = this.run;
    const { proved } = this;
    if (proved === null) return { kind: "interrupted" };
    const old = tooOld(this.run, proved);
    if (old) return old;
    try {
      await world.deployer.probe(proved.deploy, stop);
      return { kind: "done" };
    } catch (error) {
      if (stop.aborted) return { kind: "interrupted" };
      if (isStale(error)) return { kind: "again", message: messageOf(error) };
      return halt("prepare", messageOf(error), "no node was touched; run the rollout again then");
    }
  }

  /** What was prepared may do less than was decided, since the world goes on, and nothing else. */
  private async agree(prepared: PreparedDeploy): Promise<Again | Halt | null> {
    const { run, log } = this;
    const work = workOf(prepared.plan);
    const other = firstOther(work, this.work);
    const changesNothing = changesFleet(this.planned.plan) && !changesFleet(prepared.plan);
    if (other !== null || changesNothing) {
      const what = other === null ? "would change no node" : `would ${other}`;
      return {
        kind: "again",
        message: `what was prepared ${what}, which is not what was decided: the fleet has changed`,
      };
    }
    const { changes } = work;
    const dropped = this.draining.filter(({ slot }) => !changes.some((c) => c.slot === slot));
    await undoDrain(run, dropped, "the fleet has changed, and they aren't to be changed now");
    this.draining = this.draining.filter((node) => !dropped.includes(node));
    this.work = work;
    log.set({ plan: prepared.plan, verdict: prepared.verdict });
    return null;
  }

  private async confirmLock(): Promise<Halt | null> {
    return (await this.run.keeper.confirm()) ? null : lockLost(this.run);
  }
}

function isStale(error: unknown): boolean {
  return error instanceof RoutedError && error.code === "stale-plan";
}

const CAPACITY_REMEDY =
  "no other node was touched; run it again, which launches what is missing first";

const APPLY_REMEDY =
  "no node beyond this wave was touched; read what Terraform says, then run the rollout again, " +
  "which takes up what is left to do";

export function lockLost({ keeper }: Pick<Run, "keeper">): Halt {
  const message = keeper.lost.aborted
    ? `the lock is lost: ${keeper.reason}`
    : "the lock could not be renewed";
  return halt(
    "lock-lost",
    message,
    "find out who runs the other rollout, and run this one again once that has ended",
  );
}

async function askGate(
  { world, settings, rolloutId, stop }: Run,
  wave: number,
  work: WaveWork,
  when: "before-wave" | "after-bake",
  report: (message: string) => void,
): Promise<StepOutcome> {
  const slots = work.changes.map(({ slot }) => slot);
  const pops = work.rolls.map(({ pop }) => pop);
  const environment = settings.environment.name;
  let message: string;
  try {
    const answer = await world.gate.ask({ when, environment, rolloutId, wave, slots, pops }, stop);
    if (answer.output) report(answer.output);
    if (answer.open) return { kind: "done", message: answer.message };
    message = `the gate says no: ${answer.message}`;
  } catch (error) {
    message = `the gate can't be asked: ${messageOf(error)}`;
  }
  if (stop.aborted) return { kind: "interrupted" };
  const done = when === "after-bake" ? `${nameOfWork(work)} stays as it is by now, and ` : "";
  const others = pops.length > 0 ? "no other PoP" : "no other node";
  return halt(
    "gate",
    message,
    `${done}${others} was touched; run the rollout again once it is well`,
  );
}
