import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RoutedError } from "../lib/errors";
import { terraformSettings } from "../lib/terraform/environment";
import { findProviderMirror, type ProviderMirror } from "./provider-mirror";
import { findProjectRoot } from "./project-root";
import { findPython } from "./python";
import { runProcess } from "./processes";

/** What the sandbox needs of this machine, and where it is. */
export interface Toolchain {
  readonly terraform: { readonly command: string; readonly version: string };
  /** A Python 3 that can import moto's server. */
  readonly python: string;
  /** Absent: Terraform downloads the AWS provider from its registry. */
  readonly provider?: ProviderMirror;
  /** For every process that runs Terraform or cdktf. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** `value`, or what is missing and how to get it. */
export type Found<T> = { readonly value: T } | { readonly missing: string };

const OLDEST_TERRAFORM = [1, 5] as const;

/**
 * Finds all tools. `directory` (default: `.sandbox` in the project) receives Terraform's CLI
 * config, the provider cache and, where moto is missing, a Python virtual environment.
 *
 * @throws RoutedError missing-tool, which names everything that is missing and how to get it
 */
export async function requireToolchain(
  directory: string = join(findProjectRoot(), ".sandbox"),
): Promise<Toolchain> {
  mkdirSync(directory, { recursive: true });
  const [terraform, python] = await Promise.all([findTerraform(), findPython(directory)]);
  const missing = [terraform, python].flatMap((tool) => ("missing" in tool ? [tool.missing] : []));
  if ("missing" in terraform || "missing" in python) {
    throw new RoutedError("missing-tool", `the sandbox can't run:\n  ${missing.join("\n  ")}`);
  }
  const provider = findProviderMirror({ version: awsProviderVersion() });
  return {
    terraform: terraform.value,
    python: python.value,
    provider,
    environment: sandboxEnvironment(directory, provider),
  };
}

/** The version that `@cdktf/provider-aws` is generated from, such as `5.100.0`. */
export function awsProviderVersion(): string {
  const file = join(findProjectRoot(), "node_modules/@cdktf/provider-aws/package.json");
  const content = JSON.parse(readFileSync(file, "utf8")) as {
    readonly cdktf: { readonly provider: { readonly version: string } };
  };
  return content.cdktf.provider.version;
}

async function findTerraform(): Promise<Found<Toolchain["terraform"]>> {
  const wanted = OLDEST_TERRAFORM.join(".");
  const advice = `install ${wanted} or later from https://developer.hashicorp.com/terraform/install and put it on the PATH`;
  let output: string;
  try {
    const env = { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };
    ({ output } = await runProcess("terraform", ["version"], { env, timeoutMs: 30_000 }));
  } catch {
    return { missing: `Terraform is not on the PATH; ${advice}` };
  }
  const version = parseTerraformVersion(output);
  if (version === undefined) return { missing: `terraform doesn't tell its version; ${advice}` };
  if (!isTerraformSupported(version)) {
    return { missing: `Terraform is ${version}, which is too old; ${advice}` };
  }
  return { value: { command: "terraform", version } };
}

/** The version in the output of `terraform version`, such as `1.11.4`. */
export function parseTerraformVersion(output: string): string | undefined {
  return /^Terraform v(\d+\.\d+\.\d+\S*)/m.exec(output)?.[1];
}

export function isTerraformSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_TERRAFORM;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

function sandboxEnvironment(
  directory: string,
  provider: ProviderMirror | undefined,
): Toolchain["environment"] {
  const common = {
    ...terraformSettings(process.env),
    TF_DATA_DIR: undefined,
    // cdktf would share one cache among all runs, which Terraform can't fill side by side.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  };
  if (provider === undefined) {
    const cache = join(directory, "provider-cache");
    mkdirSync(cache, { recursive: true });
    return { ...common, TF_PLUGIN_CACHE_DIR: cache };
  }
  const file = join(directory, "terraform.rc");
  writeFileSync(file, renderCliConfig(provider));
  return {
    ...common,
    TF_CLI_CONFIG_FILE: file,
    // cdktf's plugin cache is not safe for runs side by side; a mirror is linked, not copied.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    TF_PLUGIN_CACHE_DIR: undefined,
    // Without a lock file cdktf runs `terraform providers lock`, which doesn't read the CLI config.
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${provider.directory}`,
  };
}

/** Terraform's CLI config: the AWS provider from the mirror, all others from their registry. */
export function renderCliConfig(provider: ProviderMirror): string {
  const source = JSON.stringify(provider.source);
  return [
    "provider_installation {",
    "  filesystem_mirror {",
    `    path    = ${JSON.stringify(provider.directory)}`,
    `    include = [${source}]`,
    "  }",
    "  direct {",
    `    exclude = [${source}]`,
    "  }",
    "}",
    "",
  ].join("\n");
}
