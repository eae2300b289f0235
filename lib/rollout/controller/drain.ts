import { messageOf } from "../../errors";
import { renderDuration } from "../duration";
import type { NodeState } from "../node-states";
import { halt } from "../rollout-result";
import type { StepOutcome } from "../rollout-result";
import { insist, pause } from "./run";
import type { Run } from "./run";
import { countOf } from "../../words";
import { nodesOf } from "../../config/slots";

/** Nodes that are to be drained. */
export type DrainedNode = Pick<NodeState, "slot" | "instanceId" | "broken">;

/**
 * Takes nodes out of service: their load balancers send nothing more, their tasks stop. A node that
 * is broken is given the same chance, but doesn't hold up its own repair: its agent may be gone,
 * and with it whoever could stop the tasks.
 */
export async function drain(
  run: Run,
  nodes: readonly DrainedNode[],
  report: (message: string) => void,
): Promise<StepOutcome> {
  const { world, settings } = run;
  const { drainer, clock } = world;
  const remedy =
    "the nodes serve again; look at the tasks that didn't stop, then run the rollout again";
  try {
    await drainer.start(
      nodes.map(({ instanceId }) => instanceId),
      run.rolloutId,
    );
  } catch (error) {
    return halt("drain", `${namesOf(nodes)} can't be drained: ${messageOf(error)}`, remedy);
  }
  const deadline = clock.now() + settings.drainTimeoutSeconds * 1000;
  const well = nodes.filter(({ broken }) => !broken);
  for (;;) {
    if (run.stop.aborted) return { kind: "interrupted" };
    const left = await tasksLeft(run, nodes);
    if (left === 0) return { kind: "done" };
    if (clock.now() >= deadline) {
      const leftOnWell = well.length === 0 ? 0 : await tasksLeft(run, well);
      const still = leftOnWell === null ? "their tasks" : countOf(leftOnWell, "task");
      if (leftOnWell !== 0) {
        const time = renderDuration(settings.drainTimeoutSeconds);
        return halt("drain", `${still} still run on ${namesOf(well)} after ${time}`, remedy);
      }
      return { kind: "done", message: `tasks are left on ${namesOf(nodes)}, broken before` };
    }
    if (left !== null) report(`${countOf(left, "task")} left on ${namesOf(nodes)}`);
    await pause(run, deadline);
  }
}

/** Null where it can't be told now. */
async function tasksLeft(run: Run, nodes: readonly DrainedNode[]): Promise<number | null> {
  try {
    return await run.world.drainer.tasksLeft(nodes.map(({ instanceId }) => instanceId));
  } catch (error) {
    run.emit({ type: "look-failed", message: messageOf(error) });
    return null;
  }
}

/**
 * Lets drained nodes serve again. Not where the lock is lost: whoever holds it by now decides
 * about them.
 *
 * @returns whether it was done
 */
export async function undoDrain(
  { world, emit, keeper, settings }: Run,
  nodes: readonly Pick<NodeState, "slot" | "instanceId">[],
  why: string,
): Promise<boolean> {
  if (nodes.length === 0) return false;
  await keeper.confirm();
  if (keeper.lost.aborted) return false;
  const slots = nodes.map(({ slot }) => slot);
  try {
    await insist(world, () => world.drainer.undo(nodes.map(({ instanceId }) => instanceId)));
  } catch (error) {
    const message =
      `${namesOf(nodes)} may still be DRAINING: ${messageOf(error)}; run the rollout again, or ` +
      `set the container instances back to ACTIVE (aws ecs update-container-instances-state ` +
      `--cluster routed-${settings.environment.name} --status ACTIVE --container-instances …)`;
    emit({ type: "note", message });
    return false;
  }
  emit({ type: "set-active", slots, message: `${namesOf(nodes)} set back to ACTIVE: ${why}` });
  return true;
}

function namesOf(nodes: readonly Pick<NodeState, "slot">[]): string {
  return nodesOf(nodes.map(({ slot }) => slot));
}
