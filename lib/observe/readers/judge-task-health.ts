import type { Container, Task } from "@aws-sdk/client-ecs";
import type { AwsSession } from "../../aws/session";
import { mapConcurrently } from "../../aws/concurrency";
import type { ObservedTask } from "../observation";
import { describeDefinition } from "./read-task-definitions";

type Health = ObservedTask["healthStatus"];

/** ECS gives 20 a second after a burst of 50: at some 50 ms a call these stay below it. */
const AT_ONCE = 3;

/** The health of a task of which ECS says that it is UNKNOWN; by a task's ARN, ECS's word otherwise. */
export type JudgeHealth = (task: Task) => Health | undefined;

/**
 * ECS documents a task as UNKNOWN for ever where an essential container has no health check, however
 * well the others are. Then those that have one decide: all must be HEALTHY. Which they are, the task
 * definition says, read once for all tasks that are made from it; where ECS tells a task's health by
 * itself, nothing is read.
 *
 * @throws RoutedError `unreadable-aws`
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
export async function judgeTaskHealth(
  session: AwsSession,
  tasks: readonly Task[],
): Promise<JudgeHealth> {
  const arns = tasks.flatMap((task) => (isOpen(task) ? (task.taskDefinitionArn ?? []) : []));
  const distinct = [...new Set(arns)].sort();
  const checked = await mapConcurrently(distinct, AT_ONCE, (arn) =>
    checkedContainers(session, arn),
  );
  const byDefinition = new Map(distinct.map((arn, index) => [arn, checked[index] ?? []]));
  return (task) => {
    const names = byDefinition.get(task.taskDefinitionArn ?? "") ?? [];
    if (!isOpen(task) || names.length === 0) return task.healthStatus;
    const containers = names.map((name) => task.containers?.find((each) => each.name === name));
    return containers.every((each) => each?.healthStatus === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
  };
}

/** Whether a look at its containers may tell more: some of it is well, and ECS says nothing of the whole. */
function isOpen({ containers = [], healthStatus, lastStatus }: Task): boolean {
  const isHealthy = (container: Container) => container.healthStatus === "HEALTHY";
  return healthStatus === "UNKNOWN" && lastStatus === "RUNNING" && containers.some(isHealthy);
}

/** The names of the essential containers that have a health check. */
async function checkedContainers(session: AwsSession, arn: string): Promise<string[]> {
  const { containers } = await describeDefinition(session, arn);
  return containers
    .filter(({ essential, healthCheck }) => essential !== false && healthCheck !== undefined)
    .flatMap(({ name }) => name ?? []);
}
