/**
 * Chooses the zones of new slots: each goes where the fewest slots are, the first by name among
 * equals. Zones of slots that exist are given and never change.
 *
 * @param taken slot → zone, of the slots that stay
 * @param newSlots ascending
 * @param zones the config's zones, sorted by name
 */
export function assignZones(
  taken: ReadonlyMap<number, string>,
  newSlots: readonly number[],
  zones: readonly string[],
): Map<number, string> {
  const slotsIn = new Map(zones.map((zone) => [zone, 0]));
  for (const zone of taken.values()) {
    const slots = slotsIn.get(zone);
    if (slots !== undefined) slotsIn.set(zone, slots + 1);
  }
  const assigned = new Map<number, string>();
  for (const slot of newSlots) {
    const emptiest = zones.reduce((best, zone) =>
      (slotsIn.get(zone) ?? 0) < (slotsIn.get(best) ?? 0) ? zone : best,
    );
    slotsIn.set(emptiest, (slotsIn.get(emptiest) ?? 0) + 1);
    assigned.set(slot, emptiest);
  }
  return assigned;
}
