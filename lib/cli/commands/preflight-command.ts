import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { createObservationReader } from "../../observe/create-observation-reader";
import { observeAndPlanOne } from "../../synthesis/observe-and-plan";
import { quotaConnection } from "../../preflight/connect-to-quotas";
import { preflight } from "../../preflight/preflight";
import { renderPreflight, renderPreflightJson } from "../../preflight/render-preflight";
import type { CliWorld } from "../cli-world";

/** Exit status where a quota is exceeded. */
const EXCEEDED = 1;

/**
 * `routed preflight <environment>`: observes, plans, and prints every quota with what is allowed,
 * in use and needed; changes nothing.
 *
 * @returns 0 nothing is exceeded, 1 a quota is
 * @throws RoutedError for bad config or an environment that can't be observed
 */
export async function preflightCommand(
  name: string,
  options: { readonly json: boolean },
  world: CliWorld,
): Promise<number> {
  const { configDirectory, observationsDirectory } = readSettings(world.variables);
  const environment = loadEnvironment(configDirectory, name);
  const reader = createObservationReader({ observationsDirectory });
  const subject = await observeAndPlanOne(environment, reader);
  const connect = quotaConnection(observationsDirectory);
  const report = await preflight(subject, { connect, readAll: true });
  world.print(options.json ? renderPreflightJson(report) : `${renderPreflight(report)}\n`);
  return report.passed ? 0 : EXCEEDED;
}
