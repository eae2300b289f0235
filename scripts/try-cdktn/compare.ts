import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { renderKeys, renderValue } from "../../lib/verify/attribute-changes";
import { isObject } from "../../lib/terraform/values";

const LONGEST_VALUE = 80;

/** A value that differs between two JSON documents. */
export interface Difference {
  /** E.g. `terraform.required_providers.aws.version`. */
  readonly path: string;
  /** Undefined where only the other document has one. */
  readonly from: unknown;
  readonly to: unknown;
}

/** All innermost values in which two JSON documents differ; the order of an object's keys is none. */
export function differences(
  from: unknown,
  to: unknown,
  keys: readonly (string | number)[] = [],
): Difference[] {
  if (isObject(from) && isObject(to)) {
    const names = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...names].flatMap((name) => differences(from[name], to[name], [...keys, name]));
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((item: unknown, index) =>
      differences(item, (to as unknown[])[index], [...keys, index]),
    );
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path: renderKeys(keys), from, to }];
}

/** "terraform.backend.local.path: a → b"; without a path where the whole document differs. */
export function renderDifference({ path, from, to }: Difference): string {
  const values = `${renderValue(from, LONGEST_VALUE)} → ${renderValue(to, LONGEST_VALUE)}`;
  return path === "" ? values : `${path}: ${values}`;
}

/** What is to differ: all of it, and nothing else. */
export interface ExpectedDifferences {
  /** In the file that lists the stacks. */
  readonly manifest: readonly Difference[];
  readonly eachStack: readonly Difference[];
}

/**
 * Compares two syntheses of the same environments, file by file.
 *
 * @returns what differs beside what is expected, or doesn't differ although it should, by file; empty
 *   where all is as expected
 */
export function compareSyntheses(
  from: string,
  to: string,
  expected: ExpectedDifferences,
): string[] {
  const files = [...new Set([...filesIn(from), ...filesIn(to)])].sort();
  if (!files.some((file) => file.endsWith("cdk.tf.json"))) return ["no stack was synthesized"];
  return files.flatMap((file) => {
    const found = differences(readJson(from, file), readJson(to, file));
    const wanted = expectedOf(file, expected);
    return [
      ...without(found, wanted).map((one) => `${file}: ${renderDifference(one)}`),
      ...without(wanted, found).map(
        (one) => `${file}: expected, and not so: ${renderDifference(one)}`,
      ),
    ];
  });
}

function without(some: readonly Difference[], others: readonly Difference[]): Difference[] {
  return some.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)));
}

function expectedOf(file: string, expected: ExpectedDifferences): readonly Difference[] {
  if (file === "manifest.json") return expected.manifest;
  return file.endsWith("cdk.tf.json") ? expected.eachStack : [];
}

function filesIn(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".json"));
}

/** Undefined where there is no such file. */
function readJson(directory: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(join(directory, file), "utf8");
  } catch {
    return undefined;
  }
  return JSON.parse(text) as unknown;
}
