import type { Observation, ObservedHealth } from "../../../../lib/observe/observation";
import {
  barringSingleTasks,
  expectedServices,
  ghostsIn,
  isHealthy,
  unavailabilityOfInstance,
} from "../../../../lib/plan/live/node-health";
import { isCertain } from "../../../../lib/plan/reasons";
import type { Unavailability } from "../../../../lib/plan/reasons";
import { renderUnavailability } from "../../../../lib/plan/render/render-unavailability";
import { aFleet, emptyObservation, instanceOf, observationOf } from "../../../support/fleet";

type EcsHealth = Extract<ObservedHealth, { source: "ecs" }>;
type Task = EcsHealth["tasks"][number];
type Service = EcsHealth["services"][number];

const node = { ...instanceOf(observationOf(aFleet()), 1), instanceId: "i-1" };
const UNREADABLE: ObservedHealth = { source: "unreadable", reason: "throttled" };

const registered = (
  arn: string,
  change: Partial<EcsHealth["containerInstances"][number]> = {},
) => ({
  containerInstanceArn: arn,
  instanceId: "i-1",
  status: "ACTIVE",
  agentConnected: true,
  ...change,
});
const task = (serviceName: string, change: Partial<Task> = {}): Task => ({
  taskArn: `task/${serviceName}`,
  serviceName,
  containerInstanceArn: "ci/1",
  lastStatus: "RUNNING",
  healthStatus: "HEALTHY",
  ...change,
});
const service = (serviceName: string, change: Partial<Service> = {}): Service => ({
  serviceName,
  scheduling: "DAEMON",
  desiredCount: 1,
  runningCount: 1,
  deploymentInProgress: false,
  ...change,
});
const ecs = (change: Partial<EcsHealth> = {}): EcsHealth => ({
  source: "ecs",
  containerInstances: [registered("ci/1")],
  services: [service("pop1"), service("pop2")],
  tasks: [task("pop1"), task("pop2")],
  ...change,
});

const inWords = (unavailable: Unavailability | null) =>
  unavailable && {
    predicate: renderUnavailability(unavailable),
    certain: isCertain(unavailable),
  };
const judged = (...[instance, health]: Parameters<typeof unavailabilityOfInstance>) =>
  inWords(unavailabilityOfInstance(instance, health));
const barred = (...[instance, health]: Parameters<typeof unavailabilityOfInstance>) => {
  const unavailable = unavailabilityOfInstance(instance, health);
  return inWords(unavailable && barringSingleTasks(unavailable));
};

