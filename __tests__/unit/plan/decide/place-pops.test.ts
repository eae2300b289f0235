import { holdsOf } from "../../../../lib/plan/holds";
import { renderSummary } from "../../../../lib/plan/render/render-summary";
import { canonicalObservation } from "../../../../lib/observe/canonical-observation";
import type { DesiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import type { Observation } from "../../../../lib/observe/observation";
import { checkInvariants } from "../../../../lib/plan/invariants/check-invariants";
import { planUpgrade, planWaves } from "../../../../lib/plan/plan-upgrade";
import { renderPlan } from "../../../../lib/plan/render/render-plan";
import { simulateWave } from "../../../../lib/plan/simulate/simulate-wave";
import {
  aFleet,
  observationOf,
  withEcs,
  withEcsChange,
  withInstance,
  withNewAmi,
  withTask,
} from "../../../support/fleet";

const POPS = ["ord", "lhr", "nrt", "syd"];
const pops = POPS.map((name) => ({ name }));
const A = { name: "a", slots: [0, 1, 2] };
const B = { name: "b", slots: [3, 4, 5] };
const C = { name: "c", slots: [6, 7, 8] };

const undivided = aFleet({ nodes: 6, pops });
const divided = aFleet({ nodes: 6, pops, cells: [A, B] });

/** What is observed once the waves of `desired` have been deployed and are well. */
function settled(desired: DesiredFleet, from: Observation): Observation {
  return planWaves(desired, from).reduce(
    (observation, plan) =>
      plan.status === "staged" ? simulateWave(observation, plan) : observation,
    from,
  );
}

const everywhere = withEcs(
  observationOf(undivided),
  POPS.map((pop) => ({ pop })),
);
const inCells = settled(divided, everywhere);
const spreadByEcs = withEcs(
  observationOf(undivided),
  POPS.map((pop, index) => ({ pop, slots: [index, index + 1] })),
);

/** PoP → slots that it may run on. */
function placesOf(desired: DesiredFleet, observation: Observation) {
  const { placement } = planUpgrade(desired, observation);
  return Object.fromEntries((placement?.pops ?? []).map(({ pop, slots }) => [pop, slots]));
}

describe("a fleet without cells", () => {
  it("says nothing of places", () => {
    expect(planUpgrade(undivided, everywhere)).not.toHaveProperty("placement");
    expect(planUpgrade(undivided, everywhere).decisions[0]).not.toHaveProperty("cell");
    const spread = aFleet({ nodes: 6, pops, placement: "spread" });
    expect(planUpgrade(spread, spreadByEcs)).not.toHaveProperty("placement");
  });

  it("leaves services as they are where ECS can't be read", () => {
    const unread = { ...everywhere, health: { source: "unreadable" as const, reason: "no" } };
    expect(planUpgrade(undivided, unread).placement).toMatchObject({ known: false });
    expect(planUpgrade(undivided, everywhere).placement).toBeUndefined();
  });
});

describe("cells", () => {
  it("confine the PoPs of a live fleet in one deploy, and replace no node", () => {
    const plan = planUpgrade(divided, everywhere);
    expect(plan).toMatchObject({ status: "staged", wavesRemaining: 1 });
    expect(renderSummary(plan)).toBe("stop lhr, nrt and 2 more outside the new place");
    expect(new Set(plan.decisions.map(({ action }) => action))).toEqual(new Set(["keep"]));
    expect(plan.decisions.map(({ cell }) => cell)).toEqual(["a", "a", "a", "b", "b", "b"]);
    expect(plan.placement?.cells.map((cell) => cell.pops.length)).toEqual([2, 2]);
    expect(planUpgrade(divided, inCells)).toMatchObject({ status: "converged" });
    expect(renderPlan([plan])).toContain("cell a: nodes 0, 1 and 2 serve 2 PoPs\n");
  });

  it("keep a PoP outside until it has tasksPerPop healthy tasks inside", () => {
    const sick = (slots: readonly number[]) =>
      slots.reduce(
        (all, slot) => withTask(all, "ord", slot, { healthStatus: "UNKNOWN" }),
        everywhere,
      );
    const [first = 0, second = 0] = placesOf(divided, everywhere)["ord"] ?? [];
    expect(placesOf(divided, sick([first]))["ord"]).toHaveLength(3);
    expect(placesOf(divided, sick([first, second]))["ord"]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("let a PoP run in both cells, wait, and then in the new one alone", () => {
    const { placement } = planUpgrade(divided, inCells);
    const ord = placement?.pops.find(({ pop }) => pop === "ord");
    const [own, other] = ord?.cell === "a" ? [A, B] : [B, A];
    const moving = {
      ...divided,
      pops: pops.map((each) => (each.name === "ord" ? { ...each, cell: other.name } : each)),
    };
    const [first, second, third] = planWaves(moving, inCells);
    expect(first).toMatchObject({ status: "staged", placement: { moves: [{ step: "start" }] } });
    expect(second).toMatchObject({ status: "staged", placement: { moves: [{ step: "finish" }] } });
    expect(third?.status).toBe("converged");
    expect(first?.wavesRemaining).toBe(2);

    const started = simulateWave(inCells, first!);
    const rebuilding = other.slots
      .slice(1)
      .reduce((all, slot) => withTask(all, "ord", slot, { healthStatus: "UNKNOWN" }), started);
    const waiting = planUpgrade(moving, rebuilding);
    const healthyOn = other.slots.slice(0, 1);
    const wait = { pop: "ord", cell: other.name, step: "wait", healthyOn, needed: 2 };
    expect(waiting).toMatchObject({ status: "held", placement: { moves: [wait] } });
    expect(holdsOf(waiting)).toEqual([{ kind: "pop-place", moves: [wait] }]);
    expect(placesOf(moving, rebuilding)["ord"]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(placesOf(moving, started)["ord"]).toEqual(other.slots);
    // A PoP stays with its new cell unless the config names another.
    expect(placesOf(divided, rebuilding)["ord"]).toEqual([0, 1, 2, 3, 4, 5]);
    const back = pops.map((each) => (each.name === "ord" ? { ...each, cell: own.name } : each));
    expect(placesOf({ ...divided, pops: back }, rebuilding)["ord"]).toEqual(own.slots);
  });

  it("count a node as available without the tasks of the other cells", () => {
    const plan = planUpgrade(divided, withNewAmi(inCells));
    expect(plan.decisions.filter(({ action }) => action === "upgrade")).toHaveLength(1);
  });

  it("give an added cell its share, and move no PoP between the others", () => {
    const grown = aFleet({ nodes: 9, pops, cells: [A, B, C] });
    const plan = planUpgrade(grown, inCells);
    expect(renderSummary(plan)).toMatch(/^create nodes 6, 7 and 8; start \w+ in the new place$/);
    expect(plan.placement?.moves).toHaveLength(1);
    expect(plan.placement?.moves[0]?.cell).toBe("c");
    const after = settled(grown, inCells);
    expect(planUpgrade(grown, after)).toMatchObject({ status: "converged" });
  });

  it("are emptied of PoPs before their last node goes when they are taken away", () => {
    const shrunk = aFleet({ nodes: 3, pops, cells: [A] });
    const waves = planWaves(shrunk, inCells);
    expect(waves.map(renderSummary)).toEqual([
      expect.stringMatching(/^remove node 5; start \w+ and \w+ in the new place$/),
      expect.stringMatching(/^remove node 4; stop \w+ and \w+ outside the new place$/),
      "remove node 3",
      "every node is as the config wants it",
    ]);
  });

  it("never lack two nodes, and change one of each at once", () => {
    const generous = { ...divided, maxUnavailableNodes: 3 };
    const outdated = withNewAmi(inCells);
    expect(renderSummary(planUpgrade(generous, outdated))).toBe("upgrade nodes 0 and 3");
    const broken = withInstance(outdated, 1, { statusChecks: "impaired" });
    expect(renderSummary(planUpgrade(generous, broken))).toBe("upgrade nodes 1 and 3");
    const waitedFor = withInstance(
      withInstance(outdated, 1, { amiId: Object.values(outdated.images)[0] }),
      1,
      { statusChecks: "unknown" },
    );
    const plan = planUpgrade(generous, waitedFor);
    expect(renderSummary(plan)).toBe("upgrade node 3");
    expect(plan.decisions[0]?.why).toMatchObject({ kind: "cell", cell: "a", holder: { slot: 1 } });
    expect(plan.decisions[4]?.why).toEqual({ kind: "behind-wave", slots: [3] });
  });

  it("have new slots in zones of their own", () => {
    const small = aFleet({ nodes: 4, availabilityZones: ["us-east-2a", "us-east-2b"] });
    const observed = observationOf(small);
    const cells = [
      { name: "a", slots: [0, 1] },
      { name: "b", slots: [2, 3, 4] },
      { name: "c", slots: [5, 6, 7] },
    ];
    const plan = planUpgrade(
      aFleet({ nodes: 8, cells, availabilityZones: ["us-east-2a", "us-east-2b", "us-east-2c"] }),
      observed,
    );
    expect(plan.decisions.map(({ availabilityZone }) => availabilityZone.slice(-1))).toEqual([
      ...["a", "b"],
      ...["a", "b", "c"],
      ...["c", "a", "b"],
    ]);
  });

  it("are refused where they lie in too few zones", () => {
    const small = aFleet({ nodes: 4, availabilityZones: ["us-east-2a", "us-east-2b"] });
    const cells = [
      { name: "a", slots: [0, 2] },
      { name: "b", slots: [1, 3] },
    ];
    expect(() => planUpgrade({ ...small, cells }, observationOf(small))).toThrow(
      "test: cell a (nodes 0 and 2) lies in us-east-2a only; cell b (nodes 1 and 3) lies in us-east-2b only, " +
        "and routed.tasksPerPop is 2; regroup fleet.cells so that each cell has slots in at least 2 zones",
    );
  });

  it("are refused of services that were created to be spread", () => {
    expect(() => planUpgrade(divided, spreadByEcs)).toThrow(
      "test: fleet.cells needs services of the strategy DAEMON, but those of ord, lhr and 2 more were created " +
        "with placement spread as REPLICA, which AWS never changes; remove fleet.cells, or bring each of these " +
        "PoPs in under another name and id, move its peers, and remove the old one",
    );
  });
});

describe("a change of placement", () => {
  const spread: DesiredFleet = { ...undivided, placement: "spread" };

  it("confines daemons to tasksPerPop slots in distinct zones, evenly, and starts none", () => {
    const plan = planUpgrade(spread, everywhere);
    const zoneOf = new Map(plan.decisions.map((d) => [d.slot, d.availabilityZone]));
    const load = new Map<number, number>();
    for (const { scheduling, slots } of plan.placement?.pops ?? []) {
      expect(scheduling).toBe("DAEMON");
      expect(slots).toHaveLength(2);
      expect(new Set(slots?.map((slot) => zoneOf.get(slot))).size).toBe(2);
      for (const slot of slots ?? []) load.set(slot, (load.get(slot) ?? 0) + 1);
    }
    expect(Math.max(...load.values())).toBe(2);
    const after = settled(spread, everywhere);
    expect(planUpgrade(spread, after)).toMatchObject({ status: "converged" });
    const back = planWaves(undivided, after);
    expect(back.map(renderSummary)).toEqual([
      "start lhr, nrt and 2 more in the new place",
      "every node is as the config wants it",
    ]);
    expect(settled(undivided, after)).toEqual(canonicalObservation(everywhere));
  });

  it("gives services that ECS spreads a task on every node, and takes them back", () => {
    const plan = planUpgrade(undivided, spreadByEcs);
    expect(plan.placement?.pops[0]).toEqual({
      pop: "lhr",
      cell: null,
      scheduling: "REPLICA",
      slots: null,
      desiredCount: 6,
      everywhere: true,
    });
    const onAll = settled(undivided, spreadByEcs);
    expect(planUpgrade(undivided, onAll)).toMatchObject({ status: "converged" });
    const lacking = withEcsChange(onAll, ({ tasks }) => ({ tasks: tasks.slice(1) }));
    expect(renderSummary(planUpgrade(undivided, lacking))).toContain("has 3 of 4 tasks healthy");

    const fewer = planUpgrade(spread, onAll);
    expect(fewer.placement?.pops[0]).toMatchObject({ desiredCount: 2, everywhere: false });
    const sick = withTask(onAll, "ord", 0, { healthStatus: "UNHEALTHY" });
    const counts = planUpgrade(spread, sick).placement?.pops ?? [];
    expect(counts.find(({ pop }) => pop === "ord")?.desiredCount).toBe(6);
    expect(counts.find(({ pop }) => pop === "lhr")?.desiredCount).toBe(2);
  });
});

describe("core sets", () => {
  const pinned: DesiredFleet = { ...divided, cpuIsolation: "cpuset" };
  /** A deploy that changes no node gives the services their tags as well. */
  const deployedOnce = (desired: DesiredFleet, from: Observation) =>
    simulateWave(from, planUpgrade(desired, from));
  const inCoreSets = deployedOnce(pinned, inCells);

  /** PoP → the number of its core set. */
  function coreSetsOf(desired: DesiredFleet, observation: Observation) {
    const { placement } = planUpgrade(desired, observation);
    return Object.fromEntries((placement?.pops ?? []).map(({ pop, coreSet }) => [pop, coreSet]));
  }

  it("are no business of a fleet with quotas, whatever its services have", () => {
    expect(coreSetsOf(divided, inCells)).toEqual({});
    expect(
      planUpgrade(undivided, deployedOnce({ ...undivided, cpuIsolation: "cpuset" }, everywhere)),
    ).not.toHaveProperty("placement");
  });

  it("are numbered within each cell, or over the fleet where there are none", () => {
    const numbers = coreSetsOf(pinned, inCells);
    expect(Object.values(numbers).sort()).toEqual([0, 0, 1, 1]);
    const whole = { ...undivided, cpuIsolation: "cpuset" as const };
    expect(coreSetsOf(whole, everywhere)).toEqual({ lhr: 0, nrt: 1, ord: 2, syd: 3 });
    expect(coreSetsOf({ ...whole, placement: "spread" }, spreadByEcs)).toEqual({
      lhr: 0,
      nrt: 1,
      ord: 2,
      syd: 3,
    });
  });

  it("change no node, and stay while PoPs come and go", () => {
    expect(planUpgrade(pinned, inCells).status).toBe("converged");
    const numbers = coreSetsOf(pinned, inCoreSets);
    const others = pops.filter(({ name }) => name !== "lhr");
    const changed = { ...pinned, pops: [{ name: "ams" }, ...others] };
    const { ams, ...kept } = coreSetsOf(changed, inCoreSets);
    expect(ams).toBeLessThanOrEqual(1);
    for (const { name } of others) expect(kept[name]).toBe(numbers[name]);
  });

  it("of a PoP that moves are free in both cells", () => {
    const numbers = coreSetsOf(pinned, inCoreSets);
    const cellOf = (pop: string) =>
      planUpgrade(pinned, inCoreSets).placement?.pops.find((p) => p.pop === pop)?.cell;
    const other = cellOf("ord") === "a" ? "b" : "a";
    const moving = {
      ...pinned,
      pops: pops.map((each) => (each.name === "ord" ? { ...each, cell: other } : each)),
    };
    const { ord, ...rest } = coreSetsOf(moving, inCoreSets);
    expect(ord).toBe(2);
    expect({ ...rest, ord: numbers["ord"] }).toEqual(numbers);
    const moved = settled(moving, inCoreSets);
    expect(coreSetsOf(moving, moved)).toEqual({ ...rest, ord: 2 });
  });

  it("are left as they are where ECS can't be read", () => {
    const unread = { ...inCoreSets, health: { source: "unreadable" as const, reason: "no" } };
    expect(new Set(Object.values(coreSetsOf(pinned, unread)))).toEqual(new Set([null]));
  });

  it("that two PoPs of a node would have are found by the invariants", () => {
    const plan = planUpgrade(pinned, inCoreSets);
    const broken = (change: (coreSet: number | null | undefined) => number | null) => ({
      ...plan,
      placement: plan.placement && {
        ...plan.placement,
        pops: plan.placement.pops.map((place) => ({ ...place, coreSet: change(place.coreSet) })),
      },
    });
    expect(checkInvariants(pinned, inCoreSets, plan)).toEqual([]);
    const both = checkInvariants(
      pinned,
      inCoreSets,
      broken(() => 0),
    );
    expect(both).toHaveLength(2);
    for (const text of both) {
      expect(text).toMatch(/^\w+ and \w+ would have core set 0 of the same node$/);
    }
    expect(
      checkInvariants(
        pinned,
        inCoreSets,
        broken(() => null),
      ),
    ).toContain("ord would have no core set");
  });
});
