import { RoutedError } from "../errors";
import type { Observation } from "./observation";
import observationSchema from "./observation.schema.json";

/** What the form follows from, of a JSON schema. */
interface Schema {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  /** The list's order has a meaning: it stays. */
  readonly ordered?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

type Form = (value: unknown) => unknown;
type Members = Readonly<Record<string, unknown>>;

/**
 * The same observation in its one form: keys in the schema's order, others by name; lists of things
 * by their id, which is the first member that the schema names, and left out where they are optional
 * and empty; lists of texts or numbers sorted, unless the schema says that they are ordered. Equal
 * states give equal bytes, whoever read or wrote them and in which order AWS answered.
 *
 * It is read from the schema: what that gets anew is kept and sorted without a word here.
 */
export const canonicalObservation = formOf(observationSchema as unknown as Schema) as (
  observation: Observation,
) => Observation;

function formOf(schema: Schema): Form {
  const { oneOf, items, properties, additionalProperties } = schema;
  if (oneOf) return formOfKinds(oneOf);
  if (items) return formOfList(schema, items);
  if (properties) return formOfObject(schema, properties);
  if (typeof additionalProperties !== "object") return (value) => value;
  return (value) =>
    Object.fromEntries(sortedBy(Object.entries(value as Members), ([name]) => name));
}

function formOfKinds(oneOf: readonly Schema[]): Form {
  const kinds = oneOf.map((kind) => ({ kind, form: formOf(kind) }));
  return (value) => {
    const found = kinds.find(({ kind }) => isOfKind(kind, value));
    if (found) return found.form(value);
    throw new RoutedError("invariant-violated", "an observation is of no kind that its schema has");
  };
}

/** By being null, or by the constants that tell the kinds apart. */
function isOfKind({ type, properties = {} }: Schema, value: unknown): boolean {
  if (value === null || type === "null") return value === null && type === "null";
  return Object.entries(properties).every(
    ([name, { const: only }]) => only === undefined || (value as Members)[name] === only,
  );
}

function formOfList({ ordered }: Schema, items: Schema): Form {
  const form = formOf(items);
  const [id] = Object.keys(items.properties ?? {});
  return (value) => {
    const list = (value as readonly unknown[]).map(form);
    if (ordered) return list;
    return sortedBy(list, (item) => (id === undefined ? item : (item as Members)[id]) as string);
  };
}

function formOfObject({ required = [] }: Schema, properties: Readonly<Record<string, Schema>>) {
  const members = Object.entries(properties).map(([name, schema]) => ({
    name,
    form: formOf(schema),
    isLeftOutEmpty: schema.items?.properties !== undefined && !required.includes(name),
  }));
  return (value: unknown) =>
    Object.fromEntries(
      members.flatMap(({ name, form, isLeftOutEmpty }) => {
        const member = (value as Members)[name];
        const isNothing =
          isLeftOutEmpty && (member as readonly unknown[] | undefined)?.length === 0;
        return member === undefined || isNothing ? [] : [[name, form(member)]];
      }),
    );
}

/** Byte order rather than a locale's, which differs between machines. */
function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => {
    const [keyOfA, keyOfB] = [keyOf(a), keyOf(b)];
    if (keyOfA !== keyOfB) return keyOfA < keyOfB ? -1 : 1;
    // Witnesses of one kind have no id of their own.
    const [textOfA, textOfB] = [JSON.stringify(a), JSON.stringify(b)];
    return textOfA < textOfB ? -1 : textOfA > textOfB ? 1 : 0;
  });
}
