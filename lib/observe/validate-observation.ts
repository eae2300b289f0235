import type { ErrorObject } from "ajv";
import { fieldPath } from "../files/record-shape";
import type { Observation } from "./observation";
import { validate } from "./observation-validator.generated";
import observationSchema from "./observation.schema.json";

/** Compiled ahead from `observation.schema.json`: loading ajv and compiling would cost each run 70 ms. */
const matchesSchema = validate as unknown as {
  (value: unknown): value is Observation;
  readonly errors?: readonly ErrorObject[] | null;
};

export type Validation =
  | { readonly valid: true; readonly observation: Observation }
  /** Each violation as `field must be what is allowed, got value`; at least one. */
  | { readonly valid: false; readonly violations: readonly string[] };

/** Checks any JSON value against `observation.schema.json`, and that no id comes twice. */
export function validateObservation(value: unknown): Validation {
  if (!matchesSchema(value)) {
    const violations = (matchesSchema.errors ?? []).filter(tellsSomething).map(renderViolation);
    return { valid: false, violations: [...new Set(violations)] };
  }
  const repeated = repeatedIds(value);
  return repeated.length === 0
    ? { valid: true, observation: value }
    : { valid: false, violations: repeated };
}

/**
 * Of "null or an object" ajv tells three violations: that neither fits, that it isn't null, and
 * what is wrong with the object. The last is the one to tell.
 */
function tellsSomething(error: ErrorObject): boolean {
  return error.keyword !== "oneOf" && !(error.keyword === "type" && error.params.type === "null");
}

function renderViolation(error: ErrorObject): string {
  const field = pathOf(error.instancePath);
  const got = `got ${excerpt(error.data)}`;
  switch (error.keyword) {
    case "required":
      return `${pathOf(error.instancePath, String(error.params.missingProperty))} is missing`;
    case "additionalProperties":
      return `${pathOf(error.instancePath, String(error.params.additionalProperty))} is not a field of an observation`;
    case "type": {
      const allowed = [error.params.type].flat();
      if (/\/oneOf\/\d+\/type$/.test(error.schemaPath)) allowed.unshift("null");
      return `${field} must be ${allowed.join(" or ")}, ${got}`;
    }
    case "const":
      return `${field} must be ${JSON.stringify(error.params.allowedValue)}, ${got}`;
    case "enum":
      return `${field} must be one of ${(error.params.allowedValues as unknown[]).join(", ")}, ${got}`;
    case "minimum":
      return `${field} must be at least ${error.params.limit}, ${got}`;
    case "minLength":
      return `${field} must not be empty`;
    case "pattern":
      return `${field} must match ${error.params.pattern}, ${got}`;
    default:
      return `${field} ${error.message ?? "is not allowed"}, ${got}`;
  }
}

function pathOf(pointer: string, member?: string): string {
  return fieldPath(pointer, member, "the observation");
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Of what AWS lists. The first member of an item that the schema names is its id. */
function repeatedIds(observation: Observation): string[] {
  return Object.entries(observationSchema.properties).flatMap(([field, schema]) => {
    if (!("items" in schema)) return [];
    const [id = ""] = Object.keys(schema.items.properties);
    const items = (observation[field as keyof Observation] ?? []) as unknown as Record<
      string,
      string
    >[];
    const ids = items.map((item) => item[id]);
    return [...new Set(ids.filter((each, index) => ids.indexOf(each) !== index))].map(
      (each) => `${field} must list ${each} once, got it more than once`,
    );
  });
}
