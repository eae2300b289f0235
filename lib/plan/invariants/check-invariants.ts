import type { Observation, ObservedInstance } from "../../observe/observation";
import { checkImages } from "./check-image-invariants";
import type { DesiredFleet } from "../desired/desired-fleet";
import { changedParts } from "../node-spec";
import type { NodeSpec } from "../node-spec";
import { unavailabilityOfInstance } from "../live/node-health";
import type { SlotDecision, UpgradePlan } from "../upgrade-plan";

/**
 * Checks a plan against the rules that must hold whatever the planner thought, straight from the
 * observation and by none of the planner's own steps. The planner itself, the property tests and
 * the controller use it.
 *
 * @returns what is violated, as sentences; empty where all is well
 */
export function checkInvariants(
  desired: DesiredFleet,
  observation: Observation,
  plan: UpgradePlan,
): string[] {
  return [
    ...checkBudget(desired, observation, plan),
    ...checkPins(observation, plan),
    ...checkAddresses(desired, observation, plan),
    ...checkWholeAddresses(desired, observation, plan),
    ...checkRedundancy(observation, plan),
    ...checkCells(desired, observation, plan),
    ...checkCoreSets(desired, plan),
    ...checkImages(desired, observation, plan),
  ];
}

/** No more nodes become unavailable by the plan than the budget leaves. */
function checkBudget(desired: DesiredFleet, observation: Observation, plan: UpgradePlan): string[] {
  const changed = instancesThatGo(plan);
  const ids = new Set(changed);
  const { instances } = observation;
  const isNode = new Set(
    observation.networkInterfaces.flatMap((eni) => (eni.slot === null ? [] : [eni.instanceId])),
  );
  const nodes = instances.filter((i) => i.state !== "shutting-down" && isNode.has(i.instanceId));
  const isBroken = (i: ObservedInstance) =>
    !plan.healthIgnored && unavailabilityOfInstance(i, observation.health) !== null;
  const broken = nodes.filter(isBroken);
  const taken = nodes.filter((i) => ids.has(i.instanceId) && !isBroken(i));
  const missing = plan.decisions.filter(isMissing);
  const down = broken.length + missing.length + taken.length;
  const violations: string[] = [];
  if (taken.length > 0 && down > desired.maxUnavailableNodes) {
    violations.push(
      `${down} nodes would be unavailable, but only ${desired.maxUnavailableNodes} may be`,
    );
  }
  const waitedFor = plan.healthIgnored ? 0 : plan.decisions.filter(isWaitedFor).length;
  if (changed.length > 0 && changed.length + waitedFor > desired.maxUnavailableNodes) {
    violations.push(`${changed.length} nodes are changed while ${waitedFor} others are waited for`);
  }
  return violations;
}

/** Not available, and nothing to change of it: it rebuilds, or is created, or its new spec broke it. */
function isWaitedFor(decision: SlotDecision): boolean {
  if (isMissing(decision)) return true;
  return (
    decision.action === "keep" && decision.pending === "nothing" && decision.unavailable !== null
  );
}

function isMissing({ action, why }: SlotDecision): boolean {
  return action === "create" && why.kind === "address-without-instance";
}

/** A node that is kept keeps what it runs with, byte for byte; a frozen one is kept. */
function checkPins(observation: Observation, plan: UpgradePlan): string[] {
  const byId = new Map(observation.instances.map((i) => [i.instanceId, i]));
  return plan.decisions.flatMap((decision) => {
    if (decision.action !== "keep") return [];
    const instance = byId.get(decision.instanceId);
    if (!instance || instance.rootVolumeGiB === null) return [`node ${decision.slot} is unknown`];
    const running: NodeSpec = { ...instance, rootVolumeGiB: instance.rootVolumeGiB };
    const parts = changedParts(running, decision.spec);
    return parts.length === 0
      ? []
      : [`node ${decision.slot} would not keep its ${parts.join(", ")}`];
  });
}

/** Every slot that has an address and is wanted stays, in the zone of its address. */
function checkAddresses(
  desired: DesiredFleet,
  observation: Observation,
  plan: UpgradePlan,
): string[] {
  const decisions = new Map(plan.decisions.map((d) => [d.slot, d]));
  return observation.networkInterfaces.flatMap((eni) => {
    if (eni.slot === null) return [];
    const decision = decisions.get(eni.slot);
    const wanted = eni.slot < desired.nodes || desired.frozenNodes.includes(eni.slot);
    if (!decision) return [`slot ${eni.slot} is missing from the plan`];
    if (wanted && decision.action === "remove") return [`slot ${eni.slot} would be removed`];
    return decision.availabilityZone === eni.availabilityZone
      ? []
      : [`slot ${eni.slot} would move to ${decision.availabilityZone}`];
  });
}

