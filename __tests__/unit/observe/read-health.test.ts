import type { AwsCallName, AwsCalls } from "../../../lib/aws/calls";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import type { EcsHealth } from "../../../lib/observe/observation";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import {
  aFakeAccount,
  anEmptyAccount,
  fakeCalls,
  observationOfFakeAccount,
} from "../../support/fake-aws/fake-account";
import type { FakeAccount } from "../../support/fake-aws/fake-account";
import { aService, aTask, containerInstanceArn, taskArn } from "../../support/fake-aws/fake-ecs";
import {
  HEALTH_CALLS,
  observe,
  observeChanged,
  refusal,
  spied,
} from "../../support/fake-aws/observing";

/** The health of three healthy nodes, after `change`. */
async function ecsHealth(change: (account: FakeAccount) => void): Promise<EcsHealth> {
  const { health } = await observeChanged(change);
  if (health.source !== "ecs") throw new Error(`health is ${JSON.stringify(health)}`);
  return health;
}

/** Observes with a clock that only notes the pauses. */
async function observeWithPauses(calls: AwsCalls) {
  const pauses: number[] = [];
  const reader = new AwsObservationReader(
    () => Promise.resolve(calls),
    (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  );
  const { cluster, health } = await reader.read(anEnvironment());
  return { cluster, health, pauses };
}

describe("a large cluster", () => {
  it("is read in pages of 100, and described in batches of what ECS takes", async () => {
    // 120 nodes and 25 PoPs, of which the first two run a task on each node, another on ten: 250.
    const account = aFakeAccount(120, 25);
    account.tasks = account.tasks.filter(({ group, containerInstanceArn }) => {
      const slot = Number(containerInstanceArn?.split("-").at(-1));
      return (
        ["service:pop0", "service:pop1"].includes(group!) || (group === "service:pop2" && slot < 10)
      );
    });
    for (const [slot, item] of account.containerInstances.entries()) {
      item.runningTasksCount = slot < 10 ? 3 : 2;
    }
    const { calls, asked } = spied(fakeCalls(account));
    const { health } = (await observe(calls)) as { health: EcsHealth };

    expect(health.source).toBe("ecs");
    expect(health.containerInstances).toHaveLength(120);
    expect(health.services).toHaveLength(25);
    expect(health.tasks).toHaveLength(250);
    const cluster = "routed-test";
    const inputs = (name: AwsCallName) => asked.filter(([call]) => call === name).map(([, i]) => i);
    expect(inputs("listContainerInstances")).toEqual([
      { cluster, maxResults: 100 },
      { cluster, maxResults: 100, nextToken: "100" },
    ]);
    expect(inputs("listServices")).toEqual([{ cluster, maxResults: 100 }]);
    expect(inputs("listTasks")).toEqual(
      [{}, { nextToken: "100" }, { nextToken: "200" }].map((page) => ({
        cluster,
        desiredStatus: "RUNNING",
        maxResults: 100,
        ...page,
      })),
    );
    const sizes = (name: AwsCallName, member: string) =>
      inputs(name).map((input) => (input[member] as string[]).length);
    expect(sizes("describeContainerInstances", "containerInstances")).toEqual([100, 20]);
    expect(sizes("describeServices", "services")).toEqual([10, 10, 5]);
    expect(sizes("describeTasks", "tasks")).toEqual([100, 100, 50]);
    expect(inputs("describeServices")[0]).toMatchObject({ cluster, include: ["TAGS"] });
  });

  it("is asked no more than 5 descriptions of a kind at once", async () => {
    const calls = fakeCalls(aFakeAccount(3, 100));
    let running = 0;
    let most = 0;
    await observe({
      ...calls,
      describeServices: async (input) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return calls.describeServices(input);
      },
    });
    expect(most).toBe(5);
  });
});

