import type { AwsCalls } from "../../../lib/aws/calls";
import type { ObservedHealth } from "../../../lib/observe/observation";
import { aStagingEnvironment } from "../../support/fake-aws/an-environment";
import {
  aFakeAccount,
  fakeCalls,
  observationOfFakeAccount,
} from "../../support/fake-aws/fake-account";
import type { FakeAccount } from "../../support/fake-aws/fake-account";
import { aService, aTask, containerInstanceArn, taskArn } from "../../support/fake-aws/fake-ecs";
import {
  aws,
  HEALTH_CALLS,
  observe,
  observeChanged,
  spied,
} from "../../support/fake-aws/observing";

/** Why the health of three healthy nodes is unreadable after `change`. */
async function reason(change: (account: FakeAccount) => void): Promise<string> {
  return reasonOf((await observeChanged(change)).health);
}

function reasonOf(health: ObservedHealth): string {
  return health.source === "unreadable" ? health.reason : `it is readable from ${health.source}`;
}

describe("health is unreadable", () => {
  const incomplete = "an incomplete answer is not used, run again";
  const changed = "test changed while it was read, run again";
  const ci = containerInstanceArn(1);
  const task = taskArn(0, 1);

  it.each<[string, (account: FakeAccount) => void, string]>([
    [
      "without a container instance's status",
      ({ containerInstances }) => delete containerInstances[1]!.status,
      `ecs:DescribeContainerInstances gave no status for ${ci}; ${incomplete}`,
    ],
    [
      "without its agent's connection",
      ({ containerInstances }) => delete containerInstances[1]!.agentConnected,
      `ecs:DescribeContainerInstances gave no agentConnected for ${ci}; ${incomplete}`,
    ],
    [
      "without its number of tasks",
      ({ containerInstances }) => delete containerInstances[1]!.pendingTasksCount,
      `ecs:DescribeContainerInstances gave no pendingTasksCount for ${ci}; ${incomplete}`,
    ],
    [
      "without a service's name",
      ({ services }) => delete services[1]!.serviceName,
      `ecs:DescribeServices gave no serviceName for ${aService(1, 3).serviceArn}; ${incomplete}`,
    ],
    [
      "without its status",
      ({ services }) => delete services[1]!.status,
      `ecs:DescribeServices gave no status for pop1; ${incomplete}`,
    ],
    [
      "with a scheduling that isn't known",
      ({ services }) => Object.assign(services[1]!, { schedulingStrategy: "SPREAD" }),
      'ecs:DescribeServices gave schedulingStrategy "SPREAD" for pop1; only DAEMON, REPLICA are known, run again',
    ],
    [
      "without its number of tasks",
      ({ services }) => delete services[1]!.runningCount,
      `ecs:DescribeServices gave no runningCount for pop1; ${incomplete}`,
    ],
    [
      "without its deployments",
      ({ services }) => delete services[1]!.deployments,
      `ecs:DescribeServices gave no deployments for pop1; ${incomplete}`,
    ],
    [
      "without its primary deployment",
      ({ services }) => (services[1]!.deployments = []),
      `ecs:DescribeServices gave no primary rolloutState for pop1; ${incomplete}`,
    ],
    [
      "without a task's group",
      ({ tasks }) => delete tasks[1]!.group,
      `ecs:DescribeTasks gave no group for ${task}; ${incomplete}`,
    ],
    [
      "without its status",
      ({ tasks }) => delete tasks[1]!.lastStatus,
      `ecs:DescribeTasks gave no lastStatus for ${task}; ${incomplete}`,
    ],
    [
      "with a health that isn't known",
      ({ tasks }) => Object.assign(tasks[1]!, { healthStatus: "WELL" }),
      `ecs:DescribeTasks gave healthStatus "WELL" for ${task}; only HEALTHY, UNHEALTHY, UNKNOWN are known, run again`,
    ],
    [
      "where fewer container instances are listed than the cluster has",
      ({ clusters }) => (clusters[0]!.registeredContainerInstancesCount = 4),
      `ecs:ListContainerInstances gave 3 of the cluster's 4 container instances; ${incomplete}`,
    ],
    [
      "where fewer services are listed than the cluster has",
      ({ clusters }) => (clusters[0]!.activeServicesCount = 3),
      `ecs:ListServices gave 2 of the cluster's 3 services; ${incomplete}`,
    ],
    [
      "where a task is on a container instance that isn't listed",
      (account) => {
        account.containerInstances.splice(1, 1);
        account.clusters[0]!.registeredContainerInstancesCount = 2;
      },
      `ecs:ListContainerInstances gave no ${ci}, on which ${task} runs; ${incomplete}`,
    ],
    [
      "where a task is of a service that isn't listed",
      (account) => {
        account.services.splice(0, 1);
        account.clusters[0]!.activeServicesCount = 1;
      },
      `ecs:ListServices gave no service pop0, which ${taskArn(0, 0)} belongs to; ${incomplete}`,
    ],
    [
      "where fewer tasks are listed than a container instance runs",
      ({ tasks }) => tasks.splice(1, 1),
      `ecs:ListTasks gave 1 of the 2 tasks on ${ci}; ${incomplete}`,
    ],
    [
      "where a list names something twice",
      ({ tasks }) => (tasks[2] = tasks[1]!),
      `ecs:ListTasks listed ${task} twice; ${changed}`,
    ],
  ])("%s", async (_, change, expected) => {
    expect(await reason(change)).toBe(expected);
  });

  it.each([
    ["listContainerInstances", "ecs:ListContainerInstances gave no containerInstanceArns"],
    ["listServices", "ecs:ListServices gave no serviceArns"],
    ["listTasks", "ecs:ListTasks gave no taskArns"],
    [
      "describeContainerInstances",
      `ecs:DescribeContainerInstances gave nothing for ${containerInstanceArn(0)}`,
    ],
    ["describeServices", `ecs:DescribeServices gave nothing for ${aService(0, 3).serviceArn}`],
    ["describeTasks", `ecs:DescribeTasks gave nothing for ${taskArn(0, 0)}`],
  ] as const)("where the answer to %s is empty", async (call, expected) => {
    const calls = { ...fakeCalls(aFakeAccount()), [call]: () => Promise.resolve({}) };
    expect(reasonOf((await observe(calls)).health)).toBe(`${expected}; ${incomplete}`);
  });

  it.each(["listContainerInstances", "listServices", "listTasks"] as const)(
    "where a page of %s leads back to itself",
    async (call) => {
      const answer = fakeCalls(aFakeAccount());
      const calls = {
        ...answer,
        [call]: async (input: never) => ({ ...(await answer[call](input)), nextToken: "0" }),
      };
      expect(reasonOf((await observe(calls)).health)).toMatch(
        /^ecs:List\w+ gave the same nextToken twice; its pages have no end, run again$/,
      );
    },
  );

  it("where an answer has what wasn't asked for", async () => {
    const answer = fakeCalls(aFakeAccount());
    const calls: AwsCalls = {
      ...answer,
      describeTasks: async (input) => ({
        tasks: [...((await answer.describeTasks(input)).tasks ?? []), aTask(7, 7)],
      }),
    };
    expect(reasonOf((await observe(calls)).health)).toBe(
      `ecs:DescribeTasks gave ${taskArn(7, 7)}, which was not asked for; its answer is not used, run again`,
    );
  });

  it("where something stays missing, with ECS's reason", async () => {
    const answer = fakeCalls(aFakeAccount());
    const calls: AwsCalls = {
      ...answer,
      describeTasks: async (input) => ({
        tasks: (await answer.describeTasks(input)).tasks?.slice(1),
        failures: [{ arn: taskArn(0, 0), reason: "MISSING" }],
      }),
    };
    expect(reasonOf((await observe(calls)).health)).toBe(
      `ecs:DescribeTasks gave MISSING for ${taskArn(0, 0)}, which ecs:ListTasks listed; ${changed}`,
    );
  });

  it.each(HEALTH_CALLS)(
    "where %s fails, and what exists is observed all the same",
    async (name) => {
      const { calls, asked } = spied({
        ...fakeCalls(aFakeAccount()),
        [name]: () => Promise.reject(aws("AccessDenied", "no")),
      });
      const { health, ...rest } = await observe(calls, aStagingEnvironment());
      expect(reasonOf(health)).toMatch(
        /^(ecs:\w+) failed with AccessDenied \(no\); allow the IAM action \1 to these credentials$/,
      );
      expect({ ...rest, health: {} }).toEqual({ ...observationOfFakeAccount(), health: {} });
      // The SDK has tried again already, so the reader doesn't.
      expect(asked.filter(([call]) => call === name)).toHaveLength(1);
    },
  );
});
