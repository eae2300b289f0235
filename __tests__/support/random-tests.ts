import fc from "fast-check";
import { wholeNumber } from "../../scripts/options";

/*
 * Random tests draw the same examples at every run, so that a pull request fails for what it
 * changed. `FC_SEED=<number>` draws others, and `RANDOM_RUNS_FACTOR=<number>` that many times as
 * many, which is how `.ci/nightly` has thousands where `npm test` has some dozens.
 */
const SEED = fromEnvironment("FC_SEED", "20261127", 0, 2 ** 31 - 1);
const FACTOR = fromEnvironment("RANDOM_RUNS_FACTOR", "1", 1, 1_000);

fc.configureGlobal({ seed: SEED, numRuns: runs(100) });
// Tests are bounded by number, not by the clock: this ends only what hangs, on the busiest machine.
jest.setTimeout(FACTOR * 20 * 60_000);

/** How many examples a random test draws where `npm test` has it draw `count`. */
export function runs(count: number): number {
  return count * FACTOR;
}

/** Of many cases, every how many-th a test takes where `npm test` has it take every `step`-th; at last all. */
export function stride(step: number): number {
  return Math.ceil(step / FACTOR);
}

/** Those of a long list that a test takes. */
export function everyNth<T>(all: readonly T[], step: number, offset = 0): T[] {
  return all.filter((_, index) => (index + offset) % step === 0);
}

function fromEnvironment(name: string, otherwise: string, least: number, most: number): number {
  return wholeNumber(name, process.env[name] || otherwise, least, most);
}
