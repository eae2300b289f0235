import { readdirSync, type Dirent } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

/** A folder in the layout of Terraform's filesystem mirrors that holds the AWS provider. */
export interface ProviderMirror {
  /** The mirror's root: `<directory>/registry.terraform.io/hashicorp/aws/<version>/<os_arch>/…`. */
  readonly directory: string;
  /** The provider's address, such as `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
}

export interface MirrorSearch {
  /** The provider's version, such as `5.100.0`. */
  readonly version: string;
  /** Such as `linux_amd64`. @default this machine's */
  readonly platform?: string;
  /** Where to look, best first. @default Terraform's implied mirrors, then the usual places */
  readonly roots?: readonly string[];
}

/** A mirror lies two or three folders below one of the roots; looking deeper would read whole disks. */
const DEEPEST = 4;

/**
 * Looks for the unpacked AWS provider of exactly this version and platform.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function findProviderMirror(search: MirrorSearch): ProviderMirror | undefined {
  const platform = search.platform ?? thisPlatform();
  for (const root of search.roots ?? defaultRoots()) {
    const found = searchBelow(root, DEEPEST, search.version, platform);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Terraform's name of this machine's platform. */
export function thisPlatform(): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = { win32: "windows" };
  const processors: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };
  const system = systems[process.platform] ?? process.platform;
  return `${system}_${processors[process.arch] ?? process.arch}`;
}

function defaultRoots(): readonly string[] {
  const home = homedir();
  return [
    // Not all of .terraform.d: cdktf keeps its plugin cache there, which is no mirror.
    join(home, ".terraform.d/plugins"),
    join(process.env["XDG_DATA_HOME"] ?? join(home, ".local/share"), "terraform"),
    join(home, "Library/Application Support/io.terraform"),
    "/usr/local/share/terraform",
    "/usr/share/terraform",
    "/opt",
    "/usr/local/lib/terraform",
    "/var/lib/terraform",
  ];
}

function searchBelow(
  folder: string,
  depth: number,
  version: string,
  platform: string,
): ProviderMirror | undefined {
  const entries = foldersIn(folder);
  if (basename(folder) === "hashicorp" && entries.includes("aws")) {
    const provider = join(folder, "aws", version, platform);
    const binary = filesIn(provider).some((name) => name.startsWith("terraform-provider-aws"));
    const host = dirname(folder);
    if (binary) {
      return { directory: dirname(host), source: `${basename(host)}/hashicorp/aws` };
    }
  }
  if (depth === 0) return undefined;
  for (const name of entries) {
    const found = searchBelow(join(folder, name), depth - 1, version, platform);
    if (found !== undefined) return found;
  }
  return undefined;
}

function foldersIn(folder: string): readonly string[] {
  return read(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function filesIn(folder: string): readonly string[] {
  return read(folder).map((entry) => entry.name);
}

/** A folder that isn't there or can't be read holds nothing. */
function read(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
