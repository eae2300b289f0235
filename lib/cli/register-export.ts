import type { Command } from "commander";
import type { HelmReleaseOptions, OutputOptions } from "./commands/export-command";
import type { CliWorld } from "./cli-world";
import { HELM_API_VERSIONS } from "../export/helm-release";

const ENVIRONMENT = "the environment's name, as in config/<environment>.json";
const FILE =
  "write this file, if it changes, instead of standard output; replaces an export, nothing else";

/** Only here: what writes YAML costs every other command's start a sixth of its time. */
const load = () => import("./commands/export-command");

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
      const { exportHelmRelease } = await load();
      ended(await exportHelmRelease(environment, options, world));
    });

  command
    .command("prometheus")
    .description("Prometheus' service discovery, scrape config and alerting rules")
    .argument("<environment>", ENVIRONMENT)
    .requiredOption("-o, --output <directory>", "where the files that change are written")
    .action(async (environment: string, options: { output: string }) => {
      const { exportPrometheus } = await load();
      ended(await exportPrometheus(environment, options, world));
    });

  command
    .command("cloudwatch-exporter")
    .description("cloudwatch_exporter's config for AWS's own metrics, with what it costs")
    .argument("<environment>", ENVIRONMENT)
    .option("-o, --output <file>", FILE)
    .action(async (environment: string, options: OutputOptions) => {
      const { exportCloudwatchExporter } = await load();
      ended(await exportCloudwatchExporter(environment, options, world));
    });
}
