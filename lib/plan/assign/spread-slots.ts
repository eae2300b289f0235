import { rendezvousScore } from "./rendezvous";

export interface SpreadSlot {
  readonly slot: number;
  readonly availabilityZone: string;
}

/** A PoP, and the slots that it is confined to now. */
export interface SpreadPop {
  readonly pop: string;
  readonly current: readonly number[];
}

/**
 * On which `tasks` slots each PoP runs, where the plan and not ECS spreads them: in distinct zones
 * where there are as many, and no slot more than an equal share where that is possible. A PoP keeps
 * the slots that it is confined to, so that slots and PoPs that come move no other.
 *
 * @returns PoP → slots, ascending
 */
export function chooseSpreadSlots(
  pops: readonly SpreadPop[],
  slots: readonly SpreadSlot[],
  tasks: number,
): Map<string, number[]> {
  const bySlot = new Map(slots.map((each) => [each.slot, each]));
  const share = Math.ceil((pops.length * tasks) / Math.max(1, slots.length));
  const load = new Map(slots.map(({ slot }) => [slot, 0]));
  const add = (slot: number) => load.set(slot, (load.get(slot) ?? 0) + 1);
  const sorted = [...pops].sort((a, b) => (a.pop < b.pop ? -1 : 1));
  const chosen = new Map(
    sorted.map(({ pop, current }) => {
      const kept = current.length > tasks ? [] : current.filter((slot) => bySlot.has(slot));
      kept.forEach(add);
      return [pop, kept] as const;
    }),
  );
  const result = new Map<string, number[]>();
  for (const { pop, current } of sorted) {
    const own = [...(chosen.get(pop) ?? [])];
    while (own.length < Math.min(tasks, slots.length)) {
      const zones = new Set(own.map((slot) => bySlot.get(slot)?.availabilityZone));
      const ranked = slots
        .filter(({ slot }) => !own.includes(slot))
        .map(({ slot, availabilityZone }) => ({
          slot,
          // Where it may run now counts for more than a zone of its own, and that for more than an
          // equal share.
          cost:
            (current.length > 0 && !current.includes(slot) ? 4 : 0) +
            (zones.has(availabilityZone) ? 2 : 0) +
            ((load.get(slot) ?? 0) < share ? 0 : 1),
          score: rendezvousScore(pop, String(slot)),
        }))
        .sort((a, b) => a.cost - b.cost || b.score - a.score || a.slot - b.slot);
      const best = ranked[0]?.slot;
      if (best === undefined) break;
      own.push(best);
      add(best);
    }
    result.set(
      pop,
      own.sort((a, b) => a - b),
    );
  }
  return result;
}
