import fc from "fast-check";

/** A JSON schema with the keywords below; one with another is refused, so that it is decided here. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly contentEncoding?: string;
}

const KEYWORDS = [
  ...["type", "const", "enum", "oneOf", "items", "properties", "required", "additionalProperties"],
  ...["pattern", "minimum", "contentEncoding"],
  // These say nothing of a value that is made by the others.
  ...["$schema", "$id", "title", "description", "discriminator", "minLength", "ordered"],
];

/** What texts are made of. */
export interface Texts {
  /** Where the schema takes any text; not empty. */
  readonly free: fc.Arbitrary<string>;
  /** By the pattern that the schema asks for. */
  readonly patterns: Readonly<Record<string, fc.Arbitrary<string>>>;
}

/**
 * Values that a schema allows, of all shapes: with and without each optional member, of each kind
 * that `oneOf` names, with lists of any length.
 *
 * @param complete only those with every optional member, two items in each list, nothing null, and
 *   of the last kind of each `oneOf`
 */
export function arbitraryFromSchema(
  schema: Schema,
  texts: Texts,
  { complete = false } = {},
): fc.Arbitrary<unknown> {
  const of = (part: Schema): fc.Arbitrary<unknown> =>
    arbitraryFromSchema(part, texts, { complete });
  const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.includes(keyword));
  if (unknown !== undefined) throw new Error(`what is ${unknown} of a schema? decide it here`);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) {
    const kinds = schema.oneOf.map(of);
    return complete ? (kinds.at(-1) ?? fc.constant(null)) : fc.oneof(...kinds);
  }
  const [type = "nothing", other] = [schema.type ?? []].flat();
  if (other === "null") {
    const value = of({ ...schema, type });
    return complete ? value : fc.option(value);
  }
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min: schema.minimum ?? -9, max: 99 });
    case "string":
      return textOf(schema, texts);
    case "array":
      return listOf(of(schema.items ?? {}), schema.items ?? {}, complete);
    case "object": {
      const members = fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([name, part]) => [name, of(part)]),
        ),
        complete ? {} : { requiredKeys: [...(schema.required ?? [])] },
      );
      if (typeof schema.additionalProperties !== "object") return members;
      const more = fc.dictionary(texts.free, of(schema.additionalProperties), { minKeys: 2 });
      return fc.tuple(members, more).map(([first, second]) => ({ ...first, ...second }));
    }
    default:
      throw new Error(`what is of type ${type}? decide it here`);
  }
}

function textOf({ contentEncoding, pattern }: Schema, texts: Texts): fc.Arbitrary<string> {
  if (contentEncoding === "base64") {
    return texts.free.map((text) => Buffer.from(text).toString("base64"));
  }
  if (pattern === undefined) return texts.free;
  const made = texts.patterns[pattern];
  if (made === undefined)
    throw new Error(`what matches ${pattern}? decide it where texts are made`);
  return made;
}

/** Of things that are told apart by a number, which the schema names first, each once. */
function listOf(
  item: fc.Arbitrary<unknown>,
  { properties = {} }: Schema,
  complete: boolean,
): fc.Arbitrary<unknown> {
  const lengths = complete ? { minLength: 2, maxLength: 2 } : {};
  const [[id, idSchema] = ["", {} as Schema]] = Object.entries(properties);
  if (idSchema.type !== "integer") return fc.array(item, lengths);
  const selector = (value: unknown) => (value as Record<string, unknown>)[id];
  return fc.uniqueArray(item, { ...lengths, selector });
}
