import type { Observation } from "../../observe/observation";
import { addTo } from "./group-by";
import { isHealthy } from "./node-health";

/** Where one PoP's tasks run. */
export interface PopTasks {
  readonly pop: string;
  /** Slots with a healthy task, ascending. */
  readonly healthyOn: readonly number[];
  /** Slots with any task, ascending. */
  readonly placedOn: readonly number[];
  /** ECS is replacing the PoP's tasks itself, and may take one more of them at any moment. */
  readonly deploying: boolean;
}

/**
 * Where the PoPs' tasks run, by PoP name. Empty where ECS wasn't read.
 *
 * @param slotOf instance id → slot, of the live nodes
 */
export function popTasksOf(
  observation: Observation,
  slotOf: ReadonlyMap<string, number>,
): PopTasks[] {
  const { health } = observation;
  if (health.source !== "ecs") return [];
  const slotOfArn = new Map<string, number>();
  for (const { containerInstanceArn, instanceId } of health.containerInstances) {
    const slot = instanceId === null ? undefined : slotOf.get(instanceId);
    if (slot !== undefined) slotOfArn.set(containerInstanceArn, slot);
  }
  const pops = new Map(
    health.services.map(({ serviceName, deploymentInProgress }) => [
      serviceName,
      { deploying: deploymentInProgress, healthy: [] as number[], placed: [] as number[] },
    ]),
  );
  for (const task of health.tasks) {
    const slot = slotOfArn.get(task.containerInstanceArn ?? "");
    const pop = pops.get(task.serviceName);
    if (slot === undefined || !pop) continue;
    pop.placed.push(slot);
    if (isHealthy(task)) pop.healthy.push(slot);
  }
  return [...pops]
    .map(([pop, { deploying, healthy, placed }]) => ({
      pop,
      healthyOn: ascending(healthy),
      placedOn: ascending(placed),
      deploying,
    }))
    .sort((a, b) => (a.pop < b.pop ? -1 : 1));
}

/**
 * The PoPs that would be left without a healthy task if the nodes of `slots` went at once. A PoP
 * that has none on them loses nothing by it.
 */
export function popsLeftBare(pops: readonly PopTasks[], slots: ReadonlySet<number>): string[] {
  return pops.filter((pop) => isLeftBare(pop, slots)).map(({ pop }) => pop);
}

/** By slot: the PoPs that would be left without a healthy task if its node alone went; sorted. */
export function lastTasksBySlot(pops: readonly PopTasks[]): Map<number, string[]> {
  const bySlot = new Map<number, string[]>();
  for (const { pop, healthyOn, deploying } of pops) {
    if (healthyOn.length - (deploying ? 1 : 0) > 1) continue;
    for (const slot of healthyOn) addTo(bySlot, slot, pop);
  }
  return bySlot;
}

/** Tells which nodes may go at once, of fleets of any size. */
export interface Redundancy {
  /**
   * Whether the node of `slot` may go together with those of `others`, which may go without it: no
   * PoP is left without a healthy task by it.
   */
  mayGo(slot: number, others: ReadonlySet<number>): boolean;
}

export function redundancyOf(pops: readonly PopTasks[]): Redundancy {
  const healthyOn = new Map<number, PopTasks[]>();
  for (const pop of pops) {
    for (const slot of pop.healthyOn) addTo(healthyOn, slot, pop);
  }
  return {
    mayGo(slot, others) {
      const slots = new Set(others).add(slot);
      // Only PoPs that lose a task on this very node can be bare because of it.
      return !healthyOn.get(slot)?.some((pop) => isLeftBare(pop, slots));
    },
  };
}

function isLeftBare({ healthyOn, deploying }: PopTasks, slots: ReadonlySet<number>): boolean {
  let left = 0;
  for (const slot of healthyOn) if (!slots.has(slot)) left += 1;
  return left < healthyOn.length && left - (deploying ? 1 : 0) < 1;
}

/** Each once. */
function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b).filter((slot, index) => slot !== numbers[index - 1]);
}
