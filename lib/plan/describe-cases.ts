import type { SlotCase } from "./classify";
import type { NodeSpecPart } from "./node-spec";

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

/** "0", "0 and 1", "0, 1 and 2". */
export function listOf(items: readonly (string | number)[]): string {
  const last = items.at(-1);
  if (items.length < 2 || last === undefined) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${last}`;
}

/** "pop1, pop2 and 41 more": for lists that may be long. */
export function someOf(names: readonly string[]): string {
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const rest = names.length - shown.length;
  return rest === 0 ? listOf(shown) : `${shown.join(", ")} and ${rest} more`;
}

/** "node 0", "nodes 0 and 1". */
export function nodesOf(slots: readonly number[]): string {
  return `${slots.length === 1 ? "node" : "nodes"} ${listOf(slots)}`;
}

/** "node 2 is stopped", or why else a slot is not available. */
export function unavailabilityOf({ slot, node }: SlotCase): string {
  if (node === null) return `node ${slot} has no instance`;
  return `node ${slot} ${node.unavailable?.predicate ?? "is available"}`;
}
