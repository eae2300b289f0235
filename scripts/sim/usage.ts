import { RoutedError } from "../../lib/errors";

/** What a line holds where its command's usage has a name, e.g. `slot` of `fault <what> node <slot>`. */
export type LineArguments = Readonly<Record<string, string>>;

/**
 * Reads a line by a usage: words stand for themselves, `<name>` for one word, `<name…>` for the rest
 * of the line.
 *
 * @returns null where the line is another command's
 * @example
 * matchUsage("fault <what> node <slot>", "fault stopped node 1") // → { what: "stopped", slot: "1" }
 * matchUsage("gate closed <why…>", "gate closed 2 sessions down") // → { why: "2 sessions down" }
 * matchUsage("plan", "plan prd") // → null
 */
export function matchUsage(usage: string, line: string): LineArguments | null {
  const pattern = usage
    .split(" ")
    .map((word) => {
      const [, name, rest] = /^<([a-z]+)(…?)>$/.exec(word) ?? [];
      if (name === undefined) return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return rest === "…" ? `(?<${name}>.+)` : `(?<${name}>\\S+)`;
    })
    .join("\\s+");
  const match = new RegExp(`^${pattern}$`).exec(line);
  return match && { ...match.groups };
}

/** @throws RoutedError `invalid-argument` for a word that isn't one of `allowed` */
export function oneOf<Word extends string>(what: string, word: string, allowed: readonly Word[]) {
  const found = allowed.find((each) => each === word);
  if (found !== undefined) return found;
  throw invalid(`${what} must be one of ${allowed.join(", ")}, got "${word}"`);
}

/**
 * @throws RoutedError `invalid-argument`
 * @example
 * slotsIn("0 2") // → [0, 2]
 */
export function slotsIn(words: string): number[] {
  return words.split(/\s+/).map((word) => {
    if (!/^\d{1,4}$/.test(word)) throw invalid(`a slot must be a whole number, got "${word}"`);
    return Number(word);
  });
}

export function invalid(message: string): RoutedError {
  return new RoutedError("invalid-argument", message);
}
