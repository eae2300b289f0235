import type { Observation, ObservedInstance } from "../../observe/observation";
import { isWantedSlot } from "../desired/desired-fleet";
import { isSpareSlot } from "../../config/slots";
import type { DesiredFleet } from "../desired/desired-fleet";
import { unavailabilityOfInstance } from "../live/node-health";
import type { UpgradePlan } from "../upgrade-plan";

/**
 * With a spare, no deploy takes a PoP below as many healthy tasks as there are nodes, or as it has now
 * where those are fewer; no node that serves goes while no spare is well; and a spare is never filled
 * before its address is there, nor parked while a node is down.
 *
 * @param gone ids of the instances that the plan ends
 * @returns what is violated, as sentences; empty where all is well
 */
export function checkSpares(
  desired: DesiredFleet,
  observation: Observation,
  plan: UpgradePlan,
  gone: readonly string[],
): string[] {
  const { instances, networkInterfaces } = observation;
  const parked = plan.decisions.flatMap((d) => (d.action === "park" ? [d.slot] : []));
  const stray = [...parked, ...plan.decisions.flatMap((d) => (d.action === "fill" ? d.slot : []))];
  const violations = stray
    .filter((slot) => !isSpareSlot(slot))
    .map((slot) => `node ${slot} is no spare`);
  for (const { action, slot } of plan.decisions) {
    if (action !== "fill" || networkInterfaces.some((eni) => eni.slot === slot)) continue;
    violations.push(`spare ${slot} would be filled before its address is known`);
  }
  const nodes = instances.filter((i) => isNode(i) && i.state !== "shutting-down");
  const isDown = (i: ObservedInstance) => unavailabilityOfInstance(i, observation.health) !== null;
  const places = networkInterfaces.flatMap(({ slot }) =>
    slot !== null && !isSpareSlot(slot) && isWantedSlot(desired, slot) ? [slot] : [],
  );
  const down = places.filter((slot) => !nodes.some((i) => i.slot === slot && !isDown(i)));
  if (parked.length > 0 && down.length > 0) {
    violations.push(`spare ${parked.join(", ")} would be parked while node ${down.join()} is down`);
  }
  const upgraded = new Set(plan.decisions.flatMap((d) => (d.action === "upgrade" ? d.slot : [])));
  const { healthy, left } = tasksOf(observation, new Set(gone));
  const taken = nodes.filter(
    (i) => upgraded.has(i.slot ?? -1) && !isDown(i) && healthy.some((t) => t.on === i.instanceId),
  );
  if (!inPlay(desired, observation, plan)) return violations;
  const available = instances.filter(
    (i) => !isNode(i) && !gone.includes(i.instanceId) && !isSick(i),
  );
  if (taken.length > 0 && !available.some((i) => plan.healthIgnored || !isDown(i))) {
    violations.push(`${taken.length} nodes that serve would go while no spare is available`);
  }
  if (plan.healthIgnored) return violations;
  const pops = servicesOnAllNodes(observation);
  for (const pop of pops) {
    const now = healthy.filter((task) => task.pop === pop);
    if (!now.some(({ on }) => gone.includes(on))) continue;
    const least = Math.min(now.length, places.length);
    const after = left.filter((task) => task.pop === pop).length;
    if (after < least) violations.push(`${pop} would have ${after} of ${least} healthy tasks`);
  }
  return violations;
}

/** A spare does nothing for those whose tasks ECS spreads, or that are confined to some nodes. */
function servicesOnAllNodes({ health }: Observation): string[] {
  if (health.source !== "ecs") return [];
  return health.services
    .filter((s) => (s.scheduling === "DAEMON" ? !s.slots : s.everywhere))
    .map(({ serviceName }) => serviceName);
}

function isNode({ slot }: ObservedInstance): boolean {
  return slot !== null && !isSpareSlot(slot);
}

function isSick({ slot, state, statusChecks }: ObservedInstance): boolean {
  return slot === null || state !== "running" || statusChecks === "impaired";
}

/** Whether there is a spare to rely on: one that the operator hasn't frozen, and that the run knows a spec for. */
function inPlay(
  desired: DesiredFleet,
  { networkInterfaces }: Observation,
  { decisions }: UpgradePlan,
): boolean {
  const leftOut = decisions.flatMap((d) => (d.why.kind === "not-selected" ? [d.slot] : []));
  return networkInterfaces.some(
    ({ slot }) =>
      slot !== null &&
      isSpareSlot(slot) &&
      isWantedSlot(desired, slot) &&
      !desired.frozenNodes.includes(slot) &&
      !leftOut.includes(slot),
  );
}

interface HealthyTask {
  readonly pop: string;
  /** The instance that it runs on. */
  readonly on: string;
}

/** The tasks that may serve now, and those that surely do on what stays. */
function tasksOf({ health, instances }: Observation, gone: ReadonlySet<string>) {
  if (health.source !== "ecs") return { healthy: [], left: [] };
  const up = new Map(
    instances.filter(({ state }) => state === "running").map((i) => [i.instanceId, i]),
  );
  const registered = new Map(health.containerInstances.map((c) => [c.containerInstanceArn, c]));
  const healthy: HealthyTask[] = [];
  const left: HealthyTask[] = [];
  for (const { serviceName: pop, containerInstanceArn, ...task } of health.tasks) {
    if (task.lastStatus !== "RUNNING" || task.healthStatus !== "HEALTHY") continue;
    const registration = registered.get(containerInstanceArn ?? "");
    const on = registration?.instanceId ?? "";
    const instance = up.get(on);
    if (instance === undefined) continue;
    healthy.push({ pop, on });
    const isHeard = registration?.agentConnected === true && registration.status === "ACTIVE";
    if (isHeard && instance.statusChecks !== "impaired" && !gone.has(on)) left.push({ pop, on });
  }
  return { healthy, left };
}
