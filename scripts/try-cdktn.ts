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
import type { Toolchain } from "../sandbox/toolchain";
import { compareAttributes } from "./try-cdktn/compare-attributes";
import { compareSyntheses, renderDifference } from "./try-cdktn/compare";
import type { Difference } from "./try-cdktn/compare";
import { deployWithEach } from "./try-cdktn/deploy-with-each";
import { readOptions } from "./options";
import * as trial from "./try-cdktn/trial";

/** This project, and the copy in which all is tried. */
interface Folders {
  readonly project: string;
  readonly directory: string;
}

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
  trial.copyProject(project, directory);
  const folders = { project, directory };
  await trial.synthesize(project, directory, outputOf(folders, "cdktf"));
  const library = await tryCdkTerrain(folders, toolchain);
  await tryProvider6(folders, library);
}

/** @returns the versions of the library, CDKTF's and CDK Terrain's */
async function tryCdkTerrain(
  folders: Folders,
  toolchain: Toolchain,
): Promise<Pick<Difference, "from" | "to">> {
  const { project, directory } = folders;
  const name = `CDK Terrain ${trial.CDKTN_VERSION}`;
  say(`${name}: installing it in a copy of this project …`);
  await trial.install(directory, trial.switchToCdkTerrain);
  await trial.typeCheck(directory);
  say("it type-checks");
  const [from, to] = [project, directory].map((folder) => trial.versionOf(folder, "cdktf"));
  await compareWithCdktf(folders, "cdktn", { from, to }, []);
  const cdktf = { name: `CDKTF ${from}`, project };
  await deployWithEach({
    deployers: [cdktf, { name, project: directory }, cdktf],
    toolchain,
    directory: join(directory, "workspace"),
    report: say,
  });
  return { from, to };
}

async function tryProvider6(
  folders: Folders,
  library: Pick<Difference, "from" | "to">,
): Promise<void> {
  const { project, directory } = folders;
  await trial.install(directory, trial.switchToProvider6);
  const [from, to = ""] = [project, directory].map(trial.providerOf);
  say(`AWS provider ${to}: installed its constructs`);
  await trial.typeCheck(directory);
  await trial.test(directory, "__tests__/unit/verify/");
  say("they type-check, and the tests of routed verify pass with them");
  await compareWithCdktf(folders, "provider-6", library, [
    { path: "terraform.required_providers.aws.source", from: "aws", to: "hashicorp/aws" },
    { path: "terraform.required_providers.aws.version", from, to },
  ]);
  requireNone(
    "lib/terraform/known-providers.ts differs from the provider's schemas",
    compareAttributes(project, directory, outputOf(folders, "cdktf")),
  );
  say("known-providers.ts knows what it adds to the stacks' resources");
  say(`not tried: AWS provider ${to} itself, and any real AWS`);
}

/** Synthesizes with what is installed in the copy, and requires that only versions differ. */
async function compareWithCdktf(
  folders: Folders,
  name: string,
  library: Pick<Difference, "from" | "to">,
  others: readonly Difference[],
): Promise<void> {
  const { directory } = folders;
  await trial.synthesize(directory, directory, outputOf(folders, name));
  const eachStack = [{ path: '["//"].metadata.version', ...library }, ...others];
  const found = compareSyntheses(outputOf(folders, "cdktf"), outputOf(folders, name), {
    manifest: [{ path: "version", ...library }],
    eachStack,
  });
  requireNone("it synthesizes otherwise than CDKTF", found);
  say("it synthesizes what CDKTF does; in each stack differs only:");
  for (const one of eachStack) say(`  ${renderDifference(one)}`);
}

function outputOf({ directory }: Folders, name: string): string {
  return join(directory, `cdktf.out-${name}`);
}

/** @throws RoutedError `sandbox-failed` with all of them */
function requireNone(what: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  throw new RoutedError(
    "sandbox-failed",
    [`${what}:`, ...lines.map((line) => `  ${line}`)].join("\n"),
  );
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  console.error(`try-cdktn: ${messageOf(error)}`);
  process.exitCode = 1;
});
