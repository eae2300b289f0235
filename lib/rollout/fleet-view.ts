import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import { holdsOf } from "../plan/holds";
import type { Hold } from "../plan/holds";
import type { Unavailability } from "../plan/reasons";
import { renderImages } from "../plan/render/render-images";
import { renderSummary } from "../plan/render/render-summary";
import type { KeepDecision, PlanStatus, SlotDecision } from "../plan/upgrade-plan";
import { isSpareSlot } from "../config/slots";
import { nodeStates } from "./node-states";
import type { NodeState, TaskCount } from "./node-states";

/** The fleet as a person watches it. */
export interface FleetView {
  readonly environment: string;
  readonly status: PlanStatus;
  /** One sentence: what the next deploy does, or why nothing. */
  readonly summary: string;
  /** What holds the plan; empty where nothing does. */
  readonly holds: readonly Hold[];
  readonly wavesRemaining: number;
  readonly healthIgnored: boolean;
  /** By slot, ascending. */
  readonly slots: readonly SlotView[];
  readonly findings: readonly string[];
  /** What becomes of the PoPs' images, a line each; left out where there is nothing to tell. */
  readonly images?: readonly string[];
}

export interface SlotView {
  readonly slot: number;
  readonly availabilityZone: string;
  /** Null where the slot has no instance; the AMI and type are then those that it will get. */
  readonly instanceId: string | null;
  readonly amiId: string | null;
  readonly instanceType: string | null;
  /** When the instance was last started: ISO 8601, UTC. */
  readonly launchTime: string | null;
  readonly state: SlotCondition;
  readonly available: boolean;
  /** Null where ECS was not read, or has nothing of it. */
  readonly tasks: TaskCount | null;
  /** What the config still wants changed of it. */
  readonly pending: KeepDecision["pending"] | Exclude<SlotDecision["action"], "keep" | "leave">;
}

/** How a slot is: available, drained, or what is wrong with it. */
export type SlotCondition =
  | { readonly kind: "available" }
  | { readonly kind: "draining" }
  /** Between two looks, while a wave changes it. */
  | { readonly kind: "drained" }
  | { readonly kind: "being-changed" }
  /** A spare without an instance, which is as it should be. */
  | { readonly kind: "parked" }
  | Unavailability;

/** What one look shows. */
export function fleetView({ observation, plan }: PlannedEnvironment): FleetView {
  const nodes = new Map(nodeStates({ observation, plan }).map((node) => [node.slot, node]));
  const slots = plan.decisions.map((decision): SlotView => {
    const { slot, availabilityZone, action } = decision;
    const node = nodes.get(slot);
    const spec = node?.spec ?? ("spec" in decision ? decision.spec : null);
    return {
      slot,
      availabilityZone,
      instanceId: node?.instanceId ?? null,
      amiId: spec?.amiId ?? null,
      instanceType: spec?.instanceType ?? null,
      launchTime: node?.launchTime ?? null,
      state: node ? stateOf(node) : conditionWithout(slot, decision.unavailable),
      available: node !== undefined && node.unavailable === null,
      tasks: node?.tasks ?? null,
      pending: action === "keep" ? decision.pending : action === "leave" ? "nothing" : action,
    };
  });
  const { environment, status, wavesRemaining, healthIgnored, findings } = plan;
  const images = renderImages(plan.images);
  return {
    environment,
    status,
    summary: renderSummary(plan),
    holds: holdsOf(plan),
    wavesRemaining,
    healthIgnored,
    slots,
    findings,
    ...(images.length === 0 ? {} : { images }),
  };
}

/** How a slot is that has no instance: a spare's is as it should be. */
function conditionWithout(slot: number, unavailable: Unavailability | null): SlotCondition {
  if (isSpareSlot(slot) && (unavailable === null || unavailable.kind === "no-instance"))
    return { kind: "parked" };
  return unavailable ?? { kind: "no-instance" };
}

function stateOf({ draining, unavailable }: NodeState): SlotCondition {
  return draining ? { kind: "draining" } : (unavailable ?? { kind: "available" });
}
