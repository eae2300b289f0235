import type {
  Observation,
  ObservedContainerInstance,
  ObservedHealth,
  ObservedInstance,
  ObservedService,
  ObservedTask,
} from "../observe/observation";

/** Why a node is not available. */
export interface Unavailability {
  /** What follows "node 1 ", e.g. "is stopped". */
  readonly predicate: string;
  /** False where the node's health wasn't read: it may be well, so it is not the one to mend. */
  readonly certain: boolean;
}

/** What ECS knows of one EC2 instance. */
interface EcsView {
  readonly containerInstance: ObservedContainerInstance | undefined;
  readonly tasks: readonly ObservedTask[];
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
      return unsure("can't be judged, since ECS could not be read");
    case "ecs":
      return ecsUnavailability(
        viewOf(instance.instanceId, health),
        expectedServices(instance.slot, health),
      );
  }
}

/**
 * The same, but for what single PoPs' tasks are to blame for: they count only where none of those
 * that the node should run is healthy.
 */
export function unavailabilityBarringTasks(
  instance: ObservedInstance,
  health: ObservedHealth,
): Unavailability | null {
  if (health.source === "unreadable") return unavailabilityOfInstance(instance, health);
  const barring = unavailabilityOfInstance(instance, { ...health, services: [], tasks: [] });
  if (barring) return barring;
  const { tasks } = viewOf(instance.instanceId, health);
  if (tasks.some(isHealthy)) return null;
  return unavailabilityOfInstance(instance, health);
}

function ec2Unavailability(instance: ObservedInstance): Unavailability | null {
  if (instance.state !== "running") return sure(`is ${instance.state}`);
  switch (instance.statusChecks) {
    case "ok":
      return null;
    case "initializing":
      return sure("has not passed its status checks yet");
    case "impaired":
      return sure("fails its status checks");
    case "insufficient-data":
    case "not-applicable":
    case "unknown":
      return unsure("has no result of its status checks");
  }
}

function ecsUnavailability(
  { containerInstance, tasks, missingDaemons }: EcsView,
  expectedServices: readonly string[],
): Unavailability | null {
  if (!containerInstance) return sure("is not registered in the cluster");
  if (containerInstance.status !== "ACTIVE") {
    return sure(`is ${containerInstance.status} in the cluster`);
  }
  if (!containerInstance.agentConnected) return sure("has a disconnected ECS agent");

  const healthy = new Set(tasks.filter(isHealthy).map((task) => task.serviceName));
  const expected = new Set([...expectedServices, ...tasks.map((task) => task.serviceName)]);
  const missing = [...expected].filter((name) => !healthy.has(name)).sort();
  const [first, ...others] = missing;
  if (first === undefined) {
    return missingDaemons.length === 0 ? null : sure(`has no healthy ${missingDaemons.join(", ")}`);
  }
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return sure(`has ${healthy.size} of ${expected.size} tasks healthy; not that of ${first}${more}`);
}

type EcsHealth = Extract<ObservedHealth, { source: "ecs" }>;

function viewOf(instanceId: string, health: EcsHealth): EcsView {
  const registered = health.containerInstances.filter((c) => c.instanceId === instanceId);
  // An agent that registered anew leaves its earlier self behind, disconnected.
  const containerInstance = registered.find((c) => c.agentConnected) ?? registered[0];
  const arns = new Set(registered.map((c) => c.containerInstanceArn));
  const tasksOn = tasksByContainerInstance(health.tasks);
  const tasks = [...arns].flatMap((arn) => tasksOn.get(arn) ?? []);
  const missingDaemons = (health.nodeDaemons ?? [])
    .filter(({ healthyOn }) => !healthyOn.some((arn) => arns.has(arn)))
    .map(({ serviceName }) => serviceName)
    .sort();
  return { containerInstance, tasks, missingDaemons };
}

const tasksOf = new WeakMap<
  readonly ObservedTask[],
  ReadonlyMap<string, readonly ObservedTask[]>
>();

/** By ARN; kept for as long as the list is, since each node of a fleet asks for it several times. */
function tasksByContainerInstance(
  tasks: readonly ObservedTask[],
): ReadonlyMap<string, readonly ObservedTask[]> {
  const known = tasksOf.get(tasks);
  if (known) return known;
  const byArn = new Map<string, ObservedTask[]>();
  for (const task of tasks) {
    if (task.containerInstanceArn === null) continue;
    const own = byArn.get(task.containerInstanceArn);
    if (own) own.push(task);
    else byArn.set(task.containerInstanceArn, [task]);
  }
  tasksOf.set(tasks, byArn);
  return byArn;
}

/** The PoPs of which the node of a slot is to run a task. */
export function expectedServices(slot: number | null, health: EcsHealth): string[] {
  return health.services.filter((s) => isExpected(s, slot)).map((s) => s.serviceName);
}

function isExpected(service: ObservedService, slot: number | null): boolean {
  switch (service.scheduling) {
    case "DAEMON":
      return service.slots === undefined || slot === null || service.slots.includes(slot);
    case "REPLICA":
      return service.everywhere === true;
  }
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

function sure(predicate: string): Unavailability {
  return { predicate, certain: true };
}

function unsure(predicate: string): Unavailability {
  return { predicate, certain: false };
}
