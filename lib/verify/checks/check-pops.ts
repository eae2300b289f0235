import { slotsOfExpression } from "../../config/slot-expression";
import { popsLeftBare } from "../../plan/live/pop-redundancy";
import { attributeChanges, renderValue } from "../attribute-changes";
import { disruptedNodes } from "./check-budget";
import { isOfNodeDaemon } from "./check-node-daemons";
import { describeEffect, inPlaceDisruption } from "../disruption";
import { popOf } from "../identity";
import { causeOf, causingAttributes, fateOf, goes, renderAttributes } from "../subject";
import type { VerifySubject } from "../subject";
import { observedTasks, tasksLeft, minimumHealthyOf } from "../tasks-left";
import { isObject } from "../../terraform/values";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

const NOUNS: Readonly<Record<string, string>> = {
  aws_ecs_service: "service",
  aws_ecs_task_definition: "task definition",
};

/** Whether `checkPops` judges this resource: a PoP's own, other than its peers' way in. */
function isOfPop(change: ResourceChange): boolean {
  return change.type in NOUNS && !isOfNodeDaemon(change);
}

/** What changes in a service without starting new tasks. */
const NO_DEPLOYMENT = [
  "deployment_circuit_breaker",
  "deployment_maximum_percent",
  "deployment_minimum_healthy_percent",
  "desired_count",
  // Starts and stops tasks where they may run or no longer may; checked by the slots.
  "placement_constraints",
  "sigint_rollback",
  "tags",
  "tags_all",
  "timeouts",
  "wait_for_steady_state",
];

/** Whether ECS replaces a service's tasks, a few at a time. */
export function startsDeployment(change: ResourceChange): boolean {
  return (
    change.type === "aws_ecs_service" &&
    change.effect === "update" &&
    attributeChanges(change).some(({ name }) => !NO_DEPLOYMENT.includes(name.split(".")[0] ?? ""))
  );
}

/** A PoP that stays in the config keeps what runs its tasks, and at least one task. */
export function checkPops(subject: VerifySubject): Violation[] {
  return [...checkOwnResources(subject), ...checkLastTasks(subject)];
}

function checkOwnResources(subject: VerifySubject): Violation[] {
  const staying = new Set(subject.environment.autopilotSites.map(({ name }) => name));
  return subject.terraformPlan.changes.filter(isOfPop).flatMap((change) => {
    const pop = popOf(change);
    if (change.type === "aws_ecs_service" && pop !== null && !staying.has(pop)) return [];
    const whose = pop === null ? "the PoPs'" : `${pop}'s`;
    if (goes(change)) {
      return isGivenUp(change) ? [] : checkGone(change, whose);
    }
    return change.effect === "update"
      ? [...checkInPlace(change, whose), ...checkService(subject, change, whose)]
      : change.effect === "create"
        ? checkService(subject, change, whose)
        : [];
  });
}

/**
 * A definition that no PoP needs any more, as of canaries that have no image of their own now. One
 * that isn't deregistered can still start tasks while the services move to another.
 */
function isGivenUp({ before, deposed, effect, type }: ResourceChange): boolean {
  return (
    type === "aws_ecs_task_definition" &&
    effect === "delete" &&
    deposed === null &&
    before?.["skip_destroy"] === true
  );
}

/** No PoP's only healthy tasks are all on nodes that the deploy disrupts. */
function checkLastTasks(subject: VerifySubject): Violation[] {
  const nodes = disruptedNodes(subject);
  const slots = new Set(nodes.flatMap(({ slot }) => slot ?? []));
  const bare = popsLeftBare(observedTasks(subject), slots);
  if (bare.length === 0) return [];
  return [
    {
      rule: "redundancy",
      addresses: nodes.flatMap(({ addresses }) => addresses),
      attributes: [],
      what: `the last healthy task of ${bare.join(", ")} would stop`,
      why: "each PoP keeps one while nodes change",
      remedy: "wait until the PoP has a healthy task on another node, then synthesize again",
    },
  ];
}

/** A task definition that is replaced but not deregistered is a new revision: tasks roll over to it. */
function checkGone(change: ResourceChange, whose: string): Violation[] {
  const isRevision =
    change.type === "aws_ecs_task_definition" &&
    change.effect === "replace" &&
    change.deposed === null;
  if (isRevision && change.before?.["skip_destroy"] === true) return [];
  const what = `${whose} ${NOUNS[change.type]} would be ${fateOf(change)}${causeOf(change)}`;
  if (isRevision) {
    const why =
      "the revision that its tasks run with is deregistered (skip_destroy is not set), so that none of them could be started again";
    return [violation(change, what, why, "set skip_destroy", causingAttributes(change))];
  }
  const why = "a PoP that is in the config keeps its tasks";
  return [violation(change, what, why, "restore it in the stack", causingAttributes(change))];
}

