/**
 * The slot of the first spare: fleet.nodes, at most this many, never reaches it. `200 + n` is the spare
 * `n`, so that adding nodes moves no spare and adding spares no node.
 */
export const FIRST_SPARE_SLOT = 200;

/**
 * @example
 * listOf([0]) // → "0"
 * listOf([0, 1]) // → "0 and 1"
 * listOf([0, 1, 2]) // → "0, 1 and 2"
 */
export function listOf(items: readonly (string | number)[]): string {
  const last = items.at(-1);
  if (items.length < 2 || last === undefined) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${last}`;
}

/**
 * For lists that may be long.
 *
 * @example
 * someOf(["pop1", "pop2", "pop3"]) // → "pop1, pop2 and pop3"
 * someOf(["pop1", "pop2", "pop3", "pop4"]) // → "pop1, pop2 and 2 more"
 */
export function someOf(names: readonly string[]): string {
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const rest = names.length - shown.length;
  return rest === 0 ? listOf(shown) : `${shown.join(", ")} and ${rest} more`;
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
  const isSpare = (slot: number) => slot >= FIRST_SPARE_SLOT;
  return listOf([
    ...named(
      "node",
      slots.filter((slot) => !isSpare(slot)),
    ),
    ...named("spare", slots.filter(isSpare)),
  ]);
}

/**
 * @example
 * countOf(1, "wave") // → "1 wave"
 * countOf(2, "wave") // → "2 waves"
 */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
