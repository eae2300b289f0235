import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import type { NodeSpec, NodeSpecPart } from "../plan/node-spec";
import type { SlotReason, Unavailability } from "../plan/reasons";
import type { SlotDecision } from "../plan/upgrade-plan";
import { fleetView } from "../rollout/fleet-view";
import type { SlotCondition } from "../rollout/fleet-view";
import type { TaskCount } from "../rollout/node-states";

/** What is told of a node spec; user data is told by that it differs, never by what it says. */
export type ReportSpec = Omit<NodeSpec, "userDataBase64">;

/** One slot: what it runs, how it is, and what the next deploy does to it. */
export interface ReportNode {
  readonly slot: number;
  readonly availabilityZone: string;
  /** Null where the fleet has no cells. */
  readonly cell: string | null;
  /** What the next deploy does to it. */
  readonly action: SlotDecision["action"];
  /** What a later wave does to it. */
  readonly pending: "nothing" | "upgrade" | "remove";
  readonly why: SlotReason;
  /** Why the plan doesn't count it as available; null where it does. */
  readonly unavailable: Unavailability | null;
  /** The parts of its spec that are outdated. */
  readonly outdated: readonly NodeSpecPart[];
  readonly instanceId: string | null;
  /** What it runs with; null where it has no instance. */
  readonly runs: ReportSpec | null;
  /** What it runs with after the next deploy; null where it goes. */
  readonly becomes: ReportSpec | null;
  readonly userDataChanges: boolean;
  /** When its instance was last started: ISO 8601, UTC. */
  readonly launchTime: string | null;
  readonly ageSeconds: number | null;
  readonly state: SlotCondition;
  readonly available: boolean;
  /** Null where ECS was not read. */
  readonly tasks: TaskCount | null;
}

/** By slot, ascending. */
export function reportNodes(planned: PlannedEnvironment, now: number): ReportNode[] {
  const { cells = [] } = planned.environment.fleet;
  const views = new Map(fleetView(planned).slots.map((view) => [view.slot, view]));
  const observed = new Map(planned.plan.observed.nodes.map((node) => [node.slot, node]));
  return planned.plan.decisions.map((decision): ReportNode => {
    const { slot, availabilityZone, action, unavailable, why } = decision;
    const node = observed.get(slot);
    const view = views.get(slot);
    const becomes = specAfter(decision);
    return {
      slot,
      availabilityZone,
      cell: cells.find(({ nodes }) => nodes.includes(slot))?.name ?? null,
      action,
      pending: action === "keep" ? decision.pending : "nothing",
      why,
      unavailable,
      outdated: "outdated" in decision ? decision.outdated : [],
      instanceId: node?.instanceId ?? null,
      runs: node ? told(node.spec) : null,
      becomes: becomes && told(becomes),
      userDataChanges:
        node !== undefined &&
        becomes !== null &&
        node.spec.userDataBase64 !== becomes.userDataBase64,
      launchTime: node?.launchTime ?? null,
      ageSeconds: node ? Math.max(0, Math.round((now - Date.parse(node.launchTime)) / 1000)) : null,
      state: view?.state ?? { kind: "no-instance" },
      available: view?.available ?? false,
      tasks: view?.tasks ?? null,
    };
  });
}

function specAfter(decision: SlotDecision): NodeSpec | null {
  switch (decision.action) {
    case "keep":
    case "create":
      return decision.spec;
    case "upgrade":
      return decision.to;
    case "remove":
      return null;
  }
}

function told({ amiId, instanceType, rootVolumeGiB }: NodeSpec): ReportSpec {
  return { amiId, instanceType, rootVolumeGiB };
}
