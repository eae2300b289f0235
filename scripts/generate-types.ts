/**
 * Generates TypeScript types, validators and the config's reference from the JSON schemas, and the
 * IAM policies from the calls that are made: `npm run generate`, or `-- --check` to fail when a
 * generated file is not what its source gives.
 * The types describe a file after ajv has filled in defaults, so a key with a default is required.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "json-schema-to-typescript";
import type { JSONSchema } from "json-schema-to-typescript";
import { format } from "prettier";
import { messageOf } from "../lib/errors";
import { renderDashboard } from "../lib/export/dashboard";
import { FLEET_DASHBOARD } from "../lib/export/fleet-dashboard";
import { ROLLOUT_DASHBOARD } from "../lib/export/rollout-dashboard";
import { configDocsSource } from "./config-docs-source";
import { localAwsDocsSource } from "./local-aws-docs-source";
import { metricsDocsSource } from "./metrics-docs-source";
import { readOptions } from "./options";
import { boundaryPolicy } from "./policies/boundary-policy";
import { observePolicy, preflightPolicy, rolloutPolicy } from "./policies/call-policies";
import { deployPolicies, statePolicy } from "./policies/deploy-policies";
import { readImports } from "./rooms";
import { roomsDocsSource } from "./rooms-docs-source";
import { runbookIndex } from "./runbook-index";
import { securityDocsSource } from "./security-docs-source";
import { sharedSchema } from "./shared-schema";
import { readProviderSchema } from "./provider-schema/provider-schema";
import { validatorSource } from "./validator-source";
import { verifyDocsSource } from "./verify-docs-source";

const ROOT = __dirname; // the project's: bin/run.cjs runs a bundle as if it lay there
const ENVIRONMENT_SCHEMA = "config/environment.schema.json";
const OBSERVATION_SCHEMA = "lib/observe/observation.schema.json";

interface Target {
  readonly output: string;
  readonly generate: () => string | Promise<string>;
}

const TARGETS: readonly Target[] = [
  fromSchema(ENVIRONMENT_SCHEMA, "lib/config/environment-file.generated.ts", typesSource),
  fromSchema(
    ENVIRONMENT_SCHEMA,
    "lib/config/file/environment-file-validator.generated.ts",
    (schema, schemaFile) => validatorSource(schema, schemaFile, "../cidr"),
  ),
  fromSchema(ENVIRONMENT_SCHEMA, "docs/config.md", configDocsSource),
  fromSchema(ENVIRONMENT_SCHEMA, "config/shared.schema.json", (schema) =>
    jsonSource(sharedSchema(schema)),
  ),
  fromSchema(OBSERVATION_SCHEMA, "lib/observe/observation.generated.ts", typesSource),
  fromSchema(
    OBSERVATION_SCHEMA,
    "lib/observe/observation-validator.generated.ts",
    (schema, schemaFile) => validatorSource(schema, schemaFile, "../config/cidr"),
  ),
  { output: "docs/rooms.md", generate: () => roomsDocsSource(readImports(join(ROOT, "lib"))) },
  { output: "docs/verify.md", generate: () => verifyDocsSource(readProviderSchema()) },
  { output: "docs/security.md", generate: securityDocsSource },
  { output: "docs/metrics.md", generate: metricsDocsSource },
  { output: "docs/local-aws.md", generate: () => localAwsDocsSource(join(ROOT, "sandbox/aws")) },
  { output: "docs/dashboards/fleet.json", generate: () => renderDashboard(FLEET_DASHBOARD) },
  { output: "docs/dashboards/rollout.json", generate: () => renderDashboard(ROLLOUT_DASHBOARD) },
  { output: "docs/runbooks/README.md", generate: () => runbookIndex(join(ROOT, "docs/runbooks")) },
  { output: "iam/observe.json", generate: () => jsonSource(observePolicy()) },
  { output: "iam/preflight.json", generate: () => jsonSource(preflightPolicy()) },
  { output: "iam/rollout.json", generate: () => jsonSource(rolloutPolicy()) },
  ...Object.entries(deployPolicies()).map(([name, policy]) => ({
    output: `iam/${name}.json`,
    generate: () => jsonSource(policy),
  })),
  { output: "iam/state.json", generate: () => jsonSource(statePolicy()) },
  { output: "iam/boundary.json", generate: () => jsonSource(boundaryPolicy()) },
];

function fromSchema(
  schemaFile: string,
  output: string,
  generate: (schema: JSONSchema, schemaFile: string) => string | Promise<string>,
): Target {
  const read = () => JSON.parse(readFileSync(join(ROOT, schemaFile), "utf8")) as JSONSchema;
  return { output, generate: () => generate(read(), schemaFile) };
}

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

function jsonSource(value: object): Promise<string> {
  return format(JSON.stringify(value), { parser: "json", printWidth: 100 });
}

async function main(): Promise<void> {
  const { check = false } = readOptions(process.argv.slice(2), { flags: ["check"] });
  const stale: string[] = [];
  for (const { output, generate } of TARGETS) {
    const source = await generate();
    const file = join(ROOT, output);
    if (!check) writeFileSync(file, source);
    else if (!existsSync(file) || readFileSync(file, "utf8") !== source) stale.push(output);
  }
  if (stale.length > 0) {
    console.error(`not what its source gives: ${stale.join(", ")}; run: npm run generate`);
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(`generate-types: ${messageOf(error)}`);
  process.exitCode = 1;
});
