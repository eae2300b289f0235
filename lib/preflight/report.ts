import type { QuotaCheck } from "./check-quota";

/** Whether AWS's quotas allow what the config wants. */
export interface PreflightReport {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** Whether AWS could be asked; if not, only what needs no asking was checked. */
  readonly asked: boolean;
  /** Whether nothing is exceeded. */
  readonly passed: boolean;
  readonly checks: readonly QuotaCheck[];
  /** What couldn't be read, and what was assumed instead; what may not fit. Sorted. */
  readonly notes: readonly string[];
}
