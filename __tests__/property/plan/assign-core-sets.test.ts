import fc from "fast-check";
import { assignCoreSets } from "../../../lib/plan/assign-core-sets";
import type { CoreSetPop } from "../../../lib/plan/assign-core-sets";

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
    { numRuns: 200 },
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
    { numRuns: 100 },
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
    { numRuns: 200 },
  );
});

it("depends on no order", () => {
  fc.assert(
    fc.property(fleet, (pops) => {
      expect([...assignCoreSets([...pops].reverse())]).toEqual([...assignCoreSets(pops)]);
    }),
    { numRuns: 100 },
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
