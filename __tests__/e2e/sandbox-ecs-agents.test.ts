import { ModifyInstanceAttributeCommand } from "@aws-sdk/client-ec2";
import {
  DeregisterContainerInstanceCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
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

describe("a node of the product", () => {
  it.each(["al2023", "bottlerocket"] as const)(
    "with %s registers in the cluster that its user data names, with its attributes",
    async (os) => {
      const cluster = await SandboxCluster.create(aws);
      await aws.configureAgent({ bootSeconds: 600 });
      const instanceId = await cluster.launch(7, { os, zone: "b" });
      expect(await cluster.containerInstances()).toEqual([]);

      await aws.configureAgent(FAST);
      await cluster.waitUntilHealthy();

      const { containerInstanceArns } = await cluster.ecs.send(
        new ListContainerInstancesCommand({
          cluster: "c",
          status: "ACTIVE",
          filter: "attribute:routed.slot == 7 and attribute:ecs.os-type in [linux, windows]",
        }),
      );
      const { containerInstances = [] } = await cluster.ecs.send(
        new DescribeContainerInstancesCommand({
          cluster: "c",
          containerInstances: containerInstanceArns,
        }),
      );
      expect(containerInstances).toMatchObject([
        { ec2InstanceId: instanceId, status: "ACTIVE", agentConnected: true },
      ]);
      const { attributes, registeredResources } = containerInstances[0] ?? {};
      for (const attribute of [
        { name: "routed.slot", value: "7" },
        { name: "routed.availability-zone", value: "us-east-1b" },
        { name: "ecs.availability-zone", value: "us-east-1b" },
        { name: "ecs.instance-type", value: "t3.xlarge" },
      ]) {
        expect(attributes).toContainEqual(attribute);
      }
      expect(registeredResources).toMatchObject([
        { name: "CPU", integerValue: 4096 },
        { name: "MEMORY", integerValue: 15_739 },
        { name: "PORTS" },
        { name: "PORTS_UDP" },
      ]);
    },
  );

  it("waits for its cluster", async () => {
    const cluster = await SandboxCluster.create(aws, { withCluster: false });
    const instanceId = await cluster.launch(0);
    const waiting = `${instanceId} has not joined cluster c`;
    await eventually(
      () => aws.fleetHealth(cluster.name),
      ({ waitingFor }) => waitingFor.includes(waiting),
    );

    await cluster.createCluster();

    expect((await cluster.waitUntilHealthy()).nodes).toMatchObject([{ agentConnected: true }]);
  });

  it.each([
    [
      "al2023",
      "a config written to another file",
      "#!/bin/bash\necho ECS_CLUSTER=c > /etc/ecs.config\n",
    ],
    ["al2023", "no script", "ECS_CLUSTER=c\n"],
    [
      "al2023",
      "attributes that are not JSON",
      "#!/bin/bash\ncat > /etc/ecs/ecs.config <<'E'\nECS_CLUSTER=c\nECS_INSTANCE_ATTRIBUTES={'a':'b'}\nE\n",
    ],
    ["bottlerocket", "a shell script", "#!/bin/bash\necho ECS_CLUSTER=c > /etc/ecs/ecs.config\n"],
    ["bottlerocket", "another table", '[settings.kubernetes]\ncluster = "c"\n'],
  ] as const)("never registers with wrong user data: %s, %s", async (os, _, userData) => {
    const cluster = await SandboxCluster.create(aws);
    await cluster.launch(0, { os, userData });
    const good = await cluster.launch(1);

    await eventually(
      () => cluster.containerInstances(),
      (found) => found.some(({ instanceId }) => instanceId === good),
    );

    expect((await cluster.containerInstances()).map(({ instanceId }) => instanceId)).toEqual([
      good,
    ]);
  });

  it("takes the last of several lines that write the agent's config, as a shell would", async () => {
    const cluster = await SandboxCluster.create(aws);
    const script = [
      "#!/bin/bash",
      "# echo ECS_CLUSTER=comment >> /etc/ecs/ecs.config",
      "echo 'ECS_CLUSTER=overwritten' >> /etc/ecs/ecs.config",
      "cat > /usr/local/bin/drain <<SCRIPT",
      "echo ECS_CLUSTER=elsewhere > /etc/ecs/ecs.config",
      "SCRIPT",
      'echo "ECS_CLUSTER=c" > /etc/ecs/ecs.config',
      `echo 'ECS_INSTANCE_ATTRIBUTES={"x":"1"}' | tee -a /etc/ecs/ecs.config`,
    ];
    await cluster.launch(0, { userData: script.join("\n") });

    await cluster.waitUntilHealthy();

    expect((await cluster.containerInstances())[0]?.attributes).toMatchObject({ x: "1" });
  });
});

describe("the tasks of a service", () => {
  it("become healthy after the rebuild, and every call tells the same of them", async () => {
    const cluster = await SandboxCluster.create(aws);
    const nodes = await cluster.launchAll(3);
    const targetGroupArn = await cluster.createTargetGroup(1);
    const loadBalancers = [{ targetGroupArn, containerName: "api", containerPort: 9001 }];
    await cluster.createService({
      taskDefinition: await cluster.define(),
      loadBalancers,
      propagateTags: "SERVICE",
      enableECSManagedTags: true,
      tags: [{ key: "routed:pop", value: "pop1" }],
    });
    const states = (state: string) => nodes.map((id) => `${id}:9001 ${state}`).sort();
    await aws.configureAgent({ rebuildSeconds: 600 });

    await eventually(
      () => cluster.tasks(),
      (tasks) => tasks.length === 3,
    );
    expect(await cluster.targetHealth(targetGroupArn)).toEqual(states("initial"));
    expect(await cluster.service()).toMatchObject({
      desiredCount: 3,
      runningCount: 3,
      pendingCount: 0,
    });
    for (const task of await cluster.describeTasks()) {
      expect(task).toMatchObject({ lastStatus: "RUNNING", healthStatus: "UNKNOWN" });
    }

    await aws.configureAgent(FAST);
    await cluster.waitUntilHealthy();

    expect(await cluster.targetHealth(targetGroupArn)).toEqual(states("healthy"));
    const service = await cluster.service();
    expect(service.deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "COMPLETED", desiredCount: 3, runningCount: 3 },
    ]);
    const tasks = await cluster.describeTasks();
    expect(tasks).toHaveLength(3);
    for (const task of tasks) {
      expect(task).toMatchObject({
        lastStatus: "RUNNING",
        desiredStatus: "RUNNING",
        // Documented: `api` is essential and has no check.
        healthStatus: "UNKNOWN",
        group: "service:pop1",
        startedBy: service.deployments?.[0]?.id,
        launchType: "EC2",
        tags: [
          { key: "routed:pop", value: "pop1" },
          { key: "aws:ecs:clusterName", value: "c" },
          { key: "aws:ecs:serviceName", value: "pop1" },
        ],
      });
      expect(task.containers?.map(({ name, healthStatus }) => [name, healthStatus])).toEqual([
        ["bird", "HEALTHY"],
        ["api", "UNKNOWN"],
      ]);
    }
    const described = await cluster.ecs.send(
      new DescribeContainerInstancesCommand({
        cluster: "c",
        containerInstances: tasks.map((task) => task.containerInstanceArn ?? ""),
      }),
    );
    expect(described.containerInstances?.map((each) => each.ec2InstanceId).sort()).toEqual(
      [...nodes].sort(),
    );
    for (const each of described.containerInstances ?? []) {
      expect(each).toMatchObject({ runningTasksCount: 1, pendingTasksCount: 0 });
      expect(each.remainingResources).toMatchObject([
        { name: "CPU", integerValue: 4096 - 512 },
        { name: "MEMORY", integerValue: 15_739 - 1024 },
        { name: "PORTS", stringSetValue: ["22", "2375", "2376", "9000", "9001", "51678", "51679"] },
        { name: "PORTS_UDP", stringSetValue: [] },
      ]);
    }
    const { clusters } = await cluster.ecs.send(new DescribeClustersCommand({ clusters: ["c"] }));
    expect(clusters).toMatchObject([
      {
        registeredContainerInstancesCount: 3,
        runningTasksCount: 3,
        pendingTasksCount: 0,
        activeServicesCount: 1,
      },
    ]);
  });

  it("without a health check stay UNKNOWN, and count as healthy once they run", async () => {
    const cluster = await SandboxCluster.create(aws);
    await aws.configureAgent({ pullSeconds: 600 });
    await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define({ healthCheck: false }) });

    await eventually(
      () => cluster.service(),
      (service) => service.pendingCount === 1,
    );
    expect(await cluster.describeTasks()).toMatchObject([{ lastStatus: "PENDING" }]);
    await aws.configureAgent({ pullSeconds: 0 });
    await cluster.waitUntilHealthy();

    expect(await cluster.describeTasks()).toMatchObject([
      { lastStatus: "RUNNING", healthStatus: "UNKNOWN" },
    ]);
  });

  it("are listed in pages, and named where they are missing", async () => {
    const cluster = await SandboxCluster.create(aws);
    await cluster.launchAll(3);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();
    const list = (nextToken?: string) =>
      cluster.ecs.send(new ListTasksCommand({ cluster: "c", maxResults: 2, nextToken }));

    const first = await list();
    const second = await list(first.nextToken);

    expect([first.taskArns?.length, second.taskArns?.length, second.nextToken]).toEqual([
      2,
      1,
      undefined,
    ]);
    const described = await cluster.ecs.send(
      new DescribeTasksCommand({ cluster: "c", tasks: [...(first.taskArns ?? []), "gone"] }),
    );
    expect([described.tasks?.length, described.failures]).toMatchObject([
      2,
      [{ reason: "MISSING" }],
    ]);
    const services = Array.from({ length: 11 }, (_, index) => `pop${index}`);
    expect(
      await codeOf(cluster.ecs.send(new DescribeServicesCommand({ cluster: "c", services }))),
    ).toBe("InvalidParameterException");
    const { serviceArns } = await cluster.ecs.send(new ListServicesCommand({ cluster: "c" }));
    expect(serviceArns).toHaveLength(1);
  });
});

