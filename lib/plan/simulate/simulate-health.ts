import type { Environment } from "../../config/environment";
import { neededDaemonServices } from "../../config/node-daemons";
import { emptyObservation } from "../../observe/empty-observation";
import type {
  Observation,
  ObservedHealth,
  ObservedInstance,
  ObservedService,
  ObservedTask,
  ObservedTaskDefinition,
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
): ObservedHealth {
  const { health } = before;
  const nodes = instances
    .filter((instance) => instance.state !== "shutting-down" && instance.slot !== null)
    .map(({ slot, instanceId }) => ({ slot: slot ?? -1, instanceId, arn: arnOf(instanceId) }))
    .sort((a, b) => a.slot - b.slot);
  const containerInstances = nodes.map(({ instanceId, arn }) => ({
    containerInstanceArn: arn,
    instanceId,
    status: "ACTIVE",
    agentConnected: true,
  }));
  if (health.source === "unreadable") {
    return { source: "ecs", containerInstances, services: [], tasks: [] };
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
    ...(health.nodeDaemons === undefined
      ? {}
      : {
          nodeDaemons: health.nodeDaemons.map(({ serviceName }) => ({
            serviceName,
            healthyOn: containerInstances.map(({ containerInstanceArn: arn }) => arn),
          })),
        }),
    ...simulateTaskDefinitions(health.taskDefinitions, [...rolls.values()]),
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
): { taskDefinitions?: ObservedTaskDefinition[] } {
  if (before === undefined) return {};
  const made = rolls.map((each) => ({
    taskDefinitionArn: simulatedArn(each),
    image: each.wanted,
    settings: each.settings,
  }));
  const all = new Map([...before, ...made].map((each) => [each.taskDefinitionArn, each]));
  return { taskDefinitions: [...all.values()] };
}

function simulatedArn({ wanted, settings }: PopImage): string {
  return `simulated/task-definition/${settings}/${wanted}`;
}

/** The service after a deploy that placed its PoP anew. */
function placed(service: ObservedService, placement: PopPlacement | undefined): ObservedService {
  if (placement === undefined) return service;
  const { serviceName, scheduling, runningCount, deploymentInProgress } = service;
  const { slots, cell, desiredCount, everywhere, coreSet } = placement;
  const { taskDefinitionArn } = service;
  return {
    serviceName,
    scheduling,
    desiredCount: desiredCount ?? service.desiredCount,
    runningCount,
    deploymentInProgress,
    ...(slots === null ? {} : { slots: [...slots] }),
    ...(everywhere ? { everywhere } : {}),
    ...(cell === null ? {} : { cell }),
    ...(typeof coreSet === "number" ? { coreSet } : {}),
    ...(taskDefinitionArn === undefined ? {} : { taskDefinitionArn }),
  };
}

/**
 * What ECS would say once the services of all PoPs of `environment`, and of the daemons that its
 * nodes need, run, all well, on `instances`.
 */
export function simulateServices(
  environment: Environment,
  instances: readonly ObservedInstance[],
): ObservedHealth {
  const { name, aws, autopilotSites, routed } = environment;
  const services = autopilotSites.map((site) => ({
    serviceName: site.name,
    scheduling: routed.placement === "daemon" ? ("DAEMON" as const) : ("REPLICA" as const),
    desiredCount: routed.tasksPerPop,
    runningCount: routed.tasksPerPop,
    deploymentInProgress: false,
  }));
  const started = emptyObservation({ name, aws }, {});
  const nodeDaemons = neededDaemonServices(environment).map((serviceName) => ({
    serviceName,
    healthyOn: [],
  }));
  const running = { containerInstances: [], services, nodeDaemons, tasks: [] };
  return simulateHealth({ ...started, health: { source: "ecs", ...running } }, instances);
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

function healthyTask(serviceName: string, instanceId: string, arn: string): ObservedTask {
  return {
    taskArn: `simulated/task/${serviceName}/${instanceId.slice(2)}`,
    serviceName,
    containerInstanceArn: arn,
    lastStatus: "RUNNING",
    healthStatus: "HEALTHY",
  };
}
