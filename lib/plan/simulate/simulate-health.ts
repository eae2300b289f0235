import type { Environment } from "../../config/environment";
import { neededDaemonServices } from "../../config/node-daemons";
import { emptyObservation, NOTHING_RUNS } from "../../observe/empty-observation";
import type {
  EcsHealth,
  Observation,
  ObservedContainerInstance,
  ObservedInstance,
  ObservedNodeDaemon,
  ObservedService,
  ObservedTask,
  ObservedTaskDefinition,
  Whole,
} from "../../observe/observation";
import { addTo } from "../live/group-by";
import { rolledPops } from "../image-plan";
import type { PopImage } from "../image-plan";
import type { PopPlacement } from "../placement-plan";
import type { UpgradePlan } from "../upgrade-plan";

/**
 * What ECS would say once every node of `instances` is well: each is registered, each service's
 * deployment is done and each of its tasks is healthy. A daemon has a task on every node; another
 * service keeps its tasks on the slots where they are, or moves them to the first ones that have
 * none of it where a slot is gone.
 */
export function simulateHealth(
  before: Observation,
  instances: readonly ObservedInstance[],
  { placement, images }: Pick<UpgradePlan, "placement" | "images"> = {},
): Whole<EcsHealth> {
  const { health } = before;
  const nodes = instances
    .filter((instance) => instance.state !== "shutting-down" && instance.slot !== null)
    .map(({ slot, instanceId, availabilityZone }) => ({
      slot: slot ?? -1,
      instanceId,
      availabilityZone,
      arn: arnOf(instanceId),
    }))
    .sort((a, b) => a.slot - b.slot);
  const containerInstances = nodes.map(
    ({ slot, instanceId, availabilityZone, arn }): Whole<ObservedContainerInstance> => ({
      containerInstanceArn: arn,
      instanceId,
      status: "ACTIVE",
      agentConnected: true,
      slot,
      availabilityZone,
      drainedBy: undefined,
    }),
  );
  if (health.source === "unreadable") {
    return { ...NOTHING_RUNS, containerInstances };
  }
  const slotsOf = slotsByService(before);
  const nodeOf = new Map(nodes.map((node) => [node.slot, node]));
  const everywhere = nodes.map(({ slot }) => slot);
  const places = new Map(placement?.known ? placement.pops.map((p) => [p.pop, p]) : []);
  const rolls = new Map(rolledPops(images).map((each) => [each.pop, each]));
  const services = health.services.map((observed) => {
    const service = rolled(
      placed(observed, places.get(observed.serviceName)),
      rolls.get(observed.serviceName),
    );
    const slots =
      service.scheduling === "DAEMON"
        ? (service.slots?.filter((slot) => nodeOf.has(slot)) ?? everywhere)
        : moved(slotsOf.get(service.serviceName) ?? [], everywhere, service.desiredCount);
    return { service, slots };
  });
  return {
    source: "ecs",
    containerInstances,
    services: services.map(({ service, slots }) => ({
      ...service,
      desiredCount: slots.length,
      runningCount: slots.length,
      deploymentInProgress: false,
    })),
    nodeDaemons: health.nodeDaemons?.map(({ serviceName }): Whole<ObservedNodeDaemon> => ({
      serviceName,
      healthyOn: containerInstances.map(({ containerInstanceArn: arn }) => arn),
    })),
    taskDefinitions: simulateTaskDefinitions(health.taskDefinitions, [...rolls.values()]),
    tasks: services.flatMap(({ service, slots }) =>
      slots
        .flatMap((slot) => nodeOf.get(slot) ?? [])
        // In the order of their ARNs, which they are sorted by later on.
        .sort((a, b) => (a.arn < b.arn ? -1 : 1))
        .map(({ instanceId, arn }) => healthyTask(service.serviceName, instanceId, arn)),
    ),
  };
}

