import type { Observation, ObservedInstance } from "../../observe/observation";
import { checkImages } from "./check-image-invariants";
import { checkSpares } from "./check-spare-invariants";
import { isWantedSlot } from "../desired/desired-fleet";
import { isSpareSlot } from "../../config/slots";
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
    ...checkPredecessors(observation, plan),
    ...checkPins(observation, plan),
    ...checkAddresses(desired, observation, plan),
    ...checkWholeAddresses(desired, observation, plan),
    ...checkRedundancy(observation, plan),
    ...checkSpares(desired, observation, plan, instancesThatGo(plan)),
    ...checkCells(desired, observation, plan),
    ...checkCoreSets(desired, plan),
    ...checkImages(desired, observation, plan),
  ];
}

/** No more nodes become unavailable by the plan than the budget leaves; spares are no part of it. */
function checkBudget(desired: DesiredFleet, observation: Observation, plan: UpgradePlan): string[] {
  const nodes = nodesIn(observation).filter(({ slot }) => !isSpareSlot(slot ?? 0));
  const spares = new Set(
    nodesIn(observation)
      .filter((i) => !nodes.includes(i))
      .map(idOf),
  );
  const changed = instancesThatGo(plan).filter((id) => !spares.has(id));
  const ids = new Set(changed);
  const broken = nodes.filter(
    (i) => isBroken(i, observation, plan) || lacksAddress(i, desired, observation),
  );
  const serving = servingInstances(observation);
  const mayServe = instancesThatMayServe(observation);
  const limping = broken.filter((i) => ids.has(i.instanceId) && mayServe.has(i.instanceId));
  const taken = nodes.filter((i) => ids.has(i.instanceId) && !broken.includes(i));
  const empty = emptySlots(desired, observation);
  const max = desired.maxUnavailableNodes;
  const down = broken.length + empty.length + taken.length;
  const violations: string[] = [];
  if (taken.length > 0 && down > max) {
    violations.push(`${down} nodes would be unavailable, but only ${max} may be`);
  }
  // What may serve is lost if it goes, and can't be counted on where it stays.
  const others = broken.filter((i) => !serving.has(i.instanceId) && !limping.includes(i));
  const dead = others.length + empty.length;
  if (limping.length > 0 && dead + limping.length + taken.length > max) {
    violations.push(
      `${limping.length} nodes that may serve would go while ${dead} may serve nobody, but only ${max} may`,
    );
  }
  const waitedFor = plan.healthIgnored
    ? 0
    : empty.length + plan.decisions.filter(isWaitedFor).length;
  if (changed.length > 0 && changed.length + waitedFor > max) {
    violations.push(`${changed.length} nodes are changed while ${waitedFor} others are waited for`);
  }
  return violations;
}

/** No node gets what another one has that isn't well with it. */
function checkPredecessors(observation: Observation, plan: UpgradePlan): string[] {
  const upgraded = plan.decisions.filter(({ action }) => action === "upgrade");
  const byId = new Map(nodesIn(observation).map((i) => [i.instanceId, i]));
  const bad = plan.decisions.flatMap((decision) => {
    if (decision.action !== "keep" || decision.outdated.length > 0) return [];
    if (decision.pending !== "nothing" && decision.pending !== "park") return [];
    // Who freezes a spare says that nobody is to wait for it.
    if (isSpareSlot(decision.slot) && decision.why.kind === "frozen") return [];
    const instance = byId.get(decision.instanceId);
    // What wasn't read may be well.
    const known = instance?.state !== "running" || observation.health.source === "ecs";
    const checked = instance?.statusChecks === "ok" || instance?.statusChecks === "impaired";
    const isUp = instance?.state === "running";
    const isDrained = isUp && isDraining(instance.instanceId, observation);
    const isBad = instance && known && (!isUp || checked) && !isDrained;
    return isBad === true && isBroken(instance, observation, plan) ? [decision.slot] : [];
  });
  if (upgraded.length === 0 || bad.length === 0) return [];
  return [`${upgraded.length} nodes would get what node ${bad.join(", ")} isn't well with`];
}

/** Somebody took it out of service: that says nothing of what it has. */
function isDraining(instanceId: string, { health }: Observation): boolean {
  if (health.source !== "ecs") return false;
  const own = health.containerInstances.filter((c) => c.instanceId === instanceId);
  const heard = own.filter(({ agentConnected }) => agentConnected);
  return (heard.length > 0 ? heard : own).some(({ status }) => status === "DRAINING");
}

/** The live instances that sit on a slot's ENI, by their own word or by the ENI's. */
function nodesIn({ instances, networkInterfaces }: Observation): ObservedInstance[] {
  const enis = networkInterfaces.filter(({ slot }) => slot !== null);
  return instances.filter(
    ({ instanceId, networkInterfaceIds, state }) =>
      state !== "shutting-down" &&
      enis.some(
        (eni) =>
          eni.instanceId === instanceId || networkInterfaceIds.includes(eni.networkInterfaceId),
      ),
  );
}

