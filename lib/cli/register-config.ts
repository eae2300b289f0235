import type { Command } from "commander";
import {
  addEnvironmentCommand,
  addPopCommand,
  removePopCommand,
} from "./commands/config-change-command";
import type { AddEnvironmentOptions, AddPopOptions } from "./commands/config-change-command";
import { configShowCommand } from "./commands/config-show-command";
import type { CliWorld } from "./cli-world";

const ENVIRONMENT = "the environment's name, as in config/<environment>.json";
const PEERS = "CIDR blocks of its BGP peers, separated by commas";

/** Adds `routed config show`, `add-pop`, `remove-pop` and `add-environment`. */
export function addConfigCommands(
  program: Command,
  world: CliWorld,
  ended: (status: number) => void,
): void {
  const config = program
    .command("config")
    .description("show and change the files in config/; a change that would be invalid is refused");

  config
    .command("show")
    .description("show every value that holds for an environment, and where it comes from")
    .argument("<environment>", ENVIRONMENT)
    .option("--json", "print them as JSON")
    .action((environment: string, options: { json?: boolean }) => {
      ended(configShowCommand(environment, options, world));
    });

  config
    .command("add-pop")
    .description("add a PoP, with an id that no PoP of the environment ever had")
    .argument("<environment>", ENVIRONMENT)
    .requiredOption("--name <name>", "the PoP's name")
    .requiredOption("--peers <blocks>", PEERS)
    .option("--id <id>", "its id (default: one above all that the environment has or has retired)")
    .action(async (environment: string, options: AddPopOptions) => {
      ended(await addPopCommand(environment, options, world));
    });

  config
    .command("remove-pop")
    .description("remove a PoP and retire its id")
    .argument("<environment>", ENVIRONMENT)
    .requiredOption("--name <name>", "the PoP's name")
    .action(async (environment: string, options: { name: string }) => {
      ended(await removePopCommand(environment, options, world));
    });

  config
    .command("add-environment")
    .description("add an environment like another one")
    .argument("<name>", "the new environment's name")
    .requiredOption("--from <environment>", "the environment to take the values from")
    .option("--account <id>", "its AWS account")
    .option("--region <region>", "its AWS region; needs --zones where it is another")
    .option("--zones <zones>", "its availability zones, separated by commas")
    .option("--vpc-cidr <block>", "its VPC's block (default: the next free one of the same size)")
    .option("--workspace <name>", "its Terraform Cloud workspace")
    .option("--bucket <name>", "the S3 bucket of its state")
    .option("--key <key>", "its state's key in the bucket")
    .option("--certificate <arn>", "its API's certificate")
    .option("--pop <name=peers>", `a PoP and ${PEERS}; repeatable`, collect)
    .option("--keep-pops", "the same PoPs, with the same ids")
    .action(async (name: string, options: AddEnvironmentOptions) => {
      ended(await addEnvironmentCommand(name, options, world));
    });
}

function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
