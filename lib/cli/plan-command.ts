import { checkQuotas } from "../check-quotas";
import { loadEnvironments } from "../config/load";
import { readSettings } from "../config/settings";
import { createObservationReader } from "../observe/create-observation-reader";
import { observeAndPlan, onlyPlanned } from "../observe-and-plan";
import { readPlanOptions } from "../plan/read-plan-options";
import { renderPlan, renderPlanJson } from "../plan/render-plan";
import type { PlanStatus } from "../plan/upgrade-plan";
import { quotaConnection, registryConnection } from "../preflight/connect-to-quotas";
import type { CliWorld } from "./run-cli";

const EXIT_STATUS: Record<PlanStatus, number> = { converged: 0, staged: 2, held: 3 };

export interface PlanCommandOptions {
  /** Print JSON instead of a table. */
  readonly json: boolean;
  /** Count every node as available. */
  readonly ignoreHealth: boolean;
}

/**
 * `routed plan <environment>`: observes, plans and prints; changes nothing.
 *
 * @returns 0 converged, 2 a wave is staged, 3 held
 * @throws RoutedError for bad config, an environment that can't be observed, and quotas that it would exceed
 */
export async function planCommand(
  name: string,
  options: PlanCommandOptions,
  world: CliWorld,
): Promise<number> {
  const settings = readSettings(world.variables);
  const { configDirectory, observationsDirectory } = settings;
  const environments = loadEnvironments({ directory: configDirectory, names: [name] });
  const reader = createObservationReader({ observationsDirectory });
  const planOptions = await readPlanOptions(settings, environments.length);
  const ignoreHealth = settings.ignoreHealth || options.ignoreHealth;
  const outcome = await observeAndPlan(environments, reader, { ...planOptions, ignoreHealth });
  const connect = quotaConnection(observationsDirectory);
  const readPlatforms = registryConnection(observationsDirectory);
  const checked = await checkQuotas(outcome, connect, readPlatforms);
  const result = onlyPlanned(name, checked);
  if (!options.json) for (const note of checked.notes) world.print(`${note}\n`);
  world.print(
    options.json ? renderPlanJson(result.waves) : `${renderPlan(result.waves, world.width)}\n`,
  );
  return EXIT_STATUS[result.plan.status];
}
