import { isObject } from "../terraform/values";
import type { ResourceChange } from "../terraform/plan";

/** One attribute, or a part of one, that a change alters. */
export interface AttributeChange {
  /** E.g. `instance_type`, `root_block_device[0].volume_size`, `tags["routed:node"]`. */
  readonly path: string;
  /** The same without list indices, as the table of effects has it: `root_block_device.volume_size`. */
  readonly name: string;
  readonly from: unknown;
  /** Undefined where the value is known after the apply only. */
  readonly to: unknown;
  readonly known: boolean;
}

type Key = string | number;

/**
 * The attributes in which an object differs after the change, down to the innermost that differ.
 * A value that is known after the apply only counts as different.
 */
export function attributeChanges(change: ResourceChange): AttributeChange[] {
  return differences(change.before ?? {}, change.after ?? {}, change.afterUnknown, []);
}

function differences(
  from: unknown,
  to: unknown,
  unknown: unknown,
  keys: readonly Key[],
): AttributeChange[] {
  if (unknown === true) return [leaf(keys, from, undefined, false)];
  if (isObject(from) && isObject(to)) {
    const inner = isObject(unknown) ? unknown : {};
    const names = new Set([...Object.keys(from), ...Object.keys(to), ...Object.keys(inner)]);
    return [...names].flatMap((name) =>
      differences(from[name], to[name], inner[name], [...keys, name]),
    );
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    const items: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
    return from.flatMap((item: unknown, index) =>
      differences(item, (to as unknown[])[index], items[index], [...keys, index]),
    );
  }
  if (holdsUnknown(unknown)) return [leaf(keys, from, undefined, false)];
  return isSame(from, to) ? [] : [leaf(keys, from, to, true)];
}

function leaf(keys: readonly Key[], from: unknown, to: unknown, known: boolean): AttributeChange {
  const name = keys.filter((key) => typeof key === "string").join(".");
  return { path: renderKeys(keys), name, from: from ?? null, to, known };
}

/**
 * @example
 * renderKeys(["root_block_device", 0, "tags", "routed:node"]) // → 'root_block_device[0].tags["routed:node"]'
 */
export function renderKeys(keys: readonly Key[]): string {
  return keys
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^\w+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

export function holdsUnknown(unknown: unknown): boolean {
  if (unknown === true) return true;
  if (Array.isArray(unknown)) return unknown.some(holdsUnknown);
  return isObject(unknown) && Object.values(unknown).some(holdsUnknown);
}

/** Null and absent mean the same in Terraform's JSON. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

const LONGEST_VALUE = 40;

/**
 * @example
 * renderAttributeChange({ path: "ami", name: "ami", from: "ami-1", to: "ami-2", known: true }) // → "ami ami-1 → ami-2"
 * renderAttributeChange({ path: "id", name: "id", from: "i-1", to: undefined, known: false }) // → "id i-1 → known after apply"
 */
export function renderAttributeChange({ path, from, to, known }: AttributeChange): string {
  return `${path} ${renderValue(from)} → ${known ? renderValue(to ?? null) : "known after apply"}`;
}

/** A value as a message quotes it: short, on one line. */
export function renderValue(value: unknown, longest = LONGEST_VALUE): string {
  if (value === null || value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === "") return '""';
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
