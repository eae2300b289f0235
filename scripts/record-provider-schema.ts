/**
 * Records the schema of the AWS provider, of the resource types that this product's stacks contain:
 * `npm run record:schema`; `-- --check` fails where the recorded one differs. It takes Terraform, and the
 * provider from a mirror or its registry; what reads the record (tests, docs/verify.md) needs neither.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf, RoutedError } from "../lib/errors";
import { isObject } from "../lib/terraform/values";
import { JUDGES } from "../lib/verify/judges/judges";
import { runProcess } from "../sandbox/processes";
import { awsProviderVersion, requireToolchain } from "../sandbox/toolchain";
import { SCHEMA_FILE } from "./provider-schema/provider-schema";
import type { ProviderSchema, Settable } from "./provider-schema/provider-schema";
import { readOptions } from "./options";

const SOURCE = "registry.terraform.io/hashicorp/aws";

async function main(): Promise<void> {
  const { check } = readOptions(process.argv.slice(2), { flags: ["check"] });
  const { terraform, environment } = await requireToolchain();
  const cwd = mkdtempSync(join(tmpdir(), "routed-schema-"));
  try {
    const aws = { source: "hashicorp/aws", version: awsProviderVersion() };
    const main = { terraform: { required_providers: { aws } } };
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify(main));
    const run = async (args: readonly string[]): Promise<string> => {
      const options = { cwd, env: environment, timeoutMs: 300_000 };
      const { status, stdout, output } = await runProcess(terraform.command, args, options);
      if (status !== 0) throw new RoutedError("sandbox-failed", `terraform ${args[0]}:\n${output}`);
      return stdout;
    };
    await run(["init", "-input=false", "-no-color"]);
    const json = JSON.parse(await run(["providers", "schema", "-json"])) as unknown;
    const text = `${JSON.stringify(trimmed(json), null, 2)}\n`;
    if (check !== true) return writeFileSync(SCHEMA_FILE, text);
    if (readFileSync(SCHEMA_FILE, "utf8") === text) return;
    console.error(`${SCHEMA_FILE} is not the provider's schema; run: npm run record:schema`);
    process.exitCode = 1;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function trimmed(json: unknown): ProviderSchema {
  const schemas = at(json, "provider_schemas", SOURCE, "resource_schemas");
  return Object.fromEntries(
    Object.keys(JUDGES)
      .sort()
      .map((type) => [type, Object.fromEntries(attributesOf(at(schemas, type, "block"), ""))]),
  );
}

/** With dots for the parts. */
function attributesOf(block: unknown, prefix: string): [string, Settable][] {
  const attributes = Object.entries(at(block, "attributes")).map(
    ([name, attribute]): [string, Settable] => [`${prefix}${name}`, settable(attribute)],
  );
  const blocks = Object.entries(at(block, "block_types")).flatMap(([name, nested]) => [
    [`${prefix}${name}`, "optional"] as [string, Settable],
    ...attributesOf(at(nested, "block"), `${prefix}${name}.`),
  ]);
  return [...attributes, ...blocks].sort(([a], [b]) => (a < b ? -1 : 1));
}

function settable(attribute: unknown): Settable {
  if (!isObject(attribute)) return "computed";
  if (attribute["required"] === true) return "required";
  return attribute["optional"] === true ? "optional" : "computed";
}

function at(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  const found = keys.reduce<unknown>(
    (part, key) => (isObject(part) ? part[key] : undefined),
    value,
  );
  return isObject(found) ? found : {};
}

main().catch((error: unknown) => {
  console.error(`record:schema: ${messageOf(error)}`);
  process.exitCode = 1;
});
