import { imageParameter } from "../../lib/config/naming";
import type { Observation, ObservedInstance } from "../../lib/observe/observation";
import type { DesiredFleet } from "../../lib/plan/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { simulateWave } from "../../lib/plan/simulate-wave";

export const OLD_AMI = "ami-00000000000000001";
export const NEW_AMI = "ami-00000000000000002";

/** Three nodes over three zones, one of which may be unavailable. */
export function aFleet(overrides: Partial<DesiredFleet> = {}): DesiredFleet {
  return {
    environment: "test",
    clusterName: "routed-test",
    os: "al2023",
    architecture: "x86_64",
    amiId: "latest",
    instanceType: "r6i.large",
    rootVolumeGiB: 100,
    ecsAgentSettings: {},
    nodes: 3,
    availabilityZones: ["us-east-2a", "us-east-2b", "us-east-2c"],
    maxUnavailableNodes: 1,
    frozenNodes: [],
    ...overrides,
  };
}

/** An account in which nothing of the environment exists. */
export function emptyObservation(overrides: Partial<Observation> = {}): Observation {
  return {
    formatVersion: 1,
    environment: "test",
    accountId: "123456789012",
    region: "us-east-2",
    images: { [imageParameter("al2023", "x86_64")]: OLD_AMI },
    cluster: null,
    instances: [],
    networkInterfaces: [],
    elasticIps: [],
    health: { source: "ec2" },
    ...overrides,
  };
}

/** What is observed once `desired` has been deployed and is well. */
export function observationOf(desired: DesiredFleet): Observation {
  const empty = emptyObservation({ environment: desired.environment });
  return simulateWave(empty, planUpgrade(desired, empty));
}

/** The same observation after a new AMI has come out. */
export function withNewAmi(observation: Observation, amiId = NEW_AMI): Observation {
  return {
    ...observation,
    images: { ...observation.images, [imageParameter("al2023", "x86_64")]: amiId },
  };
}

/** The same observation with some properties of one slot's instance changed. */
export function withInstance(
  observation: Observation,
  slot: number,
  change: Partial<ObservedInstance>,
): Observation {
  return {
    ...observation,
    instances: observation.instances.map((i) => (i.slot === slot ? { ...i, ...change } : i)),
  };
}

/** The same observation after a slot's instance was terminated: its address stays. */
export function withoutInstance(observation: Observation, slot: number): Observation {
  const gone = observation.instances.find((i) => i.slot === slot)?.instanceId;
  return {
    ...observation,
    instances: observation.instances.filter((i) => i.instanceId !== gone),
    networkInterfaces: observation.networkInterfaces.map((eni) =>
      eni.slot === slot ? { ...eni, instanceId: null } : eni,
    ),
  };
}

export function instanceOf(observation: Observation, slot: number): ObservedInstance {
  const instance = observation.instances.find((i) => i.slot === slot);
  if (!instance) throw new Error(`slot ${slot} has no instance`);
  return instance;
}
