/** Where in a file: keys and list indices from the root, e.g. `["autopilotSites", 3, "name"]`. */
export type FieldPath = readonly (string | number)[];

/** One thing that is wrong with a config file. */
export interface Violation {
  /** The file's path as a person would type it. */
  readonly file: string;
  /** Counted from 1; 1 also where the violation is the file's as a whole. */
  readonly line: number;
  /** Empty where the violation is the file's as a whole. */
  readonly path: FieldPath;
  /** What is allowed, what was got, what to do; reads on after the path. Lower case, no full stop. */
  readonly message: string;
}

/**
 * @example
 * renderViolation({ file: "config/stg.json", line: 12, path: ["fleet", "nodes"], message: "must be 3" }) // → "config/stg.json:12: fleet.nodes must be 3"
 */
export function renderViolation({ file, line, path, message }: Violation): string {
  const field = renderPath(path);
  return `${file}:${line}: ${field === "" ? "" : `${field} `}${message}`;
}

export function renderPath(path: FieldPath): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      const plain = /^[$A-Za-z_][\w$-]*$/.test(part) ? part : JSON.stringify(part);
      return index === 0 ? plain : `.${plain}`;
    })
    .join("");
}

/** A config value as it is quoted in a message. */
export function renderValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    const count = Object.keys(value).length;
    return `an object of ${count} ${count === 1 ? "key" : "keys"}`;
  }
  const text = JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}
