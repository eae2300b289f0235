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
 * countOf(1, "wave") // → "1 wave"
 * countOf(2, "wave") // → "2 waves"
 */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
