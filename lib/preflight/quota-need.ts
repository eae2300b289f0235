import type { QuotaId } from "./quota";

/** What an environment needs of a quota. */
export interface QuotaNeed {
  readonly quota: QuotaId;
  /** What the quota is counted for: a region, or a resource of the environment's own. */
  readonly of: string;
  /**
   * Of a region's quota: what is needed on top of what is in use. Of a resource's: what it needs in
   * all. Null where that can't be told.
   */
  readonly needed: number | null;
  /** What the environment itself has in use now; 0 of a resource's quota. */
  readonly own: number;
  /** The arithmetic, e.g. "2 of 5 slots have no address yet". */
  readonly why: string;
  /** What to change in the config instead of raising the quota. */
  readonly instead: string;
}
