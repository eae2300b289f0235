import fc from "fast-check";
import type { Observation } from "../../../../lib/observe/observation";
import { assignCoreSets } from "../../../../lib/plan/assign/assign-core-sets";
import type { CoreSetPop } from "../../../../lib/plan/assign/assign-core-sets";
import type { DesiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { simulateHealth } from "../../../../lib/plan/simulate/simulate-health";
import { simulateWave } from "../../../../lib/plan/simulate/simulate-wave";
import { aFleet, observationOf } from "../../../support/fleet";
import { runs } from "../../../support/random-tests";

const MOST_POPS = 5000;
/** 200 nodes in cells of two. */
const MOST_PARTS = 100;

/** PoPs of one part each, or of two while they move; some have a number already, perhaps the same. */
const fleetOf = (mostPops: number, mostParts: number): fc.Arbitrary<CoreSetPop[]> =>
  fc
    .record({
      pops: fc.integer({ min: 1, max: mostPops }),
      parts: fc.integer({ min: 1, max: mostParts }),
      seed: fc.nat(),
    })
    .map(({ pops, parts, seed }) =>
      Array.from({ length: pops }, (_, index) => {
        const random = (salt: number, below: number) =>
          (Math.imul(index + salt, (seed * 2 + 1) | 1) >>> 8) % below;
        const part = random(7, parts);
        const other = (part + 1) % parts;
        const moves = random(101, 10) === 0 && other !== part;
        return {
          pop: `pop${index}`,
          parts: [part, ...(moves ? [other] : [])].map((each) => `c${each}`),
          current: random(1009, 3) === 0 ? random(5003, 12) : null,
        };
      }),
    );

const fleet = fc.oneof(
  { weight: 30, arbitrary: fleetOf(60, 8) },
  { weight: 1, arbitrary: fleetOf(MOST_POPS, MOST_PARTS) },
);

function settled(pops: readonly CoreSetPop[]): CoreSetPop[] {
  const numbers = assignCoreSets(pops);
  return pops.map((each) => ({ ...each, current: numbers.get(each.pop) ?? null }));
}

function byPart(pops: readonly CoreSetPop[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { parts, current } of settled(pops)) {
    for (const part of parts) numbers.set(part, [...(numbers.get(part) ?? []), current ?? -1]);
  }
  return numbers;
}

it("gives every PoP a number that no other PoP of its parts has", () => {
  fc.assert(
    fc.property(fleet, (pops) => {
      expect([...assignCoreSets(pops).keys()]).toEqual(pops.map(({ pop }) => pop).sort());
      for (const numbers of byPart(pops).values()) {
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: runs(60) },
  );
});

it("gives new PoPs of one part each its lowest numbers, so that no node needs more than it has PoPs", () => {
  fc.assert(
    fc.property(fleet, (pops) => {
      const fresh = pops.map(({ pop, parts }) => ({
        pop,
        parts: parts.slice(0, 1),
        current: null,
      }));
      for (const numbers of byPart(fresh).values()) {
        expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index));
      }
    }),
    { numRuns: runs(40) },
  );
});

it("leaves every other PoP's number as it is while PoPs come and go, and fills the gaps", () => {
  fc.assert(
    fc.property(fleet, fc.nat(6), fc.nat(9), (pops, remainder, coming) => {
      const before = settled(pops);
      const staying = before.filter((_, index) => index % 7 !== remainder);
      const news = Array.from({ length: coming }, (_, index) => ({
        pop: `new${index}`,
        parts: before[index % before.length]?.parts ?? [],
        current: null,
      }));
      const after = assignCoreSets([...staying, ...news]);
      for (const { pop, current } of staying) expect(after.get(pop)).toBe(current);
      const highest = (of: readonly CoreSetPop[]) =>
        Math.max(...of.map(({ current }) => current ?? -1));
      const gone = before.length - staying.length;
      if (coming <= gone && before.every(({ parts }) => parts.join() === before[0]?.parts.join())) {
        expect(highest(settled([...staying, ...news]))).toBeLessThanOrEqual(highest(before));
      }
    }),
    { numRuns: runs(60) },
  );
});

it("depends on no order", () => {
  fc.assert(
    fc.property(fleet, (pops) => {
      expect([...assignCoreSets([...pops].reverse())]).toEqual([...assignCoreSets(pops)]);
    }),
    { numRuns: runs(40) },
  );
});

it("lets the PoP that moves give way, and not the one that lives there", () => {
  const living = { pop: "zrh", parts: ["b"], current: 3 };
  const moving = { pop: "ams", parts: ["a", "b"], current: 3 };
  expect([...assignCoreSets([moving, living])]).toEqual([
    ["ams", 0],
    ["zrh", 3],
  ]);
});

describe("a fleet with core sets, deploy after deploy", () => {
  const CELLS = [
    { name: "a", slots: [0, 1, 2] },
    { name: "b", slots: [3, 4, 5] },
    { name: "c", slots: [6, 7, 8] },
  ];
  /** The PoPs there are, those that the config puts into a cell, and how many cells there are. */
  const step = fc.record({
    pops: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1 }),
    named: fc.dictionary(fc.constantFrom("pop0", "pop1", "pop2"), fc.nat(2), { maxKeys: 3 }),
    cells: fc.integer({ min: 0, max: 3 }),
  });

  it("never lets two PoPs that may meet on a node have the same, and settles", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 5 }), (steps) => {
        let observation: Observation | null = null;
        for (const { pops, named, cells: count } of steps) {
          const cells = CELLS.slice(0, count);
          const desired = aFleet({
            nodes: 9,
            cells: count === 0 ? [] : [...cells.slice(0, -1), rest(cells)],
            cpuIsolation: "cpuset",
            pops: pops.map((number) => {
              const name = `pop${number}`;
              const cell = cells[named[name] ?? -1]?.name;
              return { name, ...(cell === undefined ? {} : { cell }) };
            }),
          });
          observation = withServices(observation ?? observationOf(desired), desired);
          // The planner checks its own invariants; a move takes two deploys.
          for (let deploy = 0; deploy < 4; deploy += 1) {
            observation = simulateWave(observation, planUpgrade(desired, observation));
          }
          const plan = planUpgrade(desired, observation);
          expect(plan.status).toBe("converged");
          expect(coreSetsIn(simulateWave(observation, plan))).toEqual(coreSetsIn(observation));
          const numbers = plan.placement?.pops.map(({ coreSet }) => coreSet ?? Infinity) ?? [];
          expect(Math.max(...numbers)).toBeLessThan(12);
        }
      }),
      { numRuns: runs(10) },
    );
  });

  /** The last cell has all slots that no other has. */
  function rest(cells: typeof CELLS): (typeof CELLS)[number] {
    const name = cells.at(-1)?.name ?? "";
    const others = cells.slice(0, -1).flatMap(({ slots }) => slots);
    return { name, slots: CELLS.flatMap(({ slots }) => slots).filter((s) => !others.includes(s)) };
  }

  /** Services that go are gone, and new ones run on every node, without a tag. */
  function withServices(observation: Observation, { pops }: DesiredFleet): Observation {
    const { health } = observation;
    const known = health.source === "ecs" ? health.services : [];
    const services = pops.map(
      ({ name }) =>
        known.find(({ serviceName }) => serviceName === name) ?? {
          serviceName: name,
          scheduling: "DAEMON" as const,
          desiredCount: 9,
          runningCount: 9,
          deploymentInProgress: false,
        },
    );
    const ecs = { source: "ecs" as const, containerInstances: [], services, tasks: [] };
    return {
      ...observation,
      health: simulateHealth({ ...observation, health: ecs }, observation.instances),
    };
  }

  function coreSetsIn({ health }: Observation) {
    return health.source === "ecs"
      ? health.services.map(({ serviceName, coreSet }) => [serviceName, coreSet])
      : [];
  }
});
