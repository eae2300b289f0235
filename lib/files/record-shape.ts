import type { ErrorObject } from "ajv";
import type { JTDSchemaType } from "ajv/dist/jtd";
import { messageOf } from "../errors";

/**
 * What a record of this program's own must be, as a JSON Type Definition, which the compiler holds
 * against the record's type: a field that is new, gone or of another type doesn't compile.
 * @see https://www.rfc-editor.org/rfc/rfc8927
 */
export type Shape<T> = JTDSchemaType<T>;

/** Of a union of texts all, which a list of them could miss: each by its name. */
export function oneOf<T extends string>(all: Readonly<Record<T, true>>): { enum: T[] } {
  return { enum: Object.keys(all) as T[] };
}

/** A text is no such record: why, e.g. `plan.decisions[0].slot must be a whole number, got "x"`. */
export class MalformedRecord extends Error {}

/** A time that RFC 3339 knows and `Date` doesn't: `NaN`, which comes before and after nothing. */
const LEAP_SECOND = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:60(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * @throws MalformedRecord where it is no JSON, or has a number or a time that is none here, e.g.
 *   `1e999` or `2016-12-31T23:59:60Z`
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => {
      if (typeof value === "number" && !Number.isFinite(value)) {
        throw new Error("a number in it is too large");
      }
      if (typeof value === "string" && LEAP_SECOND.test(value)) {
        throw new Error(`a time in it is a leap second, ${value}`);
      }
      return value;
    });
  } catch (error) {
    throw new MalformedRecord(`it must be JSON: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * A record without its format's version, which must be the one that is known.
 *
 * @throws MalformedRecord
 */
export function requireFormat(known: number, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedRecord(`it must be an object, got ${kindOf(value)}`);
  }
  const { formatVersion, ...record } = value as Record<string, unknown>;
  if (formatVersion === known) return record;
  throw new MalformedRecord(`formatVersion must be ${known}, got ${kindOf(formatVersion)}`);
}

/** @throws MalformedRecord with the first field that isn't as it must be */
export async function requireShape<T>(shape: Shape<T>, value: unknown): Promise<T> {
  const { validatorOf } = await import("./record-validator");
  const validate = validatorOf<T>(shape);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new MalformedRecord(error === undefined ? "it is malformed" : renderError(error));
}

const WORDS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  float64: "a number",
  object: "an object",
  string: "a text",
  timestamp: "a time like 2026-03-01T10:00:00Z",
  uint16: "a whole number from 0 to 65535",
  uint32: "a whole number from 0 to 4294967295",
};

/** What is wrong with which field, its value not told whole: it may be as long as a plan. */
function renderError({ data, instancePath, params, parentSchema }: ErrorObject): string {
  const { error, nullable, tag, tagValue, type, ...names } = params as Params;
  const missing = error === "tag" && tagValue === undefined ? tag : names.missingProperty;
  if (missing !== undefined) return `${fieldPath(instancePath, missing)} is missing`;
  const field = fieldPath(instancePath);
  if (error === "additional") return `${field} is not a field of it`;
  const { enum: values, mapping } = (parentSchema ?? {}) as ParentSchema;
  const choices = values ?? Object.keys(mapping ?? {});
  const allowed = type === undefined ? `one of ${choices.join(", ")}` : (WORDS[type] ?? type);
  const got = kindOf(tag === undefined ? data : tagValue);
  return `${field} must be ${allowed}${nullable === true ? " or null" : ""}, got ${got}`;
}

/** ajv's, of the kinds of error that a JSON Type Definition has. */
interface Params {
  readonly error?: "additional" | "mapping" | "missing" | "tag";
  readonly missingProperty?: string;
  readonly nullable?: boolean;
  readonly tag?: string;
  readonly tagValue?: unknown;
  readonly type?: string;
}

interface ParentSchema {
  readonly enum?: readonly string[];
  readonly mapping?: object;
}

function kindOf(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value);
  }
  return JSON.stringify(value);
}

/**
 * `/decisions/0/slot` as `decisions[0].slot`.
 *
 * @param whole what the record itself is called
 */
export function fieldPath(pointer: string, member?: string, whole = "it"): string {
  const parts = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (member !== undefined) parts.push(member);
  const path = parts.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join("");
  return path === "" ? whole : path.replace(/^\./, "");
}
