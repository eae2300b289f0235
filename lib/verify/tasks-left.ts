import { popTasksOf } from "../plan/live/pop-redundancy";
import type { PopTasks } from "../plan/live/pop-redundancy";
import type { VerifySubject } from "./subject";
import type { ResourceChange } from "../terraform/plan";

type Known = Pick<VerifySubject, "environment" | "upgradePlan" | "observation">;

/** What a deploy does to a PoP's tasks. */
export interface PopDisruption {
  readonly pop: string;
  /** Existing nodes that the deploy disrupts; null for one that no slot owns. */
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

/** Where the PoPs' tasks ran healthily when the upgrade plan was made; empty where that isn't known. */
export function observedTasks({ upgradePlan, observation }: Known): PopTasks[] {
  if (observation === null || upgradePlan.healthIgnored) return [];
  const slots = upgradePlan.decisions.flatMap((decision) =>
    "instanceId" in decision && decision.instanceId !== null
      ? [[decision.instanceId, decision.slot] as const]
      : [],
  );
  return popTasksOf(observation, new Map(slots));
}

/**
 * How many healthy tasks of a PoP run through the whole deploy, at worst. Where nothing was
 * observed of the PoP, every task that should run is taken to run healthily, and to be on the
 * disrupted nodes where it could be.
 */
export function tasksLeft(known: Known, disruption: PopDisruption): TasksLeft {
  const { disruptedSlots, rollingAbovePercent } = disruption;
  const wanted = wantedTasks(known, disruption.pop);
  const observed = observedTasks(known).find(({ pop }) => pop === disruption.pop);
  const running = observed ? observed.servingOn.length : wanted;
  const lostWithNodes = observed
    ? observed.servingOn.filter((slot) => disruptedSlots.includes(slot)).length
    : Math.min(running, disruptedSlots.length);
  const stoppedByDeployment =
    rollingAbovePercent === null
      ? 0
      : Math.max(0, running - minimumHealthy(wanted, rollingAbovePercent));
  const left = Math.max(0, running - lostWithNodes - stoppedByDeployment);
  return { running, lostWithNodes, stoppedByDeployment, left };
}

/** How many tasks of a PoP should run now, at most. */
function wantedTasks({ environment, upgradePlan }: Known, pop: string): number {
  const { placement, tasksPerPop } = environment.routed;
  const place = upgradePlan.placement?.pops.find((each) => each.pop === pop);
  const nodes = upgradePlan.decisions.filter(
    (decision) =>
      "instanceId" in decision &&
      decision.instanceId !== null &&
      (place?.slots?.includes(decision.slot) ?? true),
  ).length;
  if (place !== undefined) return Math.min(nodes, place.desiredCount ?? nodes);
  return placement === "daemon" ? nodes : Math.min(nodes, tasksPerPop);
}

/**
 * The tasks that ECS keeps healthy during a rolling deployment; it rounds up.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function minimumHealthy(tasks: number, percent: number): number {
  return Math.min(tasks, Math.ceil((tasks * percent) / 100));
}

/** The share of a service's tasks that a rolling deployment keeps, in percent; 0 where it isn't set. */
export function minimumHealthyOf({ after }: ResourceChange): number {
  const percent = after?.["deployment_minimum_healthy_percent"];
  return typeof percent === "number" ? percent : 0;
}
