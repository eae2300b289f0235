import { messageOf, RoutedError } from "../../errors";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { changesPlaces } from "../../plan/placement-plan";
import { drain, undoDrain } from "./drain";
import { nodeStates } from "../node-states";
import type { NodeState } from "../node-states";
import type { PreparedDeploy } from "../ports";
import { halt } from "../rollout-result";
import type { Halt, StepOutcome, WaveOutcome } from "../rollout-result";
import type { Run } from "./run";
import { bake, waitUntilAvailable } from "./watch-nodes";
import { isSameChange, nameOfWork, workOf } from "./wave-changes";
import type { WaveWork } from "./wave-changes";
import { WaveLog } from "./wave-log";
import { inOrder } from "../wave-steps";
import type { StageSteps, WavePhase } from "../wave-steps";
import { nodesOf } from "../../words";

/**
 * Carries out one wave, by the steps of `WAVE_STEPS` in their order. Whatever
 * ends it before the apply undoes it; whatever ends it later leaves all other nodes as they are.
 *
 * @param number the wave's number in its rollout
 */
export async function runWave(
  run: Run,
  number: number,
  planned: PlannedEnvironment,
): Promise<WaveOutcome> {
  const wave = new Wave(run, WaveLog.start(run, number, planned), planned);
  const ready = await wave.getReady();
  if (ready.kind !== "ready") {
    await wave.undo(ready);
    return ready.kind === "interrupted" ? { kind: "interrupted", applied: false } : ready;
  }
  const failure = await wave.apply(ready.prepared);
  if (failure) return failure;
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
    "gate-after": () => askGate(run, log.wave, work, "after-bake"),
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
type Unready = Exclude<StepOutcome, { kind: "done" }>;

type Readiness =
  | { readonly kind: "ready"; readonly prepared: PreparedDeploy }
  | Unready
  | { readonly kind: "again"; readonly message: string };

class Wave {
  work: WaveWork;
  private readonly nodes: readonly NodeState[];
  /** Whether its record was stored: a wave that never began leaves none. */
  private recorded = false;
  /** Nodes that an earlier controller, or this one, has set to DRAINING. */
  private draining: readonly NodeState[];
  /** What is to be applied, or why another look is needed. */
  private prepared: PreparedDeploy | Extract<Readiness, { kind: "again" }> | null = null;

  constructor(
    private readonly run: Run,
    readonly log: WaveLog,
    private readonly planned: PlannedEnvironment,
  ) {
    this.work = workOf(planned.plan);
    const slots = new Set(this.work.changes.map(({ slot }) => slot));
    this.nodes = nodeStates(planned).filter(({ slot }) => slots.has(slot));
    this.draining = this.nodes.filter(({ draining }) => draining);
  }

  /** All that comes before the apply. */
  async getReady(): Promise<Readiness> {
    const { run, log } = this;
    const asked = await this.take(inOrder("ask", this.asking));
    if (asked) return asked;
    if (run.stop.aborted) return { kind: "interrupted" };
    const unheld = await this.confirmLock();
    if (unheld) return unheld;
    const unrecorded = await log.store();
    if (unrecorded) return unrecorded;
    this.recorded = true;
    const failed = await this.take(inOrder("ready", this.readying));
    if (failed) return failed;
    const { prepared } = this;
    if (!prepared) return halt("prepare", "nothing was prepared", "run the rollout again");
    return "plan" in prepared ? this.agree(prepared) : prepared;
  }

  private readonly asking: StageSteps<"ask", Step> = {
    gate: () => this.askGateBefore(),
    preflight: () => this.preflight(),
  };

  private readonly readying: StageSteps<"ready", Step> = {
    drain: (report) => drain(this.run, this.toDrain, report),
    prepare: async () => {
      const made = await this.prepare();
      if (!("plan" in made) && made.kind !== "again") return made;
      this.prepared = made;
      return { kind: "done" };
    },
  };

  /** @returns null, or the outcome of the first step that isn't done */
  private async take(steps: readonly [WavePhase, Step][]): Promise<Unready | null> {
    for (const [phase, step] of steps) {
      if (phase === "drain" && !this.startsDrain()) continue;
      const outcome = await this.log.phase(phase, step);
      if (outcome.kind !== "done") return outcome;
    }
    return null;
  }

  /** Whether there is a node to drain; it is told of as one that may be DRAINING from then on. */
  private startsDrain(): boolean {
    if (this.toDrain.length > 0) this.draining = this.toDrain;
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
      try {
        await run.world.deployer.apply(prepared, report);
        return { kind: "done" };
      } catch (error) {
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
  async undo(why: Exclude<Readiness, { kind: "ready" }>): Promise<void> {
    const message = why.kind === "interrupted" ? "interrupted before its apply" : why.message;
    await undoDrain(this.run, this.draining, "nothing was changed");
    if (this.recorded) await this.log.close("aborted", message);
  }

  private async askGateBefore(): Promise<StepOutcome> {
    const { run, nodes } = this;
    const { changes } = this.work;
    const repairs =
      changes.length > 0 &&
      changes.every(({ slot }) => nodes.find((node) => node.slot === slot)?.broken ?? true);
    if (run.to !== null && repairs) {
      const slots = nodesOf(changes.map(({ slot }) => slot));
      return { kind: "done", message: `not asked: ${slots} is broken, and goes back` };
    }
    return askGate(run, this.log.wave, this.work, "before-wave");
  }

  private async preflight(): Promise<StepOutcome> {
    try {
      await this.run.world.deployer.preflight(this.planned);
      return { kind: "done" };
    } catch (error) {
      return halt("preflight", messageOf(error), "no node was touched; run the rollout again then");
    }
  }

  private async prepare(): Promise<PreparedDeploy | Exclude<Readiness, { kind: "ready" }>> {
    const { world, planOptions, stop } = this.run;
    if (stop.aborted) return { kind: "interrupted" };
    try {
      return await world.deployer.prepare(planOptions, stop);
    } catch (error) {
      if (stop.aborted) return { kind: "interrupted" };
      // A deploy of somebody else's, or of a controller that was killed, is still going on.
      if (error instanceof RoutedError && error.code === "stale-plan") {
        return { kind: "again", message: error.message };
      }
      const remedy = "no node was changed, and the drained ones serve again; run the rollout again";
      return halt("prepare", messageOf(error), remedy);
    }
  }

  /** What was prepared may do less than was decided, since the world goes on, and nothing else. */
  private async agree(prepared: PreparedDeploy): Promise<Readiness> {
    const { run, log } = this;
    const work = workOf(prepared.plan);
    const { changes: wanted, rolls } = work;
    const others = wanted.filter(
      (change) => !this.work.changes.some((c) => isSameChange(c, change)),
    );
    const otherRolls = rolls.filter(({ pop }) => !this.work.rolls.some((roll) => roll.pop === pop));
    const changesNothing =
      wanted.length + rolls.length === 0 && !changesPlaces(prepared.plan.placement);
    if (others.length + otherRolls.length > 0 || changesNothing) {
      const [first] = others;
      const [roll] = otherRolls;
      const what = first
        ? `would ${first.action} node ${first.slot}`
        : roll
          ? `would roll ${roll.pop} to ${roll.wanted}`
          : "would change no node";
      return {
        kind: "again",
        message: `what was prepared ${what}, which is not what was decided: the fleet has changed`,
      };
    }
    const dropped = this.draining.filter(({ slot }) => !wanted.some((c) => c.slot === slot));
    await undoDrain(run, dropped, "the fleet has changed, and they aren't to be changed now");
    this.draining = this.draining.filter((node) => !dropped.includes(node));
    this.work = work;
    log.set({ plan: prepared.plan, verdict: prepared.verdict });
    const unrecorded = await log.store();
    if (unrecorded) return unrecorded;
    const unheld = await this.confirmLock();
    if (unheld) return unheld;
    return run.stop.aborted ? { kind: "interrupted" } : { kind: "ready", prepared };
  }

  private async confirmLock(): Promise<Halt | null> {
    return (await this.run.keeper.confirm()) ? null : lockLost(this.run);
  }
}

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
): Promise<StepOutcome> {
  const slots = work.changes.map(({ slot }) => slot);
  const pops = work.rolls.map(({ pop }) => pop);
  const environment = settings.environment.name;
  let message: string;
  try {
    const answer = await world.gate.ask({ when, environment, rolloutId, wave, slots, pops }, stop);
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
