import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { loadEnvironment } from "../../lib/config/load";
import { findProjectRoot } from "../project-root";
import { createWorkspace } from "../workspace";
import type { Workspace } from "../workspace";

/** The environment that the sandbox's commands deploy: `config/sandbox.json`. */
export const SANDBOX_ENVIRONMENT = "sandbox";

export function loadSandboxEnvironment(): Environment {
  const directory = join(findProjectRoot(), "config");
  return loadEnvironment(directory, SANDBOX_ENVIRONMENT);
}

/** A workspace with that environment alone, and with the shared files that its config extends. */
export function createSandboxWorkspace(): Workspace {
  const workspace = createWorkspace({ configs: {} });
  for (const name of [`${SANDBOX_ENVIRONMENT}.json`, "shared"]) {
    const file = join("config", name);
    cpSync(join(findProjectRoot(), file), join(workspace.directory, file), { recursive: true });
  }
  return workspace;
}
