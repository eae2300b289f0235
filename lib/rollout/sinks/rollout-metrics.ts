import { Gauge, Registry } from "prom-client";
import { oneOf } from "../../files/record-shape";
import { ROLLOUT_METRICS } from "../../metrics/metric-names";
import type { MetricDefinition } from "../../metrics/metric-names";
import { HOLD_TOPICS } from "../../plan/holds";
import { topicsOfWaiting } from "../events";
import type { RolloutEvent } from "../events";
import { WAVE_PHASES } from "../wave-steps";
import type { WavePhase } from "../wave-steps";
import { STOP_REASONS } from "../rollout-result";
import type { RolloutResult } from "../rollout-result";

const { enum: RESULTS } = oneOf<RolloutResult["kind"]>({
  converged: true,
  "max-waves": true,
  "max-time": true,
  stopped: true,
  interrupted: true,
});

/**
 * A rollout's metrics, as its events tell of it. What lasts (a phase, being held) counts until the
 * moment when the text is asked for.
 */
export class RolloutMetrics {
  private readonly registry = new Registry();
  private readonly gauges: Readonly<Record<keyof typeof ROLLOUT_METRICS, Gauge>>;
  private phase: { readonly name: WavePhase; readonly startedAt: number } | null = null;
  private heldSince: number | null = null;

  /** @param now milliseconds since 1970, UTC */
  constructor(
    private readonly environment: string,
    private readonly now: () => number,
  ) {
    const gauges = Object.entries(ROLLOUT_METRICS).map(([key, definition]) => [
      key,
      this.gauge(definition),
    ]);
    this.gauges = Object.fromEntries(gauges) as typeof this.gauges;
    this.gauges.running.set({ environment }, 1);
    this.gauges.startTime.set({ environment }, now() / 1000);
    this.those(this.gauges.result, "result", RESULTS, []);
    this.those(this.gauges.waiting, "reason", HOLD_TOPICS, []);
    this.those(this.gauges.stopped, "reason", STOP_REASONS, []);
    this.gauges.heldSeconds.set({ environment }, 0);
    this.gauges.wavesDone.set({ environment }, 0);
  }

  /** Prometheus' text format. */
  async text(): Promise<string> {
    const { environment, gauges, heldSince, phase } = this;
    const since = (start: number): number => (this.now() - start) / 1000;
    if (phase) gauges.phaseSeconds.set({ environment, phase: phase.name }, since(phase.startedAt));
    gauges.heldSeconds.set({ environment }, heldSince === null ? 0 : since(heldSince));
    return this.registry.metrics();
  }

  take(event: RolloutEvent): void {
    const { environment, gauges } = this;
    const at = Date.parse(event.at);
    switch (event.type) {
      case "rollout-started":
        for (const phase of WAVE_PHASES) {
          gauges.phaseExpectedSeconds.set({ environment, phase }, event.expected[phase]);
        }
        return;
      case "looked":
        if (this.phase === null) {
          gauges.wavesRemaining.set({ environment }, event.fleet.wavesRemaining);
        }
        return;
      case "waiting":
        this.heldSince = event.for === "held" ? (this.heldSince ?? at) : null;
        this.those(gauges.waiting, "reason", HOLD_TOPICS, topicsOfWaiting(event));
        return;
      case "wave-started":
        this.heldSince = null;
        this.those(gauges.waiting, "reason", HOLD_TOPICS, []);
        gauges.phaseSeconds.reset();
        gauges.wavesDone.set({ environment }, event.done);
        gauges.wavesRemaining.set({ environment }, event.remaining);
        return;
      case "phase-started":
        this.phase = { name: event.phase, startedAt: at };
        return;
      case "phase-ended":
        this.phase = null;
        gauges.phaseSeconds.set({ environment, phase: event.phase }, event.seconds);
        return;
      case "wave-ended":
        if (event.result !== "done") return;
        gauges.wavesDone.inc({ environment });
        gauges.wavesRemaining.dec({ environment });
        return;
      case "rollout-ended":
        this.end(event.result, at);
        return;
      case "look-failed":
      case "set-active":
      case "phase-progress":
      case "note":
        return;
    }
  }

  private end(result: RolloutResult, at: number): void {
    const { environment, gauges } = this;
    this.phase = null;
    this.heldSince = null;
    this.those(gauges.waiting, "reason", HOLD_TOPICS, []);
    this.those(gauges.result, "result", RESULTS, [result.kind]);
    this.those(
      gauges.stopped,
      "reason",
      STOP_REASONS,
      result.kind === "stopped" ? [result.reason] : [],
    );
    gauges.running.set({ environment }, 0);
    gauges.endTime.set({ environment }, at / 1000);
  }

  private gauge({ name, help, labels }: MetricDefinition): Gauge {
    return new Gauge({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** 1 for the values that hold, 0 for the others: a series that vanished would be its last value. */
  private those<T extends string>(
    gauge: Gauge,
    label: string,
    all: readonly T[],
    holding: readonly T[],
  ): void {
    const { environment } = this;
    for (const value of all)
      gauge.set({ environment, [label]: value }, holding.includes(value) ? 1 : 0);
  }
}
