import type { ImagePlan } from "./image-plan";
import type { NodeSpec, NodeSpecPart } from "./node-spec";
import type { ObservedFleet } from "./live/observed-fleet";
import type { AddressPart, KnownAddress } from "./live/address-parts";
import type { PlacementPlan } from "./placement-plan";
import type {
  AllocateReason,
  CreateReason,
  KeepReason,
  LeaveReason,
  ParkReason,
  RemoveReason,
  StandsInReason,
  Unavailability,
  UpgradeReason,
} from "./reasons";

/** What the next deploy does to one slot, and why. */
export type SlotDecision =
  | KeepDecision
  | LeaveDecision
  | CreateDecision
  | UpgradeDecision
  | RemoveDecision
  | AllocateDecision
  | FillDecision
  | ParkDecision;

interface Decision {
  readonly slot: number;
  /** Where the slot was born; an existing slot never moves. */
  readonly availabilityZone: string;
  /** The slot's cell; left out where the fleet has no cells. */
  readonly cell?: string;
  /** Why the slot isn't available; null where it is, and where nothing of it exists yet. */
  readonly unavailable: Unavailability | null;
}

/** The node stays as it is, with exactly the spec that it runs with. */
export interface KeepDecision extends Decision {
  readonly action: "keep";
  readonly instanceId: string;
  readonly spec: NodeSpec;
  /** What is still to come for this slot in a later wave; `create` once its instance has shut down. */
  readonly pending: "nothing" | "upgrade" | "remove" | "create" | "park";
  /** The parts of the spec that are outdated. */
  readonly outdated: readonly NodeSpecPart[];
  readonly why: KeepReason;
}

/** The slot has no instance and gets none; what it has of an address stays, and is mended. */
export interface LeaveDecision extends Decision {
  readonly action: "leave";
  /** False where nothing of the slot exists: then nothing of it is made. */
  readonly exists: boolean;
  readonly why: LeaveReason;
}

/** The slot gets an instance: a new slot, or one whose address has none. */
export interface CreateDecision extends Decision {
  readonly action: "create";
  readonly spec: NodeSpec;
  readonly why: CreateReason;
}

/** The slot's instance is replaced by one with the desired spec, on the same address. */
export interface UpgradeDecision extends Decision {
  readonly action: "upgrade";
  readonly instanceId: string;
  readonly from: NodeSpec;
  readonly to: NodeSpec;
  readonly outdated: readonly NodeSpecPart[];
  readonly why: UpgradeReason;
}

/** The slot, its instance and its address go. */
export interface RemoveDecision extends Decision {
  readonly action: "remove";
  /** Null where the slot holds an address only. */
  readonly instanceId: string | null;
  readonly why: RemoveReason;
}

/** A spare slot gets its address, and an instance only once it is needed. */
export interface AllocateDecision extends Decision {
  readonly action: "allocate";
  readonly why: AllocateReason;
}

/** A spare slot, whose address there is, gets an instance, which goes before the nodes' own do. */
export interface FillDecision extends Decision {
  readonly action: "fill";
  readonly spec: NodeSpec;
  readonly why: StandsInReason;
}

/** A spare slot's instance goes, and its address stays. */
export interface ParkDecision extends Decision {
  readonly action: "park";
  readonly instanceId: string;
  readonly why: ParkReason;
}

/**
 * - `converged`: the deploy changes no node, moves no PoP and rolls none to another image, and none
 *   is to change, move or be rolled later.
 * - `staged`: the deploy changes at least one node or spare, mends an address, or moves or rolls PoPs.
 * - `held`: nodes are outdated or to be removed, or PoPs to be moved or rolled, and none may be now.
 */
export type PlanStatus = "converged" | "staged" | "held";