/** The service after a deploy that rolled its PoP to another image. */
function rolled(service: ObservedService, image: PopImage | undefined): ObservedService {
  return image === undefined ? service : { ...service, taskDefinitionArn: simulatedArn(image) };
}

/** The definitions that there were, and those that PoPs were rolled to. */
function simulateTaskDefinitions(
  before: readonly ObservedTaskDefinition[] | undefined,
  rolls: readonly PopImage[],
): ObservedTaskDefinition[] | undefined {
  const made = rolls.map((each): Whole<ObservedTaskDefinition> => ({
    taskDefinitionArn: simulatedArn(each),
    image: each.wanted,
    settings: each.settings,
  }));
  const all = [...(before ?? []), ...made].map((each) => [each.taskDefinitionArn, each] as const);
  return before && [...new Map(all).values()];
}

function simulatedArn({ wanted, settings }: PopImage): string {
  return `simulated/task-definition/${settings}/${wanted}`;
}

/** The service after a deploy that placed its PoP anew. */
function placed(service: ObservedService, placement: PopPlacement | undefined): ObservedService {
  if (placement === undefined) return service;
  const { slots, cell, desiredCount, everywhere, coreSet } = placement;
  return {
    ...service,
    desiredCount: desiredCount ?? service.desiredCount,
    slots: slots === null ? undefined : [...slots],
    everywhere: everywhere || undefined,
    cell: cell ?? undefined,
    coreSet: coreSet ?? undefined,
  };
}

/**
 * What ECS would say once the services of all PoPs of `environment`, and of the daemons that its
 * nodes need, run, all well, on `instances`.
 */
export function simulateServices(
  environment: Environment,
  instances: readonly ObservedInstance[],
): EcsHealth {
  const { name, aws, autopilotSites, routed } = environment;
  const services = autopilotSites.map((site): ObservedService => ({
    serviceName: site.name,
    scheduling: routed.placement === "daemon" ? "DAEMON" : "REPLICA",
    desiredCount: routed.tasksPerPop,
    runningCount: routed.tasksPerPop,
    deploymentInProgress: false,
  }));
  const started = emptyObservation({ name, aws }, {});
  const nodeDaemons = neededDaemonServices(environment).map((serviceName): ObservedNodeDaemon => ({
    serviceName,
    healthyOn: [],
  }));
  const health = { ...NOTHING_RUNS, services, nodeDaemons };
  return simulateHealth({ ...started, health }, instances);
}

/** The slots that a service's tasks are on after some slots have gone. */
function moved(slots: readonly number[], existing: readonly number[], wanted: number): number[] {
  const stay = slots.filter((slot) => existing.includes(slot));
  const free = existing.filter((slot) => !stay.includes(slot));
  const chosen = [...stay, ...free].slice(0, Math.max(wanted, stay.length));
  return chosen.sort((a, b) => a - b);
}

function slotsByService(observation: Observation): Map<string, number[]> {
  const { health } = observation;
  const slots = new Map<string, number[]>();
  if (health.source !== "ecs") return slots;
  const slotOfInstance = new Map(observation.instances.map((i) => [i.instanceId, i.slot]));
  const instanceOfArn = new Map(
    health.containerInstances.map((c) => [c.containerInstanceArn, c.instanceId]),
  );
  for (const { serviceName, containerInstanceArn } of health.tasks) {
    const slot = slotOfInstance.get(instanceOfArn.get(containerInstanceArn ?? "") ?? "");
    if (slot != null) addTo(slots, serviceName, slot);
  }
  return slots;
}

function arnOf(instanceId: string): string {
  return `simulated/container-instance/${instanceId.slice(2)}`;
}

function healthyTask(serviceName: string, instanceId: string, arn: string): Whole<ObservedTask> {
  return {
    taskArn: `simulated/task/${serviceName}/${instanceId.slice(2)}`,
    serviceName,
    containerInstanceArn: arn,
    lastStatus: "RUNNING",
    healthStatus: "HEALTHY",
  };
}
