import Table from "cli-table3";
import type { QuotaCheck } from "./check-quota";
import { quotaOf, howToRaise } from "./quota";
import type { PreflightReport } from "./report";

const HEAD = ["quota", "code", "of", "allowed", "in use", "needed", "verdict"];

const NOT_ASKED =
  "note: recorded observations stand in for AWS, so the quotas of the account's region were not checked";

/** The report for people: one line, all quotas as a table, and the notes. */
export function renderPreflight(report: PreflightReport): string {
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  table.push(...report.checks.map(cellsOf));
  return [
    headline(report),
    table.toString(),
    ...(report.asked ? [] : [NOT_ASKED]),
    ...report.notes.map((note) => `note: ${note}`),
    ...(report.passed ? [] : [renderExceeded(report)]),
  ].join("\n");
}

/** The same as data. */
export function renderPreflightJson(report: PreflightReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function headline({ environment, passed, checks }: PreflightReport): string {
  if (!passed) return `${environment}: AWS's quotas don't allow what the config wants`;
  const unknown = checks.filter(({ verdict }) => verdict === "unknown").length;
  return unknown === 0
    ? `${environment}: AWS's quotas allow what the config wants`
    : `${environment}: no quota is known to be exceeded, ${unknown} could not be told`;
}

function cellsOf(check: QuotaCheck): string[] {
  const { name, service, code, of, limit, inUse, inUseBy, needed, verdict } = check;
  const region = quotaOf(check.id).scope === "region";
  return [
    name,
    code === null ? "" : `${service} ${code}`,
    of,
    `${limit}\n${describeLimit(check)}`,
    region ? `${inUse}${inUseBy === "account" ? "" : "\nor more"}` : "",
    needed === null ? "unknown" : `${region && needed > 0 ? "+" : ""}${needed}`,
    verdict,
  ];
}

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
