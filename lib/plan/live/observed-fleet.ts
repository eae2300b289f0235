import type { Observation, ObservedInstance } from "../../observe/observation";
import type { NodeSpec } from "../node-spec";
import type { SlotState } from "./slot-state";

/** What a plan was made from: while any of it is otherwise, the plan must not be carried out. */
export interface ObservedFleet {
  /** The slots' instances: those that stay, those to be replaced, and those to be removed; by slot. */
  readonly nodes: readonly ObservedNode[];
  /** Ids of live instances with the environment's tag that no slot owns; sorted. */
  readonly strays: readonly string[];
  /** Of the slots that have an ENI, by slot; left out where none has. */
  readonly addresses?: readonly ObservedAddress[];
}

/** A slot's address as it was observed. */
export interface ObservedAddress {
  /** 0 or more, unique. */
  readonly slot: number;
  /** E.g. `eni-0123456789abcdef0`. */
  readonly networkInterfaceId: string;
  /** Of the EIP, e.g. `eipalloc-0123456789abcdef0`; null where the slot has none. */
  readonly allocationId: string | null;
  /** The instance that the ENI is attached to, one that shuts down too; null where it is free. */
  readonly heldBy: string | null;
}

/** A slot's instance as it was observed. */
export interface ObservedNode {
  /** 0 or more, unique. */
  readonly slot: number;
  /** E.g. `i-0123456789abcdef0`, unique. */
  readonly instanceId: string;
  readonly state: Exclude<ObservedInstance["state"], "shutting-down">;
  /** When it was last started: ISO 8601 in UTC, compared to the second. */
  readonly launchTime: string;
  readonly spec: NodeSpec;
}

/** What of an observation must still be so when its plan is carried out. */
export function observedFleet(
  slots: readonly SlotState[],
  { elasticIps, instances }: Observation,
): ObservedFleet {
  const live = instances.flatMap(({ instanceId, launchTime, state }) =>
    state === "shutting-down" ? [] : [{ instanceId, launchTime, state }],
  );
  const nodes = slots.flatMap(({ slot, node }) => {
    const instance = live.find(({ instanceId }) => instanceId === node?.instanceId);
    return node && instance ? [{ slot, ...instance, spec: node.spec }] : [];
  });
  const owned = new Set(nodes.map(({ instanceId }) => instanceId));
  const strays = live.map(({ instanceId }) => instanceId).filter((id) => !owned.has(id));
  const addresses = slots.flatMap(({ slot, address, going, node }): ObservedAddress[] => {
    if (address === null) return [];
    const { networkInterfaceId } = address;
    const allocationId = elasticIps.find((eip) => eip.slot === slot)?.allocationId ?? null;
    const holder = node ?? (going?.holdsAddress === true ? going : null);
    const heldBy = holder?.instanceId ?? address.instanceId;
    return [{ slot, networkInterfaceId, allocationId, heldBy }];
  });
  return {
    nodes,
    strays: strays.sort(),
    ...(addresses.length === 0 ? {} : { addresses }),
  };
}

/** How the stack's own check ends its words when nodes changed after a synthesis. */
export const STALE_SYNTHESIS = "Synthesize again: cdktf deploy without --skip-synth.";
