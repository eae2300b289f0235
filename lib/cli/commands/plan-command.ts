import { requireAllowed } from "../../preflight/refuse-unlaunchable";
import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { createObservationReader } from "../../observe/create-observation-reader";
import { observeAndPlanOne } from "../../synthesis/observe-and-plan";
import { readPlanOptions } from "../../synthesis/read-plan-options";
import { renderPlan, renderPlanJson } from "../../plan/render/render-plan";
import type { PlanStatus } from "../../plan/upgrade-plan";
import { quotaConnection, registryConnection } from "../../preflight/connect-to-quotas";
import type { CliWorld } from "../cli-world";

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
  const environment = loadEnvironment(configDirectory, name);
  const reader = createObservationReader({ observationsDirectory });
  const ignoreHealth = settings.ignoreHealth || options.ignoreHealth;
  const planOptions = { ...(await readPlanOptions(settings)), ignoreHealth };
  const planned = await observeAndPlanOne(environment, reader, planOptions);
  const connect = quotaConnection(observationsDirectory);
  const notes = await requireAllowed(planned, connect, registryConnection(observationsDirectory));
  if (!options.json) for (const note of notes) world.print(`${note}\n`);
  const { plan, waves } = planned;
  world.print(options.json ? renderPlanJson(waves) : `${renderPlan(waves, world.width)}\n`);
  return EXIT_STATUS[plan.status];
}
