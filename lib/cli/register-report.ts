import { Option } from "commander";
import type { Command } from "commander";
import { driftCommand } from "./commands/drift-command";
import type { DriftCommandOptions } from "./commands/drift-command";
import { observeCommand } from "./commands/observe-command";
import type { ObserveCommandOptions } from "./commands/observe-command";
import { reportCommand } from "./commands/report-command";
import type { ReportCommandOptions } from "./commands/report-command";
import type { CliWorld } from "./cli-world";

const ENVIRONMENT = "the environment's name, as in config/<environment>.json";

/** Adds `routed report`, `routed observe` and `routed drift`. */
export function addReportCommands(
  program: Command,
  world: CliWorld,
  ended: (status: number) => void,
): void {
  program
    .command("report")
    .description("tell what the next deploys do, as a comment, page or data; changes nothing")
    .argument("<environment>", ENVIRONMENT)
    .addOption(
      new Option("--format <format>", "what to make")
        .choices(["markdown", "html", "json"])
        .default("markdown"),
    )
    .option(
      "--plan <file>",
      "Terraform's plan of the last synthesis: a plan file, or the output of terraform show -json",
    )
    .option(
      "--out <file>",
      "write it there instead of printing it; replaces a report, nothing else",
    )
    .option("--ignore-health", "count every node as available, as ROUTED_IGNORE_HEALTH=1 does")
    .option("--history <folder>", "a local folder with the past waves, for the estimates")
    .addHelpText("after", "\nExit status: 0 whatever the report says, 1 error.")
    .action(async (environment: string, options: ReportCommandOptions) => {
      ended(await reportCommand(environment, options, world));
    });

  program
    .command("observe")
    .description("record what AWS holds, for pull requests and replay; changes nothing")
    .argument("<environment>", ENVIRONMENT)
    .option(
      "-o, --out <file>",
      "a file (replaces one of the same environment, nothing else), a folder (gets <environment>.json), or - to print it",
      "-",
    )
    .option("--raw", "record what planning doesn't need too, e.g. account numbers in ARNs")
    .addHelpText(
      "after",
      "\nROUTED_OBSERVATIONS=<folder> plans from such files instead of AWS." +
        "\nExit status: 0 recorded, 1 error.",
    )
    .action(async (environment: string, options: ObserveCommandOptions) => {
      ended(await observeCommand(environment, options, world));
    });

  program
    .command("drift")
    .description("tell what was changed in AWS by hand since the last deploy; changes nothing")
    .argument("<environment>", ENVIRONMENT)
    .option(
      "--plan <file>",
      "a plan file, or the output of terraform show -json; default: plan now",
    )
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      "\nSynthesize first. Staged upgrades and nodes that are pinned are no drift." +
        "\nExit status: 0 no drift, 2 drift, 1 error.",
    )
    .action(async (environment: string, options: DriftCommandOptions) => {
      ended(await driftCommand(environment, options, world));
    });
}
