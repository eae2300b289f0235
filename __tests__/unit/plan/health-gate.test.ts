import { renderWhy } from "../../../lib/plan/render/render-why";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import type { Observation } from "../../../lib/observe/observation";
import { planUpgrade, planWaves } from "../../../lib/plan/plan-upgrade";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import {
  aFleet,
  instanceOf,
  observationOf,
  withEcs,
  withEcsChange,
  withInstance,
  withNewAmi,
  withTask,
} from "../../support/fleet";

const PENDING = { lastStatus: "RUNNING", healthStatus: "UNKNOWN" } as const;

/** Three nodes, two daemon PoPs, everything well, and a newer AMI. */
const outdated = withNewAmi(withEcs(observationOf(aFleet()), [{ pop: "pop1" }, { pop: "pop2" }]));

function actionsOf(plan: UpgradePlan): string {
  return plan.decisions.map(({ action }) => action).join(" ");
}

function withContainerInstance(
  slot: number,
  change: { status?: string; agentConnected?: boolean },
): Observation {
  const { instanceId } = instanceOf(outdated, slot);
  return withEcsChange(outdated, ({ containerInstances }) => ({
    containerInstances: containerInstances.map((c) =>
      c.instanceId === instanceId ? { ...c, ...change } : c,
    ),
  }));
}

