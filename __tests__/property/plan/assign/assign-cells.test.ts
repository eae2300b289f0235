import fc from "fast-check";
import { assignCells } from "../../../../lib/plan/assign/assign-cells";
import type { AssignedPop } from "../../../../lib/plan/assign/assign-cells";
import { runs } from "../../../support/random-tests";

const MOST_POPS = 5000;
/** 200 nodes in cells of two. */
const MOST_CELLS = 100;

interface Fleet {
  readonly pops: readonly AssignedPop[];
  readonly cells: readonly string[];
}

const newPops = (most: number): fc.Arbitrary<AssignedPop[]> =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.nat(1_000_000))
    .map(([count, offset]) =>
      Array.from({ length: count }, (_, index) => aPop(`pop${offset + index}`)),
    );

const cellNames = (most: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/), { minLength: 1, maxLength: most });

const newFleet: fc.Arbitrary<Fleet> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ pops: newPops(60), cells: cellNames(8) }) },
  { weight: 1, arbitrary: fc.record({ pops: newPops(MOST_POPS), cells: cellNames(MOST_CELLS) }) },
);

function aPop(pop: string, currentCell: string | null = null): AssignedPop {
  return { pop, currentCell };
}

/** The same PoPs as they are once they have been assigned. */
function settled(pops: readonly AssignedPop[], cells: ReadonlyMap<string, string>): AssignedPop[] {
  return pops.map((each) => ({ ...each, currentCell: cells.get(each.pop) ?? null }));
}

function loads(assigned: ReadonlyMap<string, string>, cells: readonly string[]): number[] {
  const counts = new Map(cells.map((cell) => [cell, 0]));
  for (const cell of assigned.values()) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts.values()];
}

function movedBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...before].filter(([pop, cell]) => after.get(pop) !== cell).map(([pop]) => pop);
}

it("gives every PoP one cell, and no cell more than one PoP more than another", () => {
  fc.assert(
    fc.property(newFleet, ({ pops, cells }) => {
      const assigned = assignCells(pops, cells);
      expect([...assigned.keys()].sort()).toEqual(pops.map(({ pop }) => pop).sort());
      const counts = loads(assigned, cells);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
    { numRuns: runs(100) },
  );
});

it("depends on no order", () => {
  fc.assert(
    fc.property(newFleet, ({ pops, cells }) => {
      const reversed = assignCells([...pops].reverse(), [...cells].reverse());
      expect([...reversed]).toEqual([...assignCells(pops, cells)]);
    }),
    { numRuns: runs(40) },
  );
});

it("leaves every PoP where it is when nothing changes, and when PoPs come", () => {
  fc.assert(
    fc.property(newFleet, newPops(20), ({ pops, cells }, more) => {
      const first = assignCells(pops, cells);
      const known = settled(pops, first);
      expect([...assignCells(known, cells)]).toEqual([...first]);
      const fresh = more.filter(({ pop }) => !first.has(pop));
      expect(movedBetween(first, assignCells([...known, ...fresh], cells))).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

/** As even as can be, as it is of old: the first ones hold one more. */
const evenFleet: fc.Arbitrary<Fleet> = newFleet.map(({ pops, cells }) => ({
  cells,
  pops: pops.map(({ pop }, index) => aPop(pop, cells[index % cells.length] ?? null)),
}));

it("moves at most the expected share when a cell is added, and none but to it", () => {
  fc.assert(
    fc.property(evenFleet, ({ pops, cells }) => {
      const before = assignCells(pops, cells);
      expect(movedBetween(new Map(pops.map((p) => [p.pop, p.currentCell ?? ""])), before)).toEqual(
        [],
      );
      const after = assignCells(pops, [...cells, "an-added-one"]);
      const moved = movedBetween(before, after);
      expect(moved.length).toBeLessThanOrEqual(pops.length / (cells.length + 1));
      for (const pop of moved) expect(after.get(pop)).toBe("an-added-one");
    }),
    { numRuns: runs(100) },
  );
});

it("serves the PoPs of a cell that goes from the others, and moves no more", () => {
  fc.assert(
    fc.property(
      evenFleet.filter(({ cells }) => cells.length > 1),
      ({ pops, cells }) => {
        const [gone, ...others] = cells;
        const after = assignCells(pops, others);
        expect(after.size).toBe(pops.length);
        for (const { pop, currentCell } of pops) {
          if (currentCell === gone) expect(others).toContain(after.get(pop));
          else expect(after.get(pop)).toBe(currentCell);
        }
      },
    ),
    { numRuns: runs(60) },
  );
});

it("serves each PoP from the cell that the config names, and fits the others around it", () => {
  fc.assert(
    fc.property(
      newFleet,
      fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 10 }),
      ({ pops, cells }, picks) => {
        const wanted = new Map(
          picks.map(([pop, cell]) => [
            pops[pop % pops.length]?.pop ?? "",
            cells[cell % cells.length] ?? "",
          ]),
        );
        const named = pops.map((each) => ({ ...each, wantedCell: wanted.get(each.pop) }));
        const assigned = assignCells(named, cells);
        for (const [pop, cell] of wanted) expect(assigned.get(pop)).toBe(cell);
        const share = Math.ceil(pops.length / cells.length);
        expect(Math.max(...loads(assigned, cells))).toBeLessThanOrEqual(share + wanted.size);
      },
    ),
    { numRuns: runs(60) },
  );
});

it("levels cells that differ by more than a quarter of an equal share, and only those", () => {
  const cells = ["a", "b"];
  const fleet = (a: number, b: number) => [
    ...Array.from({ length: a }, (_, index) => aPop(`a${index}`, "a")),
    ...Array.from({ length: b }, (_, index) => aPop(`b${index}`, "b")),
  ];
  expect(loads(assignCells(fleet(45, 35), cells), cells)).toEqual([45, 35]);
  expect(loads(assignCells(fleet(46, 34), cells), cells)).toEqual([40, 40]);
  expect(loads(assignCells(fleet(3, 1), cells), cells)).toEqual([3, 1]);
  expect(loads(assignCells(fleet(4, 1), cells), cells)).toEqual([3, 2]);
  expect(loads(assignCells(fleet(2, 0), cells), cells)).toEqual([1, 1]);
  expect(loads(assignCells(fleet(1, 0), cells), cells)).toEqual([1, 0]);
});
