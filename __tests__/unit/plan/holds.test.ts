import type { Observation } from "../../../lib/observe/observation";
import { holdsOf, topicsOf } from "../../../lib/plan/holds";
import type { Hold } from "../../../lib/plan/holds";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { renderOutcome } from "../../../lib/plan/render/render-outcome";
import {
  aFleet,
  NEW_AMI,
  observationOf,
  withEcs,
  withInstance,
  withNewAmi,
  withTask,
} from "../../support/fleet";

/** Why each slot stays, by slot. */
function kindsOf(plan: UpgradePlan): string[] {
  return plan.decisions.map(({ why }) => why.kind);
}

function pagesOf(plan: UpgradePlan): string[] {
  return [...renderOutcome(plan).matchAll(/held-([a-z-]+)\.md/g)].map(([, page = ""]) => page);
}

const SICK = { lastStatus: "RUNNING", healthStatus: "UNKNOWN" } as const;

describe("with a budget of two", () => {
  /** Node 0 has what it should, and whether it is well isn't known, so of the budget one is left. */
  const unread = (observation: Observation): Observation =>
    withInstance(observation, 0, { amiId: NEW_AMI, statusChecks: "insufficient-data" });

  it("a cell that lacks a node holds its others, not the budget", () => {
    const cells = [{ name: "a", slots: [0, 1, 2] }];
    const fleet = aFleet({ nodes: 3, maxUnavailableNodes: 2, cells, pops: [] });
    const plan = planUpgrade(fleet, unread(withNewAmi(withEcs(observationOf(fleet), []))));
    const holder = { slot: 0, unavailable: { kind: "status-checks", result: "insufficient-data" } };
    expect(plan.status).toBe("held");
    expect(kindsOf(plan)).toEqual(["up-to-date", "cell", "cell"]);
    expect(plan.decisions[1]?.why).toEqual({ kind: "cell", cell: "a", holder });
    expect(holdsOf(plan)).toEqual<Hold[]>([{ kind: "cell", holders: [holder] } as Hold]);
    expect(pagesOf(plan)).toEqual(["cell"]);
  });

  it("the last healthy tasks hold the nodes that run them, not the budget", () => {
    const fleet = aFleet({ nodes: 3, maxUnavailableNodes: 2 });
    const placed = withEcs(observationOf(fleet), [
      { pop: "pop1", slots: [1] },
      { pop: "pop2", slots: [2] },
    ]);
    const plan = planUpgrade(fleet, unread(withNewAmi(placed)));
    expect(kindsOf(plan)).toEqual(["up-to-date", "last-healthy-task", "last-healthy-task"]);
    expect(holdsOf(plan)).toEqual<Hold[]>([
      { kind: "last-healthy-task", slots: [1, 2], pops: ["pop1", "pop2"] },
    ]);
    expect(pagesOf(plan)).toEqual(["last-healthy-task"]);
  });

  it("several reasons hold at once, each with its page", () => {
    const cells = [{ name: "a", slots: [0, 1] }];
    const fleet = aFleet({ nodes: 3, maxUnavailableNodes: 2, cells, pops: [] });
    const placed = withEcs(observationOf(fleet), [{ pop: "pop1", slots: [2] }]);
    const plan = planUpgrade(fleet, unread(withNewAmi(placed)));
    expect(kindsOf(plan)).toEqual(["up-to-date", "cell", "last-healthy-task"]);
    expect(pagesOf(plan)).toEqual(["cell", "last-healthy-task"]);
  });

  it("the budget holds once it is used up, and both holders are named", () => {
    const fleet = aFleet({ nodes: 4, maxUnavailableNodes: 2 });
    const broken = withInstance(unread(withNewAmi(observationOf(fleet))), 1, {
      amiId: NEW_AMI,
      statusChecks: "impaired",
    });
    const plan = planUpgrade(fleet, broken);
    expect(kindsOf(plan)).toEqual(["up-to-date", "up-to-date", "budget", "budget"]);
    const budget = { nodes: 4, available: 2, mayBeUnavailable: 2 };
    expect(holdsOf(plan)).toMatchObject([
      { kind: "budget", holders: [{ slot: 0 }, { slot: 1 }], budget },
    ]);
    expect(pagesOf(plan)).toEqual(["node-unavailable"]);
  });
});

it("of nodes that wait for one that waits itself, its reason holds the plan", () => {
  const fleet = aFleet();
  const placed = withEcs(observationOf(fleet), [{ pop: "pop1", slots: [1] }, { pop: "pop2" }]);
  const plan = planUpgrade(fleet, withTask(withNewAmi(placed), "pop2", 1, SICK));
  expect(kindsOf(plan)).toEqual(["budget", "last-healthy-task", "budget"]);
  expect(topicsOf(holdsOf(plan))).toEqual(["last-healthy-task"]);
});

it("a node that can't be judged waits for that, and not for itself", () => {
  const health = { source: "unreadable" as const, reason: "ecs:ListTasks failed" };
  const plan = planUpgrade(aFleet(), { ...withNewAmi(observationOf(aFleet())), health });
  expect(kindsOf(plan)).toEqual(["health-unknown", "health-unknown", "health-unknown"]);
  expect(pagesOf(plan)).toEqual(["health-unknown"]);
});

it("a run that is about other nodes leaves the rest alone, and doesn't call them frozen", () => {
  const plan = planUpgrade(aFleet(), withNewAmi(observationOf(aFleet())), { onlyNodes: [2] });
  expect(kindsOf(plan)).toEqual(["not-selected", "not-selected", "outdated"]);
});

it("promises no number of waves where not even a fleet that is well goes on", () => {
  const placed = withEcs(observationOf(aFleet()), [
    { pop: "pop1", slots: [0] },
    { pop: "pop2", slots: [1] },
    { pop: "pop3", slots: [2] },
  ]);
  const plan = planUpgrade(aFleet(), withNewAmi(placed));
  expect([plan.status, plan.wavesRemaining]).toEqual(["held", 0]);
  const [head] = renderOutcome(plan).split("\n");
  expect(head).toMatch(/; no wave can follow until that changes$/);
});
