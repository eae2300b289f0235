import type { Observation } from "../../observe/observation";
import { assignZones } from "../assign/assign-zones";
import { cellOf, desiredSpec, isWantedSlot, spareSlots } from "../desired/desired-fleet";
import { isSpareSlot } from "../../config/slots";
import type { DesiredFleet } from "../desired/desired-fleet";
import { changedParts } from "../node-spec";
import type { NodeSpec, NodeSpecPart } from "../node-spec";
import { spareTarget } from "../desired/spare-target";
import type { PlanOptions } from "../plan-options";
import type { AddressPart } from "../live/address-parts";
import type { GoingInstance, LiveNode, SlotState } from "../live/slot-state";
import { isCertain } from "../reasons";
import type { Unavailability } from "../reasons";

/** One slot, seen against what is wanted of it. */
export interface SlotCase {
  readonly slot: number;
  readonly availabilityZone: string;
  /** Null where the fleet has no cells, and for a slot that is in none. */
  readonly cell: string | null;
  readonly desired: NodeSpec;
  /** Whether the config still wants the slot. */
  readonly wanted: boolean;
  /** Why nothing is changed of its node whatever is outdated; null where it may be. */
  readonly leftAlone: "frozen" | "not-selected" | null;
  readonly addressExists: boolean;
  /** What its address lacks that it had; while anything is missing, no node is changed. */
  readonly missing: readonly AddressPart[];
  readonly node: LiveNode | null;
  /** The instance that shuts down and holds the address of a slot that stays; null where none does. */
  readonly going: GoingInstance | null;
  /** Why it isn't available; null where it is. */
  readonly unavailable: Unavailability | null;
  /** The parts in which the node differs from the desired spec; empty without a node. */
  readonly outdated: readonly NodeSpecPart[];
}

/** Every slot that exists or should, ascending. */
export function classify(
  desired: DesiredFleet,
  amiId: string,
  states: readonly SlotState[],
  { onlyNodes, targets }: Pick<PlanOptions, "onlyNodes" | "targets"> = {},
): SlotCase[] {
  const byNumber = new Map(states.map((state) => [state.slot, state]));
  const wanted = Array.from({ length: desired.nodes }, (_, slot) => slot);
  wanted.push(...spareSlots(desired));
  // Of a slot that is wanted no more, what only bears witness of it is nothing to remove.
  const there = states.filter(({ address, elasticIp, node }) => address ?? elasticIp ?? node);
  const numbers = [
    ...new Set([
      ...wanted,
      ...desired.frozenNodes.filter((slot) => byNumber.has(slot)),
      ...there.map(({ slot }) => slot),
    ]),
  ].sort((a, b) => a - b);
  const zones = zonesBySlot(desired, numbers, byNumber);
  return numbers.map((slot): SlotCase => {
    const state = byNumber.get(slot);
    const availabilityZone = zones.get(slot) ?? "";
    const isSpare = isSpareSlot(slot);
    const target =
      targets && isSpare ? spareTarget({ slot, availabilityZone }, targets, zones) : undefined;
    const config = desiredSpec(desired, amiId, slot, availabilityZone);
    const node = state?.node ?? null;
    const missing = state?.missing ?? [];
    const frozen = desired.frozenNodes.includes(slot);
    const isWanted = isWantedSlot(desired, slot);
    // What a run is about is done with the spare, whatever it is about.
    const isOutside = onlyNodes !== undefined && !onlyNodes.includes(slot) && !isSpare;
    const isUnknown = targets !== undefined && isSpare && target === null;
    const spec = isUnknown ? (node?.spec ?? config) : (targets?.[slot] ?? target ?? config);
    const going = isWanted ? (state?.going ?? null) : null;
    return {
      slot,
      availabilityZone,
      cell: cellOf(desired, slot),
      desired: spec,
      wanted: isWanted,
      leftAlone: frozen ? "frozen" : isOutside || isUnknown ? "not-selected" : null,
      addressExists: state?.address != null,
      missing,
      node,
      going,
      unavailable:
        node === null
          ? going === null
            ? { kind: "no-instance" }
            : { kind: "instance-state", state: "shutting-down" }
          : (node.unavailable ??
            // One that stays is refused before, or has another address on a person's word.
            (missing.length > 0 || (!isWanted && state?.lost != null)
              ? { kind: "address-incomplete", parts: missing.length > 0 ? missing : ["elastic-ip"] }
              : null)),
      outdated: node ? changedParts(node.spec, spec) : [],
    };
  });
}

function zonesBySlot(
  desired: DesiredFleet,
  slots: readonly number[],
  states: ReadonlyMap<number, SlotState>,
): Map<number, string> {
  const born = new Map<number, string>();
  const newSlots: number[] = [];
  for (const slot of slots) {
    const zone = states.get(slot)?.availabilityZone ?? null;
    if (zone === null) newSlots.push(slot);
    else born.set(slot, zone);
  }
  const zones = zonesThatWork(desired, states);
  const cell = (slot: number) => cellOf(desired, slot);
  // Spares are counted apart: one more of them moves no new node to another zone.
  const assigned = [false, true].flatMap((spare) => {
    const isOf = (slot: number) => isSpareSlot(slot) === spare;
    const staying = [...born].filter(([slot]) => isOf(slot) && isWantedSlot(desired, slot));
    return [...assignZones(new Map(staying), newSlots.filter(isOf), zones, cell)];
  });
  return new Map([...born, ...assigned]);
}

/** Those for new slots: without zones all of whose slots are down or empty, while enough are left. */
function zonesThatWork(
  { availabilityZones: all, cells, tasksPerPop }: DesiredFleet,
  states: ReadonlyMap<number, SlotState>,
): readonly string[] {
  const slots = [...states.values()].filter(({ slot }) => !isSpareSlot(slot));
  const working = all.filter((zone) => {
    const own = slots.filter(({ availabilityZone }) => availabilityZone === zone);
    return own.length === 0 || own.some(isUp);
  });
  const needed = cells.length === 0 ? 1 : tasksPerPop;
  return working.length >= needed ? working : all;
}

function isUp({ node }: SlotState): boolean {
  const kind = node?.unavailable?.kind;
  return node !== null && kind !== "instance-state" && kind !== "status-checks";
}

/** Whether its node is to change, now or later. */
export function isToChange({ leftAlone, node, outdated, wanted }: SlotCase): boolean {
  return node !== null && leftAlone === null && (!wanted || outdated.length > 0);
}

/** It has what this plan wants of it, and isn't available: it rebuilds still, or that is what broke it. */
export function isBrokenWithTarget({ node, outdated, unavailable }: SlotCase): boolean {
  const isUpToDate = node !== null && outdated.length === 0;
  return isUpToDate && unavailable !== null && isCertain(unavailable) && !isDrained(unavailable);
}

/** Somebody's doing, which says nothing of what the node has. */
function isDrained(unavailable: Unavailability): boolean {
  return unavailable.kind === "container-instance-status" && unavailable.status === "DRAINING";
}

/** Whether anything of the environment exists already. */
export function isNewEnvironment(observation: Observation): boolean {
  return (
    observation.instances.length === 0 &&
    observation.networkInterfaces.length === 0 &&
    observation.elasticIps.length === 0 &&
    observation.remembered === undefined &&
    (observation.cluster === null || observation.cluster.status !== "ACTIVE")
  );
}
