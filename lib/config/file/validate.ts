import type { ConfigFile } from "./config-file";
import { checkFields } from "../rules/cross-field";
import { validate as validateSchema } from "./environment-file-validator.generated";
import { schemaViolations } from "./schema-violations";
import type { SchemaError } from "./schema-violations";
import { tokenViolations } from "./token-violations";

const matchesSchema = validateSchema as unknown as {
  /** Fills defaults in as it goes. */
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

/**
 * Checks one environment's file against the schema and the rules between its fields, fills in the
 * schema's defaults, and reports what is wrong to the file. A file that isn't JSON stays as it is.
 */
export function validateFile(file: ConfigFile): void {
  if (file.value === undefined) return;
  const tokens = [...tokenViolations(file.value)];
  for (const { path, message } of tokens) file.reportMalformed(path, message);
  const told = new Set(tokens.map(({ path }) => JSON.stringify(path)));
  if (!matchesSchema(file.value)) {
    for (const { path, message } of schemaViolations(matchesSchema.errors ?? [], file.value)) {
      if (!told.has(JSON.stringify(path))) file.reportMalformed(path, message);
    }
  }
  if (file.isWellShaped([])) checkFields(file);
}
