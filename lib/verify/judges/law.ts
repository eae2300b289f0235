import type { Environment } from "../../config/environment";
import type { Observation } from "../../observe/observation";
import type { PlannedSlot, UpgradePlan } from "../../plan/upgrade-plan";
import type { Declaration, SynthesizedStack } from "../../terraform/stack";
import { isObject, listOf } from "../../terraform/values";

/** What a declaration is held to: the config, what was decided, and the rest of the stack. */
export interface LawContext {
  readonly environment: Environment;
  readonly upgradePlan: UpgradePlan;
  /** Null where it isn't known what the upgrade plan was made from. */
  readonly observation: Observation | null;
  readonly stack: SynthesizedStack;
  readonly declaration: Declaration;
  /** Of the slot that the resource is tagged with, if the upgrade plan has it; without a spec where it is empty. */
  readonly node: PlannedSlot | undefined;
}

/** What an argument must say where a resource is made, and where a table lets it change. */
export interface Law {
  /** "be …", as in "must be the VPC's id"; for messages and docs/verify.md. */
  readonly must: string;
  readonly holds: (value: unknown, context: LawContext) => boolean;
  /** Of a value that doesn't keep it: the part that is to blame. */
  readonly where?: (value: unknown, context: LawContext) => string;
}

export function law(must: string, holds: Law["holds"]): Law {
  return { must, holds };
}

/** Exactly this. */
export function is(...values: readonly (string | number | boolean)[]): Law {
  return law(`be ${values.map((value) => JSON.stringify(value)).join(" or ")}`, (value) =>
    values.some((each) => String(each) === String(value)),
  );
}

/** Anything of its type: why that can't do harm. */
export function anything(why: string): Law {
  return law(`be anything: ${why}`, () => true);
}

export function fromConfig(must: string, expected: (context: LawContext) => unknown): Law {
  return law(must, (value, context) => String(expected(context)) === String(value));
}

/** `${type.name.attribute}` of a resource that the stack declares; its address. */
export function referenceIn(value: unknown, type: string, attribute: string): string | null {
  if (typeof value !== "string") return null;
  const match = /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(value);
  if (!match || match[2] !== attribute || !match[1]?.startsWith(`${type}.`)) return null;
  return match[1];
}

/** The declared resource that a value refers to. */
export function referent(
  value: unknown,
  type: string,
  attribute: string,
  { stack }: Pick<LawContext, "stack">,
): Declaration | undefined {
  const address = referenceIn(value, type, attribute);
  return address === null ? undefined : stack.resources.get(address);
}

export function refersTo(type: string, attribute = "id"): Law {
  return law(
    `be the stack's ${type}.${attribute}`,
    (value, context) => referent(value, type, attribute, context) !== undefined,
  );
}

/** A resource of the stack that says this of itself, e.g. the security group of a name. */
export function refersToNamed(
  type: string,
  attribute: string,
  nameOf: (context: LawContext) => readonly string[],
  words: string,
): Law {
  return law(`be ${words}`, (value, context) => {
    const name = referent(value, type, attribute, context)?.values["name"];
    return typeof name === "string" && nameOf(context).includes(name);
  });
}

export function each(one: Law): Law {
  return law(`be a list, of which each must ${one.must}`, (value, context) => {
    const items = listOf(value);
    return items.length > 0 && items.every((item) => one.holds(item, context));
  });
}

/** A block, with these arguments and no others; `needed` are those that it may not lack. */
export function block(parts: Readonly<Record<string, Law>>, needed: readonly string[] = []): Law {
  const words = Object.entries(parts).map(([name, { must }]) => `${name} must ${must}`);
  return law(`be a block in which ${words.join(", ")}`, (value, context) => {
    const [item, ...more] = Array.isArray(value) ? (value as unknown[]) : [value];
    if (!isObject(item) || more.length > 0) return false;
    return (
      needed.every((name) => item[name] !== undefined) &&
      Object.entries(item).every(([name, part]) => parts[name]?.holds(part, context) ?? false)
    );
  });
}

/** All that the stack declares of a type. */
export function declared({ stack }: Pick<LawContext, "stack">, type: string): Declaration[] {
  return [...stack.resources.values()].filter((each) => each.type === type);
}

/** A policy's statements; none where it is no policy of the one version. */
export function statementsOf(policy: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof policy !== "string") return [];
  try {
    const document = JSON.parse(policy) as unknown;
    if (!isObject(document) || document["Version"] !== "2012-10-17") return [];
    return listOf(document["Statement"]).filter(isObject);
  } catch {
    return [];
  }
}

export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
}
