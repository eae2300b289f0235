import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import { popTasksOf } from "../plan/live/pop-redundancy";

/** Which node runs a task of which PoP. */
export type Coverage =
  | { readonly known: false; readonly reason: string }
  | {
      readonly known: true;
      /** The columns: slots with an instance, ascending. */
      readonly slots: readonly number[];
      /** Slots among them that the next deploy takes away for a time, or for good. */
      readonly changing: readonly number[];
      /** By PoP name. */
      readonly pops: readonly PopCoverage[];
    };

export interface PopCoverage {
  readonly pop: string;
  /** In the order of `slots`. */
  readonly tasks: readonly TaskState[];
  /** Healthy tasks now. */
  readonly healthy: number;
  /** Healthy tasks while the next deploy goes on. */
  readonly healthyDuring: number;
}

/** `missing`: there should be one, and there is none. */
export type TaskState = "healthy" | "not-healthy" | "missing" | "none";

export function coverageOf({ environment, observation, plan }: PlannedEnvironment): Coverage {
  const { health } = observation;
  if (health.source === "unreadable") return { known: false, reason: health.reason };
  const { nodes } = plan.observed;
  const slots = nodes.map(({ slot }) => slot);
  const changing = plan.decisions
    .filter(({ action }) => ["upgrade", "remove", "park"].includes(action))
    .map(({ slot }) => slot)
    .filter((slot) => slots.includes(slot));
  const daemons = new Set(
    health.services.filter((s) => s.scheduling === "DAEMON").map((s) => s.serviceName),
  );
  const { cells } = environment.fleet;
  const cellOf = new Map(environment.autopilotSites.map(({ name, cell }) => [name, cell]));
  /** Without a cell of its own in the config a PoP stays in the one that it runs in. */
  const isExpected = (pop: string, slot: number, placed: ReadonlySet<number>): boolean =>
    cells === undefined ||
    cells.some(({ name, nodes: members }) => {
      const own = cellOf.get(pop);
      const serves = own === undefined ? members.some((m) => placed.has(m)) : own === name;
      return serves && members.includes(slot);
    });
  const slotOf = new Map(nodes.map(({ slot, instanceId }) => [instanceId, slot]));
  const pops = popTasksOf(observation, slotOf).map(({ pop, servingOn, placedOn }) => {
    const [healthy, placed] = [new Set(servingOn), new Set(placedOn)];
    const tasks = slots.map((slot): TaskState => {
      if (healthy.has(slot)) return "healthy";
      if (placed.has(slot)) return "not-healthy";
      return daemons.has(pop) && isExpected(pop, slot, placed) ? "missing" : "none";
    });
    const healthyDuring = servingOn.filter((slot) => !changing.includes(slot)).length;
    return { pop, tasks, healthy: servingOn.length, healthyDuring };
  });
  return { known: true, slots, changing, pops };
}
