import type { ObservedInstance, ObservedNetworkInterface } from "../observe/observation";
import type { NodeSpec } from "./node-spec";

/** What one slot holds now, after everything observed was reconciled. */
export interface SlotState {
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
  /** Why the node is not available, e.g. "stopped"; null where it is available. */
  readonly unavailable: string | null;
}

/**
 * Why an instance is not available as far as EC2 tells, or null where it is. What wasn't read
 * counts as not available.
 */
export function ec2Unavailability(instance: ObservedInstance): string | null {
  if (instance.state !== "running") return instance.state;
  switch (instance.statusChecks) {
    case "ok":
      return null;
    case "initializing":
      return "status checks are initializing";
    case "impaired":
      return "status checks are failing";
    case "insufficient-data":
    case "not-applicable":
    case "unknown":
      return "status checks have no result";
  }
}
