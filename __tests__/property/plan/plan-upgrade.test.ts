import fc from "fast-check";
import { planUpgrade, planWaves } from "../../../lib/plan/plan-upgrade";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import { plannedNodes } from "../../../lib/plan/upgrade-plan";
import { healthySituation, shuffled, situation } from "../../support/arbitrary-fleet";
import type { Situation } from "../../support/arbitrary-fleet";
import { runs } from "../../support/random-tests";

/** The slots whose live instance serves now, told without any of the planner's code. */
function availableSlots({ observation }: Situation): Set<number> {
  return new Set(
    observation.instances
      .filter((i) => i.state === "running" && i.statusChecks === "ok")
      .flatMap((i) => (i.slot === null ? [] : [i.slot])),
  );
}

/** Frozen slots that nothing sits in, nor shuts down in. */
function emptyAndFrozen({ desired, observation }: Situation): Set<number> {
  const taken = new Set(observation.instances.map((i) => i.slot));
  return new Set(desired.frozenNodes.filter((slot) => !taken.has(slot)));
}

/** Slots with an instance that stays. */
function servesWhenWell({ observation }: Situation): Set<number | null> {
  const staying = observation.instances.filter((i) => i.state !== "shutting-down");
  return new Set(staying.map((i) => i.slot));
}

function existingSlots({ observation }: Situation): Set<number> {
  return new Set(
    observation.networkInterfaces.flatMap((eni) => (eni.slot === null ? [] : [eni.slot])),
  );
}

it("generates every action and status", () => {
  const plans = fc
    .sample(situation, { numRuns: runs(100), seed: 1 })
    .map((s) => planUpgrade(s.desired, s.observation));
  const actions = new Set(plans.flatMap((plan) => plan.decisions.map(({ action }) => action)));
  expect([...actions].sort()).toEqual(["create", "keep", "leave", "remove", "upgrade"]);
  expect(new Set(plans.map(({ status }) => status)).size).toBe(3);
});

it("never takes an available node away beyond the budget", () => {
  fc.assert(
    fc.property(situation, (s) => {
      const plan = planUpgrade(s.desired, s.observation);
      const available = availableSlots(s);
      const taken = plan.decisions.filter(
        ({ action, slot }) => (action === "upgrade" || action === "remove") && available.has(slot),
      );
      // Slots that hold only an address and are no longer wanted never had anyone to serve.
      const withNode = new Set(s.observation.instances.map((i) => i.slot));
      const unavailable = [...existingSlots(s)].filter(
        (slot) => !available.has(slot) && (slot < s.desired.nodes || withNode.has(slot)),
      );
      const broken = s.observation.instances.some((i) => i.state === "shutting-down")
        ? unavailable.filter((slot) => slot < s.desired.nodes)
        : unavailable;
      if (taken.length > 0) {
        expect(taken.length + broken.length).toBeLessThanOrEqual(s.desired.maxUnavailableNodes);
      }
    }),
    { numRuns: runs(120) },
  );
});

it("pins every node that it keeps to what it runs with, byte for byte", () => {
  fc.assert(
    fc.property(situation, (s) => {
      const plan = planUpgrade(s.desired, s.observation);
      const planned = new Map(plannedNodes(plan).map((node) => [node.slot, node.spec]));
      for (const decision of plan.decisions) {
        if (decision.action !== "keep") continue;
        const running = s.observation.instances.find((i) => i.instanceId === decision.instanceId);
        const { amiId, instanceType, userDataBase64, rootVolumeGiB, dataVolumeGiB } = running ?? {};
        const spec = { amiId, instanceType, userDataBase64, rootVolumeGiB, dataVolumeGiB };
        expect(planned.get(decision.slot)).toEqual(spec);
      }
    }),
    { numRuns: runs(50) },
  );
});

it("plans every slot that exists, in the zone it was born in", () => {
  fc.assert(
    fc.property(situation, (s) => {
      const plan = planUpgrade(s.desired, s.observation);
      for (const eni of s.observation.networkInterfaces) {
        const decision = plan.decisions.find(({ slot }) => slot === eni.slot);
        expect(decision?.availabilityZone).toBe(eni.availabilityZone);
      }
      for (let slot = 0; slot < s.desired.nodes; slot += 1) {
        const isEmpty = emptyAndFrozen(s).has(slot);
        expect(plannedNodes(plan).some((node) => node.slot === slot)).toBe(!isEmpty);
      }
    }),
    { numRuns: runs(50) },
  );
});

it("depends on no list's order and on nothing but its input", () => {
  fc.assert(
    fc.property(situation, fc.integer(), (s, seed) => {
      const other = shuffled(s, seed);
      const plan = JSON.stringify(planWaves(s.desired, s.observation));
      expect(JSON.stringify(planWaves(other.desired, other.observation))).toBe(plan);
    }),
    { numRuns: runs(50) },
  );
});

it("converges in the least number of waves where every node is available, and then rests", () => {
  fc.assert(
    fc.property(healthySituation, (s) => {
      const first = planUpgrade(s.desired, s.observation);
      const disruptive = first.decisions.filter(
        (d) =>
          d.action === "upgrade" ||
          (d.action === "remove" && d.instanceId !== null) ||
          (d.action === "keep" && d.pending !== "nothing"),
      );
      const creates = first.decisions.some(({ action }) => action === "create");
      const least = Math.ceil(disruptive.length / s.desired.maxUnavailableNodes);
      const waves = Math.max(least, creates ? 1 : 0);
      expect(first.wavesRemaining).toBe(waves);

      let { observation } = s;
      for (let wave = 0; wave < waves; wave += 1) {
        const plan = planUpgrade(s.desired, observation);
        expect(plan.status).toBe("staged");
        observation = simulateWave(observation, plan);
      }
      const last = planUpgrade(s.desired, observation);
      expect(last.status).toBe("converged");
      expect(simulateWave(observation, last)).toEqual(observation);
    }),
    { numRuns: runs(50) },
  );
});

it("converges from any state once nodes become available again", () => {
  fc.assert(
    fc.property(situation, (s) => {
      const waves = planWaves(s.desired, s.observation);
      const last = waves.at(-1);
      // What an operator leaves empty uses the budget for as long as it is.
      const taken = s.desired.frozenNodes.filter((slot) => !servesWhenWell(s).has(slot));
      const isHeld = taken.length >= s.desired.maxUnavailableNodes;
      expect(last?.status === "converged" || (isHeld && last?.status === "held")).toBe(true);
    }),
    { numRuns: runs(50) },
  );
});
