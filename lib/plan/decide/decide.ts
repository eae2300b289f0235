import { arithmeticOf } from "./budget";
import type { Budget } from "./budget";
import { needsChange } from "./choose-changes";
import type { SlotCase } from "./classify";
import { namesOf, unavailabilityOf } from "./describe-case";
import { popsLeftBare } from "../live/pop-redundancy";
import type { PopTasks } from "../live/pop-redundancy";
import { describeParts } from "../live/address-parts";
import type { LiveNode } from "../live/slot-state";
import type { KeepDecision, SlotDecision } from "../upgrade-plan";
import { nodesOf, someOf } from "../../words";

/** What the decisions of all slots have in common. */
export interface Wave {
  readonly budget: Budget;
  /** The slots of existing nodes that are changed. */
  readonly changing: ReadonlySet<number>;
  readonly pops: readonly PopTasks[];
  /** Whether nothing of the environment exists yet. */
  readonly isNew: boolean;
}

/** The decision for one slot. */
export function decide(slotCase: SlotCase, wave: Wave): SlotDecision {
  const decision = decideSlot(slotCase, wave);
  return slotCase.cell === null ? decision : { ...decision, cell: slotCase.cell };
}

function decideSlot(slotCase: SlotCase, wave: Wave): SlotDecision {
  if (slotCase.node === null) return decideWithoutNode(slotCase, wave.isNew);
  return wave.changing.has(slotCase.slot)
    ? decideChange(slotCase, slotCase.node, wave)
    : decideKeep(slotCase, slotCase.node, wave);
}

function decideWithoutNode(slotCase: SlotCase, isNew: boolean): SlotDecision {
  const { slot, availabilityZone, addressExists, desired } = slotCase;
  if (!slotCase.wanted) {
    const reason = "fewer nodes are wanted; the slot holds an address and no instance";
    return { action: "remove", slot, availabilityZone, instanceId: null, reason };
  }
  const reason =
    slotCase.missing.length > 0
      ? `${describeParts(slotCase.missing)}; it had an address, so no node is changed meanwhile`
      : addressExists
        ? "its address has no instance"
        : isNew
          ? "new environment"
          : "new slot; it serves nobody yet, so it does not use the budget";
  return { action: "create", slot, availabilityZone, spec: desired, addressExists, reason };
}

function decideChange(slotCase: SlotCase, node: LiveNode, { budget }: Wave): SlotDecision {
  const { slot, availabilityZone, outdated, desired } = slotCase;
  const { instanceId, spec } = node;
  const state = node.unavailable === null ? "" : `, and ${unavailabilityOf(slotCase)}`;
  const arithmetic = arithmeticOf(budget);
  if (!slotCase.wanted) {
    const reason = `fewer nodes are wanted${state}; ${arithmetic}`;
    return { action: "remove", slot, availabilityZone, instanceId, reason };
  }
  const reason = `outdated ${namesOf(outdated)}${state}; ${arithmetic}`;
  return {
    action: "upgrade",
    slot,
    availabilityZone,
    instanceId,
    from: spec,
    to: desired,
    outdated,
    reason,
  };
}

function decideKeep(slotCase: SlotCase, node: LiveNode, wave: Wave): SlotDecision {
  const { slot, availabilityZone, outdated } = slotCase;
  return {
    action: "keep",
    slot,
    availabilityZone,
    instanceId: node.instanceId,
    spec: node.spec,
    pending: pendingOf(slotCase),
    outdated,
    available: node.unavailable === null && slotCase.missing.length === 0,
    reason: keepReason(slotCase, node, wave),
  };
}

function pendingOf(slotCase: SlotCase): KeepDecision["pending"] {
  if (slotCase.frozen || !needsChange(slotCase)) return "nothing";
  return slotCase.wanted ? "upgrade" : "remove";
}

function keepReason(slotCase: SlotCase, node: LiveNode, wave: Wave): string {
  const isWell = node.unavailable === null && slotCase.missing.length === 0;
  const broken = isWell ? "" : `; ${unavailabilityOf(slotCase)}`;
  const parts = namesOf(slotCase.outdated);
  if (slotCase.frozen) {
    return `frozen${slotCase.outdated.length > 0 ? `, though its ${parts} is outdated` : ""}${broken}`;
  }
  if (!needsChange(slotCase)) return `up to date${broken}`;
  const what = slotCase.wanted ? `outdated ${parts}` : "to be removed";
  return `${what}; ${waitReason(slotCase, wave)}${broken}`;
}

/** Why a node that is to change doesn't change now. */
function waitReason(slotCase: SlotCase, { budget, changing, pops }: Wave): string {
  const others = budget.unavailable.filter(
    (c) => c.slot !== slotCase.slot && !changing.has(c.slot),
  );
  // What is only waited for is what holds the others; a broken one that is outdated has its turn.
  const holder = others.find((c) => !needsChange(c)) ?? others[0];
  if (holder && budget.unavailable.length >= budget.maxUnavailableNodes) {
    return `held because ${unavailabilityOf(holder)}; ${arithmeticOf(budget)}`;
  }
  if (changing.size > 0) return `waits for ${nodesOf([...changing].sort((a, b) => a - b))}`;
  const inCell = others.find(({ cell }) => cell !== null && cell === slotCase.cell);
  if (inCell) return `held because ${unavailabilityOf(inCell)}, and a cell never lacks two nodes`;
  const bare = popsLeftBare(pops, new Set([slotCase.slot]));
  return bare.length > 0
    ? `held because it runs the last healthy task of ${someOf(bare)}`
    : `held; ${arithmeticOf(budget)}`;
}
