import type { Task } from "@aws-sdk/client-ecs";
import type { AwsSession } from "../../aws/session";
import { describeAll, LIST_PAGE, listedArns } from "../../aws/list-and-describe";
import type { ObservedTask } from "../observation";
import { judgeTaskHealth } from "./judge-task-health";
import type { JudgeHealth } from "./judge-task-health";

const LIST = "listTasks";
const DESCRIBE = "describeTasks";

/** The most that DescribeTasks takes. */
const BATCH_SIZE = 100;

/** What ECS puts before the service's name in a task's group. */
const SERVICE_GROUP = "service:";

/** A task, whatever started it. */
export interface ReadTask {
  readonly taskArn: string;
  readonly containerInstanceArn: string | null;
  /** The name of the service that it belongs to; null for one that was started otherwise. */
  readonly serviceName: string | null;
  /** Whether ECS still wanted to run it when it was described. */
  readonly wanted: boolean;
  readonly lastStatus: string;
  readonly healthStatus: ObservedTask["healthStatus"];
}

/**
 * All tasks of the cluster that ECS wanted to run when they were listed.
 *
 * @throws RoutedError `unreadable-aws`
 */
export async function readTasks(session: AwsSession, cluster: string): Promise<ReadTask[]> {
  const pages = await session.pages(LIST, {
    cluster,
    desiredStatus: "RUNNING",
    maxResults: LIST_PAGE,
  });
  const arns = listedArns(
    session,
    LIST,
    pages.map((page) => page.taskArns),
    "taskArns",
  );
  const tasks = await describeAll(session, arns, {
    call: DESCRIBE,
    list: LIST,
    batchSize: BATCH_SIZE,
    arnOf: (item: Task) => item.taskArn,
    describe: async (batch) => {
      const answer = await session.call(DESCRIBE, { cluster, tasks: batch });
      return { items: answer.tasks, failures: answer.failures };
    },
  });
  const judge = await judgeTaskHealth(session, tasks);
  return tasks.map((task) => readOne(session, task, judge));
}

function readOne(session: AwsSession, task: Task, judge: JudgeHealth): ReadTask {
  const arn = session.required(DESCRIBE, task.taskArn, "taskArn");
  const group = session.required(DESCRIBE, task.group, "group", arn);
  return {
    taskArn: arn,
    containerInstanceArn: task.containerInstanceArn || null,
    serviceName: group.startsWith(SERVICE_GROUP) ? group.slice(SERVICE_GROUP.length) : null,
    wanted: session.required(DESCRIBE, task.desiredStatus, "desiredStatus", arn) !== "STOPPED",
    lastStatus: session.required(DESCRIBE, task.lastStatus, "lastStatus", arn),
    healthStatus: session.oneOf(
      DESCRIBE,
      judge(task),
      ["HEALTHY", "UNHEALTHY", "UNKNOWN"] as const,
      "healthStatus",
      arn,
    ),
  };
}
