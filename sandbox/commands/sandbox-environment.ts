import { join } from "node:path";
import type { Environment } from "../../lib/config/environment";
import { loadEnvironments } from "../../lib/config/load";
import { RoutedError } from "../../lib/errors";
import { findProjectRoot } from "../project-root";

/** The environment that the sandbox's commands deploy: `config/sandbox.json`. */
export const SANDBOX_ENVIRONMENT = "sandbox";

export function loadSandboxEnvironment(): Environment {
  const directory = join(findProjectRoot(), "config");
  const [environment] = loadEnvironments({ directory, names: [SANDBOX_ENVIRONMENT] });
  if (environment === undefined) {
    throw new RoutedError("invalid-config", `config/${SANDBOX_ENVIRONMENT}.json is missing`);
  }
  return environment;
}
