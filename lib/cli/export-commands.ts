import type { Command } from "commander";
import { HELM_API_VERSIONS } from "../export/helm-release";
import { exportHelmRelease } from "./export-command";
import type { HelmReleaseOptions } from "./export-command";
import type { CliWorld } from "./run-cli";

const ENVIRONMENT = "the environment's name, as in config/<environment>.json";
const FILE = "write this file, if it changes, instead of standard output";

/** Adds `routed export …`. */
export function addExportCommands(
  program: Command,
  world: CliWorld,
  ended: (status: number) => void,
): void {
  const command = program
    .command("export")
    .description("write what Prometheus and its kin need to know of a fleet; changes nothing");

  command
    .command("helm-release")
    .description("the Flux HelmRelease of the environment's Prometheus, as YAML")
    .argument("<environment>", ENVIRONMENT)
    .option("-o, --output <file>", FILE)
    .option("--api-version <version>", `Flux' API: ${HELM_API_VERSIONS.join(", ")} (default: v2)`)
    .action(async (environment: string, options: HelmReleaseOptions) => {
      ended(await exportHelmRelease(environment, options, world));
    });
}
