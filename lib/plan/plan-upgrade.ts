import { RoutedError } from "../errors";
import { canonicalObservation } from "../observe/canonical-observation";
import type { Observation } from "../observe/observation";
import { checkInvariants } from "./check-invariants";
import { classify, isNewEnvironment } from "./classify";
import { arithmeticOf, budgetOf, decide, listOf, unavailabilityOf } from "./decide";
import { desiredAmiId } from "./desired-fleet";
import type { DesiredFleet } from "./desired-fleet";
import { reconcile } from "./reconcile";
import { simulateWave } from "./simulate-wave";
import type { PlanStatus, SlotDecision, UpgradePlan } from "./upgrade-plan";

/**
 * Decides what the next deploy does to each slot. Pure: equal input gives an equal plan, byte for
 * byte.
 *
 * @throws RoutedError `contradiction` where the observation contradicts itself, `unreadable-aws`
 *   where it lacks the image that is wanted
 */
export function planUpgrade(desired: DesiredFleet, observation: Observation): UpgradePlan {
  const [plan] = planWaves(desired, observation);
  if (plan === undefined) throw new RoutedError("invariant-violated", "no plan was made");
  return plan;
}

/**
 * The plan of the next deploy, followed by those of the deploys after it if all goes well. The
 * last one is the converged plan, unless the first is that already.
 */
export function planWaves(desired: DesiredFleet, observation: Observation): UpgradePlan[] {
  const plans: UpgradePlan[] = [];
  let current = canonicalObservation(observation);
  // Each wave changes at least one slot, and none needs more than a mending and a change.
  const bound = 2 * (desired.nodes + observation.networkInterfaces.length) + 2;
  for (let wave = 0; wave < bound; wave += 1) {
    const plan = planOneWave(desired, current);
    plans.push(plan);
    if (plan.status === "converged") break;
    current = simulateWave(current, plan);
  }
  const waves = plans.filter((plan) => plan.status === "staged").length;
  return plans.map((plan, index) => ({
    ...plan,
    wavesRemaining: waves - plans.slice(0, index).filter((p) => p.status === "staged").length,
  }));
}

function planOneWave(desired: DesiredFleet, observation: Observation): UpgradePlan {
  const amiId = desiredAmiId(desired, observation.images);
  const { slots, findings } = reconcile(observation);
  const cases = classify(desired, amiId, slots);
  const decisions = decide(cases, desired.maxUnavailableNodes, isNewEnvironment(observation));
  const status = statusOf(decisions);
  const budget = budgetOf(cases, desired.maxUnavailableNodes);
  const holders = budget.unavailable.map(unavailabilityOf);
  const plan: UpgradePlan = {
    environment: desired.environment,
    status,
    summary: summaryOf(status, decisions, holders, arithmeticOf(budget)),
    decisions,
    wavesRemaining: 0,
    findings,
  };
  const violations = checkInvariants(desired, observation, plan);
  if (violations.length > 0) {
    throw new RoutedError("invariant-violated", `${desired.environment}: ${violations.join("; ")}`);
  }
  return plan;
}

function statusOf(decisions: readonly SlotDecision[]): PlanStatus {
  if (decisions.some(({ action }) => action !== "keep")) return "staged";
  const pending = decisions.some((d) => d.action === "keep" && d.pending !== "nothing");
  return pending ? "held" : "converged";
}

function summaryOf(
  status: PlanStatus,
  decisions: readonly SlotDecision[],
  holders: readonly string[],
  arithmetic: string,
): string {
  switch (status) {
    case "converged":
      return holders.length === 0
        ? "every node is as the config wants it"
        : `every node has the spec that the config wants, but ${listOf(holders)}`;
    case "held":
      return `no node is changed, because ${listOf(holders)}; ${arithmetic}`;
    case "staged":
      return (["create", "upgrade", "remove"] as const)
        .map((action) => ({ action, slots: slotsOf(decisions, action) }))
        .filter(({ slots }) => slots.length > 0)
        .map(
          ({ action, slots }) =>
            `${action} ${slots.length === 1 ? "node" : "nodes"} ${listOf(slots)}`,
        )
        .join("; ");
  }
}

function slotsOf(decisions: readonly SlotDecision[], action: SlotDecision["action"]): number[] {
  return decisions.filter((d) => d.action === action).map((d) => d.slot);
}
