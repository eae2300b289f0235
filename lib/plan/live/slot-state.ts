import type { ObservedNetworkInterface } from "../../observe/observation";
import type { AddressState } from "./address-parts";
import type { NodeSpec } from "../node-spec";
import type { Unavailability } from "../reasons";

/** What one slot holds now, after everything observed was reconciled. */
export interface SlotState extends Omit<AddressState, "bornIn"> {
  readonly slot: number;
  /** Where the slot was born; null where nothing of it says so. */
  readonly availabilityZone: string | null;
  /** The slot's ENI. */
  readonly address: ObservedNetworkInterface | null;
  /** The live instance that holds the address. */
  readonly node: LiveNode | null;
}

export interface LiveNode {
  readonly instanceId: string;
  readonly spec: NodeSpec;
  /** Null where the node is available. */
  readonly unavailable: Unavailability | null;
}