describe("an instance that is stopped", () => {
  it("takes its tasks with it, and comes back as the same container instance", async () => {
    const cluster = await SandboxCluster.create(aws);
    const [stopped = "", other = ""] = await cluster.launchAll(2);
    const targetGroupArn = await cluster.createTargetGroup(1);
    const loadBalancers = [{ targetGroupArn, containerName: "api", containerPort: 9001 }];
    await cluster.createService({ taskDefinition: await cluster.define(), loadBalancers });
    await cluster.waitUntilHealthy();
    const before = await cluster.containerInstances();

    await aws.stopInstance(stopped);

    expect(await cluster.containerInstances()).toMatchObject([
      { instanceId: stopped, status: "ACTIVE", agentConnected: false, runningTasks: 1 },
      { instanceId: other, status: "ACTIVE", agentConnected: true, healthyTasks: 1 },
    ]);
    // What their agent said last: nobody tells ECS otherwise.
    expect((await cluster.describeTasks()).map(({ lastStatus }) => lastStatus)).toEqual([
      "RUNNING",
      "RUNNING",
    ]);
    expect(new Set(await cluster.targetHealth(targetGroupArn))).toEqual(
      new Set([`${stopped}:9001 unused`, `${other}:9001 healthy`]),
    );
    expect(await cluster.service()).toMatchObject({ desiredCount: 2, runningCount: 2 });

    await aws.startInstance(stopped);
    await eventually(
      () => cluster.describeTasks("STOPPED"),
      (tasks) => tasks.length === 1,
    );
    expect(await cluster.describeTasks("STOPPED")).toMatchObject([
      {
        lastStatus: "STOPPED",
        stopCode: "TerminationNotice",
        stoppedReason: `Host EC2 (instance ${stopped}) stopped/terminated.`,
      },
    ]);
    await cluster.waitUntilHealthy();

    const arns = (found: typeof before) => found.map((each) => each.containerInstanceArn);
    expect(arns(await cluster.containerInstances())).toEqual(arns(before));
    expect(await cluster.service()).toMatchObject({ desiredCount: 2, runningCount: 2 });
    const events = (await aws.timeline()).filter((event) => event.instanceId === stopped);
    expect(events.map(({ event }) => event)).toEqual([
      "launched",
      "registered",
      "task-started",
      "task-healthy",
      "stopped",
      "agent-disconnected",
      "task-stopped",
      "started",
      "agent-connected",
      "task-started",
      "task-healthy",
    ]);
    expect(events.at(-1)).toMatchObject({ serviceName: "pop1", slot: 0, cluster: "c" });
  });

  it("takes its tasks with it at once where that is set", async () => {
    const cluster = await SandboxCluster.create(aws);
    const instanceId = await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();
    await aws.configureAgent({ stoppedHosts: "lost" });

    await aws.stopInstance(instanceId);

    expect(await cluster.describeTasks("STOPPED")).toMatchObject([{ lastStatus: "STOPPED" }]);
    expect(await cluster.containerInstances()).toMatchObject([{ runningTasks: 0 }]);
  });

  it("never comes back as another instance type", async () => {
    const cluster = await SandboxCluster.create(aws);
    const instanceId = await cluster.launch(0);
    await cluster.waitUntilHealthy();
    await aws.stopInstance(instanceId);
    await cluster.ec2.send(
      new ModifyInstanceAttributeCommand({
        InstanceId: instanceId,
        InstanceType: { Value: "t3.2xlarge" },
      }),
    );

    await aws.startInstance(instanceId);
    await pause(600);

    expect(await cluster.containerInstances()).toMatchObject([{ agentConnected: false }]);
  });
});

