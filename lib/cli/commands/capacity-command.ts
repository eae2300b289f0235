import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { RoutedError } from "../../errors";
import { createObservationReader } from "../../observe/create-observation-reader";
import { observeAndPlanOne } from "../../synthesis/observe-and-plan";
import { readCapacity } from "../../preflight/capacity/capacity";
import { quotaConnection } from "../../preflight/connect-to-quotas";
import type { ConnectToQuotas } from "../../aws/preflight-calls";
import { renderCapacity, renderCapacityJson } from "../../preflight/capacity/render-capacity";
import type { CliWorld } from "../cli-world";

/** Exit status where a node of the config's type is too small. */
const TOO_SMALL = 1;

/**
 * `routed capacity <environment>`: observes, plans, and prints what each node holds of what it can,
 * and which types would fit; changes nothing.
 *
 * @param connect how AWS is read; null where it may not be called
 * @returns 0 every node can hold what it must, 1 one can't
 * @throws RoutedError for bad config or an environment that can't be observed
 */
export async function capacityCommand(
  name: string,
  options: { readonly json: boolean },
  world: CliWorld,
  connect?: ConnectToQuotas | null,
): Promise<number> {
  const { configDirectory, observationsDirectory } = readSettings(world.variables);
  const environment = loadEnvironment(configDirectory, name);
  const reader = createObservationReader({ observationsDirectory });
  const subject = await observeAndPlanOne(environment, reader);
  const ask = connect === undefined ? quotaConnection(observationsDirectory) : connect;
  if (ask === null) {
    throw new RoutedError(
      "invalid-argument",
      "ROUTED_OBSERVATIONS must be unset for routed capacity, since recorded observations don't " +
        "hold EC2's instance types; unset it",
    );
  }
  const report = await readCapacity(subject, await ask(subject.environment.aws.region), true);
  world.print(options.json ? renderCapacityJson(report) : `${renderCapacity(report)}\n`);
  return report.use !== null && report.use.short.length > 0 ? TOO_SMALL : 0;
}
