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

/** "1 wave", "2 waves". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
