import type { ContainerInstance, Failure, Service, Task } from "@aws-sdk/client-ecs";
import type { AwsInput, AwsOutput } from "../../../lib/aws/calls";
import type { ObservedHealth } from "../../../lib/observe/observation";
import { taskSettings } from "../../../lib/plan/desired/desired-images";
import { anEnvironment } from "./an-environment";
import { pageOf } from "./page-of";

/** What a cluster holds, in ECS's shapes. */
export interface FakeEcs {
  containerInstances: ContainerInstance[];
  services: Service[];
  tasks: Task[];
}

const PREFIX = "arn:aws:ecs:us-east-2:123456789012";

export function containerInstanceArn(slot: number): string {
  return `${PREFIX}:container-instance/routed-test/ci-${slot}`;
}

export function serviceArn(pop: number): string {
  return `${PREFIX}:service/routed-test/pop${pop}`;
}

export function taskArn(pop: number, slot: number): string {
  return `${PREFIX}:task/routed-test/pop${pop}-${slot}`;
}

/** What all PoPs share. */
export const TASK_DEFINITION = `${PREFIX}:task-definition/routed-test--pops:3`;

/** What `anEnvironment()` wants of its tasks. */
export const SETTINGS = taskSettings(anEnvironment(), anEnvironment().routed.image).settings;

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** A service as it is once its deployment is done: `count` tasks of PoP `pop`, one a node. */
export function aService(pop: number, count: number): Service {
  return {
    serviceArn: serviceArn(pop),
    serviceName: `pop${pop}`,
    status: "ACTIVE",
    schedulingStrategy: "DAEMON",
    desiredCount: count,
    runningCount: count,
    pendingCount: 0,
    taskDefinition: TASK_DEFINITION,
    deployments: [{ status: "PRIMARY", rolloutState: "COMPLETED" }],
    tags: [
      { key: "routed:environment", value: "test" },
      { key: "routed:pop", value: `pop${pop}` },
    ],
  };
}

/** The healthy task of PoP `pop` on node `slot`. */
export function aTask(pop: number, slot: number): Task {
  return {
    taskArn: taskArn(pop, slot),
    group: `service:pop${pop}`,
    containerInstanceArn: containerInstanceArn(slot),
    desiredStatus: "RUNNING",
    lastStatus: "RUNNING",
    healthStatus: "HEALTHY",
  };
}

/** `nodes` container instances with connected agents, each with a healthy task of each of `pops` PoPs. */
export function aFakeEcs(nodes: number, pops: number): FakeEcs {
  return {
    containerInstances: range(nodes).map((slot) => ({
      containerInstanceArn: containerInstanceArn(slot),
      ec2InstanceId: `i-${slot}`,
      status: "ACTIVE",
      agentConnected: true,
      runningTasksCount: pops,
      pendingTasksCount: 0,
    })),
    services: range(pops).map((pop) => aService(pop, nodes)),
    tasks: range(pops).flatMap((pop) => range(nodes).map((slot) => aTask(pop, slot))),
  };
}

/** What must be observed of `aFakeEcs(nodes, pops)`, in canonical order below 11 of each. */
export function healthOfFakeEcs(nodes: number, pops: number): ObservedHealth {
  return {
    source: "ecs",
    containerInstances: range(nodes).map((slot) => ({
      containerInstanceArn: containerInstanceArn(slot),
      instanceId: `i-${slot}`,
      status: "ACTIVE",
      agentConnected: true,
    })),
    services: range(pops).map((pop) => ({
      serviceName: `pop${pop}`,
      scheduling: "DAEMON",
      desiredCount: nodes,
      runningCount: nodes,
      deploymentInProgress: false,
    })),
    tasks: range(pops).flatMap((pop) =>
      range(nodes).map((slot) => ({
        taskArn: taskArn(pop, slot),
        serviceName: `pop${pop}`,
        containerInstanceArn: containerInstanceArn(slot),
        lastStatus: "RUNNING",
        healthStatus: "HEALTHY",
      })),
    ),
  };
}

/** One answer of DescribeX, as ECS gives it: what is there, and a failure for what isn't. */
function described<T>(
  asked: readonly string[] | undefined,
  most: number,
  items: readonly T[],
  arnOf: (item: T) => string | undefined,
): { found: T[]; failures: Failure[] } {
  const arns = asked ?? [];
  if (arns.length === 0 || arns.length > most) {
    throw Object.assign(new Error(`from 1 to ${most}`), { name: "InvalidParameterException" });
  }
  return {
    found: items.filter((item) => arns.includes(arnOf(item) ?? "")),
    failures: arns
      .filter((arn) => !items.some((item) => arnOf(item) === arn))
      .map((arn) => ({ arn, reason: "MISSING" })),
  };
}

function arns(page: readonly (string | undefined)[]): string[] {
  return page.map((arn) => arn ?? "");
}

/** ECS's part of the port to a fake account, which gives `pageSize` items a page. */
export function ecsAnswers(account: FakeEcs, pageSize: number) {
  return {
    listContainerInstances: ({
      nextToken,
    }: AwsInput<"listContainerInstances">): AwsOutput<"listContainerInstances"> => {
      const page = pageOf(account.containerInstances, nextToken, pageSize);
      return {
        containerInstanceArns: arns(page.items.map((item) => item.containerInstanceArn)),
        nextToken: page.next,
      };
    },
    describeContainerInstances: ({
      containerInstances,
    }: AwsInput<"describeContainerInstances">): AwsOutput<"describeContainerInstances"> => {
      const { found, failures } = described(
        containerInstances,
        100,
        account.containerInstances,
        (item) => item.containerInstanceArn,
      );
      return { containerInstances: found, failures };
    },
    listServices: ({ nextToken }: AwsInput<"listServices">): AwsOutput<"listServices"> => {
      const page = pageOf(account.services, nextToken, pageSize);
      return { serviceArns: arns(page.items.map((item) => item.serviceArn)), nextToken: page.next };
    },
    describeServices: ({
      services,
    }: AwsInput<"describeServices">): AwsOutput<"describeServices"> => {
      const answer = described(services, 10, account.services, (item) => item.serviceArn);
      return { services: answer.found, failures: answer.failures };
    },
    describeTaskDefinition: ({
      taskDefinition,
    }: AwsInput<"describeTaskDefinition">): AwsOutput<"describeTaskDefinition"> => ({
      taskDefinition: {
        taskDefinitionArn: taskDefinition,
        containerDefinitions: [
          { name: "init", image: "registry.example/busybox:1" },
          { name: "bird", image: "registry.example/routed:1" },
        ],
      },
      tags: [{ key: "routed:task-settings", value: SETTINGS }],
    }),
    listTasks: ({ nextToken }: AwsInput<"listTasks">): AwsOutput<"listTasks"> => {
      const wanted = account.tasks.filter((task) => task.desiredStatus === "RUNNING");
      const page = pageOf(wanted, nextToken, pageSize);
      return { taskArns: arns(page.items.map((item) => item.taskArn)), nextToken: page.next };
    },
    describeTasks: ({ tasks }: AwsInput<"describeTasks">): AwsOutput<"describeTasks"> => {
      const { found, failures } = described(tasks, 100, account.tasks, (item) => item.taskArn);
      return { tasks: found, failures };
    },
  };
}
