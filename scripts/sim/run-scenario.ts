import { messageOf } from "../../lib/errors";
import { parseDuration } from "../../lib/rollout/duration";
import { COMMANDS } from "./commands";
import type { Command } from "./commands";
import { Simulation } from "./simulation";
import { invalid, matchUsage } from "./usage";
import type { LineArguments } from "./usage";

const LOAD = "load <environment>";
const IN = "in <duration> <command…>";

/** All commands with what they do, for `--help` and docs/scenarios.md. */
export const USAGES: readonly Pick<Command, "usage" | "does">[] = [
  { usage: LOAD, does: "a new account, without anything in it, and the config of `config/`" },
  ...COMMANDS,
  { usage: IN, does: "does a command later, while deploys and rollouts go on" },
];

/** A line of a scenario can't be done, or what it asserts isn't so: `line 3: …`. */
export class BadLine extends Error {}

/**
 * Plays a scenario: a command a line, `#` begins a comment. Equal scripts give equal text.
 *
 * @param say told each line of what happens: every line of the script, and below it what it does
 * @throws BadLine at the first line that is wrong; nothing after it is done
 */
export async function runScenario(script: string, say: (line: string) => void): Promise<void> {
  let simulation: Simulation | null = null;
  const lines = script.replace(/\n$/, "").split("\n");
  for (const [index, line] of lines.entries()) {
    const command = line.trim();
    say(command === "" || command.startsWith("#") ? command : `> ${command}`);
    if (command === "" || command.startsWith("#")) continue;
    try {
      simulation = await runLine(simulation, command, say);
    } catch (error) {
      throw new BadLine(`line ${index + 1}: ${messageOf(error)}`);
    }
  }
}

async function runLine(
  simulation: Simulation | null,
  line: string,
  say: (line: string) => void,
): Promise<Simulation> {
  const load = matchUsage(LOAD, line);
  if (load) return new Simulation(load["environment"] ?? "", say);
  if (simulation === null) throw invalid(`a scenario must begin with "${LOAD}", got "${line}"`);
  const later = matchUsage(IN, line);
  if (later) {
    schedule(simulation, later, say);
    return simulation;
  }
  const { command, args } = commandOf(line);
  await command.run(simulation, args);
  const [violation] = simulation.violations;
  if (violation !== undefined) throw new Error(`what must never be: ${violation}`);
  return simulation;
}

function schedule(
  simulation: Simulation,
  { duration = "", command: line = "" }: LineArguments,
  say: (line: string) => void,
): void {
  if (!simulation.isFounded)
    throw invalid("nothing goes on yet that it could happen to; deploy first");
  const { time } = simulation.account;
  const { command, args } = commandOf(line);
  if (/^(deploy|rollout|pass)/.test(command.usage)) {
    throw invalid(`"${line}" takes time, and can't be done while something else goes on`);
  }
  time.at(time.now() + parseDuration(duration, "in") * 1000, () => {
    say(`> (now) ${line}`);
    void command.run(simulation, args);
  });
}

function commandOf(line: string): { command: Command; args: LineArguments } {
  for (const command of COMMANDS) {
    const args = matchUsage(command.usage, line);
    if (args) return { command, args };
  }
  const [first = ""] = line.split(/\s+/);
  const alike = COMMANDS.filter(({ usage }) => usage.split(" ")[0] === first);
  const names = [...new Set(COMMANDS.map(({ usage }) => usage.split(" ")[0]))].join(", ");
  const known =
    alike.length > 0
      ? `it is used so: ${alike.map(({ usage }) => usage).join("; ")}`
      : `the commands are load, in, ${names}`;
  throw invalid(`no such command: "${line}"; ${known}`);
}
