import { imageParameter } from "../../lib/config/naming";
import { emptyObservation as nothingObserved } from "../../lib/observe/empty-observation";
import type { EcsHealth, Observation, ObservedInstance } from "../../lib/observe/observation";
import type { DesiredFleet } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { simulateHealth } from "../../lib/plan/simulate/simulate-health";
import { simulateWave } from "../../lib/plan/simulate/simulate-wave";

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
    spareNodes: 0,
    availabilityZones: ["us-east-2a", "us-east-2b", "us-east-2c"],
    maxUnavailableNodes: 1,
    frozenNodes: [],
    cells: [],
    pops: [],
    placement: "daemon",
    tasksPerPop: 2,
    cpuIsolation: "quota",
    ...overrides,
  };
}

/** An account in which nothing of the environment exists. */
export function emptyObservation(overrides: Partial<Observation> = {}): Observation {
  const aws = {
    accountId: "123456789012",
    region: "us-east-2",
    availabilityZones: [],
    permissionsBoundary: false,
  };
  const images = { [imageParameter("al2023", "x86_64")]: OLD_AMI };
  return { ...nothingObserved({ name: "test", aws }, images), ...overrides };
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

/** Which PoPs ECS shows, and where the tasks of those that aren't daemons run. */
export interface PopPlacement {
  readonly pop: string;
  /** Slots of its tasks; without it a daemon, with a task on every node. */
  readonly slots?: readonly number[];
}

/** The same observation with ECS's word that all nodes are registered and all tasks healthy. */
export function withEcs(
  observation: Observation,
  placements: readonly PopPlacement[],
): Observation {
  const tasks = placements.flatMap(({ pop, slots }) =>
    (slots ?? []).map((slot) => ({
      taskArn: `task/${pop}/${slot}`,
      serviceName: pop,
      containerInstanceArn: `ci/${slot}`,
      lastStatus: "RUNNING",
      healthStatus: "HEALTHY" as const,
    })),
  );
  const health = {
    source: "ecs" as const,
    containerInstances: observation.instances.map(({ slot, instanceId }) => ({
      containerInstanceArn: `ci/${slot}`,
      instanceId,
      status: "ACTIVE",
      agentConnected: true,
    })),
    services: placements.map(({ pop, slots }) => ({
      serviceName: pop,
      scheduling: slots ? ("REPLICA" as const) : ("DAEMON" as const),
      desiredCount: slots?.length ?? 0,
      runningCount: slots?.length ?? 0,
      deploymentInProgress: false,
    })),
    tasks,
  };
  return {
    ...observation,
    health: simulateHealth({ ...observation, health }, observation.instances),
  };
}

/** The same observation with one thing of ECS's word changed. */
export function withEcsChange(
  observation: Observation,
  change: (health: EcsHealth) => Partial<EcsHealth>,
): Observation {
  const { health } = observation;
  if (health.source !== "ecs") throw new Error("ECS was not read");
  return { ...observation, health: { ...health, ...change(health) } };
}

/** The same observation with the task of a PoP on one slot in another state. */
export function withTask(
  observation: Observation,
  pop: string,
  slot: number,
  change: Partial<EcsHealth["tasks"][number]>,
): Observation {
  const { instanceId } = instanceOf(observation, slot);
  return withEcsChange(observation, ({ containerInstances, tasks }) => {
    const arn = containerInstances.find((c) => c.instanceId === instanceId)?.containerInstanceArn;
    return {
      tasks: tasks.map((task) =>
        task.serviceName === pop && task.containerInstanceArn === arn
          ? { ...task, ...change }
          : task,
      ),
    };
  });
}
