import type { Variant } from "./bench-environment";
import type { CallCounts } from "./rates";

/** In the order of the report. */
export const CASES = [
  "cold create",
  "no-op",
  "new image",
  "one node's AMI",
  "one node's AMI, -refresh=false",
  "one node's AMI, -target",
  "one new PoP",
  "destroy",
] as const;

export type Case = (typeof CASES)[number];

/**
 * Of the short cases, of which the machine's own ups and downs are a large part, the fastest of so
 * many runs counts where variants are compared, each run on a fork of its own.
 */
export const FASTEST_OF: Partial<Readonly<Record<Case, number>>> = {
  "no-op": 5,
  "one node's AMI": 5,
  "one node's AMI, -refresh=false": 5,
};

/** What one deploy cost. */
export interface CaseResult {
  readonly pops: number;
  readonly variant: Variant;
  readonly case: Case;
  /** Wall time of the command. */
  readonly seconds: number;
  /** Of the command and all that it started; the local AWS is not in it. */
  readonly cpuSeconds: number;
  /** The most memory that all of them had at once. */
  readonly peakMiB: number;
  /** Managed resources in the state afterwards. */
  readonly resources: number;
  /** By service and action, the throttled ones too. */
  readonly calls: CallCounts;
  readonly throttled: CallCounts;
  /** Wall time of the same command on a stack of nothing but the provider. */
  readonly startSeconds: number;
  /** The machine's load average over a minute at the end; above its cores, wall time is too long. */
  readonly load?: number;
  /** The day of the measurement in UTC, such as `2026-11-27`: code and bench change between days. */
  readonly day?: string;
}
