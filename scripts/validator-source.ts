import Ajv, { _ } from "ajv";
import standaloneCode from "ajv/dist/standalone";
import { transformSync } from "esbuild";
import type { JSONSchema } from "json-schema-to-typescript";
import { formats } from "../lib/config/cidr";

/**
 * ajv's validator of a schema as TypeScript source. Loading ajv and compiling the schema would cost
 * each start of the app about 70 ms, a third of what loading cdktf does; the source costs 2. It has
 * a line for each statement, so that two changes of a schema merge.
 * `formatsModule` exports `formats`, by name, as the generated file imports it.
 */
export function validatorSource(
  schema: JSONSchema,
  schemaFile: string,
  formatsModule: string,
): string {
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    discriminator: true,
    verbose: true,
    formats,
    code: { source: true, esm: true, formats: _`require(${formatsModule}).formats` },
  });
  // What the canonical form reads of the observation's schema says nothing of what is valid.
  ajv.addVocabulary(["ordered"]);
  return [
    `// Generated from ${schemaFile} by \`npm run generate\`. Do not edit.`,
    "// @ts-nocheck",
    "/* eslint-disable */",
    transformSync(standaloneCode(ajv, ajv.compile(schema))).code,
  ].join("\n");
}
