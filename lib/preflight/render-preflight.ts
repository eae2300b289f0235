import Table from "cli-table3";
import type { QuotaCheck } from "./check-quotas";
import type { PreflightReport } from "./preflight";
import { quotaOf } from "./quota";
import { describeLimit, renderExceeded } from "./render-exceeded";

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
