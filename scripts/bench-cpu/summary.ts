import type { CpuResult } from "../benchmarks/merge-results";

/** What one round told of one kind of isolation. */
export interface CpuRound {
  /** Of the latency-sensitive process, in milliseconds. */
  readonly delays: readonly number[];
  /** Rounds of work that the busy processes did; 0 without them. */
  readonly busyWork: number;
  /** Of the periods of the latency-sensitive process and of the busy ones, 0 to 1. */
  readonly throttled: { readonly latency: number; readonly busy: number };
  /** The part of the two CPUs that other processes of the machine took, 0 to 1. */
  readonly others: number;
}

/** @param part 0 to 1 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** Medians over the rounds, so that one that something else disturbed doesn't count; the worst of all. */
export function summarize(
  isolation: CpuResult["isolation"],
  rounds: readonly CpuRound[],
): CpuResult {
  const median = (of: (round: CpuRound) => number) => percentile(rounds.map(of), 0.5);
  return {
    isolation,
    p50: median(({ delays }) => percentile(delays, 0.5)),
    p99: median(({ delays }) => percentile(delays, 0.99)),
    worst: Math.max(...rounds.flatMap(({ delays }) => delays)),
    busyWork: median(({ busyWork }) => busyWork),
    latencyThrottled: median(({ throttled }) => throttled.latency),
    busyThrottled: median(({ throttled }) => throttled.busy),
    others: median(({ others }) => others),
  };
}
