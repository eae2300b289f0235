import { isObject } from "../../terraform/values";
import { holdsUnknown } from "../attribute-changes";
import { parseIpv6 } from "./resolve";
import type { Resolve } from "./resolve";

/** How a planned value differs from what the stack declares. */
export interface Mismatch {
  /** Below the attribute, e.g. `[0].volume_size`; empty where it is the whole. */
  readonly path: string;
  readonly declared: unknown;
  /** Undefined where it is known after the apply only. */
  readonly planned: unknown;
}

/** What is looked at beside two values. */
export interface Comparison {
  readonly resolve: Resolve;
  /** What the provider takes by itself where nothing is declared; undefined where it takes nothing. */
  readonly defaultOf: (path: string) => unknown;
  /** Whether an argument, by its path without indexes, is what it was: then nobody need say anything of it. */
  readonly isAsBefore: (path: string) => boolean;
}

/**
 * Whether Terraform plans what the stack declares, in every part: a value that is known after the
 * apply only is one where the declaration refers to another resource, or declares nothing.
 *
 * @param path the attribute's name, with dots for what is below it and no indices
 */
export function mismatch(
  declared: unknown,
  planned: unknown,
  unknown: unknown,
  path: string,
  comparison: Comparison,
): Mismatch | null {
  if (isNothing(declared)) {
    if (comparison.isAsBefore(path)) return null;
    if (unknown === true || holdsNoMore(planned, unknown, path, comparison)) return null;
    return { path: "", declared, planned };
  }
  if (typeof declared === "string") return textMismatch(declared, planned, unknown, comparison);
  if (Array.isArray(declared)) return listMismatch(declared, planned, unknown, path, comparison);
  if (isObject(declared)) {
    // One block is written as an object, and planned as a list.
    if (Array.isArray(planned) || Array.isArray(unknown)) {
      return listMismatch([declared], planned, unknown, path, comparison);
    }
    return objectMismatch(declared, planned, unknown, path, comparison);
  }
  if (unknown === true) return { path: "", declared, planned: undefined };
  return String(declared) === String(planned) ? null : { path: "", declared, planned };
}

function textMismatch(
  declared: string,
  planned: unknown,
  unknown: unknown,
  { resolve }: Comparison,
): Mismatch | null {
  const value = textOf(declared, resolve);
  const differs = { path: "", declared, planned: unknown === true ? undefined : planned };
  if (value.state === "strange") return differs;
  if (value.state === "unknown") return unknown === true ? null : differs;
  if (unknown === true) return differs;
  return isSameText(String(value.value), planned) ? null : differs;
}

/** A text with its expressions filled in. */
export function textOf(declared: string, resolve: Resolve): ReturnType<Resolve> {
  const parts = declared.split(/(?<!\$)\$\{([^{}]*)\}/);
  const texts: string[] = [];
  let state: "known" | "unknown" = "known";
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      texts.push(part.replaceAll("$${", "${").replaceAll("%%{", "%{"));
      continue;
    }
    const value = resolve(part);
    if (value.state === "strange") return value;
    if (value.state === "unknown") state = "unknown";
    else texts.push(String(value.value));
  }
  return state === "unknown" ? { state } : { state, value: texts.join("") };
}

function isSameText(declared: string, planned: unknown): boolean {
  if (declared === String(planned)) return true;
  if (typeof planned !== "string") return false;
  const addresses = [declared, planned].map((text) => parseIpv6(text));
  if (addresses[0] !== null) return addresses[0] === addresses[1];
  const documents = [declared, planned].map(parsed);
  if (documents.some((document) => document === null)) return false;
  return canonical(documents[0]) === canonical(documents[1]);
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Keys in order, and what has a name by that, as the provider sorts containers. */
function canonical(value: unknown): string {
  const nameOf = (item: unknown): string => (isObject(item) ? String(item["name"]) : "");
  return JSON.stringify(value, (_, item: unknown) =>
    Array.isArray(item) && item.every((each) => isObject(each) && "name" in each)
      ? [...(item as unknown[])].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
      : isObject(item)
        ? Object.fromEntries(
            Object.entries(item)
              .filter(([, each]) => !isNothing(each))
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : item,
  );
}

/** In this order, or, as a set has none, in any. */
function listMismatch(
  declared: readonly unknown[],
  planned: unknown,
  unknown: unknown,
  path: string,
  comparison: Comparison,
): Mismatch | null {
  if (unknown === true) {
    const refers = declared.some((item) => refersToUnknown(item, comparison.resolve));
    return refers ? null : { path: "", declared, planned: undefined };
  }
  const items: readonly unknown[] = Array.isArray(planned) ? planned : [];
  const unknowns: readonly unknown[] = Array.isArray(unknown) ? unknown : [];
  const count = Math.max(items.length, unknowns.length);
  if (count !== declared.length) return { path: "", declared, planned };
  const differs = (item: unknown, index: number): Mismatch | null =>
    mismatch(item, items[index], unknowns[index], path, comparison);
  const free = new Set(Array.from({ length: count }, (_, index) => index));
  for (const [position, item] of declared.entries()) {
    const at = free.has(position) && differs(item, position) === null ? position : null;
    const match = at ?? [...free].find((index) => differs(item, index) === null);
    if (match === undefined) {
      const found = differs(item, position);
      return found && { ...found, path: `[${position}]${found.path}` };
    }
    free.delete(match);
  }
  return null;
}

function objectMismatch(
  declared: Readonly<Record<string, unknown>>,
  planned: unknown,
  unknown: unknown,
  path: string,
  comparison: Comparison,
): Mismatch | null {
  if (unknown === true && refersToUnknown(declared, comparison.resolve)) return null;
  if (unknown === true || !isObject(planned)) {
    return { path: "", declared, planned: unknown === true ? undefined : planned };
  }
  const inner = isObject(unknown) ? unknown : {};
  const names = new Set([...Object.keys(declared), ...Object.keys(planned)]);
  for (const name of names) {
    const below = `${path}.${name}`;
    const found = mismatch(declared[name], planned[name], inner[name], below, comparison);
    if (found !== null) return { ...found, path: `.${name}${found.path}` };
  }
  return null;
}

/** Nothing that isn't declared, besides what the provider takes by itself. */
function holdsNoMore(
  planned: unknown,
  unknown: unknown,
  path: string,
  { defaultOf }: Comparison,
): boolean {
  const usual = defaultOf(path);
  if (usual !== undefined && planned !== null && planned !== undefined) {
    return JSON.stringify(usual) === JSON.stringify(planned);
  }
  if (isNothing(planned)) return true;
  // Known after the apply in parts, and nothing besides.
  return Array.isArray(planned) && planned.length === 0 && holdsUnknown(unknown);
}

function refersToUnknown(declared: unknown, resolve: Resolve): boolean {
  if (typeof declared === "string") return textOf(declared, resolve).state === "unknown";
  if (!isObject(declared) && !Array.isArray(declared)) return false;
  return Object.values(declared).some((item) => refersToUnknown(item, resolve));
}

/** What Terraform and the provider write for nothing. */
export function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    value === false ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.values(value).every(isNothing))
  );
}
