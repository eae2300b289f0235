import type { Environment } from "../config/environment";
import type { UpgradePlan } from "../plan/upgrade-plan";

export interface TasksLeftInput {
  readonly environment: Environment;
  readonly upgradePlan: UpgradePlan;
  readonly pop: string;
  /** Slots of existing nodes that the deploy disrupts. */
  readonly disruptedSlots: readonly (number | null)[];
  /**
   * The service's minimum healthy percentage where the deploy starts a rolling deployment of it;
   * null where it doesn't, and ECS stops no task.
   */
  readonly rollingAbovePercent: number | null;
}

/** A PoP's tasks while the deploy runs, at worst; all numbers count tasks. */
export interface TasksLeft {
  readonly running: number;
  /** On the disrupted nodes. */
  readonly lostWithNodes: number;
  /** That ECS may stop at the same time: it doesn't know that Terraform takes a node away. */
  readonly stoppedByDeployment: number;
  readonly left: number;
}

/**
 * How many tasks of a PoP run through the whole deploy, at worst. This is the place for what was
 * observed of each PoP's tasks: until the observation tells, every task that should run is taken
 * to run healthily, and to run on the disrupted nodes where it could.
 */
export function tasksLeft(input: TasksLeftInput): TasksLeft {
  const { environment, upgradePlan, disruptedSlots, rollingAbovePercent } = input;
  const { placement, tasksPerPop } = environment.routed;
  const nodes = upgradePlan.decisions.filter(
    (decision) => "instanceId" in decision && decision.instanceId !== null,
  ).length;
  const running = placement === "daemon" ? nodes : Math.min(nodes, tasksPerPop);
  const lostWithNodes = Math.min(running, disruptedSlots.length);
  const kept =
    rollingAbovePercent === null ? running : minimumHealthy(running, rollingAbovePercent);
  const stoppedByDeployment = running - kept;
  const left = Math.max(0, running - lostWithNodes - stoppedByDeployment);
  return { running, lostWithNodes, stoppedByDeployment, left };
}

/**
 * The tasks that ECS keeps healthy during a rolling deployment; it rounds up.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function minimumHealthy(tasks: number, percent: number): number {
  return Math.min(tasks, Math.ceil((tasks * percent) / 100));
}
