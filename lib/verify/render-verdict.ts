import Table from "cli-table3";
import { renderViolation } from "./verdict";
import type { NodeFact, Verdict } from "./verdict";

const HEAD = ["node", "decided", "Terraform", "unavailable for a time", "resource"];

const HEALTH_IGNORED =
  "WARNING: the health gate was overridden when this plan was made: no PoP's tasks were looked at";

/** The verdict for people: one line, the nodes as a table, and a line for each violation. */
export function renderVerdict(verdict: Verdict): string {
  const { violations, facts } = verdict;
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  table.push(...facts.nodes.map(cellsOf));
  return [
    headline(verdict),
    table.toString(),
    changesLine(verdict),
    ...(facts.healthIgnored ? [HEALTH_IGNORED] : []),
    ...facts.told.map((sentence) => `told: ${sentence}`),
    ...facts.drift.map((sentence) => `note: ${sentence}`),
    ...violations.map((violation) => `refused: ${renderViolation(violation)}`),
  ].join("\n");
}

/** The same as data. */
export function renderVerdictJson(verdict: Verdict): string {
  const violations = verdict.violations.map((violation) => ({
    ...violation,
    message: renderViolation(violation),
  }));
  return `${JSON.stringify({ ...verdict, violations }, null, 2)}\n`;
}

function headline({ environment, proved, violations, facts }: Verdict): string {
  if (!proved) {
    const reasons = violations.length === 1 ? "1 reason" : `${violations.length} reasons`;
    return `${environment}: not proved: don't apply this plan, for ${reasons} below`;
  }
  const disrupted = facts.nodes.filter((node) => node.disrupted).length;
  const { maxUnavailableNodes: budget } = facts;
  return `${environment}: proved: ${disrupted} of at most ${budget} nodes disrupted, all as the upgrade plan decided`;
}

function cellsOf({ slot, decision, effect, disrupted, address }: NodeFact): string[] {
  return [
    String(slot),
    decision,
    effect === null ? "nothing" : effect === "none" ? "no change" : effect,
    disrupted ? "yes" : "no",
    address ?? "none",
  ];
}

function changesLine({ facts }: Verdict): string {
  const { create, update, replace, delete: destroy, forget } = facts.resources;
  const parts = [
    `${create} created`,
    `${update} changed in place`,
    `${replace} replaced`,
    `${destroy} destroyed`,
    ...(forget > 0 ? [`${forget} forgotten`] : []),
  ];
  const { deployments } = facts;
  const rolling = deployments.length === 0 ? "" : `; new tasks for ${deployments.join(", ")}`;
  return `all resources: ${parts.join(", ")}${rolling}`;
}
