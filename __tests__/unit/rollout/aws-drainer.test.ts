import type { ContainerInstance, Failure, Task } from "@aws-sdk/client-ecs";
import { AwsDrainer } from "../../../lib/rollout/aws-drainer";
import type { RolloutCalls } from "../../../lib/aws/rollout-calls";
import { rolloutSession } from "../../../lib/aws/rollout-calls";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { awsError } from "./store/fake-s3";

/** A cluster whose lists come in pages of two. */
class FakeCluster {
  nodes: ContainerInstance[] = [];
  tasks: (Task & { containerInstanceArn: string })[] = [];
  readonly updates: string[] = [];
  failures: Failure[] = [];
  fails: { call: keyof RolloutCalls; error: Error } | undefined;

  add(instanceId: string, status = "ACTIVE", name = `ci-${instanceId}`): void {
    this.nodes.push({ containerInstanceArn: name, ec2InstanceId: instanceId, status });
  }

  /** Who drained a node, by its container instance. */
  noted(name: string): string | undefined {
    const node = this.nodes.find(({ containerInstanceArn: arn }) => arn === name);
    return node?.attributes?.find((each) => each.name === "routed.drained-by")?.value;
  }

  addTask(containerInstanceArn: string, lastStatus: string, desiredStatus = "RUNNING"): void {
    const taskArn = `task-${this.tasks.length}`;
    this.tasks.push({ taskArn, containerInstanceArn, lastStatus, desiredStatus });
  }

  readonly connect = (): Promise<RolloutCalls> => {
    const page = (arns: string[], token = "0") => {
      const end = Number(token) + 2;
      return {
        arns: arns.slice(Number(token), end),
        ...(end < arns.length ? { nextToken: String(end) } : {}),
      };
    };
    const meet = <T>(call: keyof RolloutCalls, answer: T): Promise<T> =>
      this.fails?.call === call ? Promise.reject(this.fails.error) : Promise.resolve(answer);
    const none = () => Promise.reject(new Error("not of ECS"));
    return Promise.resolve({
      describeAlarms: none,
      getObject: none,
      putObject: none,
      listObjects: none,
      listContainerInstances: ({ cluster, nextToken }) => {
        expect(cluster).toBe("routed-test");
        const all = this.nodes.map(({ containerInstanceArn: arn = "" }) => arn);
        const { arns, ...more } = page(all, nextToken);
        return meet("listContainerInstances", { containerInstanceArns: arns, ...more });
      },
      describeContainerInstances: ({ containerInstances: asked = [] }) =>
        meet("describeContainerInstances", {
          containerInstances: this.nodes.filter((n) =>
            asked.includes(n.containerInstanceArn ?? ""),
          ),
        }),
      updateContainerInstancesState: ({ containerInstances = [], status }) => {
        this.updates.push(`${status} ${containerInstances.join()}`);
        for (const node of this.nodes) {
          if (containerInstances.includes(node.containerInstanceArn ?? "")) node.status = status;
        }
        return meet("updateContainerInstancesState", { failures: this.failures });
      },
      putAttributes: ({ attributes = [] }) => {
        expect(attributes.length).toBeLessThanOrEqual(10);
        for (const { name, value, targetId } of attributes) {
          const node = this.nodes.find(({ containerInstanceArn: arn }) => arn === targetId);
          if (node) node.attributes = [{ name, value }];
        }
        return meet("putAttributes", {});
      },
      listTasks: ({ containerInstance, desiredStatus, nextToken }) => {
        const all = this.tasks
          .filter((task) => task.containerInstanceArn === containerInstance)
          .filter((task) => task.desiredStatus === desiredStatus)
          .map(({ taskArn = "" }) => taskArn);
        const { arns, ...more } = page(all, nextToken);
        return meet("listTasks", { taskArns: arns, ...more });
      },
      describeTasks: ({ tasks: asked = [] }) =>
        meet("describeTasks", {
          tasks: this.tasks.filter(({ taskArn = "" }) => asked.includes(taskArn)),
          failures: this.failures,
        }),
    });
  };
}

const ID = "2026-01-02T03-04-05Z-0123";

let ecs: FakeCluster;
let drainer: AwsDrainer;
beforeEach(() => {
  ecs = new FakeCluster();
  drainer = new AwsDrainer(rolloutSession(aRoutedEnvironment(), ecs.connect));
});