describe("where a service's tasks may run", () => {
  /** What is observed of a service with these placement constraints and tags. */
  async function placeOf(expressions: readonly string[], tags: Record<string, string> = {}) {
    const { services } = await ecsHealth((account) => {
      const [service] = account.services;
      service!.placementConstraints = expressions.map((expression) => ({
        type: "memberOf",
        expression,
      }));
      for (const [key, value] of Object.entries(tags)) service!.tags?.push({ key, value });
    });
    const { slots, everywhere, cell, coreSet } = services[0]!;
    return { slots, everywhere, cell, coreSet };
  }

  it("is on the slots of its constraint", async () => {
    expect(await placeOf(["attribute:routed.slot in [10, 2,3]"])).toEqual({ slots: [2, 3, 10] });
  });

  it.each([
    "attribute:routed.slot in []",
    "attribute:routed.slot in [a]",
    "agentConnected == true",
  ])("is anywhere for what this app did not write: %s", async (expression) =>
    expect(await placeOf([expression])).toEqual({}),
  );

  it("is told with its cell, and whether a replica is to be on every node", async () => {
    const tags = { "routed:cell": "a", "routed:placement": "daemon" };
    expect(await placeOf([], tags)).toEqual({ cell: "a", everywhere: true });
    expect(await placeOf([], { "routed:placement": "spread" })).toEqual({});
  });

  it.each([
    ["0", 0],
    ["31", 31],
    ["031", undefined],
    ["-1", undefined],
    ["a", undefined],
    ["10000", undefined],
  ])("is told with its core set by the tag %s, if that is a number", async (value, coreSet) => {
    expect(await placeOf([], { "routed:core-set": value })).toEqual({ coreSet });
  });
});

describe("no cluster to ask", () => {
  it.each([
    ["where there is none", anEmptyAccount()],
    [
      "where it was deleted",
      { ...aFakeAccount(), clusters: [{ ...aFakeAccount().clusters[0]!, status: "INACTIVE" }] },
    ],
  ])("%s gives nothing, and nothing is asked", async (_, account) => {
    const { calls, asked } = spied(fakeCalls(account));
    expect((await observe(calls)).health).toEqual({
      source: "ecs",
      containerInstances: [],
      services: [],
      tasks: [],
    });
    const names = asked.map(([name]) => name);
    for (const name of HEALTH_CALLS) expect(names).not.toContain(name);
  });
});

describe("a disconnected agent", () => {
  /** An agent whose connection is told as `looks` says, and the last of them ever after. */
  function flapping(looks: readonly boolean[]): { calls: AwsCalls; asked: [AwsCallName, never][] } {
    const account = aFakeAccount();
    const calls = fakeCalls(account);
    let look = 0;
    return spied({
      ...calls,
      describeContainerInstances: (input) => {
        account.containerInstances[1]!.agentConnected = looks[Math.min(look++, looks.length - 1)]!;
        return calls.describeContainerInstances(input);
      },
    });
  }

  it.each([
    [[true], true, 0],
    [[false, true], true, 1],
    [[false, false, true], true, 2],
    [[false, false, false, true], true, 3],
    [[false, false, false, false, true], false, 3],
  ])("seen as %j counts as connected: %s", async (looks, connected, further) => {
    const { calls, asked } = flapping(looks);
    const { health, pauses } = await observeWithPauses(calls);
    expect((health as EcsHealth).containerInstances.map((item) => item.agentConnected)).toEqual([
      true,
      connected,
      true,
    ]);
    expect(pauses).toEqual(Array.from({ length: further }, () => 2_000));
    const described = asked.filter(([name]) => name === "describeContainerInstances");
    expect(described.slice(1).map(([, input]) => input["containerInstances"])).toEqual(
      Array.from({ length: further }, () => [containerInstanceArn(1)]),
    );
  });
});

