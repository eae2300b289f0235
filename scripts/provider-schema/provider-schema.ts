import { readFileSync } from "node:fs";

/** Whether a stack may say an attribute: `computed` ones are AWS's to tell. */
export type Settable = "required" | "optional" | "computed";

/** By resource type, then by attribute, with dots for the parts. */
export type ProviderSchema = Readonly<Record<string, Readonly<Record<string, Settable>>>>;

/** @see scripts/record-provider-schema.ts */
export const SCHEMA_FILE = "scripts/provider-schema/aws.json";

export function readProviderSchema(): ProviderSchema {
  return JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as ProviderSchema;
}
