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
 * @example
 * nodesOf([0]) // → "node 0"
 * nodesOf([0, 1]) // → "nodes 0 and 1"
 */
export function nodesOf(slots: readonly number[]): string {
  return `${slots.length === 1 ? "node" : "nodes"} ${listOf(slots)}`;
}

/**
 * @example
 * sparesOf([200]) // → "spare 200"
 * sparesOf([200, 201]) // → "spares 200 and 201"
 */
export function sparesOf(slots: readonly number[]): string {
  return `${slots.length === 1 ? "spare" : "spares"} ${listOf(slots)}`;
}

/**
 * @example
 * countOf(1, "wave") // → "1 wave"
 * countOf(2, "wave") // → "2 waves"
 */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
