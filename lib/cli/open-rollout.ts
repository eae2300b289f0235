import type { Environment } from "../config/environment";
import { loadEnvironment } from "../config/load";
import { readSettings } from "../config/settings";
import { RoutedError } from "../errors";
import type { RolloutEvent } from "../rollout/events";
import type { RolloutWorld, RolloutWorldOptions } from "../rollout/ports";
import { rollout } from "../rollout/rollout";
import type { RolloutResult } from "../rollout/rollout-result";
import type { RolloutSettings } from "../rollout/rollout-settings";
import type { CliWorld } from "./cli-world";
import { rolloutSettings } from "./rollout-options";
import type { RolloutCommandOptions } from "./rollout-options";
import { openRolloutSinks, rolloutSinkSettings } from "./rollout-sinks";
import type { RolloutSinkSettings } from "./rollout-sinks";
import type { CliProcess } from "./terminal";
import type { Watcher } from "./watch-rollout";

export type CreateRolloutWorld = (
  environment: Environment,
  options: RolloutWorldOptions,
) => RolloutWorld;

/** A rollout as it was asked for, before anything of it is done. */
export interface OpenedRollout {
  readonly world: RolloutWorld;
  readonly settings: RolloutSettings;
  readonly sinks: RolloutSinkSettings;
  /** Passes on what the world does by itself, from now on. */
  readonly tellTo: (tell: (message: string) => void) => void;
}

/** @throws RoutedError for bad arguments and config */
export function openRollout(
  name: string,
  options: RolloutCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld,
): OpenedRollout {
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
  const sinks = rolloutSinkSettings(name, options, world.variables);
  let tell = (message: string): void => world.printError(`${message}\n`);
  const rolloutWorld = createWorld(environment, {
    variables: world.variables,
    alarms: options.alarm,
    gateCommand: options.gate,
    historyDirectory: options.history,
    note: (message) => tell(`note: ${message}`),
  });
  return { world: rolloutWorld, settings, sinks, tellTo: (other) => (tell = other) };
}

/** Runs the rollout before somebody's eyes, who may interrupt it. */
export async function watched(
  { world, settings, sinks, tellTo }: OpenedRollout,
  watcher: Watcher,
  terminal: CliProcess,
): Promise<RolloutResult> {
  tellTo(watcher.tell);
  const others = await openRolloutSinks(
    sinks,
    () => world.clock.now(),
    (message) => watcher.tell(`note: ${message}`),
  );
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
    const result = await rollout(world, settings, sink, interrupt.signal);
    await others.end();
    return result;
  } finally {
    watcher.end();
    stopListening();
  }
}
