import { RoutedError } from "../../errors";
import type { GoingInstance, LiveNode } from "../live/slot-state";
import { isSpareSlot } from "../../config/slots";
import { lastTasksBySlot } from "../live/pop-redundancy";
import type { BudgetCount, KeepReason } from "../reasons";
import type { KeepDecision, SlotDecision } from "../upgrade-plan";
import type { Changes } from "./choose-changes";
import { isToChange } from "./classify";
import type { SlotCase } from "./classify";
import type { SpareWave } from "./plan-spares";

/** What the decisions of all slots have in common. */
export interface Wave {
  readonly budget: BudgetCount;
  readonly changes: Changes;
  readonly spares: SpareWave;
  /** Whether nothing of the environment exists yet. */
  readonly isNew: boolean;
}

/** The decision for one slot. */
export function decide(slotCase: SlotCase, wave: Wave): SlotDecision {
  const decision = decideSlot(slotCase, wave);
  return slotCase.cell === null ? decision : { ...decision, cell: slotCase.cell };
}

function decideSlot(slotCase: SlotCase, wave: Wave): SlotDecision {
  if (isSpareSlot(slotCase.slot)) return decideSpare(slotCase, wave);
  if (slotCase.node === null) return decideWithoutNode(slotCase, wave.isNew);
  return wave.changes.changing.has(slotCase.slot)
    ? decideChange(slotCase, slotCase.node, wave.budget)
    : decideKeep(slotCase, slotCase.node, wave.changes);
}

function decideWithoutNode(slotCase: SlotCase, isNew: boolean): SlotDecision {
  const { slot, availabilityZone, addressExists, desired: spec, unavailable } = slotCase;
  const facts = { slot, availabilityZone };
  if (!slotCase.wanted) {
    const why = { kind: "address-to-be-removed" } as const;
    return { action: "remove", ...facts, instanceId: null, unavailable, why };
  }
  if (slotCase.going !== null) return decideGoing(slotCase, slotCase.going);
  if (slotCase.leftAlone !== null) {
    const exists = addressExists || slotCase.missing.length > 0;
    const state = exists ? unavailable : null;
    return {
      action: "leave",
      ...facts,
      exists,
      unavailable: state,
      why: { kind: slotCase.leftAlone },
    };
  }
  if (slotCase.missing.length > 0) {
    const why = { kind: "missing-part", parts: slotCase.missing } as const;
    return { action: "create", ...facts, spec, unavailable, why };
  }
  if (addressExists) {
    const why = { kind: "address-without-instance" } as const;
    return { action: "create", ...facts, spec, unavailable, why };
  }
  const why = { kind: isNew ? "new-environment" : "new-slot" } as const;
  return { action: "create", ...facts, spec, unavailable: null, why };
}

/** A spare that isn't wanted any more is parked and removed in one go. */
function decideSpare(slotCase: SlotCase, { budget, isNew, spares }: Wave): SlotDecision {
  const { slot, availabilityZone, desired: spec, going, leftAlone, node, wanted } = slotCase;
  const { unavailable } = slotCase;
  const facts = { slot, availabilityZone };
  if (node !== null) {
    if (spares.renewing.has(slot)) return decideChange(slotCase, node, budget);
    if (!spares.parking.has(slot)) return keepSpare(slotCase, node, spares);
    const { instanceId } = node;
    if (!wanted) return decideChange(slotCase, node, budget);
    return {
      action: "park",
      ...facts,
      instanceId,
      unavailable,
      why: { kind: "no-longer-needed" },
    };
  }
  if (spares.filling.has(slot)) {
    return { action: "fill", ...facts, spec, unavailable: null, why: spares.why };
  }
  if (spares.allocating.has(slot)) {
    return { action: "allocate", ...facts, unavailable: null, why: { kind: "new-spare" } };
  }
  if (!wanted || leftAlone !== null || going !== null) return decideWithoutNode(slotCase, isNew);
  const kind = spares.lacking.has(slot) ? "no-capacity" : "parked";
  return { action: "leave", ...facts, exists: true, unavailable: null, why: { kind } };
}

function keepSpare(slotCase: SlotCase, node: LiveNode, spares: SpareWave): KeepDecision {
  const { slot, leftAlone, wanted } = slotCase;
  const { kind, ...needs } = spares.why;
  const isNeeded = needs.waiting.length + needs.down.length > 0;
  const pops = lastTasksBySlot(spares.pops).get(slot) ?? [];
  const least = Math.max(1, ...spares.pops.map((pop) => pop.least));
  const needed: KeepReason =
    isNeeded || pops.length === 0 ? { kind, ...needs } : { kind: "too-few-tasks", pops, least };
  const pending = leftAlone !== null ? "nothing" : wanted ? "park" : "remove";
  return keep(slotCase, node, pending, leftAlone === null ? needed : { kind: leftAlone });
}

function keep(
  { slot, availabilityZone, outdated, unavailable }: SlotCase,
  { instanceId, spec }: LiveNode,
  pending: KeepDecision["pending"],
  why: KeepReason,
): KeepDecision {
  return {
    action: "keep",
    slot,
    availabilityZone,
    instanceId,
    spec,
    pending,
    outdated,
    unavailable,
    why,
  };
}

/**
 * Nothing can be launched on the ENI yet. What EC2 doesn't show any more of the spec is as wanted: it
 * is compared with nothing.
 */
function decideGoing({ slot, ...rest }: SlotCase, going: GoingInstance): SlotDecision {
  const { availabilityZone, desired, leftAlone, unavailable } = rest;
  const { instanceId, amiId, instanceType, launchTime } = going;
  return {
    action: "keep",
    slot,
    availabilityZone,
    instanceId,
    spec: { ...desired, amiId, instanceType },
    pending: leftAlone === null && !isSpareSlot(slot) ? "create" : "nothing",
    outdated: [],
    unavailable,
    why: { kind: "going", instanceId, launchTime },
  };
}

function decideChange(slotCase: SlotCase, node: LiveNode, budget: BudgetCount): SlotDecision {
  const { slot, availabilityZone, outdated, desired, unavailable } = slotCase;
  const { instanceId, spec } = node;
  const facts = { slot, availabilityZone, instanceId, unavailable };
  if (!slotCase.wanted) {
    return { action: "remove", ...facts, why: { kind: "to-be-removed", budget } };
  }
  const why = { kind: "outdated", budget } as const;
  return { action: "upgrade", ...facts, from: spec, to: desired, outdated, why };
}

function decideKeep(slotCase: SlotCase, node: LiveNode, changes: Changes): SlotDecision {
  return keep(slotCase, node, pendingOf(slotCase), whyKept(slotCase, changes));
}

function pendingOf(slotCase: SlotCase): KeepDecision["pending"] {
  if (!isToChange(slotCase)) return "nothing";
  return slotCase.wanted ? "upgrade" : "remove";
}

function whyKept(slotCase: SlotCase, { waiting }: Changes): KeepReason {
  if (slotCase.leftAlone !== null) return { kind: slotCase.leftAlone };
  if (!isToChange(slotCase)) return { kind: "up-to-date" };
  const why = waiting.get(slotCase.slot);
  if (why !== undefined) return why;
  throw new RoutedError("invariant-violated", `node ${slotCase.slot} waits, and nothing says why`);
}
