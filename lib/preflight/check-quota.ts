import { quotaOf } from "./quota";
import type { Quota, QuotaId } from "./quota";
import type { QuotaNeed } from "./quota-need";

/** What was read of the account; what is not in it could not be, or didn't have to be. */
export interface AccountReading {
  readonly limits: ReadonlyMap<QuotaId, number>;
  readonly inUse: ReadonlyMap<QuotaId, number>;
}

/**
 * - `fits`: with what is needed, no more is used than AWS allows.
 * - `exceeded`: more would be used.
 * - `unknown`: what is allowed or needed couldn't be told.
 */
export type QuotaVerdict = "fits" | "exceeded" | "unknown";

/** One quota, and whether what the environment needs of it is allowed. */
export interface QuotaCheck {
  readonly id: QuotaId;
  /** AWS's own name. */
  readonly name: string;
  readonly service: Quota["service"];
  /** Service Quotas' code; null for a limit that it doesn't list. */
  readonly code: string | null;
  /** What the quota is counted for: a region, or a resource of the environment's own. */
  readonly of: string;
  readonly limit: number;
  /**
   * - `account`: the account's own value, as Service Quotas gave it.
   * - `documented`: AWS's default, which AWS raises on request.
   * - `fixed`: AWS raises it for nobody.
   */
  readonly limitSource: "account" | "documented" | "fixed";
  /** Of a region's quota; 0 of a resource's. */
  readonly inUse: number;
  /** Who uses it: everybody in the account's region, or only the environment as far as is known. */
  readonly inUseBy: "account" | "environment";
  /** On top of what is in use; null where it can't be told. */
  readonly needed: number | null;
  readonly why: string;
  readonly verdict: QuotaVerdict;
  /** What to change in the config instead of raising the quota. */
  readonly instead: string;
}

/**
 * Sets what is needed against what is allowed. An account's own value decides; without it AWS's
 * documented one does, unless that is only where accounts start and AWS raises it by itself.
 *
 * @param reading null where AWS wasn't asked at all: then only what AWS raises for nobody is exceeded
 */
export function checkQuota(need: QuotaNeed, reading: AccountReading | null): QuotaCheck {
  const quota = quotaOf(need.quota);
  const own = reading?.limits.get(need.quota);
  const limit = quota.adjustable ? (own ?? quota.documented) : quota.documented;
  const limitSource = !quota.adjustable ? "fixed" : own === undefined ? "documented" : "account";
  const used = reading?.inUse.get(need.quota);
  const inUse = used ?? need.own;
  return {
    id: need.quota,
    name: quota.name,
    service: quota.service,
    code: quota.code,
    of: need.of,
    limit,
    limitSource,
    inUse,
    inUseBy: used === undefined ? "environment" : "account",
    needed: need.needed,
    why: need.why,
    verdict: verdictOf(need.needed, limit - inUse, {
      decisive: limitSource !== "documented" || (reading !== null && quota.grows !== true),
    }),
    instead: need.instead,
  };
}

function verdictOf(
  needed: number | null,
  free: number,
  { decisive }: { readonly decisive: boolean },
): QuotaVerdict {
  if (needed === null) return "unknown";
  // Nothing new can't exceed anything, whatever others use.
  if (needed === 0 || needed <= free) return "fits";
  return decisive ? "exceeded" : "unknown";
}
