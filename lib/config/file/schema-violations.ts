import type { ErrorObject } from "ajv";
import { parseCidr } from "../cidr";
import { describeSchema, exampleOf } from "./describe-schema";
import type { JsonSchema } from "./describe-schema";
import { nearest } from "./nearest";
import { removedKey } from "./removed-keys";
import { renderValue } from "./violation";
import type { FieldPath } from "./violation";

/** What ajv's `verbose` option adds, with the types that the environment's schema has. */
export type SchemaError = ErrorObject<string, Record<string, unknown>> & {
  readonly parentSchema?: JsonSchema;
};

export interface SchemaViolation {
  readonly path: FieldPath;
  readonly message: string;
}

/** ajv's errors in the project's words: one per field, in the order of the errors. */
export function schemaViolations(errors: readonly SchemaError[], root: unknown): SchemaViolation[] {
  const byField = new Map<string, SchemaViolation>();
  for (const error of errors) {
    if (error.keyword === "propertyNames") continue; // the name's own error came before
    const violation = schemaViolation(error, root);
    const field = JSON.stringify(violation.path);
    if (!byField.has(field)) byField.set(field, violation);
  }
  return [...byField.values()];
}

function schemaViolation(error: SchemaError, root: unknown): SchemaViolation {
  const path = pathOf(error.instancePath, root);
  const schema = error.parentSchema ?? {};
  if (error.propertyName !== undefined) {
    const message = `must be named like ${schema.pattern ?? "its siblings"}; rename it`;
    return { path: [...path, error.propertyName], message };
  }
  const text = (key: string): string => String(error.params[key]);
  switch (error.keyword) {
    case "required": {
      const key = text("missingProperty");
      return { path: [...path, key], message: missing(schema.properties?.[key] ?? {}) };
    }
    case "additionalProperties": {
      const key = text("additionalProperty");
      const { [key]: value } = error.data as Readonly<Record<string, unknown>>;
      const removed = removedKey([...path, key], value);
      const message = removed ?? unknownKey(key, Object.keys(schema.properties ?? {}));
      return { path: [...path, key], message };
    }
    case "uniqueItems": {
      const indices = [Number(error.params["i"]), Number(error.params["j"])];
      const [first, second] = [Math.min(...indices), Math.max(...indices)];
      const item = renderValue((error.data as unknown[])[second]);
      const message = `must be unique in its list, got ${item}, which is item [${first}] too; remove one of them`;
      return { path: [...path, second], message };
    }
    case "discriminator":
      return { path: [...path, text("tag")], message: wrongTag(error, schema) };
    default:
      return { path, message: wrongValue(error, schema) };
  }
}

function missing(schema: JsonSchema): string {
  const example = exampleOf(schema);
  const suffix = example === undefined ? "" : `, e.g. ${JSON.stringify(example)}`;
  return `is missing; add it: ${describeSchema(schema)}${suffix}`;
}

function wrongValue(error: SchemaError, schema: JsonSchema): string {
  return `must be ${describeSchema(schema)}, got ${renderValue(error.data)}; ${remedy(error, schema)}`;
}

function remedy(error: SchemaError, schema: JsonSchema): string {
  const { data } = error;
  const example = exampleOf(schema);
  const writeExample =
    example === undefined ? "correct it" : `write e.g. ${JSON.stringify(example)}`;
  switch (error.keyword) {
    case "minimum":
      return "raise it";
    case "maximum":
      return "lower it";
    case "minItems":
      return "add what is missing";
    case "maxItems":
    case "maxProperties":
      return "remove some";
    case "maxLength":
      return "shorten it";
    case "enum":
      return choice(data, schema.enum ?? []);
    case "format": {
      const result = parseCidr(String(data));
      return result.ok ? writeExample : result.remedy;
    }
    case "type": {
      const unquotes = typeof data === "string" && /^(-?\d+|true|false)$/.test(data);
      if (unquotes && schema.type !== "object") return "write it without quotes";
      if (typeof data === "number" && schema.type === "string") return "write it in quotes";
      if (schema.type === "array" && typeof data === "string") return "write it in brackets";
      return writeExample;
    }
    default:
      return writeExample;
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const suggestion = nearest(key, known);
  return suggestion === undefined
    ? `is not a known key; remove it, or use one of ${known.join(", ")}`
    : `is not a known key; did you mean ${suggestion}?`;
}

function wrongTag(error: SchemaError, schema: JsonSchema): string {
  const tag = String(error.params["tag"]);
  const allowed = (schema.oneOf ?? []).map((member) => member.properties?.[tag]?.const ?? "");
  const got = error.params["tagValue"];
  const expected = `one of ${allowed.join(", ")}`;
  if (got === undefined) return `is missing; add it: ${expected}`;
  return `must be ${expected}, got ${renderValue(got)}; ${choice(got, allowed)}`;
}

function choice(got: unknown, allowed: readonly unknown[]): string {
  const suggestion = typeof got === "string" ? nearest(got, allowed.map(String)) : undefined;
  return suggestion === undefined ? "choose one" : `did you mean ${suggestion}?`;
}

/** A JSON pointer as keys and indices: which of them a number is, the data tells. */
function pathOf(pointer: string, root: unknown): FieldPath {
  const path: (string | number)[] = [];
  let at: unknown = root;
  for (const raw of pointer.split("/").slice(1)) {
    const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(at) ? Number(key) : key);
    at = (at as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}
