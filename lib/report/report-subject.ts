import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import type { WaveRecord } from "../rollout/ports";
import type { ResourceChange } from "../terraform/plan";
import type { Verdict } from "../verify/verdict";

/** What a report is made from. */
export interface ReportSubject {
  readonly planned: PlannedEnvironment;
  /** Null where Terraform's plan wasn't given. */
  readonly terraform: VerifiedPlan | null;
  /** Past waves, oldest first, which estimates are made from; empty for the config's numbers. */
  readonly history: readonly WaveRecord[];
  /** Milliseconds since 1970; ages are counted up to it. */
  readonly now: number;
}

/** Terraform's plan of the same synthesis, and the verdict on it. */
export interface VerifiedPlan {
  readonly changes: readonly ResourceChange[];
  readonly verdict: Verdict;
}
