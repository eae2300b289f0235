import {
  DeleteClusterCommand,
  DeleteServiceCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import type { ContainerInstanceStatus, UpdateServiceCommandInput } from "@aws-sdk/client-ecs";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { requireToolchain } from "../../sandbox/toolchain";
import { AGENT_DEFAULTS, codeOf, eventually, FAST, pause, SandboxCluster } from "./sandbox-cluster";

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ toolchain: await requireToolchain() });
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.clearNodeFaults();
  await aws.configureAgent({ ...AGENT_DEFAULTS, ...FAST });
});

async function update(cluster: SandboxCluster, input: Partial<UpdateServiceCommandInput>) {
  await cluster.ecs.send(new UpdateServiceCommand({ cluster: "c", service: "pop1", ...input }));
}

async function setState(cluster: SandboxCluster, slot: number, status: ContainerInstanceStatus) {
  const found = (await cluster.containerInstances()).find((each) => each.slot === slot);
  const containerInstances = [found?.containerInstanceArn ?? ""];
  await cluster.ecs.send(
    new UpdateContainerInstancesStateCommand({ cluster: "c", containerInstances, status }),
  );
}

const slotsOf = async (cluster: SandboxCluster) => (await cluster.tasks()).map(({ slot }) => slot);

/** A healthy daemon service on three nodes. */
async function daemonOnThree() {
  const cluster = await SandboxCluster.create(aws);
  await cluster.launchAll(3);
  await cluster.createService({ taskDefinition: await cluster.define() });
  await cluster.waitUntilHealthy();
  return cluster;
}

/** A healthy replica service of two tasks on this many nodes, one zone each. */
async function twoTasks(nodes: number, minimumHealthyPercent = 50, maximumPercent = 100) {
  const cluster = await SandboxCluster.create(aws);
  await cluster.launchAll(nodes);
  await cluster.createService({
    taskDefinition: await cluster.define(),
    desiredCount: 2,
    placementStrategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
    deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
  });
  await cluster.waitUntilHealthy();
  return cluster;
}

