/** A PoP, seen from what decides its core set. */
export interface CoreSetPop {
  readonly pop: string;
  /** The parts of the fleet that may run its tasks; not empty. PoPs of one part share its nodes. */
  readonly parts: readonly string[];
  /** The number of the core set that its service has; null where it has none. */
  readonly current: number | null;
}

/**
 * The number of each PoP's core set, from 0: no two PoPs of one part of the fleet have the same.
 *
 * A PoP keeps the one that it has, so that PoPs that come and go change no other's; any other PoP
 * takes the lowest number that is free in all of its parts. Where two have the same number and come
 * to share nodes, the one in fewer parts keeps it, since the other is on its way from one part to
 * another; where that doesn't tell, the first by name.
 *
 * The order of the arguments' items has no meaning.
 *
 * @returns PoP → number, by PoP's name
 */
export function assignCoreSets(pops: readonly CoreSetPop[]): Map<string, number> {
  const taken = new Map<string, Set<number>>();
  const takenIn = (part: string) => {
    const numbers = taken.get(part) ?? new Set();
    taken.set(part, numbers);
    return numbers;
  };
  const assigned = new Map<string, number>();
  const take = ({ pop, parts }: CoreSetPop, number: number) => {
    for (const part of parts) takenIn(part).add(number);
    assigned.set(pop, number);
  };
  const isFree = ({ parts }: CoreSetPop, number: number) =>
    parts.every((part) => !takenIn(part).has(number));

  const homeless: CoreSetPop[] = [];
  const inOrder = [...pops].sort(
    (a, b) => a.parts.length - b.parts.length || (a.pop < b.pop ? -1 : 1),
  );
  for (const each of inOrder) {
    if (each.current !== null && isFree(each, each.current)) take(each, each.current);
    else homeless.push(each);
  }
  // Numbers are only ever taken here, so none below a part's lowest free one becomes free again.
  const lowest = new Map<string, number>();
  for (const each of homeless) {
    let number = Math.max(...each.parts.map((part) => lowest.get(part) ?? 0));
    while (!isFree(each, number)) number += 1;
    take(each, number);
    for (const part of each.parts) {
      let free = lowest.get(part) ?? 0;
      while (takenIn(part).has(free)) free += 1;
      lowest.set(part, free);
    }
  }
  return new Map([...assigned].sort(([a], [b]) => (a < b ? -1 : 1)));
}