/** The decision, per slot, of what one deploy does. A pure function of config and observation. */
export interface UpgradePlan {
  readonly environment: string;
  readonly status: PlanStatus;
  /** By slot, ascending. */
  readonly decisions: readonly SlotDecision[];
  /**
   * Deploys that change nodes or PoPs until the fleet has converged, this one included; 0 when converged, and
   * where the plan is held by what not even a fleet that is well mends.
   */
  readonly wavesRemaining: number;
  /** The PoPs that lose a task in this wave, grouped by where they lose and keep one. */
  readonly popsTouched: readonly PopsTouched[];
  /** Whether an operator overrode the health gate for this run: every node counted as available. */
  readonly healthIgnored: boolean;
  /** Harmless oddities that were found, e.g. an instance that no slot owns. */
  readonly findings: readonly string[];
  /** The addresses that are mended, by slot; left out where all are whole. */
  readonly repairs?: readonly AddressRepair[];
  /** What is known of the addresses of slots that stay, by slot; left out where nothing is. */
  readonly addresses?: readonly KnownAddress[];
  /** Where PoPs run and move to; left out where the config alone says that. */
  readonly placement?: PlacementPlan;
  /** What the PoPs' tasks are made from; left out where the config doesn't stage images. */
  readonly images?: ImagePlan;
  /** The instances that the plan was made from, which Terraform checks again. */
  readonly observed: ObservedFleet;
}

/** A slot whose address the deploy makes whole again. */
export interface AddressRepair {
  readonly slot: number;
  /** What is made again; an EIP only on a person's word, for it is another one. */
  readonly parts: readonly AddressPart[];
}

/** PoPs that lose a task on the same nodes and keep one on the same others. */
export interface PopsTouched {
  /** PoP names, sorted. */
  readonly pops: readonly string[];
  /** Slots where their healthy task goes, ascending. */
  readonly losesOn: readonly number[];
  /** Slots where a healthy task stays, ascending. */
  readonly keepsOn: readonly number[];
}

/** A slot as it is deployed: its zone and the spec of its instance. */
export interface PlannedNode {
  readonly slot: number;
  readonly availabilityZone: string;
  readonly spec: NodeSpec;
  /** Whether the slot's instance stays as it is. */
  readonly kept: boolean;
  /** Whether it shuts down: whatever it is now, Terraform leaves it alone. */
  readonly going?: boolean;
}

/** The nodes that exist after the deploy, by slot: what the constructs build. */
export function plannedNodes(plan: UpgradePlan): PlannedNode[] {
  return plan.decisions.flatMap((decision): PlannedNode[] => {
    const { slot, availabilityZone } = decision;
    switch (decision.action) {
      case "keep": {
        const going = decision.why.kind === "going" ? { going: true } : {};
        return [{ slot, availabilityZone, spec: decision.spec, kept: true, ...going }];
      }
      case "create":
      case "fill":
        return [{ slot, availabilityZone, spec: decision.spec, kept: false }];
      case "upgrade":
        return [{ slot, availabilityZone, spec: decision.to, kept: false }];
      case "allocate":
      case "leave":
      case "park":
      case "remove":
        return [];
    }
  });
}

/** The nodes that the deploy launches, by slot. */
export function launchedNodes(plan: UpgradePlan): PlannedNode[] {
  return plannedNodes(plan).filter(({ kept }) => !kept);
}

/** A slot as it is deployed, with or without an instance. */
export type PlannedSlot = PlannedNode | EmptySlot;

/** A slot that has an address and no instance. */
export interface EmptySlot extends Pick<PlannedNode, "slot" | "availabilityZone"> {
  readonly spec: null;
}

/** The slots that have an address after the deploy and no instance, by slot. */
export function emptySlots({ decisions }: Pick<UpgradePlan, "decisions">): EmptySlot[] {
  return decisions.flatMap((d) => {
    const { slot, availabilityZone } = d;
    return hasAddressOnly(d) ? [{ slot, availabilityZone, spec: null }] : [];
  });
}

/** Whether the slot has an address after the deploy and no instance. */
export function hasAddressOnly(decision: SlotDecision): boolean {
  if (decision.action === "leave") return decision.exists;
  return decision.action === "allocate" || decision.action === "park";
}

/** Whether a deploy does something to the slot. */
export function isChange(
  decision: SlotDecision,
): decision is Exclude<SlotDecision, KeepDecision | LeaveDecision> {
  return decision.action !== "keep" && decision.action !== "leave";
}

/** Whether nodes are to change by a later deploy. */
export function awaitsNodes({ decisions }: Pick<UpgradePlan, "decisions">): boolean {
  return decisions.some((d) => d.action === "keep" && d.pending !== "nothing");
}