/** While a slot that stays lacks its ENI, or its EIP on that, no node goes; nor does its zone change. */
function checkWholeAddresses(
  desired: DesiredFleet,
  observation: Observation,
  plan: UpgradePlan,
): string[] {
  const going = instancesThatGo(plan).length;
  const decisions = new Map(plan.decisions.map((d) => [d.slot, d]));
  const eniOf = new Map(observation.networkInterfaces.map((eni) => [eni.slot, eni]));
  const stays = (slot: number | null): slot is number =>
    slot !== null && (slot < desired.nodes || desired.frozenNodes.includes(slot));
  const apart = observation.elasticIps.flatMap(({ slot, networkInterfaceId }) => {
    if (going === 0 || !stays(slot)) return [];
    const eni = eniOf.get(slot)?.networkInterfaceId;
    if (eni !== undefined && eni === networkInterfaceId) return [];
    return [`${going} nodes would go while the EIP of slot ${slot} is not on its ENI`];
  });
  const moved = (observation.remembered ?? []).flatMap(({ slot, availabilityZone }) => {
    const zone = decisions.get(slot)?.availabilityZone;
    if (!stays(slot) || eniOf.has(slot) || zone === availabilityZone) return [];
    return [`slot ${slot} would be made again in ${zone}, not in ${availabilityZone}`];
  });
  return [...apart, ...moved];
}

/** No PoP that has a healthy task loses its last one, unless an operator took that on. */
function checkRedundancy(observation: Observation, plan: UpgradePlan): string[] {
  const { health } = observation;
  if (plan.healthIgnored || health.source !== "ecs") return [];
  const going = new Set(instancesThatGo(plan));
  const instanceOf = new Map(
    health.containerInstances.map((c) => [c.containerInstanceArn, c.instanceId]),
  );
  const slotOf = new Map(observation.instances.map((i) => [i.instanceId, i.slot]));
  const places = new Map(plan.placement?.known ? plan.placement.pops.map((p) => [p.pop, p]) : []);
  const mayStay = (pop: string, instanceId: string) => {
    const slots = places.get(pop)?.slots ?? null;
    return slots === null || slots.includes(slotOf.get(instanceId) ?? -1);
  };
  const stays = new Map<string, boolean>();
  for (const { serviceName, containerInstanceArn, lastStatus, healthStatus } of health.tasks) {
    if (lastStatus !== "RUNNING" || healthStatus !== "HEALTHY") continue;
    const instanceId = instanceOf.get(containerInstanceArn ?? "") ?? "";
    stays.set(
      serviceName,
      stays.get(serviceName) === true ||
        (!going.has(instanceId) && mayStay(serviceName, instanceId)),
    );
  }
  return [...stays].flatMap(([pop, kept]) =>
    kept ? [] : [`${pop} would lose its last healthy task`],
  );
}

/** A cell never lacks two nodes because of a deploy, and its PoPs' tasks are in several zones. */
function checkCells(
  { cells, tasksPerPop }: DesiredFleet,
  observation: Observation,
  plan: UpgradePlan,
): string[] {
  const going = new Set(instancesThatGo(plan));
  const isBroken = (i: ObservedInstance) =>
    !plan.healthIgnored && unavailabilityOfInstance(i, observation.health) !== null;
  return cells.flatMap(({ name, slots }) => {
    const own = observation.instances.filter(({ slot }) => slot !== null && slots.includes(slot));
    const taken = own.filter((i) => going.has(i.instanceId) && !isBroken(i)).length;
    const missing = plan.decisions.filter((d) => isMissing(d) && slots.includes(d.slot));
    const broken = own.filter(isBroken).length + missing.length;
    const zones = new Set(
      plan.decisions.flatMap((d) => (slots.includes(d.slot) ? d.availabilityZone : [])),
    );
    const violations: string[] = [];
    if (taken > 0 && taken + broken > 1) {
      violations.push(`cell ${name} would lack ${taken + broken} nodes at once`);
    }
    if (zones.size < tasksPerPop) violations.push(`cell ${name} would be in ${zones.size} zones`);
    return violations;
  });
}

/** No two PoPs that may meet on a node have the same core set, and each has one. */
function checkCoreSets({ cpuIsolation }: DesiredFleet, plan: UpgradePlan): string[] {
  const { placement } = plan;
  if (cpuIsolation === "quota" || placement?.known === false) return [];
  const everywhere = plan.decisions.map(({ slot }) => slot);
  const owners = new Map<string, string>();
  return (placement?.pops ?? []).flatMap(({ pop, slots, coreSet }) => {
    if (coreSet == null) return [`${pop} would have no core set`];
    const others = (slots ?? everywhere).flatMap((slot) => {
      const owner = owners.get(`${slot}/${coreSet}`);
      owners.set(`${slot}/${coreSet}`, pop);
      return owner === undefined ? [] : [owner];
    });
    return [...new Set(others)].map(
      (other) => `${pop} and ${other} would have core set ${coreSet} of the same node`,
    );
  });
}

function instancesThatGo(plan: UpgradePlan): string[] {
  return plan.decisions.flatMap((d) => {
    if (d.action === "upgrade") return [d.instanceId];
    return d.action === "remove" && d.instanceId !== null ? [d.instanceId] : [];
  });
}