function checkInPlace(change: ResourceChange, whose: string): Violation[] {
  const disruption = inPlaceDisruption(change.type, attributeChanges(change));
  if (!disruption) return [];
  const changed = `${fateOf(change)}${renderAttributes(disruption.attributes)}`;
  return [
    violation(
      change,
      `${whose} ${NOUNS[change.type]} would be ${changed}`,
      `its tasks would be ${describeEffect(disruption.effect)}`,
      "restore it in the stack",
      disruption.attributes.map(({ path }) => path),
    ),
  ];
}

/** A service keeps enough tasks: by its own numbers, and while a node is replaced beside it. */
function checkService(subject: VerifySubject, change: ResourceChange, whose: string): Violation[] {
  if (change.type !== "aws_ecs_service") return [];
  return [
    ...checkDesiredCount(subject, change, whose),
    ...checkMinimumHealthy(change, whose),
    ...checkBesideNodes(subject, change, whose),
    ...checkPlace(subject, change, whose),
  ];
}

function checkDesiredCount(
  { environment }: VerifySubject,
  change: ResourceChange,
  whose: string,
): Violation[] {
  const { tasksPerPop } = environment.routed;
  const count = change.after?.["desired_count"];
  if (change.after?.["scheduling_strategy"] === "DAEMON" || typeof count !== "number") return [];
  if (count >= tasksPerPop) return [];
  const what = `${whose} service would run ${count} tasks`;
  const why = `routed.tasksPerPop is ${tasksPerPop}`;
  return [violation(change, what, why, "restore it in the stack", ["desired_count"])];
}

function checkMinimumHealthy(change: ResourceChange, whose: string): Violation[] {
  if (minimumHealthyOf(change) > 0) return [];
  const shown = renderValue(change.after?.["deployment_minimum_healthy_percent"]);
  const what = `${whose} service could stop all of its tasks at once (deployment_minimum_healthy_percent ${shown})`;
  const why = "a rolling deployment must keep a task";
  const attributes = ["deployment_minimum_healthy_percent"];
  return [violation(change, what, why, "restore it in the stack", attributes)];
}

function checkBesideNodes(
  subject: VerifySubject,
  change: ResourceChange,
  whose: string,
): Violation[] {
  const disruptedSlots = disruptedNodes(subject).map(({ slot }) => slot);
  if (disruptedSlots.length === 0 || !startsDeployment(change)) return [];
  const tasks = tasksLeft(subject, {
    pop: popOf(change) ?? "",
    disruptedSlots,
    rollingAbovePercent: minimumHealthyOf(change),
  });
  if (tasks.left > 0) return [];
  const { running, lostWithNodes, stoppedByDeployment } = tasks;
  const nodes = disruptedSlots.map((slot) => slot ?? "of no slot").join(", ");
  return [
    violation(
      change,
      `${whose} last task could stop: its service starts new tasks while node ${nodes} is replaced`,
      `of ${running} tasks, ${lostWithNodes} may be on that node and ECS may stop ${stoppedByDeployment}`,
      "deploy one of the two first: freeze the nodes (fleet.frozenNodes), or leave the tasks as they are",
      attributeChanges(change).map(({ path }) => path),
    ),
  ];
}

/**
 * A daemon's tasks stop at once where its constraint no longer lets them run: some healthy one stays
 * where it still does, on a node that stays.
 */
function checkPlace(subject: VerifySubject, change: ResourceChange, whose: string): Violation[] {
  const { before, after, effect } = change;
  if (effect !== "update" || after?.["scheduling_strategy"] !== "DAEMON") return [];
  const slots = slotsOf(after["placement_constraints"]);
  if (slots === null || slots === slotsOf(before?.["placement_constraints"])) return [];
  const tasks = observedTasks(subject).find(({ pop }) => pop === popOf(change));
  const gone = new Set(disruptedNodes(subject).map(({ slot }) => slot));
  const staying = (tasks?.servingOn ?? []).filter(
    (slot) => slots.split(",").includes(String(slot)) && !gone.has(slot),
  );
  if (staying.length > 0 || tasks?.healthyOn.length === 0) return [];
  const where = `it may run on nodes ${slots.split(",").join(", ")} only`;
  const known = tasks === undefined ? "it isn't known to have" : "it has";
  return [
    violation(
      change,
      `${whose} tasks would all stop: ${where}`,
      `${known} no healthy task there on a node that stays`,
      "let it run in both places first, and deploy again once it is healthy in the new one",
      ["placement_constraints"],
    ),
  ];
}

/** The slots of the constraint, "0,1,2"; null where there is none on slots. */
function slotsOf(constraints: unknown): string | null {
  const list = Array.isArray(constraints) ? (constraints as unknown[]) : [];
  for (const item of list) {
    const expression = isObject(item) ? item["expression"] : undefined;
    const slots = typeof expression === "string" ? slotsOfExpression(expression) : null;
    if (slots !== null) return slots.join();
  }
  return null;
}

function violation(
  { address }: ResourceChange,
  what: string,
  why: string,
  remedy: string,
  attributes: readonly string[],
): Violation {
  return { rule: "redundancy", addresses: [address], attributes, what, why, remedy };
}
