import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import type { ObservedInstance } from "../observe/observation";
import { expectedServices, isHealthy, unavailabilityOfInstance } from "../plan/live/node-health";
import type { NodeSpec } from "../plan/node-spec";
import { isCertain } from "../plan/reasons";
import type { Unavailability } from "../plan/reasons";

/** What one look says of a slot's node, whatever the plan makes of its health. */
export interface NodeState {
  readonly slot: number;
  readonly instanceId: string;
  readonly spec: NodeSpec;
  /** Null where the node is available. */
  readonly unavailable: Unavailability | null;
  /** Whether its container instance is DRAINING. */
  readonly draining: boolean;
  /** The rollout that drained it, or was about to; null where none did: a drain is then a person's. */
  readonly drainedBy: string | null;
  /** It doesn't serve as it should, for another reason than that it is drained. */
  readonly broken: boolean;
  /** Null where ECS was not read. */
  readonly tasks: TaskCount | null;
  /** When it was last started: ISO 8601, UTC. */
  readonly launchTime: string;
}

export interface TaskCount {
  readonly healthy: number;
  readonly expected: number;
}

type Look = Pick<PlannedEnvironment, "observation" | "plan">;

/**
 * The slots' nodes, by slot, ascending. It goes by what was observed alone: an operator who lets
 * the planner ignore the nodes' health wants to see what becomes of them all the same.
 */
export function nodeStates({ observation, plan }: Look): NodeState[] {
  const instances = new Map(observation.instances.map((i) => [i.instanceId, i]));
  return plan.observed.nodes.flatMap(({ slot, instanceId, spec, launchTime }) => {
    const instance = instances.get(instanceId);
    if (!instance) return [];
    const view = ecsViewOf(instanceId, slot, observation.health);
    const unavailable =
      unavailabilityOfInstance(instance, observation.health) ?? lackOfAddress(plan, slot);
    const draining = view?.status === "DRAINING";
    const broken = draining
      ? !isUp(instance) || view?.agentConnected === false
      : unavailable !== null && isCertain(unavailable);
    return [
      {
        slot,
        instanceId,
        spec,
        unavailable,
        draining,
        drainedBy: view?.drainedBy ?? null,
        broken,
        tasks: view?.tasks ?? null,
        launchTime,
      },
    ];
  });
}

/** That the slot lacks a part of its address, which no override makes whole. */
function lackOfAddress({ decisions }: Look["plan"], slot: number): Unavailability | null {
  const { unavailable = null } = decisions.find((decision) => decision.slot === slot) ?? {};
  return unavailable?.kind === "address-incomplete" ? unavailable : null;
}

function isUp({ state, statusChecks }: ObservedInstance): boolean {
  return state === "running" && statusChecks === "ok";
}

interface EcsView {
  readonly status: string | null;
  readonly drainedBy: string | null;
  readonly agentConnected: boolean | null;
  readonly tasks: TaskCount;
}

function ecsViewOf(
  instanceId: string,
  slot: number,
  health: Look["observation"]["health"],
): EcsView | null {
  if (health.source !== "ecs") return null;
  const registered = health.containerInstances.filter((c) => c.instanceId === instanceId);
  const current = registered.find((c) => c.agentConnected) ?? registered[0];
  const arns = new Set(registered.map((c) => c.containerInstanceArn));
  const tasks = health.tasks.filter((task) => arns.has(task.containerInstanceArn ?? ""));
  const expected = new Set([
    ...expectedServices(slot, health),
    ...tasks.map(({ serviceName }) => serviceName),
  ]);
  const healthy = new Set(tasks.filter(isHealthy).map(({ serviceName }) => serviceName));
  return {
    status: current?.status ?? null,
    drainedBy: current?.drainedBy ?? null,
    agentConnected: current?.agentConnected ?? null,
    tasks: { healthy: healthy.size, expected: expected.size },
  };
}
