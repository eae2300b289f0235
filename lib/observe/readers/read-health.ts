import { clusterName } from "../../config/naming";
import { RoutedError } from "../../errors";
import { PartialAnswer } from "../../aws/session";
import type { AwsSession } from "../../aws/session";
import { allSettledOrThrow } from "../../aws/concurrency";
import { NOTHING_RUNS } from "../empty-observation";
import type {
  EcsHealth,
  ObservedCluster,
  ObservedHealth,
  ObservedNodeDaemon,
  Whole,
} from "../observation";
import { readCluster } from "./read-cluster";
import type { ReadCluster } from "./read-cluster";
import { readContainerInstances } from "./read-container-instances";
import type { ReadContainerInstance } from "./read-container-instances";
import { readServices } from "./read-services";
import type { ReadServices } from "./read-services";
import { readTaskDefinitions } from "./read-task-definitions";
import { readTasks } from "./read-tasks";
import type { ReadTask } from "./read-tasks";
import type { Sleep } from "../../aws/concurrency";

/** Looks at a cluster whose answers don't fit together, because tasks start and end meanwhile. */
const LOOKS = 3;
const BETWEEN_LOOKS_MILLISECONDS = 2_000;

export interface ClusterAndHealth {
  readonly cluster: ObservedCluster | null;
  readonly health: ObservedHealth;
}

/**
 * The environment's cluster, and what ECS says of the nodes and tasks in it: nothing of a cluster
 * that isn't ACTIVE. Answers that are partial or don't fit together are read again, 3 times in all,
 * 2 s apart; where that, or a call, fails for good, health is `unreadable`.
 *
 * @throws RoutedError `unreadable-aws` where the cluster itself can't be read, since that decides
 * what exists; `contradiction` where a service's tag can't be right
 */
export async function readClusterAndHealth(
  session: AwsSession,
  sleep: Sleep,
): Promise<ClusterAndHealth> {
  const cluster = await readCluster(session);
  try {
    return await readCoherently(session, cluster, sleep);
  } catch (error) {
    if (!(error instanceof RoutedError) || error.code !== "unreadable-aws") throw error;
    const reason = error.message.slice(`${session.environment.name}: `.length);
    return { cluster: cluster && cluster.observed, health: { source: "unreadable", reason } };
  }
}

async function readCoherently(
  session: AwsSession,
  first: ReadCluster | null,
  sleep: Sleep,
): Promise<ClusterAndHealth> {
  let cluster = first;
  for (let look = 1; ; look += 1) {
    try {
      return {
        cluster: cluster && cluster.observed,
        health: await readHealth(session, cluster, sleep),
      };
    } catch (error) {
      if (look === LOOKS || !(error instanceof PartialAnswer)) throw error;
    }
    await sleep(BETWEEN_LOOKS_MILLISECONDS);
    cluster = await readCluster(session);
  }
}

async function readHealth(
  session: AwsSession,
  cluster: ReadCluster | null,
  sleep: Sleep,
): Promise<Whole<EcsHealth>> {
  if (cluster?.observed.status !== "ACTIVE") {
    return NOTHING_RUNS;
  }
  const name = clusterName(session.environment.name);
  const [containerInstances, services, tasks] = await allSettledOrThrow([
    readContainerInstances(session, name, sleep),
    readServices(session, name),
    readTasks(session, name),
  ]);
  assertWhole(session, cluster, containerInstances, services, tasks);
  const taskDefinitions = await readTaskDefinitions(session, services.pops);
  return {
    source: "ecs",
    containerInstances: containerInstances.map(({ observed }) => observed),
    services: [...services.pops],
    nodeDaemons: nodeDaemonsOf(services, tasks),
    taskDefinitions,
    tasks: tasksOf(services, tasks),
  };
}

function nodeDaemonsOf(
  { nodeDaemons }: ReadServices,
  tasks: readonly ReadTask[],
): Whole<ObservedNodeDaemon>[] {
  return nodeDaemons.map((serviceName) => ({
    serviceName,
    healthyOn: tasks.flatMap(({ containerInstanceArn: arn, lastStatus, healthStatus, ...task }) =>
      task.serviceName === serviceName &&
      task.wanted &&
      lastStatus === "RUNNING" &&
      healthStatus === "HEALTHY" &&
      arn !== null
        ? [arn]
        : [],
    ),
  }));
}

function tasksOf({ pops }: ReadServices, tasks: readonly ReadTask[]) {
  const names = new Set(pops.map((pop) => pop.serviceName));
  return tasks.flatMap(({ serviceName, wanted, ...task }) =>
    wanted && serviceName !== null && names.has(serviceName) ? [{ ...task, serviceName }] : [],
  );
}

/**
 * A list that ends early and says nothing of it shows in what the other answers say. All counts are
 * lower bounds: one that lags behind a start is no harm, and an end between two calls shows at the
 * next look.
 */
function assertWhole(
  session: AwsSession,
  { observed, activeServices }: ReadCluster,
  containerInstances: readonly ReadContainerInstance[],
  services: ReadServices,
  tasks: readonly ReadTask[],
): void {
  const refuse = (call: Parameters<AwsSession["refusal"]>[0], what: string) =>
    session.refusal(call, what, "an incomplete answer is not used");

  // What ECS counts as registered: neither those that come nor those that go.
  const registered = containerInstances.filter(({ observed: { status } }) =>
    ["ACTIVE", "DRAINING"].includes(status),
  );
  if (registered.length < observed.registeredContainerInstances) {
    throw refuse(
      "listContainerInstances",
      `gave ${registered.length} of the cluster's ${observed.registeredContainerInstances} container instances`,
    );
  }
  if (services.names.length < activeServices) {
    throw refuse(
      "listServices",
      `gave ${services.names.length} of the cluster's ${activeServices} services`,
    );
  }
  const known = new Set(containerInstances.map((item) => item.observed.containerInstanceArn));
  const named = new Set(services.names);
  for (const { taskArn, containerInstanceArn, serviceName } of tasks) {
    if (containerInstanceArn !== null && !known.has(containerInstanceArn)) {
      throw refuse(
        "listContainerInstances",
        `gave no ${containerInstanceArn}, on which ${taskArn} runs`,
      );
    }
    if (serviceName !== null && !named.has(serviceName)) {
      throw refuse("listServices", `gave no service ${serviceName}, which ${taskArn} belongs to`);
    }
  }
  for (const {
    observed: { containerInstanceArn },
    tasks: count,
  } of containerInstances) {
    const given = tasks.filter((task) => task.containerInstanceArn === containerInstanceArn);
    if (given.length < count) {
      throw refuse(
        "listTasks",
        `gave ${given.length} of the ${count} tasks on ${containerInstanceArn}`,
      );
    }
  }
}
