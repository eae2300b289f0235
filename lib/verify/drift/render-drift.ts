import { renderSummary, renderWavesToGo } from "../../plan/render/render-summary";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import { renderValue } from "../attribute-changes";
import type { Drift, DriftedAttribute, DriftedResource } from "./drift";

/** A security group's rule with its source fits. */
const LONGEST_VALUE = 160;

/** The drift for people: what differs, attribute by attribute, and what the next deploy does about it. */
export function renderDrift({ resources, lost }: Drift, plan: UpgradePlan): string {
  const { environment, status } = plan;
  const count = resources.length + lost.length;
  const head =
    count === 0
      ? `${environment}: no drift: AWS holds what the last deploy left`
      : `${environment}: drift: ${count} resource${count === 1 ? " was" : "s were"} changed outside of Terraform`;
  const kind = plan.repairs === undefined ? "pending, and no drift" : "repair";
  const pending =
    status === "converged"
      ? []
      : [`${kind}: ${status}: ${renderSummary(plan)}${renderWavesToGo(plan)}`];
  const taken = lost.map(
    ({ address, id }) =>
      `${address} (${id}) is not in Terraform's state; the next deploy takes it back as it is`,
  );
  return [head, ...resources.flatMap(linesOf), ...taken, ...pending].join("\n");
}

/** The same as data. */
export function renderDriftJson({ resources, lost }: Drift, plan: UpgradePlan): string {
  const { environment, status, wavesRemaining } = plan;
  const pending = { status, summary: renderSummary(plan), wavesRemaining };
  const drifted = resources.length + lost.length > 0;
  const repairs = plan.repairs ?? [];
  const report = { environment, drifted, resources, lost, repairs, pending };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const FATES: Readonly<Record<DriftedResource["nextDeploy"], string>> = {
  "leaves-it": "the next deploy does nothing about it",
  "creates-it-again": "the next deploy creates it again",
  "replaces-it": "the next deploy replaces the resource",
  "destroys-it": "the next deploy destroys the resource",
  "puts-back": "the next deploy puts it back",
};

function linesOf(resource: DriftedResource): string[] {
  const { address, node, pop, what, attributes, nextDeploy } = resource;
  const owners = [
    ...(node === null ? [] : [`node ${node}`]),
    ...(pop === null ? [] : [`PoP ${pop}`]),
  ];
  const name = owners.length === 0 ? address : `${address} (${owners.join(", ")})`;
  if (what === "deleted") return [`${name} was deleted; ${FATES[nextDeploy]}`];
  return [`${name}:`, ...attributes.map((attribute) => `  ${lineOf(attribute, nextDeploy)}`)];
}

function lineOf(
  { path, from, to, putBack }: DriftedAttribute,
  nextDeploy: DriftedResource["nextDeploy"],
): string {
  const fate = nextDeploy === "puts-back" && !putBack ? "leaves-it" : nextDeploy;
  return `${path}: ${renderValue(from, LONGEST_VALUE)} → ${renderValue(to, LONGEST_VALUE)}; ${FATES[fate]}`;
}