describe("services", () => {
  it("of PoPs are told by their tag or, without one, by the config; others and their tasks are left out", async () => {
    const account = aFakeAccount(1, 3);
    delete account.services[1]!.tags;
    account.services[2]!.tags = [];
    const environment = anEnvironment({ autopilotSites: [{ id: 1, name: "pop1", bgpPeers: [] }] });
    const { health } = (await observe(fakeCalls(account), environment)) as { health: EcsHealth };
    expect(health.services.map(({ serviceName }) => serviceName)).toEqual(["pop0", "pop1"]);
    expect(health.tasks.map(({ serviceName }) => serviceName)).toEqual(["pop0", "pop1"]);
  });

  it("whose tag names another PoP are a contradiction", async () => {
    const refused = await refusal(
      observeChanged(({ services }) => {
        services[1]!.tags = [{ key: "routed:pop", value: "pop9" }];
      }),
    );
    expect(refused).toEqual({
      code: "contradiction",
      message:
        'test: the tag routed:pop of service pop1 must be pop1, got "pop9"; correct the tag or take it off',
    });
  });

  describe("of node daemons", () => {
    const daemon = (...tags: string[]) => ({
      ...aService(9, 3),
      serviceName: "node--router",
      tags: tags.map((key) => ({ key, value: "x" })),
    });
    const taskOf = (slot: number) => ({ ...aTask(9, slot), group: "service:node--router" });

    it("are no PoPs; those that nodes need tell where they are well", async () => {
      const health = await ecsHealth((account) => {
        account.services.push(daemon("routed:node-daemon", "routed:needed-for"));
        account.tasks.push(
          taskOf(2),
          { ...taskOf(1), lastStatus: "PENDING", healthStatus: "UNKNOWN" },
          taskOf(0),
        );
      });
      expect(health.nodeDaemons).toEqual([
        {
          serviceName: "node--router",
          healthyOn: [containerInstanceArn(0), containerInstanceArn(2)],
        },
      ]);
      expect(health.services.map(({ serviceName }) => serviceName)).toEqual(["pop0", "pop1"]);
      expect(new Set(health.tasks.map(({ serviceName }) => serviceName))).toEqual(
        new Set(["pop0", "pop1"]),
      );
    });

    it("that no node needs are left out like any other service", async () => {
      const health = await ecsHealth((account) => {
        account.services.push(daemon("routed:node-daemon"));
        account.tasks.push(taskOf(0));
      });
      expect(health).not.toHaveProperty("nodeDaemons");
    });

    it("are a contradiction where they are a PoP's as well", async () => {
      const refused = await refusal(
        observeChanged(({ services }) => {
          services[1]!.tags?.push({ key: "routed:node-daemon", value: "x" });
        }),
      );
      expect(refused).toEqual({
        code: "contradiction",
        message:
          "test: service pop1 is a PoP's and must not have the tag routed:node-daemon; take the tag off",
      });
    });
  });

  it.each(["INACTIVE", "DRAINING"])("that are %s are left out", async (status) => {
    const { services } = await ecsHealth((account) => {
      account.services.push({ ...aService(9, 3), status });
    });
    expect(services.map(({ serviceName }) => serviceName)).toEqual(["pop0", "pop1"]);
  });

  it.each([
    ["one that is completed", [{ status: "PRIMARY", rolloutState: "COMPLETED" }], false],
    ["one under way", [{ status: "PRIMARY", rolloutState: "IN_PROGRESS" }], true],
    ["one that failed", [{ status: "PRIMARY", rolloutState: "FAILED" }], true],
    [
      "a former one beside it",
      [
        { status: "ACTIVE", rolloutState: "COMPLETED" },
        { status: "PRIMARY", rolloutState: "COMPLETED" },
      ],
      true,
    ],
  ] as const)("with %s as deployment: in progress %s", async (_, deployments, expected) => {
    const { services } = await ecsHealth((account) => {
      account.services[1]!.deployments = [...deployments];
    });
    expect(services.map((service) => service.deploymentInProgress)).toEqual([false, expected]);
  });

  it("that replicate say so, with what is wanted and what runs", async () => {
    const { services } = await ecsHealth((account) => {
      Object.assign(account.services[1]!, {
        schedulingStrategy: "REPLICA",
        desiredCount: 2,
        runningCount: 1,
      });
    });
    expect(services[1]).toEqual({
      serviceName: "pop1",
      scheduling: "REPLICA",
      desiredCount: 2,
      runningCount: 1,
      deploymentInProgress: false,
    });
  });
});

