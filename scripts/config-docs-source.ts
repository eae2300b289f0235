import { format } from "prettier";
import { describeSchema } from "../lib/config/file/describe-schema";
import type { JsonSchema as ConfigSchema } from "../lib/config/file/describe-schema";

interface Documented extends ConfigSchema {
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Documented>>;
  readonly items?: Documented;
  readonly oneOf?: readonly Documented[];
}

/** The reference of all keys of a config file, as Markdown. */
export function configDocsSource(schema: unknown, schemaFile: string): Promise<string> {
  const root = schema as Documented;
  const sections = Object.entries(root.properties ?? {})
    .filter(([key]) => key !== "$schema")
    .map(([key, section]) => [`## \`${key}\``, section.description ?? "", table(key, section)]);
  const source = [
    `<!-- Generated from ${schemaFile} by \`npm run generate\`. Do not edit. -->`,
    "# Keys of an environment's file",
    "Rules that compare fields are in the descriptions; `lib/config` checks them all before anything is synthesized, and reports every violation with its file and line.",
    ...sections.flat(),
    "",
  ].join("\n\n");
  return format(source, { parser: "markdown", printWidth: 100 });
}

function table(path: string, schema: Documented): string {
  const hasKeys = schema.oneOf ?? schema.properties ?? schema.items?.properties;
  const rows = hasKeys ? rowsOf(path, schema) : [row(path, schema, false)];
  return ["| key | allowed | default | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function rowsOf(path: string, schema: Documented): string[] {
  const members = schema.oneOf ?? [schema.type === "array" ? (schema.items ?? {}) : schema];
  const prefix = schema.type === "array" ? `${path}[]` : path;
  return members.flatMap((member) => {
    const of = member.properties?.["type"]?.const;
    return Object.entries(member.properties ?? {}).flatMap(([key, field]) => {
      const name = `${prefix}.${key}`;
      if (field.properties) return rowsOf(name, field);
      const required = member.required?.includes(key) ?? false;
      return [
        row(of !== undefined && key !== "type" ? `${name} (${of})` : name, field, required),
        ...(field.items?.properties ? rowsOf(name, field) : []),
      ];
    });
  });
}

function row(name: string, field: Documented, required: boolean): string {
  const allowed = field.items
    ? `${described(field)}, each ${described(field.items)}`
    : described(field);
  const whenAbsent = field.default === undefined ? "none" : `\`${JSON.stringify(field.default)}\``;
  const cells = [
    `\`${name}\``,
    allowed,
    required ? "required" : whenAbsent,
    field.description ?? "",
  ];
  return `| ${cells.map(escapeCell).join(" | ")} |`;
}

/** With the pattern as code: Markdown would take brackets for links and stars for emphasis. */
function described(field: Documented): string {
  const { pattern } = field;
  return pattern === undefined
    ? describeSchema(field)
    : describeSchema(field).replace(pattern, () => `\`${pattern}\``);
}

/** Within code a `<` stands for itself; a `|` ends a cell anywhere. */
function escapeCell(cell: string): string {
  return cell
    .replaceAll("|", "\\|")
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "\\<")))
    .join("");
}
