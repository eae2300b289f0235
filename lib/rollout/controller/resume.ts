import type { WaveRecord } from "../ports";

/** Where a rollout leads to. */
export interface Destination {
  readonly to: string | null;
  readonly goal: string;
}

/**
 * The last rollout, where it leads to the same fleet and did not get there: it goes on under its
 * own id, so that going back from it takes back all that it did.
 *
 * @param history oldest first
 * @returns its id; null where a new one begins
 */
export function unfinishedRollout(
  history: readonly WaveRecord[],
  { to, goal }: Destination,
): string | null {
  const last = history.at(-1);
  if (!last || last.to !== to || last.goal !== goal) return null;
  if (last.result === "done" && last.plan.wavesRemaining <= 1) return null;
  return last.rolloutId;
}

/**
 * Records whose controller was killed, or left before their wave's end (`routed deploy` always does), and the last one where
 * Terraform failed: it may have changed all nodes before. Nobody runs them: whoever asks holds the
 * lock.
 *
 * @param history oldest first
 */
export function openRecords(history: readonly WaveRecord[]): WaveRecord[] {
  return history.filter(
    (record, index) =>
      record.result === "running" ||
      (index === history.length - 1 &&
        (record.result === "interrupted" || record.result === "applied" || failedInApply(record))),
  );
}

/** Whether it was Terraform that failed: what comes after it was never begun. */
export function failedInApply({ result, seconds }: WaveRecord): boolean {
  return result === "failed" && seconds.apply !== undefined && seconds.wait === undefined;
}

/** A rollout's id: sorts by its start, and differs between two that start in the same second. */
export function newRolloutId(startedAt: number, goal: string): string {
  const [time = ""] = new Date(startedAt).toISOString().split(".");
  return `${time.replaceAll(":", "-")}Z-${goal.slice(0, 4)}`;
}
