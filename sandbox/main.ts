import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { messageOf } from "../lib/errors";
import { actOnNode, releaseImage } from "./commands/remote";
import { rollout } from "./commands/rollout";
import { serve } from "./commands/serve";
import { upgrade } from "./commands/upgrade";
import type { Architecture, OperatingSystem } from "./control";

const NODE_ACTIONS = {
  stop: "stop the node in a slot of the running sandbox, as failing hardware would",
  start: "start a stopped node",
  terminate: "terminate the node in a slot",
  impair: "let the status checks of the node in a slot fail",
  repair: "let them pass again",
} as const;

const REBUILD = "how long a task takes until it is healthy (default: 2)";

/** `npm run sandbox`: a local AWS, for people. Returns the exit status. */
export async function runSandbox(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    console.error(process.env["ROUTED_DEBUG"] === "1" ? error : `sandbox: ${messageOf(error)}`);
    return 1;
  }
}

function createProgram(): Command {
  const program = new Command("npm run sandbox --")
    .description("A local AWS to deploy to, with real Terraform and no account.")
    .exitOverride()
    .showHelpAfterError("(see npm run sandbox -- --help)");
  program
    .command("serve", { isDefault: true })
    .description("start a local AWS and keep it until Ctrl-C")
    .option(
      "--port <port>",
      "the port to listen on (default: 4566, or any if that is in use)",
      port,
    )
    .option("--rebuild <seconds>", REBUILD, seconds)
    .option("--rates", "answer as slowly as AWS, and throttle what is above its rate limits")
    .action((options: { port?: number; rebuild?: number; rates?: boolean }) => serve(options));
  program
    .command("upgrade")
    .description("on a local AWS of its own: deploy, release an AMI, deploy until converged")
    .option("--rebuild <seconds>", REBUILD, seconds)
    .action((options: { rebuild?: number }) => interruptible(() => upgrade(options)));
  program
    .command("rollout")
    .description("on a local AWS of its own: deploy, release an AMI, watch routed rollout")
    .option(
      "--rebuild <seconds>",
      "how long a task takes until it is healthy (default: 8)",
      seconds,
    )
    .action((options: { rebuild?: number }) => rollout(options));
  program
    .command("release-image")
    .description("let the running sandbox publish a newer AMI")
    .addOption(new Option("--os <os>").choices(["al2023", "bottlerocket"]).default("al2023"))
    .addOption(new Option("--arch <arch>").choices(["x86_64", "arm64"]).default("x86_64"))
    .action((image: { os: OperatingSystem; arch: Architecture }) => releaseImage(image));
  for (const [action, description] of Object.entries(NODE_ACTIONS)) {
    program
      .command(`${action}-instance`)
      .description(description)
      .argument("<slot>", "the node's slot number", slotNumber)
      .option("--environment <name>", "of which environment", "sandbox")
      .action((slot: number, { environment }: { environment: string }) =>
        actOnNode(action as keyof typeof NODE_ACTIONS, slot, environment),
      );
  }
  return program;
}

/** Ctrl-C ends this process, and with it all that it started. */
async function interruptible(run: () => Promise<void>): Promise<void> {
  const end = (): never => process.exit(130);
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  await run();
}

function port(value: string): number {
  return wholeNumber(value, 65_535);
}

function seconds(value: string): number {
  return wholeNumber(value, 3_600);
}

function slotNumber(value: string): number {
  return wholeNumber(value, 9_999);
}

function wholeNumber(value: string, most: number): number {
  const number = Number(value);
  if (value.trim() === "" || !Number.isInteger(number) || number < 0 || number > most) {
    throw new InvalidArgumentError(`give a whole number from 0 to ${most}.`);
  }
  return number;
}

// Not under a test, which imports this file.
if (process.env["JEST_WORKER_ID"] === undefined) {
  void runSandbox(process.argv.slice(2)).then((status) => {
    process.exitCode = status;
  });
}
