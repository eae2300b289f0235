/** Columns that a line may have; prettier's setting in this project. */
const WIDTH = 100;

/** Where a value stands on its first line. */
export interface Place {
  /** Columns before that line's text. */
  readonly indent: number;
  /** Columns that the value's key takes on it. */
  readonly before?: number;
  /** Columns that follow on it, were it the value's only line: a comma, or nothing. */
  readonly after?: number;
}

/**
 * JSON as prettier writes it: on one line where it fits, else item by item; lists of numbers fill
 * their lines.
 */
export function renderJson(
  value: unknown,
  { indent, before = 0, after = 0 }: Place = { indent: 0 },
): string {
  const line = renderLine(value);
  if (indent + before + line.length + after <= WIDTH || !isContainer(value)) return line;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const inner = " ".repeat(indent + 2);
  const isNumbers = Array.isArray(value) && value.every((item) => typeof item === "number");
  const rows = isNumbers ? fill(value, indent + 2) : itemsOf(value, indent + 2);
  return `${open}\n${rows.map((row) => `${inner}${row}`).join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function itemsOf(value: object, indent: number): string[] {
  const fields = Object.entries(value);
  const isList = Array.isArray(value);
  return fields.map(([key, item], index) => {
    const label = isList ? "" : `${JSON.stringify(key)}: `;
    const after = commaAfter(index, fields);
    return `${label}${renderJson(item, { indent, before: label.length, after })}`;
  });
}

function renderLine(value: unknown): string {
  if (!isContainer(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(renderLine).join(", ")}]`;
  const fields = Object.entries(value);
  if (fields.length === 0) return "{}";
  return `{ ${fields.map(([key, item]) => `${JSON.stringify(key)}: ${renderLine(item)}`).join(", ")} }`;
}

function fill(numbers: readonly number[], indent: number): string[] {
  const rows: string[] = [];
  for (const [index, number] of numbers.entries()) {
    const row = rows.at(-1);
    const longer = row === undefined ? undefined : `${row}, ${number}`;
    const width = indent + (longer?.length ?? 0) + commaAfter(index, numbers);
    if (longer !== undefined && width <= WIDTH) rows[rows.length - 1] = longer;
    else rows.push(String(number));
  }
  return rows;
}

/** Columns of the comma that follows an item: the last one has none. */
function commaAfter(index: number, items: readonly unknown[]): number {
  return index < items.length - 1 ? 1 : 0;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
