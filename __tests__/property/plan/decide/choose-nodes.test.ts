import fc from "fast-check";
import { chooseNodes } from "../../../../lib/plan/decide/choose-nodes";
import type { Candidate } from "../../../../lib/plan/decide/choose-nodes";
import type { PopTasks } from "../../../../lib/plan/live/pop-redundancy";
import { runs } from "../../../support/random-tests";

interface Fleet {
  readonly candidates: readonly Candidate[];
  readonly pops: readonly PopTasks[];
  readonly budget: number;
}

const fleet = (nodes: { min: number; max: number }): fc.Arbitrary<Fleet> =>
  fc
    .record({
      zones: fc.array(fc.constantFrom("a", "b", "c"), {
        minLength: nodes.min,
        maxLength: nodes.max,
      }),
      placements: fc.array(fc.uniqueArray(fc.nat(nodes.max - 1), { minLength: 1, maxLength: 3 }), {
        maxLength: 8,
      }),
      cells: fc.constantFrom(null, 2, 3),
      budget: fc.integer({ min: 1, max: nodes.max }),
    })
    .map(({ zones, placements, cells, budget }) => ({
      candidates: zones.map((zone, slot) => ({
        slot,
        availabilityZone: zone,
        cell: cells === null ? null : `cell${Math.floor(slot / cells)}`,
      })),
      pops: placements.map((slots, index) => {
        const on = slots.filter((slot) => slot < zones.length).sort((x, y) => x - y);
        const places = { healthyOn: on, servingOn: on, placedOn: on };
        return { pop: `pop${index}`, ...places, deploying: false, everywhere: false, least: 1 };
      }),
      budget,
    }));

function mayGo(slots: readonly number[], { pops, candidates }: Fleet): boolean {
  const cells = slots.flatMap((slot) => candidates[slot]?.cell ?? []);
  if (new Set(cells).size < cells.length) return false;
  return pops.every(
    ({ healthyOn }) => healthyOn.length === 0 || healthyOn.some((slot) => !slots.includes(slot)),
  );
}

function choose({ candidates, pops, budget }: Fleet, left = candidates): number[] {
  return chooseNodes({
    candidates: left,
    alreadyTaken: new Set(),
    budgetNow: budget,
    budgetLater: budget,
    pops,
  });
}

/** Waves until no more node may go, by what was chosen each time. */
function wavesChosen(f: Fleet): { waves: number; left: number } {
  let left = [...f.candidates];
  for (let waves = 0; ; waves += 1) {
    const slots = choose(f, left);
    if (slots.length === 0) return { waves, left: left.length };
    left = left.filter(({ slot }) => !slots.includes(slot));
  }
}

/** The least number of waves for all nodes that may go at all, by trying everything. */
function wavesByBruteForce(f: Fleet): number {
  const goable = f.candidates.map(({ slot }) => slot).filter((slot) => mayGo([slot], f));
  const best = new Map<string, number>([["", 0]]);
  const least = (left: readonly number[]): number => {
    const known = best.get(left.join());
    if (known !== undefined) return known;
    let fewest = Infinity;
    for (let mask = 1; mask < 2 ** left.length; mask += 1) {
      const wave = left.filter((_, index) => mask & (1 << index));
      if (wave.length > f.budget || !mayGo(wave, f)) continue;
      fewest = Math.min(fewest, 1 + least(left.filter((slot) => !wave.includes(slot))));
    }
    best.set(left.join(), fewest);
    return fewest;
  };
  return least(goable);
}

it("never takes a PoP's last task, two nodes of a cell nor more than the budget, in small and in large fleets", () => {
  fc.assert(
    fc.property(fc.oneof(fleet({ min: 1, max: 6 }), fleet({ min: 12, max: 30 })), (f) => {
      const slots = choose(f);
      expect(slots.length).toBeLessThanOrEqual(f.budget);
      expect(mayGo(slots, f)).toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

it("needs the least number of waves, as brute force finds it", () => {
  fc.assert(
    fc.property(fleet({ min: 1, max: 6 }), (f) => {
      const { waves, left } = wavesChosen(f);
      expect(waves).toBe(wavesByBruteForce(f));
      expect(left).toBe(f.candidates.filter(({ slot }) => !mayGo([slot], f)).length);
    }),
    { numRuns: runs(300) },
  );
});

it("gets every node of a large fleet that may go at all", () => {
  fc.assert(
    fc.property(fleet({ min: 12, max: 20 }), (f) => {
      expect(wavesChosen(f).left).toBe(f.candidates.filter(({ slot }) => !mayGo([slot], f)).length);
    }),
    { numRuns: runs(60) },
  );
});
