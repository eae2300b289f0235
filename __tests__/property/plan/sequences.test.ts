import fc from "fast-check";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { aFleet, observationOf, withEcs, withNewAmi } from "../../support/fleet";
import { SimulatedWorld } from "../../support/simulated-world";
import { runs } from "../../support/random-tests";

const REBUILD_TICKS = 12;

const setup = fc.record({
  nodes: fc.integer({ min: 2, max: 6 }),
  maxUnavailableNodes: fc.integer({ min: 1, max: 3 }),
  /** Ticks between deploys: often too early, sometimes many at once. */
  pauses: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 }),
  /** The deploys before which another image comes out. */
  releases: fc.uniqueArray(fc.nat(15), { maxLength: 3 }),
  /** The deploys that are planned and then crash before Terraform starts. */
  crashes: fc.uniqueArray(fc.nat(15), { maxLength: 3 }),
});

it("keeps the budget, a healthy task of each PoP and all addresses, however early deploys come", () => {
  fc.assert(
    fc.property(setup, ({ nodes, maxUnavailableNodes, pauses, releases, crashes }) => {
      const budget = Math.min(maxUnavailableNodes, nodes - 1);
      const fleet = aFleet({ nodes, maxUnavailableNodes: budget });
      const world = new SimulatedWorld(
        withEcs(observationOf(fleet), [{ pop: "pop1" }, { pop: "pop2" }]),
        REBUILD_TICKS,
      );
      world.change((observation) => withNewAmi(observation, "ami-00000000000000100"));
      const addresses = world.addresses();
      pauses.forEach((pause, step) => {
        if (releases.includes(step)) {
          world.change((o) => withNewAmi(o, `ami-${String(step + 200).padStart(17, "0")}`));
        }
        if (crashes.includes(step)) planUpgrade(fleet, world.observe());
        else world.deploy(fleet);
        expect(world.healthySlots().length).toBeGreaterThanOrEqual(nodes - budget);
        expect(world.addresses()).toBe(addresses);
        world.pass(pause);
      });

      // Left in peace, it converges in the least number of further waves.
      world.pass(REBUILD_TICKS);
      const { wavesRemaining } = planUpgrade(fleet, world.observe());
      for (let wave = 0; wave < wavesRemaining; wave += 1) {
        expect(world.deploy(fleet).status).toBe("staged");
        expect(world.deploy(fleet).status).not.toBe("staged");
        world.pass(REBUILD_TICKS);
      }
      expect(world.deploy(fleet).status).toBe("converged");
    }),
    { numRuns: runs(25) },
  );
});