function isBroken(instance: ObservedInstance, { health }: Observation, plan: UpgradePlan): boolean {
  return !plan.healthIgnored && unavailabilityOfInstance(instance, health) !== null;
}

/**
 * Whether what it sits on isn't the whole address of its slot: the EIP is elsewhere or gone, or, of a slot
 * that goes, isn't the one that is remembered. Of one that stays that is refused, or accepted by a person.
 */
function lacksAddress(
  { instanceId, networkInterfaceIds }: ObservedInstance,
  desired: DesiredFleet,
  { elasticIps, networkInterfaces, remembered = [] }: Observation,
): boolean {
  const eni = networkInterfaces.find(
    (each) =>
      each.slot !== null &&
      (each.instanceId === instanceId || networkInterfaceIds.includes(each.networkInterfaceId)),
  );
  const eip = elasticIps.find(({ slot }) => slot === eni?.slot);
  if (eip === undefined || eip.networkInterfaceId !== eni?.networkInterfaceId) return true;
  const record = remembered.find(({ slot }) => slot === eip.slot);
  return (
    record !== undefined &&
    record.publicIpv4 !== eip.publicIpv4 &&
    !isWantedSlot(desired, record.slot)
  );
}

/** Slots that are wanted and have an ENI on which no live instance sits. */
function emptySlots(desired: DesiredFleet, observation: Observation): number[] {
  const taken = new Set(nodesIn(observation).map(({ slot }) => slot));
  return observation.networkInterfaces.flatMap(({ slot }) =>
    slot !== null && !taken.has(slot) && isWantedSlot(desired, slot) && !isSpareSlot(slot)
      ? slot
      : [],
  );
}

/** Instances that run and have a task that is healthy by whatever last word of its agent. */
function instancesThatMayServe({ health, instances }: Observation): Set<string> {
  if (health.source !== "ecs") return new Set();
  const running = new Set(instances.flatMap((i) => (i.state === "running" ? i.instanceId : [])));
  const healthy = health.tasks.filter(
    ({ lastStatus, healthStatus }) => lastStatus === "RUNNING" && healthStatus === "HEALTHY",
  );
  const arns = new Set(healthy.map(({ containerInstanceArn }) => containerInstanceArn));
  return new Set(
    health.containerInstances.flatMap(({ containerInstanceArn, instanceId }) =>
      arns.has(containerInstanceArn) && running.has(instanceId ?? "") ? (instanceId ?? []) : [],
    ),
  );
}

/** Instances with a task that surely serves: its agent is connected, it runs and isn't impaired. */
function servingInstances({ health, instances }: Observation): Set<string> {
  if (health.source !== "ecs") return new Set();
  const up = new Set(
    instances
      .filter(({ state, statusChecks }) => state === "running" && statusChecks !== "impaired")
      .map(({ instanceId }) => instanceId),
  );
  const vouched = new Map(
    health.containerInstances
      .filter(({ agentConnected, status }) => agentConnected && status === "ACTIVE")
      .map(({ containerInstanceArn, instanceId }) => [containerInstanceArn, instanceId ?? ""]),
  );
  return new Set(
    health.tasks.flatMap(({ containerInstanceArn, lastStatus, healthStatus }) => {
      const instanceId = vouched.get(containerInstanceArn ?? "") ?? "";
      const serves = lastStatus === "RUNNING" && healthStatus === "HEALTHY" && up.has(instanceId);
      return serves ? [instanceId] : [];
    }),
  );
}

/** Not available, and nothing to change of it: it rebuilds, or its new spec broke it. */
function isWaitedFor(decision: SlotDecision): boolean {
  if (decision.action !== "keep" || decision.why.kind === "going") return false;
  if (isSpareSlot(decision.slot)) return false;
  return decision.pending === "nothing" && decision.unavailable !== null;
}

/** A node that is kept keeps what it runs with, byte for byte; a frozen one is kept. */
function checkPins(observation: Observation, plan: UpgradePlan): string[] {
  const byId = new Map(observation.instances.map((i) => [i.instanceId, i]));
  return plan.decisions.flatMap((decision) => {
    if (decision.action !== "keep") return [];
    const instance = byId.get(decision.instanceId);
    // Of one that shuts down EC2 doesn't show what it runs with, and nothing is compared with it.
    if (instance?.state === "shutting-down") return [];
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
    if (!decision) return [`slot ${eni.slot} is missing from the plan`];
    if (isWantedSlot(desired, eni.slot) && decision.action === "remove")
      return [`slot ${eni.slot} would be removed`];
    return decision.availabilityZone === eni.availabilityZone
      ? []
      : [`slot ${eni.slot} would move to ${decision.availabilityZone}`];
  });
}

