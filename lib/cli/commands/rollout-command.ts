import type { Environment } from "../../config/environment";
import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { messageOf, RoutedError } from "../../errors";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { createAwsRolloutWorld } from "../../rollout/aws-world";
import { resultLines } from "../../rollout/view/plain-lines";
import type { RolloutWorld, RolloutWorldOptions, WaveRecord } from "../../rollout/ports";
import { dryRun, renderDryRun } from "../../rollout/view/render-dry-run";
import { rollbackTo } from "../../rollout/controller/rollback";
import type { RolloutEvent } from "../../rollout/events";
import { rollout } from "../../rollout/rollout";
import { exitStatusOf } from "../../rollout/rollout-result";
import type { RolloutResult } from "../../rollout/rollout-result";
import type { RolloutSettings } from "../../rollout/rollout-settings";
import type { RolloutSink } from "../../rollout/sinks/sink";
import { rolloutSettings } from "../rollout-options";
import type { RolloutCommandOptions } from "../rollout-options";
import { openRolloutSinks, rolloutSinkSettings } from "../rollout-sinks";
import { cliProcess } from "../terminal";
import type { CliProcess } from "../terminal";
import { watchAsJson, watchAsLines, watchOnScreen } from "../watch-rollout";
import type { Watcher } from "../watch-rollout";
import type { CliWorld } from "../cli-world";

export type CreateRolloutWorld = (
  environment: Environment,
  options: RolloutWorldOptions,
) => RolloutWorld;

/**
 * `routed rollout <environment>`: upgrades it wave after wave until it has converged.
 *
 * @returns 0 converged, or as many waves done as asked for; 1 stopped; 3 held for too long or
 *   outside of the window; 130 interrupted
 * @throws RoutedError for bad arguments and config, and where there is nobody to ask
 */
export async function rolloutCommand(
  name: string,
  options: RolloutCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld = createAwsRolloutWorld,
  terminal: CliProcess = cliProcess(process),
): Promise<number> {
  const { configDirectory, observationsDirectory, ...fromVariables } = readSettings(
    world.variables,
  );
  if (observationsDirectory !== undefined) {
    throw new RoutedError(
      "invalid-argument",
      "a rollout looks at AWS itself; unset ROUTED_OBSERVATIONS (routed plan shows what would be done)",
    );
  }
  const environment = loadEnvironment(configDirectory, name);
  const settings = rolloutSettings(environment, options, fromVariables);
  const sinkSettings = rolloutSinkSettings(name, options, world.variables);
  const json = options.json === true;
  let tell = (message: string): void => world.printError(`${message}\n`);
  const rolloutWorld = createWorld(environment, {
    variables: world.variables,
    alarms: options.alarm,
    gateCommand: options.gate,
    historyDirectory: options.history,
    note: (message) => tell(`note: ${message}`),
  });
  if (options.dryRun === true || options.yes !== true) {
    const preview = await look(settings, rolloutWorld);
    if (options.dryRun === true) {
      world.print(previewText(preview, settings, rolloutWorld, json));
      return 0;
    }
    const { confirm } = terminal;
    if (preview.planned.plan.status !== "converged") {
      if (confirm === null || json) {
        throw new RoutedError(
          "invalid-argument",
          "--yes must be given where nobody can be asked; see --dry-run for what it would do",
        );
      }
      world.print(previewText(preview, settings, rolloutWorld, false));
      if (!(await confirm("go on?"))) {
        world.print("nothing was changed\n");
        return exitStatusOf({ kind: "interrupted", waves: 0, message: "", remedy: "" });
      }
    }
  }
  const watcher = json ? watchAsJson(world) : await watcherFor(world, terminal);
  tell = watcher.tell;
  const others = await openRolloutSinks(
    sinkSettings,
    () => rolloutWorld.clock.now(),
    (message) => watcher.tell(`note: ${message}`),
  );
  const result = await watched(rolloutWorld, settings, watcher, others, terminal);
  if (!json && terminal.openScreen) world.print(`${resultLines(result).join("\n")}\n`);
  if (!json && result.kind === "interrupted") await printState(settings, rolloutWorld, world);
  return exitStatusOf(result);
}

interface Preview {
  readonly planned: PlannedEnvironment;
  readonly history: readonly WaveRecord[];
}

async function look(settings: RolloutSettings, world: RolloutWorld): Promise<Preview> {
  const history = await world.history.list();
  const targets = settings.to === undefined ? undefined : rollbackTo(history, settings.to).targets;
  const planned = await world.fleet.look({ ...settings.planOptions, targets });
  return { planned, history };
}

function previewText(
  { planned, history }: Preview,
  settings: RolloutSettings,
  { clock }: RolloutWorld,
  json: boolean,
): string {
  if (json) return `${JSON.stringify(dryRun(planned, settings, history), null, 2)}\n`;
  return `${renderDryRun(planned, settings, history, clock.now())}\n`;
}

/** Runs the rollout before somebody's eyes, who may interrupt it. */
async function watched(
  rolloutWorld: RolloutWorld,
  settings: RolloutSettings,
  watcher: Watcher,
  others: RolloutSink,
  terminal: CliProcess,
): Promise<RolloutResult> {
  const interrupt = new AbortController();
  const stopListening = terminal.onInterrupt(() => {
    const what = interrupt.signal.aborted
      ? "it is being ended already (where it is killed, running it again goes on)"
      : "interrupted: the present step is finished or undone first";
    interrupt.abort();
    watcher.tell(`${what}; now ${watcher.state()}`);
  });
  const sink = (event: RolloutEvent): void => {
    watcher.sink(event);
    others.take(event);
  };
  try {
    const result = await rollout(rolloutWorld, settings, sink, interrupt.signal);
    await others.end();
    return result;
  } finally {
    watcher.end();
    stopListening();
  }
}

async function watcherFor(world: CliWorld, { openScreen }: CliProcess): Promise<Watcher> {
  return openScreen ? watchOnScreen(world, await openScreen()) : watchAsLines(world);
}

/** How an interrupted rollout leaves the fleet behind. */
async function printState(
  settings: RolloutSettings,
  rolloutWorld: RolloutWorld,
  world: CliWorld,
): Promise<void> {
  try {
    const preview = await look(settings, rolloutWorld);
    world.print(previewText(preview, settings, rolloutWorld, false));
  } catch (error) {
    world.printError(`the fleet can't be observed now: ${messageOf(error)}\n`);
  }
}
