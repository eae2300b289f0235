import { Option } from "commander";
import type { Command } from "commander";
import { reportCommand } from "./report-command";
import type { ReportCommandOptions } from "./report-command";
import type { CliWorld } from "./run-cli";

const ENVIRONMENT = "the environment's name, as in config/<environment>.json";

/** Adds `routed report`. */
export function addReportCommands(
  program: Command,
  world: CliWorld,
  ended: (status: number) => void,
): void {
  program
    .command("report")
    .description("tell what the next deploys do, as a comment or data; changes nothing")
    .argument("<environment>", ENVIRONMENT)
    .addOption(
      new Option("--format <format>", "what to make")
        .choices(["markdown", "json"])
        .default("markdown"),
    )
    .option(
      "--plan <file>",
      "Terraform's plan of the last synthesis: a plan file, or the output of terraform show -json",
    )
    .option("--out <file>", "write it there instead of printing it")
    .option("--ignore-health", "count every node as available, as ROUTED_IGNORE_HEALTH=1 does")
    .addHelpText("after", "\nExit status: 0 whatever the report says, 1 error.")
    .action(async (environment: string, options: ReportCommandOptions) => {
      ended(await reportCommand(environment, options, world));
    });
}
