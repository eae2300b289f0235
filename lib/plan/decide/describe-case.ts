import type { SlotCase } from "./classify";
import type { NodeSpecPart } from "../node-spec";
import { listOf } from "../../words";

const PART_NAMES: Record<NodeSpecPart, string> = {
  amiId: "AMI",
  instanceType: "instance type",
  userDataBase64: "user data",
  rootVolumeGiB: "root volume size",
  dataVolumeGiB: "data volume size",
};

/**
 * For people.
 *
 * @example
 * namesOf(["amiId", "userDataBase64"]) // → "AMI and user data"
 */
export function namesOf(parts: readonly NodeSpecPart[]): string {
  return listOf(parts.map((part) => PART_NAMES[part]));
}

/** "node 2 is stopped", or why else a slot is not available. */
export function unavailabilityOf({ slot, node }: SlotCase): string {
  if (node === null) return `node ${slot} has no instance`;
  return `node ${slot} ${node.unavailable?.predicate ?? "is available"}`;
}
