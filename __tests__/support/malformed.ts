/** Another value in the place of a record's field, or none. */
export interface Malformed {
  /** E.g. `plan.decisions[0].slot = "text"`, or `plan.summary is gone`. */
  readonly name: string;
  readonly text: string;
  /** Whether the field is a text, number, list … there and something else here. */
  readonly isOfOtherKind: boolean;
}

/** As JSON, since one of them can't be had otherwise. */
const VALUES = ['"text"', "-1", "1.5", "1e300", "1e999", "true", "null", "[]", "{}", "[null]"];

const MARK = "a value that is replaced in the text";

/**
 * The record with each of its fields missing and as each kind of value.
 *
 * @param depth of the fields that are looked at
 */
export function* malformed(record: unknown, depth: number): Generator<Malformed> {
  for (const path of pathsOf(record).filter(({ length }) => length <= depth)) {
    const name = path.join(".").replace(/\.(\d+)/g, "[$1]");
    const text = JSON.stringify(changed(record, path, MARK));
    const was = kindOf(at(record, path));
    for (const value of VALUES) {
      yield {
        name: `${name} = ${value}`,
        text: text.replace(JSON.stringify(MARK), value),
        isOfOtherKind: was !== "null" && kindOf(JSON.parse(value)) !== was,
      };
    }
    if (typeof path.at(-1) === "number") continue;
    yield {
      name: `${name} is gone`,
      text: JSON.stringify(changed(record, path, undefined)),
      isOfOtherKind: true,
    };
  }
}

/** What is no record at all. */
export function noRecords(record: unknown): readonly string[] {
  const text = JSON.stringify(record);
  const cut = [1, 2, 3, 4].map((part) => text.slice(0, (text.length * part) / 5));
  return ["", " ", "\0", "<html>", "{", ...VALUES, ...cut, `${text}${text}`, `[${text}]`];
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, item]) => [[...path, key], ...pathsOf(item, [...path, key])]);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function changed(value: unknown, path: Path, change: unknown): unknown {
  const copy = structuredClone(value);
  const last = path.at(-1) ?? "";
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  if (change === undefined) delete parent[last];
  else parent[last] = change;
  return copy;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
