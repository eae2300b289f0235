import { RoutedError } from "../../lib/errors";

/** The value that follows an option; undefined where the option isn't given. */
export function optionValue(args: readonly string[], option: string): string | undefined {
  const index = args.indexOf(option);
  if (index < 0) return undefined;
  const value = args[index + 1];
  if (value === undefined || value.startsWith("--")) {
    throw new RoutedError("invalid-argument", `${option} needs a value`);
  }
  return value;
}

/** "25,100" as numbers. */
export function wholeNumbers(option: string, value: string, least: number, most: number): number[] {
  const numbers = value.split(",").map(Number);
  if (numbers.every((n) => Number.isInteger(n) && n >= least && n <= most)) return numbers;
  throw new RoutedError(
    "invalid-argument",
    `${option} must be whole numbers from ${least} to ${most}, separated by commas, got "${value}"`,
  );
}