describe("an instance that is terminated", () => {
  it.each([
    ["never", "running", false],
    ["if-disconnected", "running", false],
    ["if-disconnected", "stopped", true],
    ["always", "running", true],
  ] as const)("with ghosts %s, %s before, stays behind: %s", async (ghosts, state, stays) => {
    const cluster = await SandboxCluster.create(aws);
    await aws.configureAgent({ ghosts, deregisterSeconds: 600 });
    const instanceId = await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();
    if (state === "stopped") await aws.stopInstance(instanceId);

    await cluster.terminate(instanceId);

    expect(await cluster.containerInstances()).toMatchObject([
      { instanceId, status: "ACTIVE", agentConnected: false },
    ]);
    await aws.configureAgent({ deregisterSeconds: 0 });
    const left = await cluster.containerInstances();
    expect(left).toHaveLength(stays ? 1 : 0);
    // Of a ghost's tasks nobody tells ECS more than was heard last, until somebody deregisters it.
    const running = () => cluster.describeTasks("RUNNING");
    const stopped = () => cluster.describeTasks("STOPPED");
    expect([(await running()).length, (await stopped()).length]).toEqual(stays ? [1, 0] : [0, 1]);
    if (!stays) return;
    expect(await running()).toMatchObject([
      { lastStatus: "RUNNING", containers: [{ healthStatus: "HEALTHY" }, {}] },
    ]);
    const containerInstance = left[0]?.containerInstanceArn;
    await cluster.ecs.send(
      new DeregisterContainerInstanceCommand({ cluster: "c", containerInstance, force: true }),
    );
    expect(await running()).toEqual([]);
    expect(await stopped()).toMatchObject([{ lastStatus: "STOPPED" }]);
  });
});

