import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { RoutedError } from "../../lib/errors";
import { runProcess } from "../../sandbox/processes";

/** The versions that are tried. */
export const CDKTN_VERSION = "0.24.0";
const CONSTRUCTS_VERSION = "10.7.0";
/** Of CDK Terrain's constructs for version 6 of the AWS provider. */
const PROVIDER_PACKAGE_VERSION = "25.7.0";

/** What CDK Terrain's command line asks for. */
const OLDEST_NODE = [22, 19] as const;

const INSTALL_TIMEOUT_MS = 15 * 60_000;
const TYPE_CHECK_TIMEOUT_MS = 10 * 60_000;
const TEST_TIMEOUT_MS = 5 * 60_000;
const SYNTH_TIMEOUT_MS = 3 * 60_000;

/** What is looked at of package.json; all else stays. */
export interface PackageJson {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/**
 * CDK Terrain in CDKTF's place, under the names that the code uses: what the switch changes in
 * package.json. The constructs for the provider ask for `cdktf` as their peer, and get it.
 */
export function switchToCdkTerrain(content: PackageJson): PackageJson {
  return {
    ...content,
    dependencies: {
      ...content.dependencies,
      cdktf: `npm:cdktn@${CDKTN_VERSION}`,
      constructs: CONSTRUCTS_VERSION,
    },
    devDependencies: {
      ...content.devDependencies,
      "cdktf-cli": `npm:cdktn-cli@${CDKTN_VERSION}`,
    },
    overrides: { ...content.overrides, "@cdktf/provider-aws": { cdktf: "$cdktf" } },
  };
}

/** The same with the constructs for version 6 of the AWS provider. */
export function switchToProvider6(content: PackageJson): PackageJson {
  const { dependencies } = content;
  const name = `npm:@cdktn/provider-aws@${PROVIDER_PACKAGE_VERSION}`;
  return { ...content, dependencies: { ...dependencies, "@cdktf/provider-aws": name } };
}

/** @throws RoutedError `missing-tool` where this Node is too old for CDK Terrain */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new RoutedError(
    "missing-tool",
    `CDK Terrain needs Node ${OLDEST_NODE.join(".")} or later, got ${version}; run it with a newer one`,
  );
}

/** Copies a project's sources; what is hidden, installed or made stays behind. */
export function copyProject(from: string, to: string): void {
  const left = /^(\..*|node_modules|cdktf\.out|coverage|.*\.tfstate.*)$/;
  cpSync(from, to, {
    recursive: true,
    filter: (source) => source === from || !left.test(basename(source)),
  });
}

/** Changes package.json, and installs what it then says. */
export async function install(
  directory: string,
  change: (content: PackageJson) => PackageJson,
): Promise<void> {
  const file = join(directory, "package.json");
  const content = JSON.parse(readFileSync(file, "utf8")) as PackageJson;
  writeFileSync(file, `${JSON.stringify(change(content), undefined, 2)}\n`);
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  // Started by npm itself, npm takes this project's folder for its own.
  const env = { npm_config_local_prefix: undefined };
  await run("npm", args, directory, INSTALL_TIMEOUT_MS, env);
}

export async function typeCheck(directory: string): Promise<void> {
  await runScript(directory, "typescript/bin/tsc", ["--noEmit"], TYPE_CHECK_TIMEOUT_MS);
}

/** Runs the tests whose files' paths match. */
export async function test(directory: string, pattern: string): Promise<void> {
  const args = [pattern, "--selectProjects", "unit"];
  await runScript(directory, "jest/bin/jest.js", args, TEST_TIMEOUT_MS);
}

/**
 * Synthesizes all environments from the observations that tests use.
 *
 * @param project whose app runs
 * @param directory whose config it reads, and where a local backend keeps its states
 */
export async function synthesize(
  project: string,
  directory: string,
  outputDirectory: string,
): Promise<void> {
  await run(process.execPath, [join(project, "bin/app.cjs")], directory, SYNTH_TIMEOUT_MS, {
    CDKTF_OUTDIR: outputDirectory,
    ROUTED_OBSERVATIONS: join(directory, "__tests__/fixtures/observations"),
    ROUTED_ENVIRONMENTS: undefined,
    ROUTED_IGNORE_HEALTH: undefined,
    AWS_ENDPOINT_URL: undefined,
  });
}

/** The version of an installed package, whatever its name there. */
export function versionOf(directory: string, name: string): string {
  return readPackage(directory, name).version;
}

/** The version of the AWS provider that the installed constructs are for. */
export function providerOf(directory: string): string {
  return readPackage(directory, "@cdktf/provider-aws").cdktf?.provider.version ?? "unknown";
}

interface InstalledPackage {
  readonly version: string;
  readonly cdktf?: { readonly provider: { readonly version: string } };
}

function readPackage(directory: string, name: string): InstalledPackage {
  const file = join(directory, "node_modules", name, "package.json");
  return JSON.parse(readFileSync(file, "utf8")) as InstalledPackage;
}

function runScript(
  directory: string,
  script: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<void> {
  const file = join(directory, "node_modules", script);
  return run(process.execPath, [file, ...args], directory, timeoutMs);
}

const QUOTED_LINES = 40;

/** @throws RoutedError `sandbox-failed` with the end of what it wrote where it doesn't end well */
async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  timeoutMs: number,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  const own = { NODE_ENV: undefined, FORCE_COLOR: "0", CHECKPOINT_DISABLE: "1", ...env };
  const { status, output, timedOut } = await runProcess(command, args, {
    cwd,
    timeoutMs,
    env: own,
  });
  if (status === 0) return;
  const how = timedOut ? "took too long" : `ended with ${status}`;
  const what = [basename(command), ...args].join(" ");
  const end = output.trim().split("\n").slice(-QUOTED_LINES).join("\n");
  throw new RoutedError("sandbox-failed", `${what} ${how}:\n${end}`);
}
