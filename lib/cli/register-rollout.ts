import type { Command } from "commander";
import { deployCommand } from "./commands/deploy-command";
import type { DeployCommandOptions } from "./commands/deploy-command";
import { historyCommand } from "./commands/history-command";
import type { HistoryCommandOptions } from "./commands/history-command";
import { rolloutCommand } from "./commands/rollout-command";
import type { RolloutCommandOptions } from "./rollout-options";
import { statusCommand } from "./commands/status-command";
import type { StatusCommandOptions } from "./commands/status-command";
import type { CliWorld } from "./cli-world";

const ENVIRONMENT = "the environment's name, as in config/<environment>.json";
const HISTORY = "a local folder for the records, instead of the environment's bucket";

const MAX_PLAN_AGE = "how old a plan may be when it is applied (default: 30m)";

/** Adds `routed rollout`, `routed deploy`, `routed status` and `routed history`. */
export function addRolloutCommands(
  program: Command,
  world: CliWorld,
  ended: (status: number) => void,
): void {
  program
    .command("rollout")
    .description("upgrade an environment wave after wave, until it has converged")
    .argument("<environment>", ENVIRONMENT)
    .option(
      "--dry-run",
      "show all waves, the PoPs they touch and the time they take; change nothing",
    )
    .option("--yes", "don't ask")
    .option("--max-waves <n>", "end after so many waves")
    .option("--max-time <duration>", "start no wave later, and wait for none; e.g. 4h")
    .option("--bake <duration>", "how long a wave's nodes must stay available (default: 2m)")
    .option(
      "--timeout <duration>",
      "how long nodes may take to become available (default: 10m and four times stateRebuildMinutes)",
    )
    .option("--drain-timeout <duration>", "how long tasks may take to stop (default: 5m)")
    .option("--max-plan-age <duration>", MAX_PLAN_AGE)
    .option("--poll <duration>", "how long to wait between two looks (default: 10s)")
    .option(
      "--window <windows>",
      'when waves may start, e.g. "Mon-Thu 08:00-16:00 Europe/Madrid"; several with ;',
    )
    .option("--no-wait", "end where it would wait for the window or for nodes that hold the plan")
    .option("--only-node <slot>", "let only this node change; repeatable", collect)
    .option("--gate <command>", "run before each wave and after each bake; 0 is yes")
    .option(
      "--alarm <name>",
      "a CloudWatch alarm that says no while it is in ALARM, asked as --gate is; repeatable",
      collect,
    )
    .option("--to <rollout>", "go back to before this rollout: its id, or previous")
    .option("--ignore-health", "count every node as available")
    .option("--break-lock <reason>", "take the lock over from whoever holds it")
    .option("--metrics-push <url>", "tell a Prometheus Pushgateway")
    .option("--webhook <url>", "post signed events to a URL; secret: ROUTED_WEBHOOK_SECRET")
    .option("--history <folder>", HISTORY)
    .option("--json", "print one event per line")
    .addHelpText(
      "after",
      "\nExit status: 0 converged, or as many waves done as asked for; 1 stopped or error; 3 held " +
        "for too\nlong, or outside of the window; 130 interrupted.",
    )
    .action(async (environment: string, options: RolloutCommandOptions) => {
      ended(await rolloutCommand(environment, options, world));
    });

  program
    .command("deploy")
    .description(
      "one wave and all else that the config changes: proved, shown, drained, applied, recorded",
    )
    .argument("<environment>", ENVIRONMENT)
    .option("--yes", "don't ask")
    .option("--max-plan-age <duration>", MAX_PLAN_AGE)
    .option("--drain-timeout <duration>", "how long tasks may take to stop (default: 5m)")
    .option("--only-node <slot>", "let only this node change; repeatable", collect)
    .option("--gate <command>", "run before the wave; 0 is yes")
    .option("--alarm <name>", "a CloudWatch alarm, asked as --gate is; repeatable", collect)
    .option("--ignore-health", "count every node as available")
    .option("--break-lock <reason>", "take the lock over from whoever holds it")
    .option("--history <folder>", HISTORY)
    .option("--json", "print one event per line")
    .addHelpText(
      "after",
      "\nIt waits for no node. Exit status: 0 applied, or nothing to do; 3 held, everything but " +
        "nodes\nis applied; 1 error; 130 interrupted, or not wanted.",
    )
    .action(async (environment: string, options: DeployCommandOptions) => {
      ended(await deployCommand(environment, options, world));
    });

  program
    .command("status")
    .description("show the fleet, who runs a rollout, and how the last wave ended")
    .argument("<environment>", ENVIRONMENT)
    .option("--history <folder>", HISTORY)
    .option("--json", "print it as JSON")
    .action(async (environment: string, options: StatusCommandOptions) => {
      ended(await statusCommand(environment, options, world));
    });

  program
    .command("history")
    .description("list the waves that rollouts have recorded")
    .argument("<environment>", ENVIRONMENT)
    .option("--rollout <id>", "of this rollout alone")
    .option("--history <folder>", HISTORY)
    .option("--json", "print the records whole: observation, plan, verdict and timings")
    .action(async (environment: string, options: HistoryCommandOptions) => {
      ended(await historyCommand(environment, options, world));
    });
}

function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
