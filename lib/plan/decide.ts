import type { SlotCase } from "./classify";
import type { NodeSpecPart } from "./node-spec";
import type { SlotDecision } from "./upgrade-plan";

const PART_NAMES: Record<NodeSpecPart, string> = {
  amiId: "AMI",
  instanceType: "instance type",
  userDataBase64: "user data",
  rootVolumeGiB: "root volume size",
};

/** "AMI and user data", for people. */
export function namesOf(parts: readonly NodeSpecPart[]): string {
  return listOf(parts.map((part) => PART_NAMES[part]));
}

/** "0", "0 and 1", "0, 1 and 2". */
export function listOf(items: readonly (string | number)[]): string {
  const last = items.at(-1);
  if (items.length < 2 || last === undefined) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** How much of the fleet may be disrupted now. */
export interface Budget {
  /** Slots that should be serving: those that have a node, or an address and no node. */
  readonly existing: number;
  /** Those of them that are not available. */
  readonly unavailable: readonly SlotCase[];
  readonly maxUnavailableNodes: number;
}

export function budgetOf(cases: readonly SlotCase[], maxUnavailableNodes: number): Budget {
  const existing = cases.filter((c) => c.node !== null || (c.addressExists && c.wanted));
  const unavailable = existing.filter((c) => c.node === null || c.node.unavailable !== null);
  return { existing: existing.length, unavailable, maxUnavailableNodes };
}

/** "2 of 3 nodes available, 1 may be unavailable". */
export function arithmeticOf({ existing, unavailable, maxUnavailableNodes }: Budget): string {
  const available = existing - unavailable.length;
  return `${available} of ${existing} nodes available, ${maxUnavailableNodes} may be unavailable`;
}

/** "node 2 is stopped", or why else a slot is not available. */
export function unavailabilityOf({ slot, node }: SlotCase): string {
  if (node === null) return `node ${slot} has no instance`;
  const why = node.unavailable ?? "available";
  return why.startsWith("status") ? `node ${slot}'s ${why}` : `node ${slot} is ${why}`;
}

/**
 * Which existing slots are changed now. What is broken goes first, and uses up no more of the
 * budget than it does already; then removals from the highest slot; then what is outdated,
 * lowest slot first.
 */
function slotsToChange(cases: readonly SlotCase[], budget: Budget): Set<number> {
  const changeable = cases.filter((c) => c.node !== null && !c.frozen && needsChange(c));
  const isBroken = (c: SlotCase) => c.node?.unavailable != null;
  const brokenFirst = changeable.filter(isBroken).slice(0, budget.maxUnavailableNodes);
  const left = Math.max(0, budget.maxUnavailableNodes - budget.unavailable.length);
  const serving = changeable.filter((c) => !isBroken(c));
  const removals = serving.filter((c) => !c.wanted).reverse();
  const upgrades = serving.filter((c) => c.wanted);
  return new Set([...brokenFirst, ...[...removals, ...upgrades].slice(0, left)].map((c) => c.slot));
}

function needsChange(slotCase: SlotCase): boolean {
  return !slotCase.wanted || slotCase.outdated.length > 0;
}

/** The decision for every slot, by slot. */
export function decide(
  cases: readonly SlotCase[],
  maxUnavailableNodes: number,
  isNew: boolean,
): SlotDecision[] {
  const budget = budgetOf(cases, maxUnavailableNodes);
  const changing = slotsToChange(cases, budget);
  return cases.map((slotCase) => {
    if (slotCase.node === null) return decideWithoutNode(slotCase, isNew);
    return changing.has(slotCase.slot)
      ? decideChange(slotCase, slotCase.node, budget)
      : decideKeep(slotCase, slotCase.node, budget, changing);
  });
}

function decideWithoutNode(slotCase: SlotCase, isNew: boolean): SlotDecision {
  const { slot, availabilityZone, addressExists, desired } = slotCase;
  if (!slotCase.wanted) {
    const reason = "fewer nodes are wanted; the slot holds an address and no instance";
    return { action: "remove", slot, availabilityZone, instanceId: null, reason };
  }
  const reason = addressExists
    ? "its address has no instance"
    : isNew
      ? "new environment"
      : "new slot; it serves nobody yet, so it does not use the budget";
  return { action: "create", slot, availabilityZone, spec: desired, addressExists, reason };
}

function decideChange(
  slotCase: SlotCase,
  node: NonNullable<SlotCase["node"]>,
  budget: Budget,
): SlotDecision {
  const { slot, availabilityZone, outdated } = slotCase;
  const { instanceId, spec } = node;
  const state = node.unavailable === null ? "" : `, and ${unavailabilityOf(slotCase)}`;
  const arithmetic = arithmeticOf(budget);
  if (!slotCase.wanted) {
    const reason = `fewer nodes are wanted${state}; ${arithmetic}`;
    return { action: "remove", slot, availabilityZone, instanceId, reason };
  }
  const reason = `outdated ${namesOf(outdated)}${state}; ${arithmetic}`;
  const to = slotCase.desired;
  return {
    action: "upgrade",
    slot,
    availabilityZone,
    instanceId,
    from: spec,
    to,
    outdated,
    reason,
  };
}

function decideKeep(
  slotCase: SlotCase,
  node: NonNullable<SlotCase["node"]>,
  budget: Budget,
  changing: ReadonlySet<number>,
): SlotDecision {
  const { slot, availabilityZone, outdated } = slotCase;
  const { instanceId, spec } = node;
  const pending = slotCase.frozen
    ? "nothing"
    : !slotCase.wanted
      ? "remove"
      : outdated.length > 0
        ? "upgrade"
        : "nothing";
  const available = node.unavailable === null;
  const reason = keepReason(slotCase, pending, budget, changing);
  return {
    action: "keep",
    slot,
    availabilityZone,
    instanceId,
    spec,
    pending,
    outdated,
    available,
    reason,
  };
}

function keepReason(
  slotCase: SlotCase,
  pending: "nothing" | "upgrade" | "remove",
  budget: Budget,
  changing: ReadonlySet<number>,
): string {
  const broken = slotCase.node?.unavailable === null ? "" : `; ${unavailabilityOf(slotCase)}`;
  if (slotCase.frozen) {
    const outdated =
      slotCase.outdated.length > 0 ? `, though its ${namesOf(slotCase.outdated)} is outdated` : "";
    return `frozen${outdated}${broken}`;
  }
  if (pending === "nothing") return broken === "" ? "up to date" : `up to date${broken}`;
  const what = pending === "remove" ? "to be removed" : `outdated ${namesOf(slotCase.outdated)}`;
  const others = budget.unavailable.filter((c) => c.slot !== slotCase.slot);
  const holder = others[0];
  if (changing.size > 0 && others.length < budget.maxUnavailableNodes) {
    return `${what}; waits for ${changing.size === 1 ? "node" : "nodes"} ${listOf([...changing].sort((a, b) => a - b))}${broken}`;
  }
  const why = holder ? `held because ${unavailabilityOf(holder)}` : "held";
  return `${what}; ${why}; ${arithmeticOf(budget)}`;
}
