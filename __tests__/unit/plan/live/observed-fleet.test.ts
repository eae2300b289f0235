import { observedFleet } from "../../../../lib/plan/live/observed-fleet";
import { planUpgrade, planWaves } from "../../../../lib/plan/plan-upgrade";
import { reconcile } from "../../../../lib/plan/live/reconcile";
import { simulateWave } from "../../../../lib/plan/simulate/simulate-wave";
import { aFleet, observationOf, withInstance, withNewAmi } from "../../../support/fleet";

describe("what a plan was made from", () => {
  const running = observationOf(aFleet());
  const ids = running.instances.map(({ instanceId }) => instanceId);
  const observed = (observation = running) =>
    observedFleet(reconcile(observation).slots, observation);

  it("is each slot's instance, with its spec, its state and when it was started", () => {
    const { nodes, strays } = observed();
    expect(nodes.map(({ slot }) => slot)).toEqual([0, 1, 2]);
    for (const { slot, instanceId, state, launchTime, spec } of nodes) {
      const instance = running.instances.find((i) => i.slot === slot);
      expect(instance).toMatchObject({ instanceId, state, launchTime, ...spec });
    }
    expect(strays).toEqual([]);
  });

  it("has the nodes that are kept, upgraded and removed alike", () => {
    for (const desired of [aFleet(), aFleet({ nodes: 2 })]) {
      const plan = planUpgrade(desired, withNewAmi(running));
      expect(plan.observed.nodes.map(({ instanceId }) => instanceId).sort()).toEqual(ids);
    }
  });

  it("has live instances that no slot owns as strays, and none that shuts down", () => {
    const [node] = running.instances;
    if (!node) throw new Error("no instance");
    const stray = { ...node, slot: null, networkInterfaceIds: [] };
    const observation = {
      ...running,
      instances: [
        ...running.instances,
        { ...stray, instanceId: "i-0f" },
        { ...stray, instanceId: "i-0e", slot: 1 },
        { ...stray, instanceId: "i-0d", slot: 1, state: "shutting-down" as const },
      ],
    };
    expect(observed(observation).strays).toEqual(["i-0e", "i-0f"]);
    expect(observed(observation).nodes).toEqual(observed().nodes);
  });

  it("has no node where the instance is gone or going", () => {
    const going = withInstance(running, 1, { state: "shutting-down" });
    expect(observed(going).nodes.map(({ slot }) => slot)).toEqual([0, 2]);
  });

  it("has each slot's address, and what holds it: its node, what shuts down, or nothing", () => {
    const free = {
      ...running,
      instances: running.instances.filter(({ slot }) => slot !== 1),
      networkInterfaces: running.networkInterfaces.map((eni) =>
        eni.slot === 1 ? { ...eni, instanceId: null } : eni,
      ),
    };
    const holders = (observation: typeof running) =>
      observed(observation).addresses?.map(({ heldBy }) => heldBy);
    const [zero, one, two] = [0, 1, 2].map(
      (slot) => running.instances.find((instance) => instance.slot === slot)?.instanceId,
    );
    expect(holders(running)).toEqual([zero, one, two]);
    expect(holders(withInstance(running, 1, { state: "shutting-down" }))).toEqual([zero, one, two]);
    expect(holders(free)).toEqual([zero, null, two]);
    expect(observed().addresses?.[0]).toEqual({
      slot: 0,
      networkInterfaceId: running.networkInterfaces.find(({ slot }) => slot === 0)
        ?.networkInterfaceId,
      allocationId: running.elasticIps.find(({ slot }) => slot === 0)?.allocationId,
      heldBy: zero,
    });
    const nothing = { ...running, instances: [], networkInterfaces: [], elasticIps: [] };
    expect(observedFleet([], nothing)).toEqual({ nodes: [], strays: [] });
  });

  it("is that of the fleet after the wave before, for each further wave", () => {
    const observation = withNewAmi(running);
    const [first, second] = planWaves(aFleet(), observation);
    if (!first || !second) throw new Error("no second wave");
    const after = simulateWave(observation, first);
    expect(second.observed).toEqual(observed(after));
    expect(second.observed).not.toEqual(first.observed);
  });
});
