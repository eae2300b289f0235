type Fields = Readonly<Record<string, unknown>>;

/**
 * One config of several, the nearest first: objects are merged key by key; anything else, lists
 * too, replaces what a farther one says. An object of another `type` is another thing, and replaces.
 */
export function mergeConfig(values: readonly unknown[]): unknown {
  return values.reduceRight((below, above) => merge(below, above), undefined);
}

function merge(below: unknown, above: unknown): unknown {
  if (!isObject(above)) return structuredClone(above);
  const base = isObject(below) && isSameType(below, above) ? below : {};
  const keys = [...Object.keys(above), ...Object.keys(base).filter((key) => !has(above, key))];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      has(above, key) ? merge(has(base, key) ? base[key] : undefined, above[key]) : base[key],
    ]),
  );
}

/** Not by `in`, for which every object has a `constructor`. */
const has = (fields: Fields, key: string): boolean => Object.hasOwn(fields, key);

function isSameType(a: Fields, b: Fields): boolean {
  return !("type" in a) || !("type" in b) || a["type"] === b["type"];
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