describe("a terminated instance that hangs", () => {
  it("is shutting down, and holds its address, until it has ended", async () => {
    const cluster = await SandboxCluster.create(aws);
    const instanceId = await cluster.launch(0);
    await cluster.waitUntilHealthy();
    await aws.hangTermination(instanceId);

    await cluster.terminate(instanceId);

    const hanging = (await aws.instances()).find((each) => each.instanceId === instanceId);
    expect(hanging).toMatchObject({ state: "shutting-down" });
    expect(hanging?.networkInterfaceId).not.toBeNull();
    expect(await cluster.containerInstances()).toMatchObject([{ agentConnected: false }]);
    expect(await aws.finishTermination(instanceId)).toMatchObject({
      state: "terminated",
      networkInterfaceId: null,
    });
  });
});

describe("an agent that lost its checkpoint", () => {
  it("registers anew beside its old registration, which keeps what it said last", async () => {
    const cluster = await SandboxCluster.create(aws);
    const instanceId = await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();

    await aws.loseCheckpoint(instanceId);

    const registrations = await eventually(
      () => cluster.containerInstances(),
      (found) => found.length === 2,
    );
    expect(registrations).toMatchObject([
      { instanceId, agentConnected: false, runningTasks: 1 },
      { instanceId, agentConnected: true },
    ]);
    await cluster.terminate(instanceId);
    await eventually(
      () => cluster.containerInstances(),
      (found) => found.length === 0,
    );
  });
});

