import { parseArgs } from "node:util";
import { messageOf, RoutedError } from "../lib/errors";

export interface KnownOptions<Valued extends string, Flag extends string> {
  /** Take a value each. */
  readonly valued?: readonly Valued[];
  /** Take none. */
  readonly flags?: readonly Flag[];
}

/**
 * What a script was started with, by the names of its options.
 *
 * @param args e.g. `["--pops", "25,100", "--write"]`
 * @throws RoutedError `invalid-argument` for any argument but the known ones
 */
export function readOptions<Valued extends string = never, Flag extends string = never>(
  args: readonly string[],
  { valued = [], flags = [] }: KnownOptions<Valued, Flag>,
): Partial<Record<Valued, string> & Record<Flag, boolean>> {
  const options: Record<string, { type: "string" | "boolean" }> = {};
  for (const name of valued) options[name] = { type: "string" };
  for (const name of flags) options[name] = { type: "boolean" };
  try {
    const { values } = parseArgs({ args: [...args], options });
    return values as Partial<Record<Valued, string> & Record<Flag, boolean>>;
  } catch (error) {
    // Its first sentence says what is wrong, the next ones how to pass files with such names.
    const [what] = messageOf(error).split(/\.\s/);
    const known = [
      ...valued.map((name) => `--${name} <value>`),
      ...flags.map((name) => `--${name}`),
    ];
    throw new RoutedError(
      "invalid-argument",
      `${what}; ${known.length === 0 ? "no options are known" : `the options are ${known.join(", ")}`}`,
    );
  }
}

/**
 * Those of `known` that are in `given`, in the order of `known`.
 *
 * @param separators what the error says they are separated by, e.g. "commas"
 */
export function chosen<Name extends string>(
  option: string,
  given: readonly string[],
  known: readonly Name[],
  separators: string,
): Name[] {
  const unknown = given.find((name) => !known.some((other) => other === name));
  if (unknown === undefined) return known.filter((name) => given.includes(name));
  throw new RoutedError(
    "invalid-argument",
    `${option} must be some of "${known.join('", "')}", got "${unknown}"; separate them by ${separators}`,
  );
}

/** "25" as a number. */
export function wholeNumber(option: string, value: string, least: number, most: number): number {
  if (isWholeNumber(value, least, most)) return Number(value);
  throw new RoutedError(
    "invalid-argument",
    `${option} must be a whole number from ${least} to ${most}, got "${value}"`,
  );
}

/** "25,100" as numbers. */
export function wholeNumbers(option: string, value: string, least: number, most: number): number[] {
  const values = value.split(",");
  if (values.every((each) => isWholeNumber(each, least, most))) return values.map(Number);
  throw new RoutedError(
    "invalid-argument",
    `${option} must be whole numbers from ${least} to ${most}, separated by commas, got "${value}"`,
  );
}

function isWholeNumber(value: string, least: number, most: number): boolean {
  const number = Number(value);
  return value.trim() !== "" && Number.isInteger(number) && number >= least && number <= most;
}
