import type { Schema } from "./arbitrary-from-schema";

const TEXT: Schema = { type: "string" };
const listOf = (items: Schema): Schema => ({ type: "array", items });
const thing = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});

/** A member of each type that a schema may get. */
const MADE_UP: Readonly<Record<string, Schema>> = {
  madeUpText: TEXT,
  madeUpNumber: { type: "integer" },
  madeUpFlag: { type: "boolean" },
  madeUpWord: { enum: ["one", "other"] },
  madeUpTextOrNull: { type: ["string", "null"] },
  madeUpBase64: { type: "string", contentEncoding: "base64" },
  madeUpTexts: listOf(TEXT),
  madeUpNumbers: listOf({ type: "integer" }),
  madeUpNames: { type: "object", additionalProperties: TEXT },
  madeUpThing: thing({ text: TEXT, texts: listOf(TEXT) }),
  madeUpThings: listOf(thing({ id: TEXT, texts: listOf(TEXT) })),
  madeUpKind: {
    oneOf: [
      { type: "null" },
      thing({ kind: { const: "a" }, texts: listOf(TEXT) }),
      thing({ kind: { const: "b" }, text: TEXT }),
    ],
  },
};

/** The schema with all of them at each object that it has, and one more that is optional. */
export function withMadeUpFields(schema: Schema): Schema {
  const { items, oneOf, properties, required = [] } = schema;
  return {
    ...schema,
    ...(items && { items: withMadeUpFields(items) }),
    ...(oneOf && { oneOf: oneOf.map(withMadeUpFields) }),
    ...(properties && {
      properties: {
        ...Object.fromEntries(
          Object.entries(properties).map(([name, each]) => [name, withMadeUpFields(each)]),
        ),
        ...MADE_UP,
        madeUpPerhaps: TEXT,
      },
      required: [...required, ...Object.keys(MADE_UP)],
    }),
  };
}
