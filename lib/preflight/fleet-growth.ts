import type { Environment } from "../config/environment";
import { assertNever } from "../errors";
import type { Observation } from "../observe/observation";
import { isNewEnvironment } from "../plan/decide/classify";
import { emptySlots, plannedNodes } from "../plan/upgrade-plan";
import type { SlotDecision, UpgradePlan } from "../plan/upgrade-plan";
import type { VcpuQuotaId } from "./quota";
import { vcpuQuotaOf } from "./vcpus";

/** What the fleet will have on top of what it has, at the worst moment on its way. */
export interface FleetGrowth {
  /** EIPs; 0 where all slots have theirs. */
  readonly elasticIps: number;
  /** ENIs of slots and of a new load balancer. */
  readonly networkInterfaces: number;
  /** VPCs, and internet gateways, that the environment needs to have: 1 where it is new, else 0. */
  readonly networks: 0 | 1;
  /** What each wave changes about the running instances' types; only what doesn't cancel out. */
  readonly waves: readonly (readonly Launch[])[];
}

/** What one slot launches, and what it gives up before that: instance types. */
export interface Launch {
  readonly launched?: string;
  readonly freed?: string;
}

/**
 * What the deploys that bring the fleet to what the config wants need on top of what is there. A
 * node that is replaced is destroyed before its successor is created, so it needs nothing more
 * than the difference of the two; other slots' changes run side by side, so what they give up
 * doesn't count before the wave is over.
 *
 * @param waves the plans of the next deploy and of those after it
 */
export function fleetGrowth(
  environment: Environment,
  observation: Observation,
  waves: readonly UpgradePlan[],
): FleetGrowth {
  const isNew = isNewEnvironment(observation);
  // A load balancer has an interface in each of its subnets, and more as it grows.
  const loadBalancer = isNew ? environment.aws.availabilityZones.length : 0;
  return {
    elasticIps: addressGrowth(observation.elasticIps, waves),
    networkInterfaces: addressGrowth(observation.networkInterfaces, waves) + loadBalancer,
    networks: isNew ? 1 : 0,
    waves: waves.map((plan) => launchesOf(plan, observation)),
  };
}

/** The most slots without one of `existing` that have one after a wave begins. */
function addressGrowth(
  existing: readonly { readonly slot: number | null }[],
  waves: readonly UpgradePlan[],
): number {
  const held = new Set(existing.flatMap(({ slot }) => slot ?? []));
  const before = held.size;
  let most = before;
  for (const plan of waves) {
    for (const { slot } of [...plannedNodes(plan), ...emptySlots(plan)]) held.add(slot);
    most = Math.max(most, held.size);
    for (const { action, slot } of plan.decisions) if (action === "remove") held.delete(slot);
  }
  return most - before;
}

function launchesOf(plan: UpgradePlan, observation: Observation): Launch[] {
  return plan.decisions
    .map((decision) => launchOf(decision, observation))
    .filter(({ launched, freed }) => launched !== freed);
}

function launchOf(decision: SlotDecision, observation: Observation): Launch {
  switch (decision.action) {
    case "keep":
    case "leave":
    case "allocate":
      return {};
    case "create":
    case "fill":
      return { launched: decision.spec.instanceType };
    case "upgrade": {
      const launched = decision.to.instanceType;
      const freed = countedType(decision.instanceId, decision.from.instanceType, observation);
      return { launched, freed };
    }
    case "park":
    case "remove":
      return { freed: countedType(decision.instanceId, undefined, observation) };
    default:
      return assertNever(decision);
  }
}

/**
 * The type of an instance that counts against a quota now, which a stopped one doesn't; `planned`
 * for one that isn't there yet, since an earlier wave launches it.
 */
function countedType(
  instanceId: string | null,
  planned: string | undefined,
  { instances }: Observation,
): string | undefined {
  const observed = instances.find((instance) => instance.instanceId === instanceId);
  if (observed === undefined) return planned;
  return ["running", "pending"].includes(observed.state) ? observed.instanceType : undefined;
}

/** The instance types whose vCPUs must be known to tell what the launches need; sorted. */
export function launchedTypes({ waves }: FleetGrowth): string[] {
  const changes = waves.flat();
  if (changes.every(({ launched }) => launched === undefined)) return [];
  const types = changes.flatMap(({ launched, freed }) => [launched ?? [], freed ?? []].flat());
  return [...new Set(types)].sort();
}

/** The quotas that the launches count against, sorted. */
export function launchedQuotas({ waves }: FleetGrowth): VcpuQuotaId[] {
  const launched = waves.flat().flatMap((change) => change.launched ?? []);
  return [...new Set(launched.map(vcpuQuotaOf))].sort();
}
