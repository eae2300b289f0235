/** The part of JSON schema that the environment's schema uses. */
export interface JsonSchema {
  readonly type?: "array" | "boolean" | "integer" | "object" | "string";
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

const FORMATS: Readonly<Record<string, string>> = {
  cidr: "an IPv4 or IPv6 CIDR block",
  cidrv4: "an IPv4 CIDR block",
};

/**
 * What a schema allows, as it reads after "must be".
 *
 * @example
 * describeSchema({ type: "integer", minimum: 1, maximum: 999 }) // → "an integer between 1 and 999"
 */
export function describeSchema(schema: JsonSchema): string {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  switch (schema.type) {
    case "integer":
      return `an integer${between(schema.minimum, schema.maximum)}`;
    case "boolean":
      return "true or false";
    case "array":
      return `a list${itemCount(schema.minItems, schema.maxItems)}`;
    case "object":
      return describeObject(schema);
    case "string":
      return describeString(schema);
    case undefined:
      return "a value";
  }
}

export function exampleOf(schema: JsonSchema): unknown {
  if (schema.examples) return schema.examples[0];
  if (schema.default !== undefined && schema.type !== "object") return schema.default;
  const item = schema.items && exampleOf(schema.items);
  return item === undefined ? schema.enum?.[0] : [item];
}

function describeString(schema: JsonSchema): string {
  if (schema.format !== undefined) return FORMATS[schema.format] ?? schema.format;
  const length = schema.maxLength === undefined ? "" : ` of at most ${schema.maxLength} characters`;
  return `a string${length}${schema.pattern === undefined ? "" : ` that matches ${schema.pattern}`}`;
}

function describeObject(schema: JsonSchema): string {
  if (schema.oneOf) return "an object with type";
  const keys = schema.required ?? Object.keys(schema.properties ?? {});
  if (keys.length === 0) return `an object${upTo(schema.maxProperties)}`;
  return `an object with ${keys.join(", ")}`;
}

function between(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return maximum === undefined ? "" : ` of at most ${maximum}`;
  return maximum === undefined ? ` of at least ${minimum}` : ` between ${minimum} and ${maximum}`;
}

function upTo(maximum: number | undefined): string {
  return maximum === undefined ? "" : ` of at most ${maximum} keys`;
}

function itemCount(minimum: number | undefined, maximum: number | undefined): string {
  if (maximum !== undefined) return ` of ${minimum ?? 0} to ${maximum}`;
  return minimum === undefined ? "" : ` of at least ${minimum}`;
}
