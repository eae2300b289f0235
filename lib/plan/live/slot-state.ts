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
  /** Where no live one does: the instance that shuts down and held the address, if not still does. */
  readonly going: GoingInstance | null;
}

/** Of an instance that shuts down: EC2 shows its volumes no more, nor always its user data. */
export interface GoingInstance {
  readonly instanceId: string;
  readonly amiId: string;
  readonly instanceType: string;
  /** ISO 8601 in UTC. */
  readonly launchTime: string;
  /** Whether the slot's ENI is still attached to it. */
  readonly holdsAddress: boolean;
}

export interface LiveNode {
  readonly instanceId: string;
  /** ISO 8601 in UTC. */
  readonly launchTime: string;
  readonly spec: NodeSpec;
  /** Null where the node is available. */
  readonly unavailable: Unavailability | null;
  /** An operator overrode that it isn't. */
  readonly overridden?: true;
}
