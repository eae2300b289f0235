import { messageOf } from "../../errors";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import type { WaveRecord } from "../ports";
import type { WavePhase } from "../wave-steps";
import { halt } from "../rollout-result";
import type { Halt, StepOutcome } from "../rollout-result";
import { insist } from "./run";
import type { Run } from "./run";

/** One wave's record, from its start on: a controller that is killed leaves it as `running`. */
export class WaveLog {
  private constructor(
    private readonly run: Run,
    private record: WaveRecord,
  ) {}

  static start(run: Run, wave: number, { plan, observation }: PlannedEnvironment): WaveLog {
    return new WaveLog(run, {
      formatVersion: 1,
      environment: run.settings.environment.name,
      rolloutId: run.rolloutId,
      to: run.to,
      goal: run.goal,
      wave,
      startedAt: isoOf(run.world.clock.now()),
      endedAt: null,
      operator: run.world.operator,
      plan,
      observation,
      verdict: null,
      result: "running",
      message: "",
      seconds: {},
    });
  }

  static resume(run: Run, record: WaveRecord): WaveLog {
    return new WaveLog(run, { ...record, operator: run.world.operator });
  }

  get wave(): number {
    return this.record.wave;
  }

  /** Changes the record; stored by `store` or `close`. */
  set(change: Partial<Pick<WaveRecord, "plan" | "verdict">>): void {
    this.record = { ...this.record, ...change };
  }

  /** @returns null, or why the rollout can't go on */
  async store(): Promise<Halt | null> {
    const { world, keeper, settings } = this.run;
    // Whoever holds the lock by now may have taken this very record over.
    await keeper.confirm();
    if (keeper.lost.aborted) return null;
    try {
      await insist(world, () => world.history.store(this.record));
      return null;
    } catch (error) {
      return halt(
        "history",
        `wave ${this.wave} can't be recorded: ${messageOf(error)}`,
        `make the history writable (the bucket of ${settings.environment.name}, or --history ` +
          `<folder>), then run the rollout again`,
      );
    }
  }

  /** Ends the record. @returns null, or why the rollout can't go on */
  async close(result: WaveRecord["result"], message: string): Promise<Halt | null> {
    const { world, emit } = this.run;
    this.record = { ...this.record, result, message, endedAt: isoOf(world.clock.now()) };
    emit({ type: "wave-ended", wave: this.wave, result, message });
    return this.store();
  }

  /** Runs one phase of the wave: tells when it starts and ends, and keeps its time. */
  async phase(
    phase: WavePhase,
    step: (report: (message: string) => void) => Promise<StepOutcome>,
  ): Promise<StepOutcome> {
    const { world, emit, expected } = this.run;
    const { wave } = this;
    const startedAt = world.clock.now();
    emit({ type: "phase-started", wave, phase, expectedSeconds: expected[phase] });
    let told = "";
    const outcome = await step((message) => {
      if (message !== told) emit({ type: "phase-progress", wave, phase, message });
      told = message;
    });
    const seconds = (world.clock.now() - startedAt) / 1000;
    const sofar = this.record.seconds[phase] ?? 0;
    this.record = { ...this.record, seconds: { ...this.record.seconds, [phase]: sofar + seconds } };
    emit({
      type: "phase-ended",
      wave,
      phase,
      outcome: outcome.kind === "stopped" ? "failed" : outcome.kind,
      seconds,
      message: "message" in outcome ? (outcome.message ?? "") : "",
    });
    return outcome;
  }
}

export function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
