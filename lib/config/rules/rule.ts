import { cidrBlock, contains, overlaps } from "../cidr";
import type { CidrBlock } from "../cidr";
import type { ConfigFile } from "../file/config-file";
import type { Environment } from "../environment";
import type { FieldPath } from "../file/violation";

/** A rule that the schema can't state: it compares fields, or knows AWS. */
export interface Rule {
  /** The fields that must be sound for the rule to be worth checking. */
  readonly reads: readonly FieldPath[];
  readonly check: (subject: Subject) => void;
}

/** The environment under check; `environment` may be trusted in the fields that the rule reads. */
export interface Subject {
  readonly environment: Environment;
  /** The items of a list in which nothing is wrong; none where the list itself is wrong. */
  readonly soundItems: <T>(path: FieldPath) => readonly Item<T>[];
  readonly report: (path: FieldPath, message: string) => void;
}

export interface Item<T> {
  readonly index: number;
  readonly value: T;
}

/** Checks all rules whose fields are sound. The file's value has the schema's defaults filled in. */
export function checkRules(rules: readonly Rule[], file: ConfigFile): void {
  const subject = subjectOf(file);
  for (const rule of rules) {
    if (rule.reads.every((path) => file.isSound(path))) rule.check(subject);
  }
}

export function subjectOf(file: ConfigFile): Subject {
  return {
    environment: { ...(file.value as Environment), name: file.name },
    soundItems: <T>(path: FieldPath) => {
      const list = file.isWellShaped(path) ? valueAt(file.value, path) : undefined;
      if (!Array.isArray(list)) return [];
      return list
        .map((value, index) => ({ index, value: value as T }))
        .filter(({ index }) => file.isSound([...path, index]));
    },
    report: (path, message) => file.report(path, message),
  };
}

/** Reports each block of a list that another block of the same list covers. */
export function reportOverlaps({ soundItems, report }: Subject, path: FieldPath): void {
  const blocks = soundItems<string>(path).map(({ index, value }) => ({
    index,
    value,
    block: cidrBlock(value),
  }));
  for (const { index, value, block } of blocks) {
    const wider = blocks.find((other) => {
      return other.index !== index && covers(other.block, other.index, block, index);
    });
    if (!wider) continue;
    const which = `got "${value}", which lies within item [${wider.index}], "${wider.value}"`;
    report([...path, index], `must not overlap the rest of its list, ${which}; remove it`);
  }
}

/** Of two equal blocks the first covers the second. */
function covers(
  outer: CidrBlock,
  outerIndex: number,
  inner: CidrBlock,
  innerIndex: number,
): boolean {
  if (!overlaps(outer, inner) || !contains(outer, inner)) return false;
  return outer.prefixLength < inner.prefixLength || outerIndex < innerIndex;
}

/** What a path leads to. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<string | number, unknown> | undefined)?.[key],
    value,
  );
}
