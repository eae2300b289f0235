import type {
  EcsHealth,
  Observation,
  ObservedContainerInstance,
  ObservedHealth,
  ObservedInstance,
  ObservedTask,
} from "../../observe/observation";
import type { Unavailability } from "../reasons";
import { addTo, groupBy } from "./group-by";

/** What ECS knows of one EC2 instance. */
interface EcsView {
  readonly containerInstance: ObservedContainerInstance | undefined;
  readonly tasks: readonly ObservedTask[];
  /** The PoPs of which it should run a task. */
  readonly expectedServices: readonly string[];
  /** Services of node daemons that are needed and not well on it. */
  readonly missingDaemons: readonly string[];
}

/**
 * Why an instance is not available, or null where it is: running, EC2's status checks passed, its
 * container instance ACTIVE with a connected agent, and every PoP's task and every needed node daemon
 * that it should run RUNNING and HEALTHY. What wasn't read counts as not available.
 *
 * A node daemon counts because a deploy must not go on from node to node while, say, the API's
 * router comes up on none of those that are new.
 */
export function unavailabilityOfInstance(
  instance: ObservedInstance,
  health: ObservedHealth,
): Unavailability | null {
  const fromEc2 = ec2Unavailability(instance);
  if (fromEc2) return fromEc2;
  switch (health.source) {
    case "unreadable":
      return { kind: "ecs-unreadable" };
    case "ecs":
      return judgedByEcs(instance, health);
  }
}

function judgedByEcs(instance: ObservedInstance, health: EcsHealth): Unavailability | null {
  const { judged } = indexOf(health);
  const known = judged.get(instance);
  if (known !== undefined) return known;
  const unavailable = ecsUnavailability(viewOf(instance, health));
  judged.set(instance, unavailable);
  return unavailable;
}

/**
 * What is left of it without what single PoPs' tasks are to blame for: they count only where none of
 * those that the node should run is healthy.
 */
export function barringSingleTasks(unavailable: Unavailability): Unavailability | null {
  if (unavailable.kind !== "tasks-unhealthy") return unavailable;
  const { daemons, healthy } = unavailable;
  if (daemons.length > 0) return { kind: "daemons-unhealthy", daemons };
  return healthy > 0 ? null : unavailable;
}

function ec2Unavailability({ state, statusChecks }: ObservedInstance): Unavailability | null {
  if (state !== "running") return { kind: "instance-state", state };
  return statusChecks === "ok" ? null : { kind: "status-checks", result: statusChecks };
}

function ecsUnavailability(view: EcsView): Unavailability | null {
  const { containerInstance, tasks, expectedServices, missingDaemons: daemons } = view;
  if (!containerInstance) return { kind: "not-registered" };
  const { agentConnected, drainedBy, status } = containerInstance;
  if (status !== "ACTIVE") {
    const by = drainedBy === undefined ? {} : { drainedBy };
    return { kind: "container-instance-status", status, ...by };
  }
  if (!agentConnected) return { kind: "agent-disconnected" };

  const healthy = new Set(tasks.filter(isHealthy).map((task) => task.serviceName));
  const expected = new Set([...expectedServices, ...tasks.map((task) => task.serviceName)]);
  const pops = [...expected].filter((name) => !healthy.has(name)).sort();
  if (pops.length > 0) {
    const counts = { healthy: healthy.size, expected: expected.size };
    return { kind: "tasks-unhealthy", ...counts, pops, daemons };
  }
  return daemons.length === 0 ? null : { kind: "daemons-unhealthy", daemons };
}

function viewOf({ instanceId, slot }: ObservedInstance, health: EcsHealth): EcsView {
  const index = indexOf(health);
  const registered = index.registeredBy.get(instanceId) ?? [];
  // An agent that registered anew leaves its earlier self behind, disconnected, with tasks whose last
  // word was HEALTHY.
  const connected = registered.filter((c) => c.agentConnected);
  const containerInstance = connected.find(isWitness) ?? connected[0] ?? registered[0];
  const arns = new Set(connected.map((c) => c.containerInstanceArn));
  const tasks = [...arns].flatMap((arn) => index.tasksOn.get(arn) ?? []);
  const missingDaemons = (health.nodeDaemons ?? [])
    .filter(({ healthyOn }) => !healthyOn.some((arn) => arns.has(arn)))
    .map(({ serviceName }) => serviceName)
    .sort();
  return {
    containerInstance,
    tasks,
    expectedServices: expectedServices(slot, health),
    missingDaemons,
  };
}

