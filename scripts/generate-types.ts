/**
 * Generates TypeScript types from the JSON schemas: `npm run generate`, or `-- --check` to fail
 * when a generated file is not what its schema gives. The types describe a file after ajv has
 * filled in defaults, so a key with a default is required in them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import type { JSONSchema } from "json-schema-to-typescript";
import { format } from "prettier";

const SCHEMAS = [
  { schema: "config/environment.schema.json", types: "lib/config/environment-file.generated.ts" },
  { schema: "lib/observe/observation.schema.json", types: "lib/observe/observation.generated.ts" },
];

function requireDefaulted(schema: JSONSchema): JSONSchema {
  const properties = schema.properties ?? {};
  const defaulted = Object.keys(properties).filter((key) => "default" in (properties[key] ?? {}));
  const required = Array.isArray(schema.required) ? schema.required : [];
  const result: JSONSchema = { ...schema };
  if (schema.properties) {
    result.required = [...new Set([...required, ...defaulted])];
    result.properties = Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, requireDefaulted(value)]),
    );
  }
  if (schema.items && !Array.isArray(schema.items) && typeof schema.items === "object") {
    result.items = requireDefaulted(schema.items as JSONSchema);
  }
  if (schema.oneOf)
    result.oneOf = schema.oneOf.map((member) => requireDefaulted(member as JSONSchema));
  delete result.minItems;
  delete result.maxItems;
  return result;
}

async function generate(schemaFile: string): Promise<string> {
  const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as JSONSchema;
  const source = await compile(requireDefaulted(schema), schema.title ?? "Schema", {
    bannerComment: `// Generated from ${schemaFile} by \`npm run generate\`. Do not edit.`,
    additionalProperties: false,
    format: false,
  });
  return format(source, { parser: "typescript", printWidth: 100 });
}

async function main(): Promise<void> {
  const root = join(__dirname);
  const check = process.argv.includes("--check");
  const stale: string[] = [];
  for (const { schema, types } of SCHEMAS) {
    const source = await generate(join(root, schema).slice(root.length + 1));
    if (!check) writeFileSync(join(root, types), source);
    else if (readFileSync(join(root, types), "utf8") !== source) stale.push(types);
  }
  if (stale.length > 0) {
    console.error(`${stale.join(", ")} is not what its schema gives; run: npm run generate`);
    process.exitCode = 1;
  }
}

void main();
