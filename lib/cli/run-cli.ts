import { Command, CommanderError } from "commander";
import { isDebug } from "../config/settings";
import { messageOf, runbookOf } from "../errors";
import { capacityCommand } from "./commands/capacity-command";
import { addConfigCommands } from "./register-config";
import { addExportCommands } from "./register-export";
import { planCommand } from "./commands/plan-command";
import type { PlanCommandOptions } from "./commands/plan-command";
import { preflightCommand } from "./commands/preflight-command";
import { addReportCommands } from "./register-report";
import { addRolloutCommands } from "./register-rollout";
import { verifyCommand } from "./commands/verify-command";
import type { VerifyOptions } from "./commands/verify-command";
import type { CliWorld } from "./cli-world";
import { FAILED } from "./cli-world";
import { withoutControls } from "./without-controls";

/**
 * Runs `routed <arguments>`. Errors end here: a message on standard error, no stack trace unless
 * ROUTED_DEBUG=1.
 *
 * @returns the exit status
 */
export async function runCli(args: readonly string[], given: CliWorld): Promise<number> {
  // Names, tags and records are other people's: none of them moves a cursor or changes a colour.
  const world: CliWorld = {
    ...given,
    print: (text) => given.print(withoutControls(text)),
    printError: (text) => given.printError(withoutControls(text)),
  };
  let status = 0;
  const program = new Command("routed")
    .description("Plans and operates autopilot-routed's fleets.")
    .exitOverride()
    .configureOutput({ writeOut: world.print, writeErr: world.printError });

  program
    .command("plan")
    .description("show what the next deploy does to each node and why; changes nothing")
    .argument("<environment>", "the environment's name, as in config/<environment>.json")
    .option("--json", "print the plan as JSON")
    .option("--ignore-health", "count every node as available, as ROUTED_IGNORE_HEALTH=1 does")
    .addHelpText("after", "\nExit status: 0 converged, 2 a wave is staged, 3 held, 1 error.")
    .action(async (environment: string, options: Partial<PlanCommandOptions>) => {
      const { json = false, ignoreHealth = false } = options;
      status = await planCommand(environment, { json, ignoreHealth }, world);
    });

  program
    .command("preflight")
    .description("check AWS's quotas against what the config wants; changes nothing")
    .argument("<environment>", "the environment's name, as in config/<environment>.json")
    .option("--json", "print the quotas as JSON")
    .addHelpText("after", "\nExit status: 0 nothing is exceeded, 1 a quota is, or error.")
    .action(async (environment: string, options: { json?: boolean }) => {
      status = await preflightCommand(environment, { json: options.json === true }, world);
    });

  program
    .command("capacity")
    .description("show what each node holds of what it can, and which instance types fit")
    .argument("<environment>", "the environment's name, as in config/<environment>.json")
    .option("--json", "print it as JSON")
    .addHelpText("after", "\nExit status: 0 every node can hold its tasks, 1 not, or error.")
    .action(async (environment: string, options: { json?: boolean }) => {
      status = await capacityCommand(environment, { json: options.json === true }, world);
    });

  program
    .command("verify")
    .description("prove from Terraform's own plan that applying it is safe; changes nothing")
    .argument("<environment>", "the environment's name, as in config/<environment>.json")
    .option(
      "--plan <file>",
      "a plan file, or the output of terraform show -json; default: plan now",
    )
    .option(
      "--out <file>",
      "keep the plan that is made now, to apply exactly what was verified; replaces a plan file, nothing else",
    )
    .option("--max-plan-age <duration>", "refuse a plan that is older, e.g. 30m; default: any age")
    .option("--json", "print the verdict as JSON")
    .addHelpText("after", "\nExit status: 0 proved, 1 not proved or error.")
    .action(async (environment: string, options: Partial<VerifyOptions>) => {
      const { plan, out, maxPlanAge, json = false } = options;
      status = await verifyCommand(environment, { plan, out, maxPlanAge, json }, world);
    });

  addReportCommands(program, world, (ended) => (status = ended));
  addRolloutCommands(program, world, (ended) => (status = ended));
  addConfigCommands(program, world, (ended) => (status = ended));
  addExportCommands(program, world, (ended) => (status = ended));

  nameOwnHelp(program, "routed");

  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILED;
    const debug = isDebug(world.variables) && error instanceof Error;
    const runbook = runbookOf(error);
    world.printError(`${debug ? (error.stack ?? "") : messageOf(error)}\n`);
    if (runbook !== null) world.printError(`${runbook}\n`);
    return FAILED;
  }
}

/** What is wrong with a command's arguments sends to that command's help. */
function nameOwnHelp(command: Command, name: string): void {
  command.showHelpAfterError(`(see ${name} --help)`);
  for (const each of command.commands) nameOwnHelp(each, `${name} ${each.name()}`);
}
