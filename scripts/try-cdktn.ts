/**
 * `npm run try:cdktn`: tries the way out of CDKTF, which is archived, to CDK Terrain, its successor.
 *
 * In a copy of this project, which is removed at the end: CDK Terrain is installed in CDKTF's place,
 * type-checks, and synthesizes what CDKTF synthesizes but for versions; it deploys an environment that
 * CDKTF built on a local AWS, and CDKTF deploys it after that, without a change. Then the constructs for
 * version 6 of the AWS provider take the place of those for 5, and the same holds as far as no provider
 * has to run. docs/decisions/0026-the-way-out-of-cdktf.md says when and how to switch.
 *
 * Ends with status 1 at the first thing that is otherwise.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { messageOf, RoutedError } from "../lib/errors";
import { findProjectRoot } from "../sandbox/project-root";
import { requireToolchain } from "../sandbox/toolchain";
import { compareAttributes } from "./try-cdktn/compare-attributes";
import { compareSyntheses, renderDifference } from "./try-cdktn/compare";
import type { Difference } from "./try-cdktn/compare";
import { deployWithEach } from "./try-cdktn/deploy-with-each";
import { readOptions } from "./options";
import * as trial from "./try-cdktn/trial";

async function main(): Promise<void> {
  readOptions(process.argv.slice(2), {});
  trial.requireNode(process.versions.node);
  // The same Node runs npm, and the app that a deploy starts.
  process.env["PATH"] = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const project = findProjectRoot();
  const toolchain = await requireToolchain();
  const directory = mkdtempSync(join(tmpdir(), "routed-try-cdktn-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  const outputOf = (name: string): string => join(directory, `cdktf.out-${name}`);
  const cdktf = { name: `CDKTF ${trial.versionOf(project, "cdktf")}`, project };
  const terrain = { name: `CDK Terrain ${trial.CDKTN_VERSION}`, project: directory };

  say(`${terrain.name}: installing it in a copy of this project …`);
  trial.copyProject(project, directory);
  await trial.install(directory, trial.switchToCdkTerrain);
  await trial.typeCheck(directory);
  say("it type-checks");
  await trial.synthesize(project, directory, outputOf("cdktf"));
  await trial.synthesize(directory, directory, outputOf("cdktn"));
  const library = {
    from: trial.versionOf(project, "cdktf"),
    to: trial.versionOf(directory, "cdktf"),
  };
  const inManifest: Difference[] = [{ path: "version", ...library }];
  const inStacks: Difference[] = [{ path: '["//"].metadata.version', ...library }];
  requireNone(
    `${terrain.name} synthesizes otherwise`,
    compareSyntheses(outputOf("cdktf"), outputOf("cdktn"), {
      manifest: inManifest,
      eachStack: inStacks,
    }),
  );
  sayOnly(inStacks);
  await deployWithEach({
    deployers: [cdktf, terrain, cdktf],
    toolchain,
    directory: join(directory, "workspace"),
    report: say,
  });

  const providers = { from: trial.providerOf(project), to: "" };
  await trial.install(directory, trial.switchToProvider6);
  providers.to = trial.providerOf(directory);
  say(`AWS provider ${providers.to}: installed its constructs`);
  await trial.typeCheck(directory);
  await trial.test(directory, "__tests__/unit/verify/");
  say("they type-check, and the tests of routed verify pass with them");
  await trial.synthesize(directory, directory, outputOf("provider-6"));
  inStacks.push(
    { path: "terraform.required_providers.aws.source", from: "aws", to: "hashicorp/aws" },
    { path: "terraform.required_providers.aws.version", ...providers },
  );
  requireNone(
    `the constructs for ${providers.to} synthesize otherwise`,
    compareSyntheses(outputOf("cdktf"), outputOf("provider-6"), {
      manifest: inManifest,
      eachStack: inStacks,
    }),
  );
  sayOnly(inStacks);
  requireNone(
    "lib/verify/known-providers.ts differs from the provider's schemas",
    compareAttributes(project, directory, outputOf("cdktf")),
  );
  say("known-providers.ts knows what it adds to the stacks' resources");
  say(`not tried: AWS provider ${providers.to} itself, and any real AWS`);
}

/** @throws RoutedError `sandbox-failed` with all of them */
function requireNone(what: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  throw new RoutedError(
    "sandbox-failed",
    [`${what}:`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}

function sayOnly(found: readonly Difference[]): void {
  say(`it synthesizes the same; in each stack differs only:`);
  for (const one of found) say(`  ${renderDifference(one)}`);
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  console.error(`try-cdktn: ${messageOf(error)}`);
  process.exitCode = 1;
});
