import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import { describeImages } from "../plan/image-plan";
import type { PlanStatus } from "../plan/upgrade-plan";
import { nodeStates } from "./node-states";
import type { TaskCount } from "./node-states";

/** The fleet as a person watches it. */
export interface FleetView {
  readonly environment: string;
  readonly status: PlanStatus;
  readonly summary: string;
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
  /** "available", "draining", "rebuilding", or what is wrong, e.g. "is stopped". */
  readonly state: string;
  readonly available: boolean;
  /** Null where ECS was not read, or has nothing of it. */
  readonly tasks: TaskCount | null;
  /** What the config still wants changed of it. */
  readonly pending: "nothing" | "create" | "upgrade" | "remove";
}

/** What one look shows. */
export function fleetView({ observation, plan }: PlannedEnvironment): FleetView {
  const nodes = new Map(nodeStates({ observation, plan }).map((node) => [node.slot, node]));
  const slots = plan.decisions.map((decision): SlotView => {
    const { slot, availabilityZone, action } = decision;
    const node = nodes.get(slot);
    const spec = node?.spec ?? (action === "create" ? decision.spec : null);
    return {
      slot,
      availabilityZone,
      instanceId: node?.instanceId ?? null,
      amiId: spec?.amiId ?? null,
      instanceType: spec?.instanceType ?? null,
      launchTime: node?.launchTime ?? null,
      state: node ? stateOf(node.draining, node.unavailable) : "has no instance",
      available: node !== undefined && node.unavailable === null,
      tasks: node?.tasks ?? null,
      pending: action === "keep" ? decision.pending : action,
    };
  });
  const { environment, status, summary, wavesRemaining, healthIgnored, findings } = plan;
  const images = describeImages(plan.images);
  return {
    environment,
    status,
    summary,
    wavesRemaining,
    healthIgnored,
    slots,
    findings,
    ...(images.length === 0 ? {} : { images }),
  };
}

function stateOf(draining: boolean, unavailable: string | null): string {
  if (draining) return "draining";
  return unavailable ?? "available";
}
