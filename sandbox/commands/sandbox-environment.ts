import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { loadEnvironment } from "../../lib/config/load";
import { findProjectRoot } from "../project-root";

/** The environment that the sandbox's commands deploy: `config/sandbox.json`. */
export const SANDBOX_ENVIRONMENT = "sandbox";

export function loadSandboxEnvironment(): Environment {
  const directory = join(findProjectRoot(), "config");
  return loadEnvironment(directory, SANDBOX_ENVIRONMENT);
}