/** While a slot that stays lacks its ENI, or its EIP or IPv6 on that, no node goes; nor does its zone change. */
function checkWholeAddresses(
  desired: DesiredFleet,
  observation: Observation,
  plan: UpgradePlan,
): string[] {
  const going = instancesThatGo(plan).length;
  const decisions = new Map(plan.decisions.map((d) => [d.slot, d]));
  const eniOf = new Map(observation.networkInterfaces.map((eni) => [eni.slot, eni]));
  const stays = (slot: number | null): slot is number =>
    slot !== null && isWantedSlot(desired, slot);
  const apart = observation.elasticIps.flatMap(({ slot, networkInterfaceId }) => {
    if (going === 0 || !stays(slot)) return [];
    const eni = eniOf.get(slot)?.networkInterfaceId;
    if (eni !== undefined && eni === networkInterfaceId) return [];
    return [`${going} nodes would go while the EIP of slot ${slot} is not on its ENI`];
  });
  const withoutIpv6 = observation.networkInterfaces.flatMap(({ slot, ipv6 }) =>
    going === 0 || !stays(slot) || ipv6.length > 0
      ? []
      : [`${going} nodes would go while the ENI of slot ${slot} has no IPv6`],
  );
  const moved = (observation.remembered ?? []).flatMap(({ slot, availabilityZone }) => {
    const zone = decisions.get(slot)?.availabilityZone;
    if (!stays(slot) || eniOf.has(slot) || zone === availabilityZone) return [];
    return [`slot ${slot} would be made again in ${zone}, not in ${availabilityZone}`];
  });
  return [...apart, ...withoutIpv6, ...moved];
}

/** No PoP that has a healthy task loses its last one, unless an operator took that on. */
function checkRedundancy(observation: Observation, plan: UpgradePlan): string[] {
  const { health } = observation;
  if (plan.healthIgnored || health.source !== "ecs") return [];
  const going = new Set(instancesThatGo(plan));
  const registrations = new Map(health.containerInstances.map((c) => [c.containerInstanceArn, c]));
  const instanceById = new Map(observation.instances.map((i) => [i.instanceId, i]));
  const places = new Map(plan.placement?.known ? plan.placement.pops.map((p) => [p.pop, p]) : []);
  const mayStay = (pop: string, slot: number | null | undefined) => {
    const slots = places.get(pop)?.slots ?? null;
    return slots === null || slots.includes(slot ?? -1);
  };
  const losing = new Set<string>();
  const keeping = new Set<string>();
  for (const { serviceName, containerInstanceArn, lastStatus, healthStatus } of health.tasks) {
    if (lastStatus !== "RUNNING" || healthStatus !== "HEALTHY") continue;
    const registration = registrations.get(containerInstanceArn ?? "");
    const instance = instanceById.get(registration?.instanceId ?? "");
    if (instance === undefined) continue;
    const stays = !going.has(instance.instanceId) && mayStay(serviceName, instance.slot);
    const { state, statusChecks } = instance;
    if (state !== "running") continue;
    if (!stays) losing.add(serviceName);
    const isHeard = registration?.agentConnected === true && registration.status === "ACTIVE";
    if (stays && statusChecks !== "impaired" && isHeard) keeping.add(serviceName);
  }
  return [...losing]
    .filter((pop) => !keeping.has(pop))
    .map((pop) => `${pop} would lose its last healthy task`);
}

/** A cell never lacks two nodes because of a deploy, and its PoPs' tasks are in several zones. */
function checkCells(desired: DesiredFleet, observation: Observation, plan: UpgradePlan): string[] {
  const going = new Set(instancesThatGo(plan));
  const { cells, tasksPerPop } = desired;
  const empty = emptySlots(desired, observation);
  const isDown = (i: ObservedInstance) => isBroken(i, observation, plan);
  return cells.flatMap(({ name, slots }) => {
    const own = nodesIn(observation).filter(({ slot }) => slot !== null && slots.includes(slot));
    const goes = own.filter((i) => going.has(i.instanceId));
    const taken = goes.filter((i) => !isDown(i)).length;
    const broken = own.filter(isDown).length + empty.filter((slot) => slots.includes(slot)).length;
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

function idOf({ instanceId }: ObservedInstance): string {
  return instanceId;
}

function instancesThatGo(plan: UpgradePlan): string[] {
  return plan.decisions.flatMap((d) => {
    if (d.action === "upgrade" || d.action === "park") return [d.instanceId];
    return d.action === "remove" && d.instanceId !== null ? [d.instanceId] : [];
  });
}