describe("a node is available only if ECS says so too", () => {
  it("upgrades the first node of a fleet that is well, and says who loses a task", () => {
    const plan = planUpgrade(aFleet(), outdated);
    expect(renderSummary(plan)).toBe("upgrade node 0");
    expect(plan.popsTouched).toEqual([{ pops: ["pop1", "pop2"], losesOn: [0], keepsOn: [1, 2] }]);
  });

  it.each([
    [
      "a task rebuilds",
      withTask(outdated, "pop2", 1, PENDING),
      "node 1 has 1 of 2 tasks healthy; not that of pop2",
    ],
    [
      "no task is healthy",
      withTask(withTask(outdated, "pop2", 1, PENDING), "pop1", 1, { healthStatus: "UNHEALTHY" }),
      "node 1 has 0 of 2 tasks healthy; not that of pop1 and 1 more",
    ],
    [
      "a task is missing",
      withEcsChange(outdated, ({ tasks }) => ({
        tasks: tasks.filter(
          ({ taskArn }) => !taskArn.includes(`pop1/${instanceOf(outdated, 1).instanceId.slice(2)}`),
        ),
      })),
      "node 1 has 1 of 2 tasks healthy; not that of pop1",
    ],
    [
      "the agent is disconnected",
      withContainerInstance(1, { agentConnected: false }),
      "node 1 has a disconnected ECS agent",
    ],
    [
      "it drains",
      withContainerInstance(1, { status: "DRAINING" }),
      "node 1 is DRAINING in the cluster, by hand",
    ],
    [
      "it isn't registered",
      withEcsChange(outdated, ({ containerInstances }) => ({
        containerInstances: containerInstances.filter(
          (c) => c.instanceId !== instanceOf(outdated, 1).instanceId,
        ),
      })),
      "node 1 is not registered in the cluster",
    ],
  ])("mends an outdated node of which %s before the others", (_, observation, why) => {
    const plan = planUpgrade(aFleet(), observation);
    expect(actionsOf(plan)).toBe("keep upgrade keep");
    expect(renderWhy(plan.decisions[1]!)).toBe(
      `outdated AMI, and ${why}; 2 of 3 nodes available, 1 may be unavailable`,
    );
    expect(renderWhy(plan.decisions[0]!)).toBe("outdated AMI; waits for node 1");
  });

  it("counts a needed node daemon that isn't well, and simulates it well", () => {
    const arns = (observation: Observation) =>
      observation.health.source === "ecs"
        ? observation.health.containerInstances.map(
            ({ containerInstanceArn }) => containerInstanceArn,
          )
        : [];
    const [, second = ""] = arns(outdated);
    const withRouter = (healthyOn: readonly string[]) =>
      withEcsChange(outdated, () => ({
        nodeDaemons: [{ serviceName: "node--router", healthyOn: [...healthyOn] }],
      }));
    const everywhere = planUpgrade(aFleet(), withRouter(arns(outdated)));
    expect(renderSummary(everywhere)).toBe("upgrade node 0");
    expect(everywhere.popsTouched).toEqual(planUpgrade(aFleet(), outdated).popsTouched);

    const missing = withRouter(arns(outdated).filter((arn) => arn !== second));
    const plan = planUpgrade(aFleet(), missing);
    expect(actionsOf(plan)).toBe("keep upgrade keep");
    expect(renderWhy(plan.decisions[1]!)).toContain("and node 1 has no healthy node--router;");
    const settled = simulateWave(missing, plan);
    expect(renderSummary(planUpgrade(aFleet(), settled))).toBe("upgrade node 0");

    const onlyOne = planUpgrade(aFleet(), withRouter([second]));
    expect(onlyOne.status).toBe("staged");
    expect(actionsOf(onlyOne)).toBe("upgrade keep keep");
  });

  it("holds the rest while an upgraded node rebuilds", () => {
    const upgraded = withInstance(outdated, 0, { amiId: "ami-00000000000000002" });
    const plan = planUpgrade(aFleet(), withTask(upgraded, "pop1", 0, PENDING));
    expect(plan.status).toBe("held");
    expect(renderSummary(plan)).toBe(
      "no node is changed, because node 0 has 1 of 2 tasks healthy; not that of pop1; " +
        "2 of 3 nodes available, 1 may be unavailable",
    );
    expect(plan.wavesRemaining).toBe(2);
  });

  it("does not mend another broken node before the upgraded one has rebuilt", () => {
    const upgraded = withInstance(outdated, 0, { amiId: "ami-00000000000000002" });
    const rebuilding = withTask(upgraded, "pop1", 0, PENDING);
    const plan = planUpgrade(aFleet(), withInstance(rebuilding, 2, { state: "stopped" }));
    expect(plan.status).toBe("held");
    expect(renderWhy(plan.decisions[2]!)).toBe(
      "outdated AMI; held because node 0 has 1 of 2 tasks healthy; not that of pop1; " +
        "1 of 3 nodes available, 1 may be unavailable; node 2 is stopped",
    );
  });

  it("holds every node where ECS can't be read", () => {
    const observation: Observation = {
      ...outdated,
      health: { source: "unreadable", reason: "ecs:ListTasks failed" },
    };
    const plan = planUpgrade(aFleet(), observation);
    expect(plan.status).toBe("held");
    expect(actionsOf(plan)).toBe("keep keep keep");
    expect(renderSummary(plan)).toContain("node 0 can't be judged, since ECS could not be read");
  });

  it("reports the container instances of instances that are gone, and plans on", () => {
    const plan = planUpgrade(
      aFleet(),
      withEcsChange(outdated, ({ containerInstances }) => ({
        containerInstances: [
          ...containerInstances,
          {
            containerInstanceArn:
              "arn:aws:ecs:us-east-2:123456789012:container-instance/routed-test/0abc",
            instanceId: "i-0dead",
            status: "ACTIVE",
            agentConnected: false,
          },
        ],
      })),
    );
    expect(plan.status).toBe("staged");
    expect(plan.findings).toEqual([
      "container instance 0abc is a ghost of i-0dead, which the environment does not hold; deregister it",
    ]);
  });

  it("takes the connected one of two container instances of a node", () => {
    const { instanceId } = instanceOf(outdated, 1);
    const plan = planUpgrade(
      aFleet(),
      withEcsChange(outdated, ({ containerInstances }) => ({
        containerInstances: [
          { containerInstanceArn: "a-ghost", instanceId, status: "ACTIVE", agentConnected: false },
          ...containerInstances,
        ],
      })),
    );
    expect(renderSummary(plan)).toBe("upgrade node 0");
  });
});

