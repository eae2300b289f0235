import type { Environment } from "../../lib/config/environment";
import { imageParameter } from "../../lib/config/naming";
import { RoutedError } from "../../lib/errors";
import { emptyObservation } from "../../lib/observe/empty-observation";
import type { Observation } from "../../lib/observe/observation";
import { desiredFleet } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { simulateServices } from "../../lib/plan/simulate/simulate-health";
import { simulateWave } from "../../lib/plan/simulate/simulate-wave";

const OLD_AMI = "ami-0a11ce00000000001";
const NEW_AMI = "ami-0b0b0000000000002";

/** What of a config file the situations change. */
export interface ConfigFile {
  readonly fleet: { readonly nodes: number };
  readonly autopilotSites: readonly object[];
}

/** A typical change of an environment, of which a report is made. */
export interface Situation {
  /** The example's file name. */
  readonly name: string;
  readonly title: string;
  /** The config that was deployed. */
  readonly before: (config: ConfigFile) => ConfigFile;
  /** The config that is deployed next. */
  readonly after: (config: ConfigFile) => ConfigFile;
  /** What else has happened since. */
  readonly since: (observation: Observation, environment: Environment) => Observation;
}

const asItIs = <T>(value: T): T => value;

export const SITUATIONS: readonly Situation[] = [
  { name: "no-op", title: "Nothing to do", before: asItIs, after: asItIs, since: asItIs },
  {
    name: "new-pop",
    title: "A new PoP",
    before: asItIs,
    after: (config) => ({
      ...config,
      autopilotSites: [
        ...config.autopilotSites,
        { id: 48, name: "mty", bgpPeers: ["2001:db8:1030::/48"] },
      ],
    }),
    since: asItIs,
  },
  {
    name: "new-ami",
    title: "A new AMI",
    before: asItIs,
    after: asItIs,
    since: (observation, { fleet }) => {
      const { os, architecture } = fleet.image;
      return { ...observation, images: { [imageParameter(os, architecture)]: NEW_AMI } };
    },
  },
  {
    name: "scale-in",
    title: "A node less",
    before: (config) => ({ ...config, fleet: { ...config.fleet, nodes: config.fleet.nodes + 1 } }),
    after: asItIs,
    since: asItIs,
  },
];

/** The environment after its first deploy, all well; node by node a day older. */
export function deployedFleet(environment: Environment): Observation {
  const { os, architecture } = environment.fleet.image;
  const empty = emptyObservation(environment, { [imageParameter(os, architecture)]: OLD_AMI });
  const deployed = simulateWave(empty, planUpgrade(desiredFleet(environment), empty));
  const instances = deployed.instances.map((instance) => {
    if (instance.slot === null) {
      throw new RoutedError("invariant-violated", "a simulated instance has a slot");
    }
    const day = String(20 - (instance.slot % 10)).padStart(2, "0");
    return { ...instance, launchTime: `2026-02-${day}T09:30:00.000Z` };
  });
  return { ...deployed, instances, health: simulateServices(environment, instances) };
}
