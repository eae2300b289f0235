import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import { changedParts, NODE_SPEC_PARTS, openSpecOf, isOpen, renderPart } from "../plan/node-spec";
import type { NodeSpec, NodeSpecPart, OpenSpec } from "../plan/node-spec";
import type { SlotReason, Unavailability } from "../plan/reasons";
import type { KeepDecision, SlotDecision } from "../plan/upgrade-plan";
import { fleetView } from "../rollout/fleet-view";
import type { SlotCondition } from "../rollout/fleet-view";
import type { TaskCount } from "../rollout/node-states";

/** One slot: what it runs, how it is, and what the next deploy does to it. */
export interface ReportNode {
  readonly slot: number;
  readonly availabilityZone: string;
  /** Null where the fleet has no cells. */
  readonly cell: string | null;
  /** What the next deploy does to it. */
  readonly action: SlotDecision["action"];
  /** What a later wave does to it. */
  readonly pending: KeepDecision["pending"];
  readonly why: SlotReason;
  /** Why the plan doesn't count it as available; null where it does. */
  readonly unavailable: Unavailability | null;
  /** The parts of its spec that are outdated. */
  readonly outdated: readonly NodeSpecPart[];
  readonly instanceId: string | null;
  /** What it runs with; null where it has no instance. */
  readonly runs: OpenSpec | null;
  /** What it runs with after the next deploy; null where it goes. */
  readonly becomes: OpenSpec | null;
  /** The parts of its spec that the next deploy changes; user data is told by that, never by what it says. */
  readonly changes: readonly NodeSpecPart[];
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
      runs: node ? openSpecOf(node.spec) : null,
      becomes: becomes && openSpecOf(becomes),
      changes: node && becomes ? changedParts(node.spec, becomes) : [],
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
    case "fill":
      return decision.spec;
    case "upgrade":
      return decision.to;
    case "allocate":
    case "leave":
    case "park":
    case "remove":
      return null;
  }
}

/** What changes and may be told, with its values before and after. */
export function openChanges({ runs, becomes, changes }: ReportNode) {
  if (runs === null || becomes === null) return [];
  return changes
    .filter(isOpen)
    .map((part) => ({ part, from: renderPart(runs, part), to: renderPart(becomes, part) }));
}

/** "user data": what changes and is told by that alone. */
export function hiddenChanges({ changes }: ReportNode): string[] {
  return changes.filter((part) => !isOpen(part)).map((part) => NODE_SPEC_PARTS[part].name);
}