describe("a task whose API has no check", () => {
  it("is HEALTHY for ECS where that is set, as its own check says", async () => {
    const cluster = await SandboxCluster.create(aws);
    await aws.configureAgent({ taskHealth: "observed" });
    await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();

    expect(await cluster.describeTasks()).toMatchObject([{ healthStatus: "HEALTHY" }]);
  });
});

describe("a fault of nodes", () => {
  it("never-boots keeps nodes of an AMI from registering, until it is taken back", async () => {
    const cluster = await SandboxCluster.create(aws);
    const imageId = await aws.releaseImage();
    const fault = await aws.setNodeFault({ kind: "never-boots", imageId });
    await cluster.launch(0);
    const broken = await cluster.launch(1, { imageId });

    await eventually(
      () => aws.fleetHealth(cluster.name),
      ({ waitingFor }) => waitingFor.join() === `${broken} boots`,
    );
    await pause(300);
    expect(await cluster.containerInstances()).toHaveLength(1);

    await aws.clearNodeFaults(fault);
    await cluster.waitUntilHealthy();
    expect(await cluster.containerInstances()).toHaveLength(2);
  });

  it("agent-disconnected leaves tasks as they were, and starts none", async () => {
    const cluster = await SandboxCluster.create(aws);
    const [silent = ""] = await cluster.launchAll(2);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.waitUntilHealthy();

    await aws.setNodeFault({ kind: "agent-disconnected", instanceId: silent });
    await cluster.createService({
      serviceName: "pop2",
      taskDefinition: await cluster.define({ family: "pop2", port: 9100 }),
    });
    await pause(300);

    expect(await cluster.containerInstances()).toMatchObject([
      { instanceId: silent, agentConnected: false, healthyTasks: 1 },
      { agentConnected: true, runningTasks: 2 },
    ]);
    expect(await cluster.service("pop2")).toMatchObject({ desiredCount: 1, runningCount: 1 });
    await aws.clearNodeFaults();
    await cluster.waitUntilHealthy();
    expect(await cluster.service("pop2")).toMatchObject({ desiredCount: 2, runningCount: 2 });
  });

  it("never-healthy keeps the tasks of a service, an instance or an AMI from it", async () => {
    const cluster = await SandboxCluster.create(aws);
    await aws.setNodeFault({ kind: "never-healthy", serviceName: "pop1" });
    await cluster.launch(0);
    await cluster.createService({ taskDefinition: await cluster.define() });
    await cluster.createService({
      serviceName: "pop2",
      taskDefinition: await cluster.define({ family: "pop2", port: 9100 }),
    });

    const missing = "service pop1 has 0 of 1 tasks healthy";
    await eventually(
      () => aws.fleetHealth(cluster.name),
      ({ waitingFor }) => waitingFor.join() === missing,
    );
    await expect(aws.waitUntilHealthy(cluster.name, { timeoutMs: 0 })).rejects.toThrow(
      `${cluster.name} is not healthy after 0 s: ${missing}`,
    );
    await aws.clearNodeFaults();
    await cluster.waitUntilHealthy();
  });

  it("is refused where it can't mean anything", async () => {
    await expect(aws.setNodeFault({ kind: "never-boots" })).rejects.toThrow(
      "a fault names at least one of instanceId, imageId, serviceName, containerImage",
    );
    await expect(aws.clearNodeFaults("nonsense")).rejects.toThrow("no fault nonsense");
    await expect(aws.configureAgent({ bootSeconds: -1 })).rejects.toThrow(
      "bootSeconds must be a number of seconds from 0, got -1",
    );
    expect(await aws.configureAgent(AGENT_DEFAULTS)).toEqual(AGENT_DEFAULTS);
  });
});

it("goes on in a fork, each by itself", async () => {
  const cluster = await SandboxCluster.create(aws);
  await aws.configureAgent({ bootSeconds: 600 });
  const instanceId = await cluster.launch(0);

  const fork = await aws.fork();
  await fork.configureAgent({ bootSeconds: 0 });

  expect((await fork.waitUntilHealthy(cluster.name)).nodes).toMatchObject([{ instanceId }]);
  expect(await cluster.containerInstances()).toEqual([]);
  await fork.stop();
});
