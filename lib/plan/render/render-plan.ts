import Table from "cli-table3";
import { holdsOf } from "../holds";
import { SPEC_COLUMNS } from "../node-spec";
import type { NodeSpecPart } from "../node-spec";
import { renderImages } from "./render-images";
import { renderOutcome } from "./render-outcome";
import { renderCells } from "./render-placement";
import { renderSummary } from "./render-summary";
import { renderWhy } from "./render-why";
import type { PopsTouched, SlotDecision, UpgradePlan } from "../upgrade-plan";
import { listOf, someOf, countOf } from "../../words";
import { isSpareSlot, nodesOf } from "../../config/slots";

/** How many columns a table takes where nothing is known of the screen. */
const DEFAULT_WIDTH = 110;
/** Below this the reasons get unreadable; a narrower screen wraps the table's lines itself. */
const LEAST_REASON_WIDTH = 28;

const SPEC = listOf(SPEC_COLUMNS.map(({ head }) => head));
const HEAD = ["node", "zone", "instance", "next deploy", SPEC, "why"] as const;

/**
 * What the next deploy does to each slot and why, and what the waves after it do, as a table for
 * a terminal of `width` columns.
 *
 * @param waves as `planWaves` gives them: the next deploy's plan first
 */
export function renderPlan(waves: readonly UpgradePlan[], width = DEFAULT_WIDTH): string {
  const [plan, ...later] = waves;
  if (!plan) return "";
  return [
    renderOutcome(plan),
    renderTable(plan, width),
    ...renderCells(plan.placement),
    ...renderImages(plan.images),
    ...plan.popsTouched.map(renderPopsTouched),
    ...renderLaterWaves(plan, later),
  ].join("\n");
}

function renderTable(plan: UpgradePlan, width: number): string {
  const rows = plan.decisions.map(cellsOf);
  const widths = HEAD.map((title, column) => {
    const cells = [title, ...rows.map((row) => row[column] ?? "")];
    return Math.max(...cells.flatMap((cell) => cell.split("\n")).map((line) => line.length)) + 2;
  });
  const others = widths.slice(0, -1).reduce((sum, columns) => sum + columns, 0) + HEAD.length + 1;
  const reason = Math.min(widths.at(-1) ?? 0, Math.max(LEAST_REASON_WIDTH, width - others));
  const table = new Table({
    head: [...HEAD],
    colWidths: [...widths.slice(0, -1), reason],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  table.push(...rows);
  return table.toString();
}

function cellsOf(decision: SlotDecision): string[] {
  const { slot, availabilityZone, action } = decision;
  const instance = "instanceId" in decision ? (decision.instanceId ?? "none") : "none";
  const spec = SPEC_COLUMNS.map(({ part }) => specCell(decision, part))
    .join("\n")
    .trim();
  const name = isSpareSlot(slot) ? `${slot}\nspare` : `${slot}`;
  return [name, availabilityZone, instance, action, spec, renderWhy(decision)];
}

function specCell(decision: SlotDecision, part: NodeSpecPart): string {
  switch (decision.action) {
    case "keep":
    case "create":
    case "fill":
      return String(decision.spec[part]);
    case "upgrade": {
      const [from, to] = [decision.from[part], decision.to[part]];
      return from === to ? String(from) : `${from}\n→ ${to}`;
    }
    case "allocate":
    case "leave":
    case "park":
    case "remove":
      return "";
  }
}

/**
 * @example
 * renderPopsTouched({ pops: ["pop1", "pop2"], losesOn: [0], keepsOn: [1, 2] }) // → "pop1 and pop2 lose a task on node 0 and keep theirs on nodes 1 and 2"
 * renderPopsTouched({ pops: ["pop1"], losesOn: [0], keepsOn: [] }) // → "pop1 loses a task on node 0 and has no other"
 */
export function renderPopsTouched({ pops, losesOn, keepsOn }: PopsTouched): string {
  const one = pops.length === 1;
  const kept = one ? "keeps its other" : "keep theirs";
  const rest =
    keepsOn.length > 0 ? `${kept} on ${nodesOf(keepsOn)}` : `${one ? "has" : "have"} no other`;
  return `${someOf(pops)} ${one ? "loses" : "lose"} a task on ${nodesOf(losesOn)} and ${rest}`;
}

function renderLaterWaves(plan: UpgradePlan, later: readonly UpgradePlan[]): string[] {
  const staged = later.filter(({ status }) => status === "staged");
  if (staged.length === 0) return [];
  const first = plan.status === "staged" ? 2 : 1;
  const head =
    plan.status === "held"
      ? `once it is no longer held, ${countOf(staged.length, "wave")}:`
      : `after it, if all goes well, ${countOf(staged.length, "more wave")}:`;
  return [head, ...staged.map((wave, index) => `  wave ${first + index}: ${renderSummary(wave)}`)];
}

/** The same as data: the next deploy's plan, with the waves after it, and a sentence on each. */
export function renderPlanJson(waves: readonly UpgradePlan[]): string {
  const [plan, ...later] = waves;
  if (!plan) return "";
  const waiting = later.map((wave) => ({
    status: wave.status,
    summary: renderSummary(wave),
    decisions: wave.decisions,
  }));
  const told = { ...plan, summary: renderSummary(plan), holds: holdsOf(plan), later: waiting };
  return `${JSON.stringify(told, null, 2)}\n`;
}