describe("tasks", () => {
  it("are told with their state, also before they are placed", async () => {
    const { tasks } = await ecsHealth((account) => {
      Object.assign(account.tasks[0]!, { lastStatus: "PENDING", healthStatus: "UNKNOWN" });
      account.tasks.push({
        ...aTask(0, 9),
        containerInstanceArn: undefined,
        lastStatus: "PROVISIONING",
        healthStatus: "UNKNOWN",
      });
    });
    expect(tasks).toHaveLength(7);
    expect(tasks[0]).toEqual({
      taskArn: taskArn(0, 0),
      serviceName: "pop0",
      containerInstanceArn: containerInstanceArn(0),
      lastStatus: "PENDING",
      healthStatus: "UNKNOWN",
    });
    expect(tasks[3]).toMatchObject({ taskArn: taskArn(0, 9), containerInstanceArn: null });
  });

  it("of no service are left out, and so is one that ECS stops before it is described", async () => {
    const account = aFakeAccount();
    account.tasks[1]!.group = "family:something";
    const calls = fakeCalls(account);
    const { health } = await observe({
      ...calls,
      describeTasks: (input) => {
        account.tasks[2]!.desiredStatus = "STOPPED";
        return calls.describeTasks(input);
      },
    });
    expect((health as EcsHealth).tasks.map((task) => task.taskArn)).toEqual([
      taskArn(0, 0),
      ...[0, 1, 2].map((slot) => taskArn(1, slot)),
    ]);
  });
});

describe("what moves between two calls", () => {
  it.each([
    ["a task that ends", "describeTasks", "tasks"],
    ["a node that goes", "describeContainerInstances", "containerInstances"],
    ["a service that is deleted", "describeServices", "services"],
  ] as const)("is read again: %s", async (_, call, list) => {
    const account = aFakeAccount();
    const answer = fakeCalls(account);
    let first = true;
    const { calls, asked } = spied({
      ...answer,
      [call]: async (input: never) => {
        if (!first) return answer[call](input);
        first = false;
        const whole = (await answer[call](input)) as Record<string, { [key: string]: string }[]>;
        const [gone] = whole[list]!.splice(0, 1);
        const arn = Object.values(gone!).find((value) => String(value).startsWith("arn:"));
        return { ...whole, failures: [{ arn, reason: "MISSING" }] };
      },
    });
    const { health, pauses } = await observeWithPauses(calls);
    expect(health).toEqual(observationOfFakeAccount().health);
    expect(pauses).toEqual([2_000]);
    expect(asked.filter(([name]) => name === "describeClusters")).toHaveLength(2);
    expect(asked.filter(([name]) => name === call)).toHaveLength(2);
  });

  it("is read 3 times, and then the cluster is the one seen first and its health unreadable", async () => {
    const answer = fakeCalls(aFakeAccount());
    const { calls, asked } = spied({
      ...answer,
      listTasks: () => Promise.resolve({ taskArns: [taskArn(0, 0)] }),
    });
    const { cluster, health, pauses } = await observeWithPauses(calls);
    expect(health).toEqual({
      source: "unreadable",
      reason: `ecs:ListTasks gave 1 of the 2 tasks on ${containerInstanceArn(0)}; an incomplete answer is not used, run again`,
    });
    expect(cluster).toEqual(observationOfFakeAccount().cluster);
    expect(pauses).toEqual([2_000, 2_000]);
    expect(asked.filter(([name]) => name === "listTasks")).toHaveLength(3);
  });

  it("makes the cluster and the health of one and the same look", async () => {
    const account = aFakeAccount();
    const answer = fakeCalls(account);
    let look = 0;
    const { cluster, health } = await observeWithPauses({
      ...answer,
      describeClusters: async (input) => {
        if (++look === 2) account.clusters[0]!.status = "INACTIVE";
        return answer.describeClusters(input);
      },
      listTasks: () => Promise.resolve({ taskArns: [] }),
    });
    expect(cluster?.status).toBe("INACTIVE");
    expect(health).toMatchObject({ source: "ecs", tasks: [] });
  });
});
