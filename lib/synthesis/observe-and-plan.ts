import type { Environment } from "../config/environment";
import { RoutedError } from "../errors";
import type { Observation } from "../observe/observation";
import type { ObservationReader } from "../observe/observation-reader";
import { desiredFleet } from "../plan/desired/desired-fleet";
import { planWaves } from "../plan/plan-upgrade";
import type { PlanOptions } from "../plan/plan-upgrade";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { listOf } from "../words";

/** An environment with what was observed of it and what the next deploys do to it. */
export interface PlannedEnvironment {
  readonly environment: Environment;
  readonly observation: Observation;
  /** What the next deploy does. */
  readonly plan: UpgradePlan;
  /** The plans of the next deploy and of those after it, the converged one last. */
  readonly waves: readonly UpgradePlan[];
}

/** An environment that may not be touched now, and why. */
export interface RefusedEnvironment {
  readonly environment: Environment;
  readonly error: RoutedError;
}

export interface ObservedAndPlanned {
  readonly planned: readonly PlannedEnvironment[];
  readonly refused: readonly RefusedEnvironment[];
}

/**
 * Observes and plans all environments side by side. One that can't be observed or planned is
 * refused and stops no other. Both lists are in the order of `environments`.
 */
export async function observeAndPlan(
  environments: readonly Environment[],
  reader: ObservationReader,
  options: PlanOptions = {},
): Promise<ObservedAndPlanned> {
  const outcomes = await Promise.all(
    environments.map((environment) =>
      orRefused(environment, observeAndPlanOne(environment, reader, options)),
    ),
  );
  return {
    planned: outcomes.filter((outcome) => "plan" in outcome),
    refused: outcomes.filter((outcome) => "error" in outcome),
  };
}

/**
 * @throws RoutedError where it can't be observed or planned, and where nodes that alone may change
 *   aren't there: all would be left as they are, and be called converged
 */
export async function observeAndPlanOne(
  environment: Environment,
  reader: ObservationReader,
  options: PlanOptions = {},
): Promise<PlannedEnvironment> {
  const planned = await observeAndPlanAgain(environment, reader, options);
  const known = planned.plan.decisions.map(({ slot }) => slot);
  const unknown = options.onlyNodes?.filter((slot) => !known.includes(slot)) ?? [];
  if (unknown.length === 0) return planned;
  const allowed = `ROUTED_ONLY_NODES must name nodes of ${environment.name} (${listOf(known)})`;
  throw new RoutedError(
    "invalid-argument",
    `${allowed}, got ${listOf(unknown)}; correct it, or unset it to let every node change`,
  );
}

/**
 * The same in the course of a rollout, which may have removed one of the nodes that it was to change.
 *
 * @throws RoutedError where it can't be observed or planned
 */
export async function observeAndPlanAgain(
  environment: Environment,
  reader: ObservationReader,
  options: PlanOptions = {},
): Promise<PlannedEnvironment> {
  const observation = await reader.read(environment);
  const waves = planWaves(desiredFleet(environment), observation, options);
  const [plan] = waves;
  if (!plan) throw new RoutedError("invariant-violated", `${environment.name}: no plan was made`);
  return { environment, observation, plan, waves };
}

/** What `outcome` comes to, or why the environment is refused. */
export async function orRefused<T>(
  environment: Environment,
  outcome: Promise<T>,
): Promise<T | RefusedEnvironment> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof RoutedError) return { environment, error };
    throw error;
  }
}

/**
 * The refusals for which a run fails: those of environments that were selected by name, and all
 * of them where nothing else was planned. An environment that nobody asked for may be out of
 * reach, e.g. in another account, without failing the one that was.
 */
export function refusalsThatFail(
  outcome: ObservedAndPlanned,
  selected: readonly string[] | undefined,
): readonly RefusedEnvironment[] {
  const all = selected !== undefined || outcome.planned.length === 0;
  return all ? outcome.refused : [];
}