describe("draining nodes", () => {
  it("sets those of the given instances that are ACTIVE to DRAINING, and no others", async () => {
    ecs.add("i-0");
    ecs.add("i-1");
    ecs.add("i-2", "DRAINING");
    ecs.add("i-3", "REGISTERING");
    await drainer.start(["i-1", "i-2", "i-3", "i-4"], ID);
    expect(ecs.updates).toEqual(["DRAINING ci-i-1"]);
  });

  it("leaves the ghosts of terminated instances alone", async () => {
    ecs.add("i-gone", "ACTIVE", "ghost");
    ecs.nodes.push({ containerInstanceArn: "nameless", status: "ACTIVE" });
    ecs.add("i-1");
    await drainer.start(["i-1"], ID);
    await drainer.undo(["i-1"]);
    expect(ecs.updates).toEqual(["DRAINING ci-i-1", "ACTIVE ci-i-1"]);
  });

  it("changes 10 at most in one call", async () => {
    const ids = Array.from({ length: 21 }, (_, n) => `i-${n}`);
    for (const id of ids) ecs.add(id);
    await drainer.start(ids, ID);
    expect(ecs.updates.map((update) => update.split(",").length)).toEqual([10, 10, 1]);
  });

  it("notes on a node which rollout drains it, before it is DRAINING", async () => {
    ecs.add("i-1");
    ecs.fails = { call: "updateContainerInstancesState", error: awsError("AccessDenied") };
    await expect(drainer.start(["i-1"], ID)).rejects.toMatchObject({ code: "unreadable-aws" });
    expect(ecs.noted("ci-i-1")).toBe(ID);
  });

  it("sets back to ACTIVE only what a rollout drained, and takes its note off", async () => {
    ecs.add("i-1");
    ecs.add("i-2");
    ecs.add("i-3", "DEREGISTERING");
    await drainer.start(["i-1"], ID);
    await drainer.undo(["i-1", "i-2", "i-3", "i-gone"]);
    expect(ecs.updates).toEqual(["DRAINING ci-i-1", "ACTIVE ci-i-1"]);
    expect(ecs.noted("ci-i-1")).toBe("-");
    // Drained by hand after that, it is nobody's but the person's.
    ecs.nodes[0]!.status = "DRAINING";
    await drainer.undo(["i-1"]);
    expect(ecs.updates).toHaveLength(2);
  });

  it("leaves what a person drained, before a wave of its own and after", async () => {
    ecs.add("i-1", "DRAINING");
    await drainer.start(["i-1"], ID);
    await drainer.undo(["i-1"]);
    expect(ecs.updates).toEqual([]);
    expect(ecs.noted("ci-i-1")).toBeUndefined();
  });

  it("takes the note off a node that it was about to drain and didn't", async () => {
    ecs.add("i-1");
    ecs.nodes[0]!.attributes = [{ name: "routed.drained-by", value: ID }];
    await drainer.undo(["i-1"]);
    expect(ecs.updates).toEqual([]);
    expect(ecs.noted("ci-i-1")).toBe("-");
  });

  it("makes no call for no nodes", async () => {
    ecs.fails = { call: "listContainerInstances", error: awsError("AccessDenied") };
    await drainer.start([], ID);
    await drainer.undo([]);
    expect(await drainer.tasksLeft([])).toBe(0);
    expect(ecs.updates).toEqual([]);
  });

  it("counts the tasks that run, start or stop on the nodes, on all pages", async () => {
    ecs.add("i-0");
    ecs.add("i-1", "DRAINING");
    ecs.add("i-2", "DRAINING");
    for (let n = 0; n < 3; n += 1) ecs.addTask("ci-i-1", "RUNNING");
    for (let n = 0; n < 3; n += 1) ecs.addTask("ci-i-1", "STOPPED", "STOPPED");
    ecs.addTask("ci-i-1", "DEACTIVATING", "STOPPED");
    ecs.addTask("ci-i-2", "PENDING");
    ecs.addTask("ci-i-0", "RUNNING");
    expect(await drainer.tasksLeft(["i-1", "i-2"])).toBe(5);
    expect(await drainer.tasksLeft(["i-gone"])).toBe(0);
  });

  it("passes over what has gone in between, and refuses any other failure", async () => {
    ecs.add("i-1");
    ecs.failures = [{ arn: "ci-i-1", reason: "MISSING" }];
    await drainer.start(["i-1"], ID);
    ecs.nodes[0]!.status = "ACTIVE";
    ecs.failures = [{ arn: "ci-i-1", reason: "INACTIVE", detail: "it was deregistered" }];
    await expect(drainer.start(["i-1"], ID)).rejects.toMatchObject({
      code: "unreadable-aws",
      message:
        "test: ecs:UpdateContainerInstancesState refused ci-i-1 with INACTIVE (it was deregistered); look at the container instance in ECS and run again",
    });
  });

  it.each([
    ["listContainerInstances", "ecs:ListContainerInstances"],
    ["describeContainerInstances", "ecs:DescribeContainerInstances"],
    ["putAttributes", "ecs:PutAttributes"],
    ["updateContainerInstancesState", "ecs:UpdateContainerInstancesState"],
    ["listTasks", "ecs:ListTasks"],
    ["describeTasks", "ecs:DescribeTasks"],
  ] as const)("says what ECS said where %s fails", async (call, action) => {
    ecs.add("i-1");
    ecs.addTask("ci-i-1", "RUNNING");
    ecs.fails = { call, error: awsError("ThrottlingException", "Rate exceeded") };
    const act = async () => {
      await drainer.start(["i-1"], ID);
      await drainer.tasksLeft(["i-1"]);
    };
    await expect(act()).rejects.toMatchObject({
      code: "unreadable-aws",
      message: `test: ${action} failed with ThrottlingException (Rate exceeded); AWS is throttling this account; wait a minute and run again`,
    });
  });

  it("fails where the pages of a list have no end", async () => {
    const session = rolloutSession(aRoutedEnvironment(), async () => ({
      ...(await ecs.connect()),
      listContainerInstances: () => Promise.resolve({ containerInstanceArns: [], nextToken: "2" }),
    }));
    await expect(new AwsDrainer(session).start(["i-1"], ID)).rejects.toThrow(
      "the same nextToken twice",
    );
  });
});
