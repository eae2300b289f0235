import { listOf } from "../words";
import { FIRST_SPARE_SLOT } from "./limits";

/** Whether a slot goes first and is parked otherwise; it is in no budget, no cell and no count of nodes. */
export function isSpareSlot(slot: number): boolean {
  return slot >= FIRST_SPARE_SLOT;
}

/**
 * Slots by what they are.
 *
 * @example
 * nodesOf([0]) // → "node 0"
 * nodesOf([0, 1]) // → "nodes 0 and 1"
 * nodesOf([200, 201]) // → "spares 200 and 201"
 * nodesOf([0, 1, 200]) // → "nodes 0, 1 and spare 200"
 */
export function nodesOf(slots: readonly number[]): string {
  const named = (noun: string, some: readonly number[]) =>
    some.map((slot, index) =>
      index > 0 ? `${slot}` : `${noun}${some.length === 1 ? "" : "s"} ${slot}`,
    );
  return listOf([
    ...named(
      "node",
      slots.filter((slot) => !isSpareSlot(slot)),
    ),
    ...named("spare", slots.filter(isSpareSlot)),
  ]);
}
