import type { Observation, ObservedHealth } from "../../../../lib/observe/observation";
import { popsLeftBare, popTasksOf, redundancyOf } from "../../../../lib/plan/live/pop-redundancy";
import type { PopTasks } from "../../../../lib/plan/live/pop-redundancy";
import { aFleet, emptyObservation, observationOf } from "../../../support/fleet";

type EcsHealth = Extract<ObservedHealth, { source: "ecs" }>;

const SLOTS = new Map([
  ["i-10", 10],
  ["i-2", 2],
]);

function observed(tasks: readonly (readonly [string, string | null, string])[]): Observation {
  const on = (arn: string, instanceId: string | null) => ({
    containerInstanceArn: arn,
    instanceId,
    status: "ACTIVE",
    agentConnected: true,
  });
  const service = (serviceName: string, deploymentInProgress: boolean) => ({
    serviceName,
    scheduling: "DAEMON" as const,
    desiredCount: 2,
    runningCount: 2,
    deploymentInProgress,
  });
  const [running] = observationOf(aFleet()).instances;
  return {
    ...emptyObservation(),
    instances: [
      { ...running!, instanceId: "i-2" },
      { ...running!, instanceId: "i-10", statusChecks: "impaired" },
    ],
    health: {
      source: "ecs",
      containerInstances: [
        on("ci/10", "i-10"),
        on("ci/2", "i-2"),
        on("ci/ghost", "i-gone"),
        on("ci/none", null),
      ],
      services: [service("pop2", true), service("pop1", false), service("pop3", false)],
      tasks: tasks.map(([serviceName, containerInstanceArn, healthStatus], index) => ({
        taskArn: `task/${index}`,
        serviceName,
        containerInstanceArn,
        lastStatus: "RUNNING",
        healthStatus: healthStatus as EcsHealth["tasks"][number]["healthStatus"],
      })),
    },
  };
}

it("tells by PoP where its tasks run, each slot once, in the order of numbers", () => {
  const observation = observed([
    ["pop1", "ci/10", "HEALTHY"],
    ["pop1", "ci/2", "HEALTHY"],
    ["pop1", "ci/10", "HEALTHY"],
    ["pop2", "ci/10", "UNKNOWN"],
    ["pop2", "ci/2", "HEALTHY"],
    ["pop2", "ci/ghost", "HEALTHY"],
    ["pop2", "ci/none", "HEALTHY"],
    ["pop2", null, "HEALTHY"],
    ["not-ours", "ci/2", "HEALTHY"],
  ]);
  expect(popTasksOf(observation, SLOTS)).toStrictEqual([
    {
      pop: "pop1",
      healthyOn: [2, 10],
      servingOn: [2],
      placedOn: [2, 10],
      deploying: false,
      everywhere: true,
      least: 1,
    },
    {
      pop: "pop2",
      healthyOn: [2],
      servingOn: [2],
      placedOn: [2, 10],
      deploying: true,
      everywhere: true,
      least: 1,
    },
    {
      pop: "pop3",
      healthyOn: [],
      servingOn: [],
      placedOn: [],
      deploying: false,
      everywhere: true,
      least: 1,
    },
  ]);
  const unreadable = { source: "unreadable", reason: "throttled" } as const;
  expect(popTasksOf({ ...observation, health: unreadable }, SLOTS)).toEqual([]);
});

const pop = (name: string, healthyOn: readonly number[], deploying = false): PopTasks => ({
  pop: name,
  healthyOn,
  servingOn: healthyOn,
  placedOn: healthyOn,
  deploying,
  everywhere: true,
  least: 1,
});

it.each([
  ["has another", pop("pop1", [0, 1]), [0], false],
  ["loses its last", pop("pop1", [0]), [0], true],
  ["loses all at once", pop("pop1", [0, 1]), [0, 1, 2], true],
  ["loses none", pop("pop1", [1]), [0], false],
  ["has none to lose", pop("pop1", []), [0], false],
  ["may lose the other to ECS", pop("pop1", [0, 1], true), [0], true],
  ["has a third beside the one that ECS may take", pop("pop1", [0, 1, 2], true), [0], false],
  ["loses none, and ECS may take its only one", pop("pop1", [1], true), [0], false],
] as const)("a PoP that %s is left bare: %#", (_, tasks, slots, bare) => {
  expect(popsLeftBare([tasks], new Set(slots))).toEqual(bare ? ["pop1"] : []);
  const [first = -1, ...others] = slots;
  expect(redundancyOf([tasks]).mayGo(first, new Set(others))).toBe(!bare);
});

it("names only the PoPs that are left bare", () => {
  const pops = [pop("pop1", [0, 1]), pop("pop2", [0]), pop("pop3", [1])];
  expect(popsLeftBare(pops, new Set([0]))).toEqual(["pop2"]);
});

it("a node may go where it takes no PoP's last task, whatever the others take", () => {
  const redundancy = redundancyOf([pop("pop1", [0, 1]), pop("pop2", [2])]);
  expect(redundancy.mayGo(0, new Set())).toBe(true);
  expect(redundancy.mayGo(0, new Set([1]))).toBe(false);
  expect(redundancy.mayGo(0, new Set([2]))).toBe(true);
  expect(redundancy.mayGo(3, new Set([0, 1, 2]))).toBe(true);
  const both = redundancyOf([pop("pop1", [0, 1]), pop("pop2", [0]), pop("pop3", [0, 1])]);
  expect(both.mayGo(0, new Set())).toBe(false);
  const others = new Set([1]);
  redundancy.mayGo(0, others);
  expect([...others]).toEqual([1]);
});
