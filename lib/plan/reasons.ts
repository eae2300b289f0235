import type { ObservedInstance } from "../observe/observation";
import type { AddressPart } from "./live/address-parts";

/**
 * Why things are as they are, as data: set where it is decided and put into words only in `render/`,
 * whose switches and maps don't compile while they don't speak of a kind.
 */

/** Why a slot is not available. */
export type Unavailability =
  /** Nothing sits on its address. */
  | { readonly kind: "no-instance" }
  | {
      readonly kind: "instance-state";
      readonly state: Exclude<ObservedInstance["state"], "running">;
    }
  | {
      readonly kind: "status-checks";
      readonly result: Exclude<ObservedInstance["statusChecks"], "ok">;
    }
  /** It lacks these parts of the address that it had, and is well otherwise. */
  | { readonly kind: "address-incomplete"; readonly parts: readonly AddressPart[] }
  | { readonly kind: "ecs-unreadable" }
  | { readonly kind: "not-registered" }
  /** ECS's word for its container instance, e.g. DRAINING; by a rollout, whose id is told, or by hand. */
  | {
      readonly kind: "container-instance-status";
      readonly status: string;
      readonly drainedBy?: string;
    }
  | { readonly kind: "agent-disconnected" }
  | {
      readonly kind: "tasks-unhealthy";
      readonly healthy: number;
      readonly expected: number;
      /** The PoPs whose task isn't healthy; sorted, at least one. */
      readonly pops: readonly string[];
      /** The needed node daemons that aren't healthy either; sorted. */
      readonly daemons: readonly string[];
    }
  /** All tasks are healthy, but not these needed node daemons; sorted, at least one. */
  | { readonly kind: "daemons-unhealthy"; readonly daemons: readonly string[] };

/** False where the node may be well, since its health wasn't read or only its address is to be mended: it isn't replaced for that. */
export function isCertain(unavailable: Unavailability): boolean {
  switch (unavailable.kind) {
    case "ecs-unreadable":
    case "address-incomplete":
      return false;
    case "status-checks":
      return unavailable.result === "initializing" || unavailable.result === "impaired";
    case "no-instance":
    case "instance-state":
    case "not-registered":
    case "container-instance-status":
    case "agent-disconnected":
    case "tasks-unhealthy":
    case "daemons-unhealthy":
      return true;
  }
}

/** A slot that isn't available. */
export interface SlotTrouble {
  readonly slot: number;
  readonly unavailable: Unavailability;
}

/** How much of the fleet may be disrupted now. */
export interface BudgetCount {
  /** Slots that should be serving. */
  readonly nodes: number;
  readonly available: number;
  readonly mayBeUnavailable: number;
}

/** Why a slot that is to change doesn't change by this deploy. */
export type WaitReason =
  /** Whether it is well isn't known: see why it is unavailable. */
  | { readonly kind: "health-unknown" }
  /** What isn't available uses the budget up; first those that nothing is to change of. */
  | {
      readonly kind: "budget";
      readonly holders: readonly SlotTrouble[];
      readonly budget: BudgetCount;
    }
  /** Its cell lacks a node already. */
  | { readonly kind: "cell"; readonly cell: string; readonly holder: SlotTrouble }
  /** It runs the last healthy task of PoPs, which are named, sorted. */
  | { readonly kind: "last-healthy-task"; readonly pops: readonly string[] }
  /**
   * Fewer than `least` healthy tasks of these PoPs, which are named, sorted, would be left: with a spare
   * no PoP has fewer than there are nodes.
   */
  | { readonly kind: "too-few-tasks"; readonly pops: readonly string[]; readonly least: number }
  /** These spares are to be available before a node that serves goes, and aren't. */
  | { readonly kind: "spare-first"; readonly spares: readonly SlotTrouble[] }
  /** These slots lack a part of their address, which is mended before any node is changed. */
  | { readonly kind: "address-first"; readonly holders: readonly SlotTrouble[] }
  /**
   * These nodes have what it is to get and aren't available: whatever the budget, no other node gets
   * the same before they are.
   */
  | { readonly kind: "broken-predecessor"; readonly holders: readonly SlotTrouble[] }
  /**
   * Its instance shuts down: the slot is created once that is terminated, which frees its ENI at last.
   * It was launched at `launchTime`; EC2 doesn't tell since when it shuts down.
   */
  | { readonly kind: "going"; readonly instanceId: string; readonly launchTime: string }
  /** It could go, but the nodes of these slots go first; ascending. */
  | { readonly kind: "behind-wave"; readonly slots: readonly number[] };

export type KeepReason =
  | { readonly kind: "up-to-date" }
  /** By `fleet.frozenNodes`. */
  | { readonly kind: "frozen" }
  /** This run is about other nodes only. */
  | { readonly kind: "not-selected" }
  | StandsInReason
  | WaitReason;

/** What a spare has an instance for. */
export interface StandsInReason {
  readonly kind: "stands-in";
  /** The nodes that are yet to change, ascending. */
  readonly waiting: readonly number[];
  /** The nodes that aren't available. */
  readonly down: readonly SlotTrouble[];
}

export type CreateReason =
  | { readonly kind: "new-environment" }
  /** It serves nobody yet, so it doesn't use the budget. */
  | { readonly kind: "new-slot" }
  | { readonly kind: "address-without-instance" }
  /** It had an address, of which these parts are gone: nothing else is changed meanwhile. */
  | { readonly kind: "missing-part"; readonly parts: readonly AddressPart[] };

export interface UpgradeReason {
  readonly kind: "outdated";
  readonly budget: BudgetCount;
}

/** Fewer nodes are wanted. */
export type RemoveReason =
  | { readonly kind: "to-be-removed"; readonly budget: BudgetCount }
  /** It holds an address only, so it doesn't use the budget. */
  | { readonly kind: "address-to-be-removed" };

/** A spare's instance goes: all nodes are available, and none is to change. */
export interface ParkReason {
  readonly kind: "no-longer-needed";
}

/** A spare gets its address: its peers know it before it ever serves. */
export interface AllocateReason {
  readonly kind: "new-spare";
}

/** Why a slot without an instance stays so. */
export type LeaveReason =
  | Extract<KeepReason, { readonly kind: "frozen" | "not-selected" }>
  /** It is a spare, and all nodes are available and none is to change. */
  | { readonly kind: "parked" }
  /** It is a spare, and who has just tried to fill it was told that its zone has no capacity. */
  | { readonly kind: "no-capacity" };

/** Why a deploy does to a slot what it does. */
export type SlotReason =
  | KeepReason
  | CreateReason
  | UpgradeReason
  | RemoveReason
  | ParkReason
  | AllocateReason
  | LeaveReason;

/** Why a PoP isn't well with what it runs. */
export type PopTrouble =
  | { readonly kind: "tasks-unhealthy"; readonly healthy: number; readonly wanted: number }
  /** ECS still replaces its tasks. */
  | { readonly kind: "deploying" }
  | { readonly kind: "no-service" };
