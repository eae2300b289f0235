import type { SlotCase } from "./classify";
import { NODE_SPEC_PARTS } from "../node-spec";
import type { NodeSpecPart } from "../node-spec";
import { listOf } from "../../words";

/** "AMI and user data", for people. */
export function namesOf(parts: readonly NodeSpecPart[]): string {
  return listOf(parts.map((part) => NODE_SPEC_PARTS[part].name));
}

/** "node 2 is stopped", or why else a slot is not available. */
export function unavailabilityOf({ slot, node }: SlotCase): string {
  if (node === null) return `node ${slot} has no instance`;
  return `node ${slot} ${node.unavailable?.predicate ?? "is available"}`;
}