/** The PoPs of which the node of a slot is to run a task; without a slot, those of any node. */
export function expectedServices(slot: number | null, health: EcsHealth): readonly string[] {
  const { everywhere, anywhere, onSlot } = indexOf(health);
  if (slot === null) return anywhere;
  const own = onSlot.get(slot);
  return own === undefined ? everywhere : [...everywhere, ...own];
}

/** What is looked up of ECS's answers for each node of a fleet, several times in each plan. */
interface HealthIndex {
  /** By EC2 instance's id. */
  readonly registeredBy: ReadonlyMap<string, readonly ObservedContainerInstance[]>;
  /** By container instance's ARN. */
  readonly tasksOn: ReadonlyMap<string, readonly ObservedTask[]>;
  /** Services of which every node is to run a task. */
  readonly everywhere: readonly string[];
  /** By slot: services of which that node is to run a task, too. */
  readonly onSlot: ReadonlyMap<number, readonly string[]>;
  /** Services of which some node is to run a task, wherever. */
  readonly anywhere: readonly string[];
  /** What came out for the instances that were asked for. */
  readonly judged: WeakMap<ObservedInstance, Unavailability | null>;
}

/** Kept for as long as ECS's answers are: they are never changed, only made anew. */
const indexes = new WeakMap<EcsHealth, HealthIndex>();

function indexOf(health: EcsHealth): HealthIndex {
  const known = indexes.get(health);
  if (known) return known;
  const everywhere: string[] = [];
  const anywhere: string[] = [];
  const onSlot = new Map<number, string[]>();
  for (const { serviceName, scheduling, slots, everywhere: asDaemon } of health.services) {
    if (scheduling === "REPLICA" && asDaemon !== true) continue;
    anywhere.push(serviceName);
    if (scheduling === "REPLICA" || slots === undefined) everywhere.push(serviceName);
    else for (const slot of slots) addTo(onSlot, slot, serviceName);
  }
  const index: HealthIndex = {
    registeredBy: groupBy(health.containerInstances, (c) => c.instanceId),
    tasksOn: groupBy(health.tasks, (task) => task.containerInstanceArn),
    everywhere,
    onSlot,
    anywhere,
    judged: new WeakMap(),
  };
  indexes.set(health, index);
  return index;
}

/** Whether what is said of a registration's tasks is said now: a disconnected agent's last words stay. */
function isWitness({ agentConnected, status }: ObservedContainerInstance): boolean {
  return agentConnected && status === "ACTIVE";
}

/** Whether the tasks of a registration serve if they are healthy: its agent is there, and its instance runs and isn't impaired. */
export function vouchesFor(
  registration: ObservedContainerInstance,
  instance: Pick<ObservedInstance, "state" | "statusChecks"> | undefined,
): boolean {
  return (
    isWitness(registration) && instance?.state === "running" && instance.statusChecks !== "impaired"
  );
}

export function isHealthy(task: ObservedTask): boolean {
  return task.lastStatus === "RUNNING" && task.healthStatus === "HEALTHY";
}

/** Container instances whose EC2 instance is gone: harmless, but they look like nodes to ECS. */
export function ghostsIn(observation: Observation): string[] {
  const { health } = observation;
  if (health.source !== "ecs") return [];
  const live = new Set(observation.instances.map((instance) => instance.instanceId));
  return health.containerInstances
    .filter(({ instanceId }) => instanceId === null || !live.has(instanceId))
    .map(
      ({ containerInstanceArn, instanceId }) =>
        `container instance ${containerInstanceArn.split("/").at(-1)} is a ghost of ` +
        `${instanceId ?? "no instance"}, which the environment does not hold; deregister it`,
    );
}
