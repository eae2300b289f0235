import type { SlotCase } from "./classify";
import type { NodeSpecPart } from "../node-spec";
import { describeParts } from "../live/address-parts";
import { listOf } from "../../words";

const PART_NAMES: Record<NodeSpecPart, string> = {
  amiId: "AMI",
  instanceType: "instance type",
  userDataBase64: "user data",
  rootVolumeGiB: "root volume size",
  dataVolumeGiB: "data volume size",
};

/** "AMI and user data", for people. */
export function namesOf(parts: readonly NodeSpecPart[]): string {
  return listOf(parts.map((part) => PART_NAMES[part]));
}

/** "node 2 is stopped", or why else a slot is not available. */
export function unavailabilityOf({ slot, node, missing }: SlotCase): string {
  const lacks = missing.length === 0 ? "" : describeParts(missing);
  if (node === null) return `node ${slot} has no instance${lacks === "" ? "" : `, and ${lacks}`}`;
  if (node.unavailable === null && lacks !== "") return `node ${slot} lacks its address: ${lacks}`;
  return `node ${slot} ${node.unavailable?.predicate ?? "is available"}`;
}