describe("a new task definition", () => {
  it("goes to one node after another, once the task of the last one is healthy", async () => {
    const cluster = await daemonOnThree();
    const [first] = (await cluster.service()).deployments ?? [];
    await aws.configureAgent({ rebuildSeconds: 600 });
    const taskDefinition = await cluster.define();

    await update(cluster, { taskDefinition });
    const service = await eventually(
      () => cluster.service(),
      ({ runningCount, deployments }) => runningCount === 3 && deployments?.[0]?.runningCount === 1,
    );

    expect(service.deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "IN_PROGRESS", taskDefinition, desiredCount: 3 },
      { id: first?.id, status: "ACTIVE", rolloutState: "COMPLETED", runningCount: 2 },
    ]);
    await pause(300);
    expect((await cluster.tasks()).filter(({ healthy }) => healthy)).toHaveLength(2);

    await aws.configureAgent(FAST);
    await cluster.waitUntilHealthy();
    const after = await cluster.service();
    expect(after.deployments).toMatchObject([{ rolloutState: "COMPLETED", runningCount: 3 }]);
    for (const task of await cluster.tasks())
      expect(task).toMatchObject({ taskDefinitionArn: taskDefinition });
    expect(fewestHealthyTasks(await aws.timeline(), cluster.name, 3)).toEqual({ pop1: 2 });
  });

  it("stops neither of two tasks at 66 percent, for that rounds up", async () => {
    const cluster = await twoTasks(3, 66);

    await update(cluster, { taskDefinition: await cluster.define() });
    await pause(500);

    expect((await cluster.service()).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "IN_PROGRESS", runningCount: 0 },
      { status: "ACTIVE", runningCount: 2 },
    ]);
    await update(cluster, { deploymentConfiguration: { minimumHealthyPercent: 50 } });
    await cluster.waitUntilHealthy();
    expect(fewestHealthyTasks(await aws.timeline(), cluster.name, 2)).toEqual({ pop1: 1 });
  });

  it("starts before it stops where there may be more tasks for a while", async () => {
    const cluster = await twoTasks(4, 100, 200);

    await update(cluster, { taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();

    expect(fewestHealthyTasks(await aws.timeline(), cluster.name, 2)).toEqual({ pop1: 2 });
    expect((await cluster.service()).deployments).toHaveLength(1);
  });

  it("is not needed for a new deployment that is asked for", async () => {
    const cluster = await daemonOnThree();
    const before = (await cluster.tasks()).map(({ taskArn }) => taskArn);

    await update(cluster, { forceNewDeployment: true });
    await cluster.waitUntilHealthy();

    const after = (await cluster.tasks()).map(({ taskArn }) => taskArn);
    expect(after.filter((arn) => before.includes(arn))).toEqual([]);
    expect(fewestHealthyTasks(await aws.timeline(), cluster.name, 3)).toEqual({ pop1: 2 });
  });

  it("is rolled back by the circuit breaker when its tasks are never healthy", async () => {
    const cluster = await twoTasks(3);
    const { taskDefinition } = await cluster.service();
    await update(cluster, {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    await aws.configureAgent({ unhealthySeconds: 0.1 });
    await aws.setNodeFault({ kind: "never-healthy", serviceName: "pop1" });

    await update(cluster, { taskDefinition: await cluster.define() });
    await eventually(
      () => cluster.service(),
      (service) => service.taskDefinition === taskDefinition,
    );
    await aws.clearNodeFaults();
    await cluster.waitUntilHealthy();

    const service = await cluster.service();
    expect(service.deployments).toMatchObject([{ rolloutState: "COMPLETED", taskDefinition }]);
    expect(service.events?.map(({ message }) => message).join("\n")).toContain(
      "deployment failed: tasks failed to start.",
    );
    expect(fewestHealthyTasks(await aws.timeline(), cluster.name, 2)).toEqual({ pop1: 1 });
  });
});

describe("a task", () => {
  it("that an operator stops is replaced on its node", async () => {
    const cluster = await daemonOnThree();
    const [, task] = await cluster.tasks();

    await cluster.ecs.send(
      new StopTaskCommand({ cluster: "c", task: task?.taskArn, reason: "why" }),
    );
    await cluster.waitUntilHealthy();

    expect(await slotsOf(cluster)).toEqual([0, 1, 2]);
    expect(await cluster.describeTasks("STOPPED")).toMatchObject([
      { taskArn: task?.taskArn, stopCode: "UserInitiated", stoppedReason: "why" },
    ]);
  });

  it("that becomes unhealthy is replaced", async () => {
    const cluster = await daemonOnThree();
    const [task] = await cluster.tasks();

    await aws.setNodeFault({ kind: "unhealthy", instanceId: task?.instanceId });
    await eventually(
      () => cluster.describeTasks("STOPPED"),
      (stopped) => stopped.some(({ taskArn }) => taskArn === task?.taskArn),
    );
    await aws.clearNodeFaults();
    await cluster.waitUntilHealthy();

    const events = (await aws.timeline()).filter(
      (event) => "taskArn" in event && event.taskArn === task?.taskArn,
    );
    expect(events.map(({ event }) => event)).toEqual([
      "task-started",
      "task-healthy",
      "task-unhealthy",
      "task-stopping",
      "task-stopped",
    ]);
  });
});

describe("placement", () => {
  it("spreads replicas over zones, on distinct nodes", async () => {
    const cluster = await SandboxCluster.create(aws);
    await cluster.launch(0, { zone: "a" });
    await cluster.launch(1, { zone: "a" });
    await cluster.launch(2, { zone: "b" });
    await eventually(
      () => cluster.containerInstances(),
      (found) => found.length === 3,
    );
    await cluster.createService({ taskDefinition: await cluster.define(), desiredCount: 2 });
    await cluster.waitUntilHealthy();
    expect(await slotsOf(cluster)).toContain(2);

    await update(cluster, { desiredCount: 3 });
    await cluster.waitUntilHealthy();
    expect(await slotsOf(cluster)).toEqual([0, 1, 2]);

    await update(cluster, { desiredCount: 4 });
    const service = await eventually(
      () => cluster.service(),
      ({ events }) => events?.[0]?.message?.includes("unable to place") === true,
    );
    expect(service).toMatchObject({ desiredCount: 4, runningCount: 3 });

    await update(cluster, { desiredCount: 1 });
    await eventually(
      () => slotsOf(cluster),
      (slots) => slots.length === 1,
    );
    await cluster.waitUntilHealthy();
  });

  it.each([
    ["attribute:routed.slot in [0, 2]", [0, 2]],
    ["attribute:routed.slot == 1", [1]],
    ["attribute:routed.slot != 1 and attribute:ecs.availability-zone == us-east-1c", [2]],
    ["not (attribute:routed.slot exists)", []],
  ] as const)("puts daemon tasks where %s", async (expression, slots) => {
    const cluster = await SandboxCluster.create(aws);
    await cluster.launchAll(3);
    await cluster.createService({
      taskDefinition: await cluster.define(),
      placementConstraints: [{ type: "memberOf", expression }],
    });

    await cluster.waitUntilHealthy();

    expect(await slotsOf(cluster)).toEqual(slots);
    expect(await cluster.service()).toMatchObject({ desiredCount: slots.length });
  });

  it("refuses a constraint that can't be understood", async () => {
    const cluster = await SandboxCluster.create(aws);
    const taskDefinition = await cluster.define();
    const placementConstraints = [{ type: "memberOf", expression: "attribute:x ~ 1" } as const];

    expect(await codeOf(cluster.createService({ taskDefinition, placementConstraints }))).toBe(
      "InvalidParameterException",
    );
  });

  it("gives a node no two tasks with the same port, nor more memory than it has", async () => {
    const cluster = await SandboxCluster.create(aws);
    await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.createService({
      serviceName: "same-port",
      taskDefinition: await cluster.define({ family: "same-port" }),
    });
    await cluster.createService({
      serviceName: "too-big",
      taskDefinition: await cluster.define({ family: "big", port: 9100, memory: "14716" }),
    });
    await cluster.createService({
      serviceName: "just-fits",
      taskDefinition: await cluster.define({ family: "fits", port: 9200, memory: "14715" }),
    });

    await eventually(
      () => cluster.tasks(),
      (tasks) => tasks.filter(({ healthy }) => healthy).length === 2,
    );

    const running = (await cluster.tasks()).map(({ serviceName }) => serviceName).sort();
    expect(running).toEqual(["just-fits", "pop1"]);
    expect(await cluster.service("too-big")).toMatchObject({ desiredCount: 1, runningCount: 0 });

    // The room that a task leaves goes to another service at once.
    await cluster.ecs.send(new DeleteServiceCommand({ cluster: "c", service: "pop1" }));
    const then = await eventually(
      async () => (await cluster.tasks()).map(({ serviceName }) => serviceName).sort(),
      (names) => !names.includes("pop1") && names.length === 2,
    );
    expect(then).toEqual(["just-fits", "same-port"]);
  });
});

describe("a draining node", () => {
  it("hands its replicas on, keeping the healthy minimum, and takes new ones when it is active", async () => {
    const cluster = await twoTasks(3);
    const [leaving] = await slotsOf(cluster);
    await aws.configureAgent({ rebuildSeconds: 600 });

    await setState(cluster, leaving ?? -1, "DRAINING");
    const slots = await eventually(
      () => slotsOf(cluster),
      (found) => found.length === 2 && !found.includes(leaving ?? -1),
    );
    const [second] = (await cluster.tasks()).filter(({ healthy }) => healthy);
    expect(slots).toContain(second?.slot);

    // The other one may go only when the new one is healthy, and only to a node that is active.
    await setState(cluster, second?.slot ?? -1, "DRAINING");
    await pause(300);
    expect(await slotsOf(cluster)).toEqual(slots);
    await aws.configureAgent(FAST);
    await eventually(
      () => slotsOf(cluster),
      (found) => !found.includes(second?.slot ?? -1),
    );
    expect(await cluster.service()).toMatchObject({ desiredCount: 2, runningCount: 1 });

    for (const slot of [0, 1, 2]) await setState(cluster, slot, "ACTIVE");
    await cluster.waitUntilHealthy();
    expect(fewestHealthyTasks(await aws.timeline(), cluster.name, 2)).toEqual({ pop1: 1 });
  });

  it("keeps its daemons until its replicas are gone", async () => {
    const cluster = await SandboxCluster.create(aws);
    await cluster.launchAll(1);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.createService({
      serviceName: "replica",
      taskDefinition: await cluster.define({ family: "replica", port: 9100 }),
      desiredCount: 1,
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
    });
    await cluster.waitUntilHealthy();

    await setState(cluster, 0, "DRAINING");
    await pause(300);
    expect((await cluster.tasks()).map(({ healthy }) => healthy)).toEqual([true, true]);

    await update(cluster, {
      service: "replica",
      deploymentConfiguration: { minimumHealthyPercent: 0 },
    });
    await eventually(
      () => cluster.tasks(),
      (tasks) => tasks.length === 0,
    );
    const stopped = (await aws.timeline()).filter(
      (event) => event.environment === cluster.name && event.event === "task-stopped",
    );
    expect(stopped).toMatchObject([{ serviceName: "replica" }, { serviceName: "pop1" }]);
    expect(await cluster.service()).toMatchObject({ desiredCount: 0, runningCount: 0 });
  });
});

describe("what is deleted", () => {
  it("drains its tasks first; a cluster waits for all that is in it", async () => {
    const cluster = await daemonOnThree();
    await aws.configureAgent({ stopSeconds: 600, deregisterSeconds: 0 });
    const deleteCluster = () =>
      codeOf(cluster.ecs.send(new DeleteClusterCommand({ cluster: "c" })));
    expect(await deleteCluster()).toBe("ClusterContainsServicesException");

    const input = { cluster: "c", service: "pop1" };
    const { service } = await cluster.ecs.send(new DeleteServiceCommand(input));

    expect(service).toMatchObject({ status: "DRAINING", desiredCount: 0 });
    expect(await deleteCluster()).toBe("ClusterContainsTasksException");
    expect(await codeOf(cluster.createService({ taskDefinition: "routed" }))).toBe(
      "InvalidParameterException",
    );
    await aws.configureAgent(FAST);
    await eventually(
      () => cluster.service(),
      ({ status }) => status === "INACTIVE",
    );
    expect(await deleteCluster()).toBe("ClusterContainsContainerInstancesException");
    for (const { instanceId } of await cluster.containerInstances()) {
      await cluster.terminate(instanceId);
    }
    expect(await deleteCluster()).toBe("no error");
  });
});
