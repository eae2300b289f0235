import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { createAwsRolloutWorld } from "../../rollout/aws-world";
import { renderHistory } from "../../rollout/view/render-history";
import type { CreateRolloutWorld } from "../open-rollout";
import type { CliWorld } from "../cli-world";
import { requireHistoryFolder } from "../history-folder";

export interface HistoryCommandOptions {
  readonly json?: boolean;
  /** A local folder instead of the environment's bucket. */
  readonly history?: string;
  /** Of this rollout alone. */
  readonly rollout?: string;
}

/**
 * `routed history <environment>`: the recorded waves, oldest first; with `--json` whole, with
 * observation, plan, verdict and timings.
 *
 * @returns 0
 * @throws RoutedError for bad config, and a history that can't be read
 */
export async function historyCommand(
  name: string,
  options: HistoryCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld = createAwsRolloutWorld,
): Promise<number> {
  const { configDirectory } = readSettings(world.variables);
  const environment = loadEnvironment(configDirectory, name);
  requireHistoryFolder(options.history);
  const { history } = createWorld(environment, {
    variables: world.variables,
    historyDirectory: options.history,
    note: (message) => world.printError(`note: ${message}\n`),
  });
  const all = await history.list();
  const records = all.filter(
    ({ rolloutId }) => options.rollout === undefined || rolloutId === options.rollout,
  );
  world.print(
    options.json === true ? `${JSON.stringify(records, null, 2)}\n` : `${renderHistory(records)}\n`,
  );
  return 0;
}
