import fc from "fast-check";
import type { DesiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { aFleet, observationOf, withEcs, withNewAmi, withoutInstance } from "../../support/fleet";
import { runs } from "../../support/random-tests";
import { SimulatedWorld } from "../../support/simulated-world";

const REBUILD_TICKS = 12;
const FIRST_SPARE = 200;
const BAD = "ami-00000000000000bad";
const AMIS = ["ami-00000000000000100", "ami-00000000000000101", "ami-00000000000000102", BAD];

const isSpare = (slot: number): boolean => slot >= FIRST_SPARE;

const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass" as const), ticks: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("release" as const), ami: fc.constantFrom(...AMIS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("dies" as const), slot: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("freeze" as const), slot: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("scale" as const), by: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("spares" as const), to: fc.nat(2) }) },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const setup = fc.record({
  nodes: fc.integer({ min: 2, max: 6 }),
  spareNodes: fc.integer({ min: 1, max: 2 }),
  budget: fc.integer({ min: 1, max: 2 }),
  events: fc.array(event, { minLength: 5, maxLength: 30 }),
});

/** A fleet, the spares' addresses included, on which all is well. */
function settled(fleet: DesiredFleet): SimulatedWorld {
  const observation = withEcs(observationOf(fleet), [{ pop: "pop1" }, { pop: "pop2" }]);
  return new SimulatedWorld(observation, REBUILD_TICKS, (amiId) => amiId === BAD);
}

/** What the wish for a fleet becomes by an event; 6 and 7 are spares. */
function wished(fleet: DesiredFleet, happened: Event): DesiredFleet {
  const slotOf = (index: number) => (index < 6 ? index : FIRST_SPARE + index - 6);
  switch (happened.kind) {
    case "freeze": {
      const slot = slotOf(happened.slot);
      if (fleet.frozenNodes.length > 0) return { ...fleet, frozenNodes: [] };
      const exists = isSpare(slot) ? slot - FIRST_SPARE < fleet.spareNodes : slot < fleet.nodes;
      return { ...fleet, frozenNodes: exists ? [slot] : [] };
    }
    case "scale":
      return { ...fleet, nodes: 2 + happened.by, frozenNodes: [] };
    case "spares":
      return { ...fleet, spareNodes: happened.to, frozenNodes: [] };
    case "dies":
    case "pass":
    case "release":
      return fleet;
  }
}

function suffered(world: SimulatedWorld, happened: Event): void {
  if (happened.kind === "pass") world.pass(happened.ticks);
  if (happened.kind === "release") world.change((o) => withNewAmi(o, happened.ami));
  if (happened.kind === "dies") {
    const slot = happened.slot < 6 ? happened.slot : FIRST_SPARE + happened.slot - 6;
    world.change((o) => withoutInstance(o, slot));
  }
}

it("takes no PoP below as many tasks as there are nodes, whatever comes, and parks all spares in the end", () => {
  fc.assert(
    fc.property(setup, ({ nodes, spareNodes, budget, events }) => {
      let fleet = aFleet({ nodes, spareNodes, maxUnavailableNodes: Math.min(budget, nodes - 1) });
      const world = settled(fleet);
      for (const happened of events) {
        fleet = wished(fleet, happened);
        fleet = { ...fleet, maxUnavailableNodes: Math.min(budget, fleet.nodes - 1) };
        suffered(world, happened);
        const before = world.healthySlots();
        const { networkInterfaces } = world.observe();
        const places = networkInterfaces.filter(({ slot }) => (slot ?? 0) < fleet.nodes).length;
        const hasSpare = networkInterfaces.some(
          ({ slot }) =>
            isSpare(slot ?? 0) &&
            (slot ?? 0) < FIRST_SPARE + fleet.spareNodes &&
            !fleet.frozenNodes.includes(slot ?? 0),
        );
        world.deploy(fleet);
        if (hasSpare) {
          const least = Math.min(before.length, places);
          expect(world.healthySlots().length).toBeGreaterThanOrEqual(least);
        }
      }

      // Left in peace with an AMI that works, it converges, and no spare has an instance.
      fleet = { ...fleet, frozenNodes: [] };
      world.change((o) => withNewAmi(o, AMIS[0] ?? ""));
      for (let deploy = 0; deploy < 2 * (fleet.nodes + 4); deploy += 1) {
        world.pass(REBUILD_TICKS);
        if (world.deploy(fleet).status === "converged") break;
      }
      expect(planUpgrade(fleet, world.observe()).status).toBe("converged");
      expect(world.observe().instances.filter(({ slot }) => isSpare(slot ?? 0))).toEqual([]);
    }),
    { numRuns: runs(50) },
  );
});

it("takes as many waves as there are nodes, one that fills and one that parks, for a new AMI", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), (nodes) => {
      const fleet = aFleet({ nodes, spareNodes: 1 });
      const world = settled(fleet);
      world.change((o) => withNewAmi(o, AMIS[0] ?? ""));
      expect(planUpgrade(fleet, world.observe()).wavesRemaining).toBe(nodes + 2);
    }),
    { numRuns: runs(5) },
  );
});
