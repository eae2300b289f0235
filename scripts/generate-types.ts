/**
 * Generates TypeScript types, validators and the config's reference from the JSON schemas:
 * `npm run generate`, or `-- --check` to fail when a generated file is not what its schema gives.
 * The types describe a file after ajv has filled in defaults, so a key with a default is required.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import type { JSONSchema } from "json-schema-to-typescript";
import { format } from "prettier";
import { configDocsSource } from "./config-docs-source";
import { validatorSource } from "./validator-source";

const ENVIRONMENT_SCHEMA = "config/environment.schema.json";
const OBSERVATION_SCHEMA = "lib/observe/observation.schema.json";

interface Target {
  readonly schemaFile: string;
  readonly output: string;
  readonly generate: (schema: JSONSchema, schemaFile: string) => string | Promise<string>;
}

const TARGETS: readonly Target[] = [
  {
    schemaFile: ENVIRONMENT_SCHEMA,
    output: "lib/config/environment-file.generated.ts",
    generate: typesSource,
  },
  {
    schemaFile: ENVIRONMENT_SCHEMA,
    output: "lib/config/environment-file-validator.generated.ts",
    generate: (schema, schemaFile) => validatorSource(schema, schemaFile, "./cidr"),
  },
  {
    schemaFile: ENVIRONMENT_SCHEMA,
    output: "docs/config.md",
    generate: configDocsSource,
  },
  {
    schemaFile: OBSERVATION_SCHEMA,
    output: "lib/observe/observation.generated.ts",
    generate: typesSource,
  },
  {
    schemaFile: OBSERVATION_SCHEMA,
    output: "lib/observe/observation-validator.generated.ts",
    generate: (schema, schemaFile) => validatorSource(schema, schemaFile, "../config/cidr"),
  },
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
    result.items = requireDefaulted(schema.items);
  }
  if (schema.oneOf) result.oneOf = schema.oneOf.map((member) => requireDefaulted(member));
  delete result.minItems;
  delete result.maxItems;
  return result;
}

async function typesSource(schema: JSONSchema, schemaFile: string): Promise<string> {
  const source = await compile(requireDefaulted(schema), schema.title ?? "Schema", {
    bannerComment: `// Generated from ${schemaFile} by \`npm run generate\`. Do not edit.`,
    additionalProperties: false,
    format: false,
  });
  return format(source, { parser: "typescript", printWidth: 100 });
}

async function main(): Promise<void> {
  const root = __dirname; // the project's: bin/run.cjs runs a bundle as if it lay there
  const check = process.argv.includes("--check");
  const stale: string[] = [];
  for (const { schemaFile, output, generate } of TARGETS) {
    const schema = JSON.parse(readFileSync(join(root, schemaFile), "utf8")) as JSONSchema;
    const source = await generate(schema, schemaFile);
    const file = join(root, output);
    if (!check) writeFileSync(file, source);
    else if (!existsSync(file) || readFileSync(file, "utf8") !== source) stale.push(output);
  }
  if (stale.length > 0) {
    console.error(`not what the schema gives: ${stale.join(", ")}; run: npm run generate`);
    process.exitCode = 1;
  }
}

void main();
