import { redundancyOf } from "../live/pop-redundancy";
import type { PopTasks, Redundancy } from "../live/pop-redundancy";

/** A node that is outdated and serving. */
export interface Candidate {
  readonly slot: number;
  readonly availabilityZone: string;
  /** Of one cell only one node goes at once; null where there are no cells. */
  readonly cell: string | null;
}

export interface Choice {
  /** In the order in which they should go where nothing else matters. */
  readonly candidates: readonly Candidate[];
  /** Slots that go in this wave already. */
  readonly alreadyTaken: ReadonlySet<number>;
  /** How many more may go in this wave. */
  readonly budgetNow: number;
  /** How many may go in each later wave. */
  readonly budgetLater: number;
  readonly pops: readonly PopTasks[];
}

/** Up to this many candidates every way to divide them into waves is weighed; that takes 3^n steps. */
const MOST_WEIGHED = 11;

/**
 * Chooses the nodes that go in this wave: none of them may take a PoP's last healthy task,
 * and no two may be of one cell. Best is
 * the set that leaves the fewest waves to go; among equals the largest; then the one in the fewest
 * zones, so that the others stay whole; then the one with the first of the candidates.
 *
 * @returns slots, ascending; empty where none may go
 */
export function chooseNodes(choice: Choice): number[] {
  if (choice.budgetNow <= 0 || choice.candidates.length === 0) return [];
  return choice.candidates.length <= MOST_WEIGHED ? weighAll(choice) : fillUp(choice);
}

interface Scored {
  /** Indexes of candidates, ascending. */
  readonly chosen: readonly number[];
  readonly wavesAfter: number;
  readonly zones: number;
}

function isBetter(a: Scored, b: Scored | undefined): boolean {
  if (!b) return true;
  if (a.wavesAfter !== b.wavesAfter) return a.wavesAfter < b.wavesAfter;
  if (a.chosen.length !== b.chosen.length) return a.chosen.length > b.chosen.length;
  if (a.zones !== b.zones) return a.zones < b.zones;
  const differs = a.chosen.findIndex((candidate, index) => candidate !== b.chosen[index]);
  return differs >= 0 && (a.chosen[differs] ?? 0) < (b.chosen[differs] ?? 0);
}

function weighAll(choice: Choice): number[] {
  const { candidates, alreadyTaken, budgetNow, budgetLater, pops } = choice;
  const all = 2 ** candidates.length - 1;
  // Later waves find every task healthy again where it is placed now.
  const recovered = pops.map((pop) => ({
    ...pop,
    healthyOn: pop.placedOn,
    servingOn: pop.placedOn,
    deploying: false,
  }));
  const later = subsetsThatMayGo(candidates, new Set(), budgetLater, redundancyOf(recovered));
  const wavesFor = leastWaves(later, all);

  let best: Scored | undefined;
  for (const mask of subsetsThatMayGo(candidates, alreadyTaken, budgetNow, redundancyOf(pops))) {
    const chosen = [...candidates.keys()].filter((index) => mask & (1 << index));
    const wavesAfter = wavesFor[all ^ mask] ?? Infinity;
    const scored = { chosen, wavesAfter, zones: zonesOf(candidates, chosen) };
    if (isBetter(scored, best)) best = scored;
  }
  return slotsOf(candidates, best);
}

/** All non-empty sets of candidates, as bit masks, that may go at once. */
function subsetsThatMayGo(
  candidates: readonly Candidate[],
  alreadyTaken: ReadonlySet<number>,
  budget: number,
  redundancy: Redundancy,
): number[] {
  const masks: number[] = [];
  const grow = (from: number, mask: number, taken: ReadonlySet<number>, size: number) => {
    for (let index = from; index < candidates.length && size < budget; index += 1) {
      const cell = candidates[index]?.cell ?? null;
      const shares = candidates.some((c, other) => mask & (1 << other) && c.cell === cell);
      if (cell !== null && shares) continue;
      const slot = candidates[index]?.slot ?? -1;
      // What may not go can't go together with more either.
      if (!redundancy.mayGo(slot, taken)) continue;
      masks.push(mask | (1 << index));
      grow(index + 1, mask | (1 << index), new Set(taken).add(slot), size + 1);
    }
  };
  grow(0, 0, alreadyTaken, 0);
  return masks;
}

/**
 * For each set of candidates the least number of waves that changes all of them that may go at all.
 *
 * Example: candidates 0, 1 and 2, of which 0 and 1 hold a PoP's only two tasks, with a budget of 2. The
 * sets that may go at once are {0}, {1}, {2}, {0, 2} and {1, 2}. For {0, 1} that makes 2 waves; for all
 * three 2 as well, since 2 goes along with either: {0, 2} and then {1}.
 * Were 1 frozen by its PoP (in no set at all), {0, 1} would take the 1 wave of {0}.
 */
function leastWaves(waves: readonly number[], all: number): number[] {
  const allowed = new Set(waves);
  const least: number[] = [0];
  for (let mask = 1; mask <= all; mask += 1) {
    const lowest = mask & -mask;
    const rest = mask ^ lowest;
    if (!allowed.has(lowest)) {
      least[mask] = least[rest] ?? Infinity;
      continue;
    }
    let fewest = Infinity;
    // Every wave that changes the lowest of them, with any part of the rest.
    for (let part = rest; ; part = (part - 1) & rest) {
      const wave = part | lowest;
      if (allowed.has(wave)) fewest = Math.min(fewest, 1 + (least[mask ^ wave] ?? Infinity));
      if (part === 0) break;
    }
    least[mask] = fewest;
  }
  return least;
}

/** For large fleets: fills a wave zone by zone, from each zone in turn, and takes the best. */
function fillUp({ candidates, alreadyTaken, budgetNow, pops }: Choice): number[] {
  const zones = [...new Set(candidates.map(({ availabilityZone }) => availabilityZone))].sort();
  const redundancy = redundancyOf(pops);
  let best: Scored | undefined;
  for (const first of zones) {
    const all = [...candidates.entries()];
    const inOrder = [
      ...all.filter(([, c]) => c.availabilityZone === first),
      ...all.filter(([, c]) => c.availabilityZone !== first),
    ];
    const taken = new Set(alreadyTaken);
    const cells = new Set<string>();
    const chosen: number[] = [];
    for (const [index, { cell, slot }] of inOrder) {
      if (chosen.length === budgetNow) break;
      if (cell !== null && cells.has(cell)) continue;
      if (!redundancy.mayGo(slot, taken)) continue;
      taken.add(slot);
      if (cell !== null) cells.add(cell);
      chosen.push(index);
    }
    chosen.sort((a, b) => a - b);
    const scored = { chosen, wavesAfter: 0, zones: zonesOf(candidates, chosen) };
    if (isBetter(scored, best)) best = scored;
  }
  return slotsOf(candidates, best);
}

function zonesOf(candidates: readonly Candidate[], chosen: readonly number[]): number {
  return new Set(chosen.map((index) => candidates[index]?.availabilityZone)).size;
}

function slotsOf(candidates: readonly Candidate[], best: Scored | undefined): number[] {
  const slots = (best?.chosen ?? []).flatMap((index) => candidates[index]?.slot ?? []);
  return slots.sort((a, b) => a - b);
}