describe("a node", () => {
  it("is available where EC2 and ECS say so", () => {
    expect(judged(node, ecs())).toBeNull();
    expect(barred(node, ecs())).toBeNull();
  });

  it.each([
    [{ state: "stopped" }, "is stopped", true],
    [{ state: "pending" }, "is pending", true],
    [{ statusChecks: "initializing" }, "has not passed its status checks yet", true],
    [{ statusChecks: "impaired" }, "fails its status checks", true],
    [{ statusChecks: "insufficient-data" }, "has no result of its status checks", false],
    [{ statusChecks: "not-applicable" }, "has no result of its status checks", false],
    [{ statusChecks: "unknown" }, "has no result of its status checks", false],
  ] as const)("of which EC2 says %j isn't, whatever ECS says", (change, predicate, certain) => {
    const unavailable = { predicate, certain };
    for (const health of [ecs(), UNREADABLE]) {
      expect(judged({ ...node, ...change }, health)).toEqual(unavailable);
      expect(barred({ ...node, ...change }, health)).toEqual(unavailable);
    }
  });

  it("isn't known to be broken where ECS couldn't be read", () => {
    const unavailable = {
      predicate: "can't be judged, since ECS could not be read",
      certain: false,
    };
    expect(judged(node, UNREADABLE)).toEqual(unavailable);
    expect(barred(node, UNREADABLE)).toEqual(unavailable);
  });

  it.each([
    ["is not registered in the cluster", { containerInstances: [] }],
    [
      "is not registered in the cluster",
      { containerInstances: [registered("ci/1", { instanceId: "i-2" })] },
    ],
    [
      "is DRAINING in the cluster, by hand",
      { containerInstances: [registered("ci/1", { status: "DRAINING" })] },
    ],
    [
      "has a disconnected ECS agent",
      { containerInstances: [registered("ci/1", { agentConnected: false })] },
    ],
    [
      "has no healthy node--router, node--shipper",
      {
        nodeDaemons: [
          { serviceName: "node--shipper", healthyOn: [] },
          { serviceName: "node--router", healthyOn: ["ci/2"] },
          { serviceName: "node--exporter", healthyOn: ["ci/2", "ci/1"] },
        ],
      },
    ],
  ])("that %s is barred, whatever its tasks say", (predicate, change) => {
    const unavailable = { predicate, certain: true };
    expect(judged(node, ecs(change))).toEqual(unavailable);
    expect(barred(node, ecs(change))).toEqual(unavailable);
  });

  it.each([
    ["has 1 of 2 tasks healthy; not that of pop2", [task("pop1")]],
    [
      "has 1 of 2 tasks healthy; not that of pop2",
      [task("pop1"), task("pop2", { healthStatus: "UNHEALTHY" })],
    ],
    [
      "has 2 of 3 tasks healthy; not that of pop3",
      [task("pop1"), task("pop2"), task("pop3", { lastStatus: "PENDING" })],
    ],
  ])("that %s isn't barred by the other PoPs", (predicate, tasks) => {
    expect(judged(node, ecs({ tasks }))).toEqual({ predicate, certain: true });
    expect(barred(node, ecs({ tasks }))).toBeNull();
  });

  it("of which no task is healthy is barred", () => {
    const tasks = [
      task("pop2", { healthStatus: "UNKNOWN" }),
      task("pop1", { containerInstanceArn: null }),
    ];
    const unavailable = {
      predicate: "has 0 of 2 tasks healthy; not that of pop1 and 1 more",
      certain: true,
    };
    expect(judged(node, ecs({ tasks }))).toEqual(unavailable);
    expect(barred(node, ecs({ tasks }))).toEqual(unavailable);
  });

  it("names the PoP that comes first by name, and the tasks before a node daemon", () => {
    const services = [service("pop3"), service("pop1"), service("pop2")];
    const nodeDaemons = [{ serviceName: "node--router", healthyOn: [] }];
    const { predicate } = judged(node, ecs({ services, nodeDaemons, tasks: [] })) ?? {};
    expect(predicate).toBe("has 0 of 3 tasks healthy; not that of pop1 and 2 more");
  });

  it("that registered anew is what its connected agent says, whatever its old self said last", () => {
    const left = registered("ci/0", { agentConnected: false, status: "INACTIVE" });
    const tasks = [task("pop1", { containerInstanceArn: "ci/0" }), task("pop2")];
    const again = ecs({ containerInstances: [left, registered("ci/1")], tasks });
    expect(judged(node, again)?.predicate).toBe("has 1 of 2 tasks healthy; not that of pop1");
    const gone = ecs({ containerInstances: [left, { ...left, status: "ACTIVE" }], tasks });
    expect(judged(node, gone)?.predicate).toBe("is INACTIVE in the cluster");
  });
});

it.each([
  ["RUNNING", "HEALTHY", true],
  ["PENDING", "HEALTHY", false],
  ["RUNNING", "UNHEALTHY", false],
  ["RUNNING", "UNKNOWN", false],
] as const)("a task that is %s and %s is healthy: %s", (lastStatus, healthStatus, healthy) => {
  expect(isHealthy(task("pop1", { lastStatus, healthStatus }))).toBe(healthy);
});

it("a node is to run a task of each PoP that runs everywhere, or on its slot", () => {
  const health = ecs({
    services: [
      service("everywhere"),
      service("daemon-as-replica", { scheduling: "REPLICA", everywhere: true }),
      service("replica", { scheduling: "REPLICA" }),
      service("on-1", { slots: [0, 1] }),
      service("on-2", { slots: [2] }),
      service("replica-with-slots", { scheduling: "REPLICA", everywhere: true, slots: [2] }),
    ],
  });
  const all = ["everywhere", "daemon-as-replica", "replica-with-slots"];
  expect(expectedServices(1, health)).toEqual([...all, "on-1"]);
  expect(expectedServices(2, health)).toEqual([...all, "on-2"]);
  expect(expectedServices(3, health)).toEqual(all);
  expect(expectedServices(null, health)).toEqual([
    "everywhere",
    "daemon-as-replica",
    "on-1",
    "on-2",
    "replica-with-slots",
  ]);
});

it("a container instance without an instance of the environment is a ghost", () => {
  const observation: Observation = {
    ...emptyObservation(),
    instances: [node],
    health: ecs({
      containerInstances: [
        registered("arn/ci/1"),
        registered("arn/ci/2", { instanceId: "i-2" }),
        registered("arn/ci/3", { instanceId: null }),
      ],
    }),
  };
  const rest = "which the environment does not hold; deregister it";
  expect(ghostsIn(observation)).toEqual([
    `container instance 2 is a ghost of i-2, ${rest}`,
    `container instance 3 is a ghost of no instance, ${rest}`,
  ]);
  expect(ghostsIn({ ...observation, health: UNREADABLE })).toEqual([]);
});
