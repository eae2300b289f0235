import type { Observation, ObservedService } from "../../observe/observation";
import { addTo } from "./group-by";
import { isHealthy, vouchesFor } from "./node-health";

/**
 * Where one PoP's tasks run, by two readings of "healthy": what surely serves is all that may be
 * counted on, and what may serve by its last word isn't to be taken as if it didn't.
 */
export interface PopTasks {
  readonly pop: string;
  /** Slots with a task that was HEALTHY at last word, whoever spoke it, and whose instance runs; ascending. */
  readonly healthyOn: readonly number[];
  /** Those of them whose agent is connected and whose instance runs and isn't impaired; ascending. */
  readonly servingOn: readonly number[];
  /** Slots with any task, ascending. */
  readonly placedOn: readonly number[];
  /** ECS is replacing the PoP's tasks itself, and may take one more of them at any moment. */
  readonly deploying: boolean;
  /** Whether every node is to run a task of it. */
  readonly everywhere: boolean;
  /**
   * How many tasks that surely serve must stay whenever one goes, at least 1: with a spare, as many as
   * nodes are wanted.
   */
  readonly least: number;
}

/** Where a registration's tasks run. */
interface Place {
  readonly slot: number;
  /** EC2 says that its instance runs: what it says otherwise is the last word on its tasks. */
  readonly runs: boolean;
  /** Its agent is there, and its instance isn't impaired. */
  readonly vouched: boolean;
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
  const instances = new Map(observation.instances.map((i) => [i.instanceId, i]));
  const placeOf = new Map<string, Place>();
  for (const registration of health.containerInstances) {
    const { containerInstanceArn, instanceId } = registration;
    const slot = instanceId === null ? undefined : slotOf.get(instanceId);
    if (slot === undefined) continue;
    const instance = instances.get(instanceId ?? "");
    const vouched = vouchesFor(registration, instance);
    placeOf.set(containerInstanceArn, { slot, runs: instance?.state === "running", vouched });
  }
  const pops = new Map(
    health.services.map(({ serviceName, deploymentInProgress, ...service }) => [
      serviceName,
      {
        deploying: deploymentInProgress,
        everywhere: runsEverywhere(service),
        healthy: [] as number[],
        serving: [] as number[],
        placed: [] as number[],
      },
    ]),
  );
  for (const task of health.tasks) {
    const place = placeOf.get(task.containerInstanceArn ?? "");
    const pop = pops.get(task.serviceName);
    if (place === undefined || !pop) continue;
    pop.placed.push(place.slot);
    if (!isHealthy(task) || !place.runs) continue;
    pop.healthy.push(place.slot);
    if (place.vouched) pop.serving.push(place.slot);
  }
  return [...pops]
    .map(([pop, { deploying, everywhere, healthy, serving, placed }]) => ({
      pop,
      healthyOn: ascending(healthy),
      servingOn: ascending(serving),
      placedOn: ascending(placed),
      deploying,
      everywhere,
      least: 1,
    }))
    .sort((a, b) => (a.pop < b.pop ? -1 : 1));
}

function runsEverywhere({
  everywhere,
  scheduling,
  slots,
}: Pick<ObservedService, "everywhere" | "scheduling" | "slots">): boolean {
  return scheduling === "DAEMON" ? slots === undefined : everywhere === true;
}

/**
 * The PoPs that would be left with fewer tasks that surely serve than they need if the nodes of `slots`
 * went at once.
 * A PoP of which nothing on them may serve loses nothing by it.
 */
export function popsLeftBare(pops: readonly PopTasks[], slots: ReadonlySet<number>): string[] {
  return pops.filter((pop) => isLeftBare(pop, slots)).map(({ pop }) => pop);
}

/** By slot: the PoPs that would be left bare if its node alone went; sorted. */
export function lastTasksBySlot(pops: readonly PopTasks[]): Map<number, string[]> {
  const bySlot = new Map<number, string[]>();
  for (const tasks of pops) {
    for (const slot of tasks.healthyOn) {
      if (isLeftBare(tasks, new Set([slot]))) addTo(bySlot, slot, tasks.pop);
    }
  }
  return bySlot;
}

/**
 * The same PoPs with a spare to rely on: of those that run everywhere, no node goes but with as many tasks
 * left as they have now, or as there are nodes. Where ECS spreads others, a spare does nothing for them.
 *
 * @param nodes how many nodes are wanted and have an address
 * @param dead slots whose instance isn't up, whatever the last word of its tasks was
 */
export function keepingAll(
  pops: readonly PopTasks[],
  nodes: number,
  dead: ReadonlySet<number>,
): PopTasks[] {
  return pops.map((pop) => {
    if (!pop.everywhere) return pop;
    const now = pop.healthyOn.filter((slot) => !dead.has(slot)).length;
    return { ...pop, least: Math.max(1, Math.min(now, nodes)) };
  });
}

/** Tells which nodes may go at once, of fleets of any size. */
export interface Redundancy {
  /**
   * Whether the node of `slot` may go together with those of `others`, which may go without it: no
   * PoP is left with fewer healthy tasks than it needs by it.
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

/**
 * Example: pop1 has a healthy task on node 0, and one on node 1, which is impaired. Node 0 may not go,
 * since nobody vouches for what is left on node 1; nor may node 1 while the task on node 0 isn't there.
 */
function isLeftBare(
  { healthyOn, servingOn, deploying, least }: PopTasks,
  slots: ReadonlySet<number>,
): boolean {
  if (!healthyOn.some((slot) => slots.has(slot))) return false;
  const left = servingOn.filter((slot) => !slots.has(slot)).length;
  return left - (deploying ? 1 : 0) < least;
}

/** Each once. */
function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b).filter((slot, index) => slot !== numbers[index - 1]);
}
