import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProjectRoot } from "./project-root";
import { STACK_FILE, synthesisFolder } from "../lib/synthesis/synthesis-folder";

const LOCK_FILE = ".terraform.lock.hcl";
/** Where `terraform init` installs providers. */
const PROVIDERS = ".terraform/providers";

/** A project folder of its own: config files, synthesis and Terraform's local state lie in it. */
export interface Workspace {
  readonly directory: string;
  /** The folder of the project whose app and cdktf command run in it. @default this project's */
  readonly project?: string;
}

export interface WorkspaceOptions {
  /** Environment's name → content of its config file. */
  readonly configs: Readonly<Record<string, object>>;
  /** @default a new folder among the temporary files */
  readonly directory?: string;
  /** As `Workspace` has it. */
  readonly project?: string;
}

/** Makes a workspace whose `cdktf deploy` runs the project's app on the given environments. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), "routed-workspace-"));
  mkdirSync(directory, { recursive: true });
  const { project = findProjectRoot() } = options;
  const settings = JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")) as object;
  writeJson(join(directory, "cdktf.json"), {
    ...settings,
    app: `node ${JSON.stringify(join(project, "bin/app.cjs"))}`,
  });
  const workspace = { directory, project };
  for (const [name, config] of Object.entries(options.configs)) {
    writeConfig(workspace, name, config);
  }
  return workspace;
}

/** Writes or replaces `config/<environment>.json`. */
export function writeConfig(workspace: Workspace, environment: string, config: object): void {
  const folder = join(workspace.directory, "config");
  mkdirSync(folder, { recursive: true });
  writeJson(join(folder, `${environment}.json`), config);
}

/**
 * A workspace of its own with the same config files and Terraform state: with a fork of the AWS that
 * the original was deployed to, a built fleet to try things on. It links to the original's providers,
 * so the original must stay as long.
 */
export function copyWorkspace(original: Workspace): Workspace {
  const configs = join(original.directory, "config");
  const copy = createWorkspace({ configs: {} });
  if (existsSync(configs)) {
    cpSync(configs, join(copy.directory, "config"), { recursive: true });
  }
  for (const file of readdirSync(original.directory)) {
    if (!/^terraform\..+\.tfstate$/.test(file)) continue;
    cpSync(join(original.directory, file), join(copy.directory, file));
  }
  for (const environment of synthesizedEnvironments(original)) {
    const from = stackDirectory(original, environment);
    const to = stackDirectory(copy, environment);
    if (!existsSync(join(from, LOCK_FILE))) continue;
    mkdirSync(join(to, ".terraform"), { recursive: true });
    cpSync(join(from, LOCK_FILE), join(to, LOCK_FILE));
    // Installed once; what else lies beside it names the original's state file.
    if (existsSync(join(from, PROVIDERS))) symlinkSync(join(from, PROVIDERS), join(to, PROVIDERS));
  }
  return copy;
}

/** The folder of an environment's synthesized stack, where Terraform runs. */
export function stackDirectory(workspace: Workspace, environment: string): string {
  return synthesisFolder(join(workspace.directory, "cdktf.out")).stack(environment);
}

/** The names of the environments that the latest synthesis wrote a stack for. */
export function synthesizedEnvironments(workspace: Workspace): readonly string[] {
  const stacks = synthesisFolder(join(workspace.directory, "cdktf.out")).stacks;
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .filter((name) => existsSync(join(stacks, name, STACK_FILE)))
    .sort();
}

/** Removes the folder with all that lies in it, Terraform's state too. */
export function removeWorkspace(workspace: Workspace): void {
  rmSync(workspace.directory, { recursive: true, force: true });
}

function writeJson(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}