describe("a PoP's last healthy task", () => {
  const two = aFleet({ nodes: 2, maxUnavailableNodes: 1 });

  it("is not taken by mending a broken node that still runs it", () => {
    // Node 0 is broken for pop1, node 1 for pop2: each holds the other's last healthy task.
    const fleet = withNewAmi(withEcs(observationOf(two), [{ pop: "pop1" }, { pop: "pop2" }]));
    const observation = withTask(withTask(fleet, "pop1", 0, PENDING), "pop2", 1, PENDING);
    const plan = planUpgrade(two, observation);
    expect(plan.status).toBe("held");
    expect(plan.decisions.map(({ why }) => why)).toEqual([
      { kind: "last-healthy-task", pops: ["pop2"] },
      { kind: "last-healthy-task", pops: ["pop1"] },
    ]);
  });

  it("is not taken from a PoP that ECS places on one node only, whatever the budget", () => {
    const spread = withEcs(observationOf(aFleet()), [
      { pop: "pop1", slots: [0] },
      { pop: "pop2", slots: [1, 2] },
    ]);
    const fleet = aFleet({ maxUnavailableNodes: 2 });
    const waves = planWaves(fleet, withNewAmi(spread));
    expect(renderSummary(waves[0]!)).toBe("upgrade node 1");
    expect(renderSummary(waves[1]!)).toBe("upgrade node 2");
    expect(renderSummary(waves[2]!)).toBe(
      "no node is changed, because node 0 runs the last healthy task of pop1",
    );
    expect(renderWhy(waves[2]!.decisions[0]!)).toBe(
      "outdated AMI; held because it runs the last healthy task of pop1",
    );
  });

  it("is spared while ECS replaces the PoP's tasks and may take another", () => {
    const spread = withNewAmi(withEcs(observationOf(aFleet()), [{ pop: "pop1", slots: [0, 1] }]));
    const deploying = withEcsChange(spread, ({ services }) => ({
      services: services.map((service) => ({ ...service, deploymentInProgress: true })),
    }));
    expect(renderSummary(planUpgrade(aFleet(), spread))).toBe("upgrade node 0");
    expect(renderSummary(planUpgrade(aFleet(), deploying))).toBe("upgrade node 2");
  });

  it("in two zones: the nodes of one zone go at once, since their PoPs have their other task elsewhere", () => {
    const zones = ["us-east-2a", "us-east-2b"];
    const fleet = aFleet({ nodes: 4, availabilityZones: zones, maxUnavailableNodes: 2 });
    // Slots 0 and 2 are in zone a, 1 and 3 in b.
    const spread = withEcs(observationOf(fleet), [
      { pop: "pop1", slots: [0, 1] },
      { pop: "pop2", slots: [2, 3] },
      { pop: "pop3", slots: [0, 3] },
      { pop: "pop4", slots: [1, 2] },
    ]);
    const waves = planWaves(fleet, withNewAmi(spread));
    expect(waves.map(renderSummary).slice(0, 2)).toEqual([
      "upgrade nodes 0 and 2",
      "upgrade nodes 1 and 3",
    ]);
    expect(waves[0]?.popsTouched).toEqual([
      { pops: ["pop1"], losesOn: [0], keepsOn: [1] },
      { pops: ["pop2"], losesOn: [2], keepsOn: [3] },
      { pops: ["pop3"], losesOn: [0], keepsOn: [3] },
      { pops: ["pop4"], losesOn: [2], keepsOn: [1] },
    ]);
  });
});

describe("the override of the health gate", () => {
  const broken = [0, 1, 2].reduce((seen, slot) => withTask(seen, "pop1", slot, PENDING), outdated);

  it("lets a fleet without a healthy task go back, within the budget, and says so", () => {
    const plan = planUpgrade(aFleet(), broken, { ignoreHealth: true });
    expect(renderSummary(plan)).toBe("upgrade node 0");
    expect(plan.healthIgnored).toBe(true);
    expect(plan.wavesRemaining).toBe(3);
  });

  it("lets a PoP lose its last task", () => {
    const single = withNewAmi(withEcs(observationOf(aFleet()), [{ pop: "pop1", slots: [0] }]));
    expect(renderSummary(planUpgrade(aFleet(), single, { ignoreHealth: true }))).toBe(
      "upgrade node 0",
    );
  });

  it("is off unless asked for", () => {
    expect(planUpgrade(aFleet(), outdated).healthIgnored).toBe(false);
  });
});
