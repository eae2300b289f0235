import type { JSONSchema } from "json-schema-to-typescript";

const OWN_KEYS = ["autopilotSites", "retiredSiteIds"];

/** The schema of a file that environments extend, for editors: nothing is required of it. */
export function sharedSchema(environment: JSONSchema): JSONSchema {
  const properties = Object.entries(environment.properties ?? {});
  return {
    ...optional(environment),
    $id: "shared.schema.json",
    title: "SharedFile",
    description: "Values that environments share. Generated from environment.schema.json.",
    properties: Object.fromEntries(
      properties
        .filter(([key]) => !OWN_KEYS.includes(key))
        .map(([key, schema]) => [key, optional(schema)]),
    ),
  };
}

/** Without required keys and defaults: what is absent is the environment's to say. */
function optional(schema: JSONSchema): JSONSchema {
  const { properties, oneOf, ...rest } = schema;
  return {
    ...without(rest, ["required", "default"]),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [key, optional(value)]),
      ),
    }),
    ...(oneOf && { oneOf: oneOf.map((member) => ({ ...optional(member), required: ["type"] })) }),
  };
}

function without(schema: JSONSchema, keys: readonly string[]): JSONSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));
}
