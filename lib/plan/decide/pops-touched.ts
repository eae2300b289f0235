import type { PopTasks } from "../live/pop-redundancy";
import type { PopsTouched } from "../upgrade-plan";

/**
 * The PoPs that lose a healthy task when the nodes of `changing` go, grouped by where. They keep what
 * surely serves.
 */
export function popsTouchedBy(
  changing: ReadonlySet<number>,
  pops: readonly PopTasks[],
): PopsTouched[] {
  const groups = new Map<string, { pops: string[]; losesOn: number[]; keepsOn: number[] }>();
  for (const { pop, healthyOn, servingOn } of pops) {
    const losesOn = healthyOn.filter((slot) => changing.has(slot));
    if (losesOn.length === 0) continue;
    const keepsOn = servingOn.filter((slot) => !changing.has(slot));
    const key = `${losesOn.join()}/${keepsOn.join()}`;
    const group = groups.get(key);
    if (group) group.pops.push(pop);
    else groups.set(key, { pops: [pop], losesOn, keepsOn });
  }
  return [...groups.values()];
}
