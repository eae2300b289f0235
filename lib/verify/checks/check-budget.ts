import { attributeChanges } from "../attribute-changes";
import { inPlaceDisruption } from "../disruption";
import { isSpareSlot } from "../../config/slots";
import { slotOf } from "../identity";
import { repairedPart } from "../repairs";
import { decisionOf, goes, isOfNode } from "../subject";
import type { VerifySubject } from "../subject";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

/** A node that the plan makes unavailable for a time, or for ever, and by which resources. */
export interface DisruptedNode {
  /** Null for what no slot owns. */
  readonly slot: number | null;
  readonly addresses: readonly string[];
}

/**
 * The existing nodes that are replaced, destroyed, stopped, restarted or taken off their address,
 * by slot. Whether they were available before makes no difference: the planner, too, changes no
 * more than the budget's nodes at once.
 */
export function disruptedNodes(subject: VerifySubject): DisruptedNode[] {
  const bySlot = new Map<string, { slot: number | null; addresses: string[] }>();
  for (const change of subject.terraformPlan.changes) {
    if (!isOfNode(change) || !disrupts(subject, change)) continue;
    const { slot } = slotOf(change);
    const key = slot === null ? change.address : String(slot);
    const node = bySlot.get(key) ?? { slot, addresses: [] };
    node.addresses.push(change.address);
    bySlot.set(key, node);
  }
  return [...bySlot.values()].sort((a, b) => (a.slot ?? Infinity) - (b.slot ?? Infinity));
}

function disrupts(subject: VerifySubject, change: ResourceChange): boolean {
  if (change.before === null) return false;
  // A slot that has no instance loses nothing with its address.
  const decision = decisionOf(subject, slotOf(change).slot);
  if (decision?.action === "remove" && decision.instanceId === null) return false;
  if (goes(change)) return true;
  return (
    change.effect === "update" &&
    inPlaceDisruption(change.type, attributeChanges(change)) !== null &&
    repairedPart(subject, change) === null
  );
}

/** No more nodes are disrupted than may be unavailable at once; of spares nobody counts on any one. */
export function checkBudget(subject: VerifySubject): Violation[] {
  const { maxUnavailableNodes } = subject.environment.fleet;
  const nodes = disruptedNodes(subject).filter(({ slot }) => slot === null || !isSpareSlot(slot));
  if (nodes.length <= maxUnavailableNodes) return [];
  const slots = nodes.map(({ slot }) => slot ?? "of no slot");
  return [
    {
      rule: "budget",
      addresses: nodes.flatMap(({ addresses }) => addresses),
      attributes: [],
      what: `${nodes.length} nodes (${slots.join(", ")}) would be disrupted by one deploy`,
      why: `fleet.maxUnavailableNodes is ${maxUnavailableNodes}`,
      remedy: "change one wave's nodes at a time",
    },
  ];
}
