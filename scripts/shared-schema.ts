import type { JSONSchema } from "json-schema-to-typescript";

/** For editors: the schema of a file that environments share, and of an environment that extends one. */
export function sharedSchema(environment: JSONSchema): JSONSchema {
  return {
    ...optional(environment),
    $id: "shared.schema.json",
    title: "SharedFile",
    description:
      "What environments share, or an environment that extends such a file: nothing is required, since another file may say it. Generated from environment.schema.json.",
  };
}

/** Without required keys and defaults: what is absent is another file's to say. */
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
