/**
 * Chooses the zones of new slots: each goes where the fewest slots of its cell are, then where the
 * fewest slots are, the first by name among equals. Zones of slots that exist are given and never
 * change.
 *
 * @param taken slot → zone, of the slots that stay
 * @param newSlots ascending
 * @param zones the config's zones, sorted by name
 * @param cellOf the cell of a slot; null where it is in none
 */
export function assignZones(
  taken: ReadonlyMap<number, string>,
  newSlots: readonly number[],
  zones: readonly string[],
  cellOf: (slot: number) => string | null = () => null,
): Map<number, string> {
  const slotsIn = new Map<string, number>();
  const count = (key: string) => slotsIn.get(key) ?? 0;
  const keysOf = (slot: number, zone: string) => {
    const cell = cellOf(slot);
    return { overall: zone, inCell: cell === null ? zone : `${zone}/${cell}` };
  };
  const add = (slot: number, zone: string) => {
    const keys = Object.values(keysOf(slot, zone));
    for (const key of new Set(keys)) slotsIn.set(key, count(key) + 1);
  };
  taken.forEach((zone, slot) => add(slot, zone));
  const assigned = new Map<number, string>();
  for (const slot of newSlots) {
    const isEmptier = (zone: string, than: string) => {
      const [keys, others] = [keysOf(slot, zone), keysOf(slot, than)];
      const inCell = count(keys.inCell) - count(others.inCell);
      return (inCell || count(keys.overall) - count(others.overall)) < 0;
    };
    const emptiest = zones.reduce((best, zone) => (isEmptier(zone, best) ? zone : best));
    add(slot, emptiest);
    assigned.set(slot, emptiest);
  }
  return assigned;
}
