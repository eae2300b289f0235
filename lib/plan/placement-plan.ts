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
export type PopMove =
  | (MovingPop & { readonly step: "start" })
  | WaitingMove
  | (MovingPop & { readonly step: "finish" });

interface MovingPop {
  readonly pop: string;
  readonly cell: string | null;
}

export interface WaitingMove extends MovingPop {
  readonly step: "wait";
  /** The slots of the new place that have a healthy task and stay, ascending. */
  readonly healthyOn: readonly number[];
  /** How many of them it needs. */
  readonly needed: number;
}

/** Whether the deploy changes where a PoP runs. */
export function changesPlaces(placement: PlacementPlan | undefined): boolean {
  return placement?.moves.some(({ step }) => step !== "wait") ?? false;
}

/** The moves that go on by a later deploy. */
export function waitingMoves(placement: PlacementPlan | undefined): WaitingMove[] {
  return (placement?.moves ?? []).flatMap((move) => (move.step === "wait" ? [move] : []));
}
