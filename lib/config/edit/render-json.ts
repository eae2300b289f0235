/** Columns that a line may have; prettier's setting in this project. */
const WIDTH = 100;

/**
 * JSON as prettier writes it: on one line where it fits, else item by item; lists of numbers fill
 * their lines.
 *
 * @param indent columns before the value's first line
 * @param before columns that its key takes on that line
 */
export function renderJson(value: unknown, indent = 0, before = 0): string {
  const line = renderLine(value);
  if (indent + before + line.length + 1 <= WIDTH || !isContainer(value)) return line;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const inner = " ".repeat(indent + 2);
  const isNumbers = Array.isArray(value) && value.every((item) => typeof item === "number");
  const rows = isNumbers ? fill(value, indent + 2) : itemsOf(value, indent + 2);
  return `${open}\n${rows.map((row) => `${inner}${row}`).join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function itemsOf(value: object, indent: number): string[] {
  if (Array.isArray(value)) return value.map((item) => renderJson(item, indent));
  return Object.entries(value).map(([key, item]) => {
    const label = `${JSON.stringify(key)}: `;
    return `${label}${renderJson(item, indent, label.length)}`;
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
  for (const number of numbers) {
    const row = rows.at(-1);
    const longer = row === undefined ? undefined : `${row}, ${number}`;
    if (longer !== undefined && indent + longer.length + 1 <= WIDTH) rows[rows.length - 1] = longer;
    else rows.push(String(number));
  }
  return rows;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
