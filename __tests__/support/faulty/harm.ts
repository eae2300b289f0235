import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import type { FaultyFleet } from "./fleet";

/**
 * What a plan would really do that must not be, and what it is silent of; empty where it is harmless.
 *
 * @param accepted slots of which a person took another address on himself
 */
export function harmOf(
  fleet: FaultyFleet,
  plan: UpgradePlan,
  accepted: readonly number[] = [],
): string[] {
  const { desired, truth } = fleet;
  const going = plan.decisions.flatMap((d) =>
    d.action === "upgrade" || (d.action === "remove" && d.instanceId !== null) ? d.slot : [],
  );
  const goes = new Set(going);
  const isFrozen = (slot: number) => desired.frozenNodes.includes(slot);
  const isWanted = (slot: number) => slot < desired.nodes || isFrozen(slot);
  const down = [...truth.keys()].filter((s) => !fleet.isUp(s) && (isWanted(s) || goes.has(s)));
  const taken = going.filter((slot) => fleet.isMissed(slot));
  const lost = new Set([...down, ...taken]);
  const harm: string[] = [];
  if (taken.length > 0 && lost.size > desired.maxUnavailableNodes) {
    harm.push(`${taken.join()} would go while ${down.join()} serve nobody`);
  }
  const places = new Map(plan.placement?.known ? plan.placement.pops.map((p) => [p.pop, p]) : []);
  for (const { name } of desired.pops) {
    const serving = fleet.servingOn(name);
    const slots = places.get(name)?.slots ?? null;
    const left = serving.filter((s) => !goes.has(s) && (slots === null || slots.includes(s)));
    if (serving.length > 0 && left.length === 0) harm.push(`${name} would serve nowhere`);
  }
  for (const { name, slots } of desired.cells) {
    const lacks = slots.filter((slot) => lost.has(slot));
    if (lacks.length > 1 && slots.some((slot) => taken.includes(slot))) {
      harm.push(`cell ${name} would lack ${lacks.join()}`);
    }
  }
  for (const decision of plan.decisions) {
    const { action, slot } = decision;
    const known = truth.has(slot);
    if (action === "create" && decision.why.kind === "new-slot" && known) {
      harm.push(`${slot} would be taken for new`);
    }
    const instance = fleet.instance(slot)?.State?.Name;
    if (action === "create" && instance !== undefined) {
      harm.push(`${slot} would be launched beside one that is ${instance}`);
    }
    if (action === "remove" && isWanted(slot)) harm.push(`${slot} would be removed`);
    if (isFrozen(slot) && action !== "keep" && action !== "leave") harm.push(`${slot} is frozen`);
    const isSilent = action === "keep" && decision.unavailable === null && known;
    if (isSilent && !fleet.isUp(slot)) harm.push(`nobody is told that ${slot} is down`);
  }
  for (const [slot, { hasLostAddress }] of truth) {
    if (hasLostAddress && isWanted(slot) && !accepted.includes(slot)) {
      harm.push(`${slot} would get another address`);
    }
  }
  const bad = [...truth].flatMap(([slot, { isBad }]) => (isBad && isWanted(slot) ? slot : []));
  const upgrades = plan.decisions.filter(({ action }) => action === "upgrade");
  if (upgrades.length > 0 && bad.length > 0 && fleet.isEcsReadable) {
    harm.push(`what broke ${bad.join()} goes on`);
  }
  return harm;
}
