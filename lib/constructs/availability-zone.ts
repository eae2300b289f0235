/**
 * A zone's number within its region, from its letter: a = 0, b = 1, … What derives from it (a
 * subnet's blocks) stays where it is, whatever zones are added, dropped or reordered.
 * Undefined where the name doesn't end in a digit and a letter from a to p.
 */
export function zoneIndex(availabilityZone: string): number | undefined {
  const letter = /\d([a-p])$/.exec(availabilityZone)?.[1];
  return letter === undefined ? undefined : letter.charCodeAt(0) - "a".charCodeAt(0);
}
