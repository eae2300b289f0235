import type { QuotaCheck } from "./check-quotas";
import type { PreflightReport } from "./preflight";
import { howToRaise, quotaOf } from "./quota";

/** All quotas that are exceeded, each with what is there, what is needed and what to do. */
export function renderExceeded(report: PreflightReport): string {
  const { environment, accountId, region, checks } = report;
  const exceeded = checks.filter(({ verdict }) => verdict === "exceeded");
  const what = exceeded.length === 1 ? "a quota" : `${exceeded.length} quotas`;
  const where = `of account ${accountId} in ${region}`;
  return [
    `${environment}: needs more than ${what} ${where} ${exceeded.length === 1 ? "allows" : "allow"}`,
    ...exceeded.map((check) => `  ${renderLine(check, region)}`),
  ].join("\n");
}

function renderLine(check: QuotaCheck, region: string): string {
  const quota = quotaOf(check.id);
  const total = check.inUse + (check.needed ?? 0);
  const name = check.code === null ? check.name : `${check.name} (${check.service} ${check.code})`;
  const usage =
    quota.scope === "resource"
      ? `${check.needed} needed for ${check.of}`
      : `${check.inUse} in use${usersOf(check)}, ${check.needed} more needed`;
  const what = `${name}: ${check.limit} allowed (${describeLimit(check)}), ${usage} (${check.why})`;
  const raise = quota.adjustable ? `${howToRaise(quota, total, region)}, or ` : "";
  return `${what}; ${raise}${check.instead}`;
}

function usersOf({ inUseBy }: QuotaCheck): string {
  return inUseBy === "account" ? "" : " by the environment alone";
}

/** Where a limit comes from, in words. */
export function describeLimit({ limitSource }: Pick<QuotaCheck, "limitSource">): string {
  switch (limitSource) {
    case "account":
      return "the account's quota";
    case "documented":
      return "AWS's default";
    case "fixed":
      return "AWS raises it for nobody";
  }
}
