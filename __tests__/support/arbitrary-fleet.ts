import fc from "fast-check";
import { canonicalObservation } from "../../lib/observe/canonical-observation";
import type { Observation, ObservedInstance } from "../../lib/observe/observation";
import type { DesiredFleet } from "../../lib/plan/desired/desired-fleet";
import { simulateHealth } from "../../lib/plan/simulate/simulate-health";
import { aFleet, NEW_AMI, observationOf, withInstance, withNewAmi, withoutInstance } from "./fleet";

/** A fleet in any state it can be in, and what is wanted of it now. */
export interface Situation {
  readonly desired: DesiredFleet;
  readonly observation: Observation;
}

const ZONES = ["us-east-2a", "us-east-2b", "us-east-2c", "us-east-2d"];

const zones = fc.subarray(ZONES, { minLength: 1 });

/** How one slot's instance can differ from a node that is well and up to date. */
const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: "well" } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: "old" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "gone" } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("broken" as const),
      old: fc.boolean(),
      state: fc.constantFrom("pending", "stopping", "stopped", "running", "shutting-down"),
      statusChecks: fc.constantFrom("impaired", "initializing", "unknown"),
    }),
  },
);
type Fate = typeof fate extends fc.Arbitrary<infer T> ? T : never;

export const situation: fc.Arbitrary<Situation> = fc
  .record({
    before: fc.integer({ min: 1, max: 7 }),
    nodes: fc.integer({ min: 1, max: 7 }),
    bornIn: zones,
    zones,
    maxUnavailableNodes: fc.integer({ min: 1, max: 4 }),
    frozen: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }),
    fates: fc.array(fate, { minLength: 7, maxLength: 7 }),
    newAmi: fc.boolean(),
  })
  .map((seed) => {
    const built = aFleet({ nodes: seed.before, availabilityZones: [...seed.bornIn].sort() });
    let observation = observationOf(built);
    const current = seed.newAmi ? NEW_AMI : observation.instances[0]?.amiId;
    for (let slot = 0; slot < seed.before; slot += 1) {
      observation = suffer(observation, slot, seed.fates[slot] ?? { kind: "well" }, current ?? "");
    }
    const desired = aFleet({
      nodes: seed.nodes,
      availabilityZones: [...seed.zones].sort(),
      maxUnavailableNodes: seed.maxUnavailableNodes,
      frozenNodes: seed.frozen.filter((slot) => slot < seed.nodes).sort((a, b) => a - b),
    });
    return { desired, observation: seed.newAmi ? withNewAmi(observation) : observation };
  });

function suffer(observation: Observation, slot: number, what: Fate, amiId: string): Observation {
  const upToDate: Partial<ObservedInstance> = { amiId };
  switch (what.kind) {
    case "well":
      return withInstance(observation, slot, upToDate);
    case "old":
      return withInstance(observation, slot, { amiId: "ami-00000000000000099" });
    case "gone":
      return withoutInstance(observation, slot);
    case "broken":
      return withInstance(observation, slot, {
        ...(what.old ? { amiId: "ami-00000000000000099" } : upToDate),
        state: what.state,
        statusChecks: what.state === "running" ? what.statusChecks : "not-applicable",
      });
  }
}

/** A fleet whose nodes are all available, so that only the budget limits the waves. */
export const healthySituation: fc.Arbitrary<Situation> = situation.map(
  ({ desired, observation }) => {
    const instances = observation.instances
      .filter((i) => i.state !== "shutting-down")
      .map((i) => ({ ...i, state: "running" as const, statusChecks: "ok" as const }));
    const slots = new Set(instances.map((i) => i.slot));
    return {
      desired: { ...desired, frozenNodes: [] },
      observation: canonicalObservation({
        ...observation,
        instances,
        networkInterfaces: observation.networkInterfaces.filter((eni) => slots.has(eni.slot)),
        elasticIps: observation.elasticIps.filter((eip) => slots.has(eip.slot)),
        health: simulateHealth(observation, instances),
      }),
    };
  },
);

/** The same facts in another order. */
export function shuffled({ desired, observation }: Situation, seed: number): Situation {
  const shuffle = <T>(items: readonly T[]): T[] =>
    items
      .map((item, index) => ({ item, key: Math.imul(index + 1, seed | 1) >>> 7 }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  return {
    desired,
    observation: {
      ...observation,
      instances: shuffle(observation.instances),
      networkInterfaces: shuffle(observation.networkInterfaces),
      elasticIps: shuffle(observation.elasticIps),
    },
  };
}
