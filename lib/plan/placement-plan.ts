import { nodesOf, someOf, countOf } from "../words";

/** Where the PoPs' tasks may run after the next deploy, where the config alone doesn't say it. */
export interface PlacementPlan {
  /** False where ECS couldn't be read: then what the services have is left as it is. */
  readonly known: boolean;
  /** By name; empty where the fleet has no cells. */
  readonly cells: readonly CellPlan[];
  /** By PoP's name. */
  readonly pops: readonly PopPlacement[];
  /** The PoPs whose place changes or is to change later, by name. */
  readonly moves: readonly PopMove[];
}

export interface CellPlan {
  readonly name: string;
  /** Ascending. */
  readonly slots: readonly number[];
  /** Names of the PoPs that it serves, or will once they have moved; sorted. */
  readonly pops: readonly string[];
}

/** Where one PoP's tasks may run. */
export interface PopPlacement {
  readonly pop: string;
  /** The cell that serves it, or will once it has moved; null where the fleet has no cells. */
  readonly cell: string | null;
  readonly scheduling: "DAEMON" | "REPLICA";
  /** The slots whose nodes may run its tasks, ascending; null for all nodes. */
  readonly slots: readonly number[] | null;
  /** Of a REPLICA service, the number of its tasks; null for a DAEMON. */
  readonly desiredCount: number | null;
  /** Whether it is a REPLICA service that is to have a task on every node. */
  readonly everywhere: boolean;
  /**
   * The number of its core set; null where it isn't known what its service has, which then stays.
   * Left out where tasks have no cores of their own.
   */
  readonly coreSet?: number | null;
}

/**
 * A step on a PoP's way to its new place:
 *
 * - `start`: this deploy lets it run in the new place too.
 * - `wait`: it isn't healthy enough in the new place yet, so this deploy changes nothing of it.
 * - `finish`: this deploy stops it where it is no longer to run.
 */
export interface PopMove {
  readonly pop: string;
  readonly cell: string | null;
  readonly step: "start" | "wait" | "finish";
}

/** Whether the deploy changes where a PoP runs. */
export function changesPlaces(placement: PlacementPlan | undefined): boolean {
  return placement?.moves.some(({ step }) => step !== "wait") ?? false;
}

/** Whether PoPs are to be stopped in their old place by a later deploy. */
export function awaitsPlaces(placement: PlacementPlan | undefined): boolean {
  return placement?.moves.some(({ step }) => step === "wait") ?? false;
}

/** What the deploy does: `start pop1 and pop2 in the new place`, `stop pop3 outside the new place`. */
export function describeMoves(placement: PlacementPlan | undefined): string[] {
  const words = [
    ["start", "start", "in the new place"],
    ["finish", "stop", "outside the new place"],
  ] as const;
  return words.flatMap(([step, verb, where]) => {
    const pops = popsAt(placement, step);
    return pops.length === 0 ? [] : [`${verb} ${someOf(pops)} ${where}`];
  });
}

/** Why moves don't go on; empty where none waits. */
export function describeWaiting(placement: PlacementPlan | undefined): string {
  const pops = popsAt(placement, "wait");
  if (pops.length === 0) return "";
  return `${someOf(pops)} ${pops.length === 1 ? "has" : "have"} too few healthy tasks in the new place to stop in the old one`;
}

/** "cell a: nodes 0, 1 and 2 serve 22 PoPs", for each cell. */
export function describeCells(placement: PlacementPlan | undefined): string[] {
  return (placement?.cells ?? []).map(
    ({ name, slots, pops }) =>
      `cell ${name}: ${nodesOf(slots)} serve ${countOf(pops.length, "PoP")}`,
  );
}

function popsAt(placement: PlacementPlan | undefined, step: PopMove["step"]): string[] {
  return (placement?.moves ?? []).filter((move) => move.step === step).map(({ pop }) => pop);
}
