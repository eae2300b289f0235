import config from "../../config/environment.schema.json";
import observation from "../../lib/observe/observation.schema.json";

/** What these functions need to know of a JSON schema. */
export interface TextSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, TextSchema>>;
  readonly additionalProperties?: boolean | TextSchema;
  readonly propertyNames?: TextSchema;
  readonly items?: TextSchema;
  readonly oneOf?: readonly TextSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
}

export const CONFIG_SCHEMA = config as unknown as TextSchema;
export const OBSERVATION_SCHEMA = observation as unknown as TextSchema;

/** A text of a value, and where its schema has it, e.g. `routed.daemons[].command[]`. */
export interface Text {
  readonly path: string;
  readonly text: string;
  readonly schema: TextSchema;
}

/** Where values of a schema may hold a text of any kind: paths, those of keys ending in `{}`. */
export function textPaths(schema: TextSchema, path = ""): string[] {
  return [...new Set(childrenOf(schema, path).flatMap((child) => textPaths(...child)))].concat(
    isFreeText(schema) ? [path] : [],
    typeof schema.additionalProperties === "object" ? [`${path}{}`] : [],
  );
}

/** Every such text of a value that the schema is of. */
export function textsIn(schema: TextSchema, value: unknown, path = ""): Text[] {
  if (typeof value === "string") return isFreeText(schema) ? [{ path, text: value, schema }] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item) => textsIn(schema.items ?? {}, item, `${path}[]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const branch = schema.oneOf?.find((one) => fits(one, value)) ?? schema;
  return Object.entries(value).flatMap(([key, member]) => {
    const property = branch.properties?.[key];
    if (property !== undefined) return textsIn(property, member, join(path, key));
    const others = branch.additionalProperties;
    if (typeof others !== "object") return [];
    const keys = branch.propertyNames ?? {};
    return [
      { path: `${path}{}`, text: key, schema: keys },
      ...textsIn(others, member, `${path}.*`),
    ];
  });
}

/** The same value with another text in the place of one, wherever it comes, so that references hold. */
export function withText<T>(value: T, text: string, other: string): T {
  return JSON.parse(
    JSON.stringify(value).replaceAll(JSON.stringify(text), () => JSON.stringify(other)),
  ) as T;
}

function isFreeText({ type, enum: values, const: only }: TextSchema): boolean {
  return [type].flat().includes("string") && values === undefined && only === undefined;
}

function childrenOf(schema: TextSchema, path: string): [TextSchema, string][] {
  const { properties = {}, additionalProperties, items, oneOf = [] } = schema;
  return [
    ...Object.entries(properties).map(([key, child]): [TextSchema, string] => [
      child,
      join(path, key),
    ]),
    ...(typeof additionalProperties === "object"
      ? [[additionalProperties, `${path}.*`] as [TextSchema, string]]
      : []),
    ...(items === undefined ? [] : [[items, `${path}[]`] as [TextSchema, string]]),
    ...oneOf.map((child): [TextSchema, string] => [child, path]),
  ];
}

/** By the keys that only one value is allowed of. */
function fits({ properties }: TextSchema, value: object): boolean {
  if (properties === undefined) return false;
  return Object.entries(properties).every(
    ([key, { const: only }]) =>
      only === undefined || (value as Record<string, unknown>)[key] === only,
  );
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
