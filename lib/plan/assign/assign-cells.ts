import { rendezvousScore } from "./rendezvous";

/** A PoP, seen from what decides its cell. */
export interface AssignedPop {
  readonly pop: string;
  /** The cell that the config names; undefined where it names none. */
  readonly wantedCell?: string;
  /** The cell that served it last; null where none did. */
  readonly currentCell: string | null;
}

/** The difference between two cells at which they are levelled, as a part of an equal share. */
const TOLERANCE = 1 / 4;
/** Moving one PoP of a few by hand is to move no other. */
const LEAST_TOLERANCE = 2;

/**
 * Which cell serves each PoP: rendezvous hashing with capacities that keep the cells level.
 *
 * - A cell that the config names is the PoP's cell.
 * - Any other PoP stays in its cell.
 * - New PoPs fill the emptiest cells up, so that they move no other. Which of those takes which PoP
 *   is rendezvous hashing's choice.
 * - Where two cells differ by more than a quarter of an equal share and by more than two, or one is
 *   empty (a cell was added, or many PoPs went), the fullest give PoPs up to the emptiest until all are level, those first that belong to
 *   their cell least. From level cells, an n-th one thus takes at most one n-th of the PoPs, and
 *   none moves but to it.
 *
 * Example: cells a and b hold 4 PoPs each, and c is added, empty. An equal share is 8 / 3, so c gets 2:
 * a and b give up one PoP each, that of theirs whose score for its cell is the least, and the other 6
 * stay. With 3 in a, 3 in b and 2 in c they are level, and a ninth PoP goes to c and moves nobody.
 * A PoP for which the config names cell a is never given up, and counts for a.
 *
 * The order of the arguments' items has no meaning.
 *
 * @param cells names; not empty, unique
 * @returns PoP → cell, by PoP's name
 */
export function assignCells(
  pops: readonly AssignedPop[],
  cells: readonly string[],
): Map<string, string> {
  const names = [...cells].sort();
  const members = new Map(names.map((name) => [name, new Set<string>()]));
  const homeless: string[] = [];
  const named = new Set<string>();
  for (const { pop, wantedCell, currentCell } of pops) {
    const cell = wantedCell ?? currentCell;
    const home = cell === null ? undefined : members.get(cell);
    if (home) home.add(pop);
    else homeless.push(pop);
    if (wantedCell !== undefined) named.add(pop);
  }
  const capacities = levelCapacities(
    [...members].map(([name, own]) => ({
      name,
      size: own.size,
      movable: [...own].filter((pop) => !named.has(pop)).length,
    })),
    homeless.length,
  );
  for (const [cell, own] of members) {
    homeless.push(...giveUp(cell, own, named, own.size - (capacities.get(cell) ?? 0)));
  }
  for (const pop of homeless.sort()) {
    const roomy = names.filter(
      (name) => (members.get(name)?.size ?? 0) < (capacities.get(name) ?? 0),
    );
    members.get(mostLike(pop, roomy))?.add(pop);
  }
  const pairs = [...members].flatMap(([cell, own]) => [...own].map((pop) => [pop, cell] as const));
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface CellSize {
  readonly name: string;
  size: number;
  /** How many of its PoPs may move. */
  movable: number;
}

/** How many PoPs each cell is to hold once `homeless` more are in some cell. */
function levelCapacities(cells: readonly CellSize[], homeless: number): Map<string, number> {
  const emptiest = () => cells.reduce((best, cell) => (cell.size < best.size ? cell : best));
  for (let count = 0; count < homeless; count += 1) emptiest().size += 1;

  const total = cells.reduce((sum, { size }) => sum + size, 0);
  const share = Math.ceil((total / cells.length) * TOLERANCE);
  const tolerance = emptiest().size === 0 ? 1 : Math.max(LEAST_TOLERANCE, share);
  const fullest = () =>
    cells.reduce<CellSize | null>(
      (best, cell) => (cell.movable > 0 && cell.size > (best?.size ?? 0) ? cell : best),
      null,
    );
  if ((fullest()?.size ?? 0) - emptiest().size > tolerance) {
    for (;;) {
      const [giver, taker] = [fullest(), emptiest()];
      if (giver === null || giver.size - taker.size <= 1) break;
      giver.size -= 1;
      giver.movable -= 1;
      taker.size += 1;
    }
  }
  return new Map(cells.map(({ name, size }) => [name, size]));
}

/** Takes `count` PoPs from a cell, those first that belong to it least; those named stay. */
function giveUp(
  cell: string,
  own: Set<string>,
  named: ReadonlySet<string>,
  count: number,
): string[] {
  if (count <= 0) return [];
  const given = [...own]
    .filter((pop) => !named.has(pop))
    .map((pop) => ({ pop, score: rendezvousScore(pop, cell) }))
    .sort((a, b) => a.score - b.score || (a.pop < b.pop ? -1 : 1))
    .slice(0, count)
    .map(({ pop }) => pop);
  for (const pop of given) own.delete(pop);
  return given;
}

function mostLike(pop: string, cells: readonly string[]): string {
  let best = "";
  let highest = -1;
  for (const cell of cells) {
    const score = rendezvousScore(pop, cell);
    if (score > highest) [best, highest] = [cell, score];
  }
  return best;
}
