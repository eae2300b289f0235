import type { ContainerInstance } from "@aws-sdk/client-ecs";
import { DRAINED_BY_ATTRIBUTE, NOBODY, SLOT_ATTRIBUTE, ZONE_ATTRIBUTE } from "../../config/naming";
import type { AwsSession } from "../../aws/session";
import { describeAll, LIST_PAGE, listedArns } from "../../aws/list-and-describe";
import type { ObservedContainerInstance } from "../observation";
import type { Sleep } from "../../aws/concurrency";

const LIST = "listContainerInstances";
const DESCRIBE = "describeContainerInstances";

/** The most that DescribeContainerInstances takes. */
const BATCH_SIZE = 100;

/** An agent reconnects within seconds now and then; only one that stays away counts as disconnected. */
const FURTHER_LOOKS = 3;
const BETWEEN_LOOKS_MILLISECONDS = 2_000;

/** A container instance, and what it says of itself that only serves to notice partial answers. */
export interface ReadContainerInstance {
  readonly observed: ObservedContainerInstance;
  /** Its tasks that ECS wants to run, whatever started them; those that haven't started yet too. */
  readonly tasks: number;
}

/**
 * All container instances of the cluster in every state but INACTIVE, ghosts too. Where an agent is
 * disconnected, it looks again up to 3 times, 2 s apart.
 *
 * @throws RoutedError `unreadable-aws`
 */
export async function readContainerInstances(
  session: AwsSession,
  cluster: string,
  sleep: Sleep,
): Promise<ReadContainerInstance[]> {
  const pages = await session.pages(LIST, { cluster, maxResults: LIST_PAGE });
  const arns = listedArns(
    session,
    LIST,
    pages.map((page) => page.containerInstanceArns),
    "containerInstanceArns",
  );
  const first = await describe(session, cluster, arns);
  const connected = await agentsThatConnect(session, cluster, first, sleep);
  return first.map(({ observed, tasks }) => ({
    observed: {
      ...observed,
      agentConnected: observed.agentConnected || connected.has(observed.containerInstanceArn),
    },
    tasks,
  }));
}

/** The ARNs of those that are disconnected in `first`, but connected at a further look. */
async function agentsThatConnect(
  session: AwsSession,
  cluster: string,
  first: readonly ReadContainerInstance[],
  sleep: Sleep,
): Promise<ReadonlySet<string>> {
  const connected = new Set<string>();
  let away = disconnected(first);
  for (let look = 0; look < FURTHER_LOOKS && away.length > 0; look += 1) {
    await sleep(BETWEEN_LOOKS_MILLISECONDS);
    const again = await describe(session, cluster, away);
    const still = disconnected(again);
    for (const arn of away) if (!still.includes(arn)) connected.add(arn);
    away = still;
  }
  return connected;
}

function disconnected(instances: readonly ReadContainerInstance[]): string[] {
  return instances
    .filter(({ observed }) => !observed.agentConnected)
    .map(({ observed }) => observed.containerInstanceArn);
}

async function describe(
  session: AwsSession,
  cluster: string,
  arns: readonly string[],
): Promise<ReadContainerInstance[]> {
  const items = await describeAll(session, arns, {
    call: DESCRIBE,
    list: LIST,
    batchSize: BATCH_SIZE,
    arnOf: (item: ContainerInstance) => item.containerInstanceArn,
    describe: async (containerInstances) => {
      const answer = await session.call(DESCRIBE, { cluster, containerInstances });
      return { items: answer.containerInstances, failures: answer.failures };
    },
  });
  return items.map((item) => readOne(session, item));
}

function readOne(session: AwsSession, item: ContainerInstance): ReadContainerInstance {
  const arn = session.required(DESCRIBE, item.containerInstanceArn, "containerInstanceArn");
  const required = <T>(value: T | undefined, field: string): T =>
    session.required(DESCRIBE, value, field, arn);
  return {
    observed: {
      containerInstanceArn: arn,
      instanceId: item.ec2InstanceId || null,
      status: required(item.status, "status"),
      agentConnected: required(item.agentConnected, "agentConnected"),
      ...slotOf(session, item, arn),
    },
    tasks:
      required(item.runningTasksCount, "runningTasksCount") +
      required(item.pendingTasksCount, "pendingTasksCount"),
  };
}

/** Where the agent was started with user data of ours, it told the slot that this was made for; a rollout tells that it drained it. */
function slotOf(
  session: AwsSession,
  { attributes = [] }: ContainerInstance,
  arn: string,
): Pick<ObservedContainerInstance, "slot" | "availabilityZone" | "drainedBy"> {
  const valueOf = (attribute: string) => attributes.find(({ name }) => name === attribute)?.value;
  const slot = valueOf(SLOT_ATTRIBUTE);
  const availabilityZone = valueOf(ZONE_ATTRIBUTE);
  const drainedBy = valueOf(DRAINED_BY_ATTRIBUTE);
  return {
    ...(slot === undefined
      ? {}
      : { slot: session.slotNumber("attribute", SLOT_ATTRIBUTE, slot, arn) }),
    ...(availabilityZone ? { availabilityZone } : {}),
    ...(drainedBy && drainedBy !== NOBODY ? { drainedBy } : {}),
  };
}
