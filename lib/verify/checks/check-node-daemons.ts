import { ROUTER_PORT } from "../../config/naming";
import { nodeDaemons } from "../../config/node-daemons";
import { nodeDaemonOf } from "../identity";
import { describeEffect, inPlaceDisruption } from "../disruption";
import { causeOf, causingAttributes, fateOf, renderAttributes } from "../subject";
import type { VerifySubject } from "../subject";
import { attributeChanges, renderValue } from "../attribute-changes";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";
import { minimumHealthyOf } from "../tasks-left";

/** At which the load balancer and the routers are asked; a daemon's tag on such a rule says nothing. */
const OTHERS_PORTS: readonly unknown[] = [80, 443, ROUTER_PORT];

/** Whether a resource belongs to a helper that runs on every node, rather than to a PoP. */
export function isOfNodeDaemon(change: ResourceChange): boolean {
  if (nodeDaemonOf(change) === null) return false;
  if (change.type !== "aws_vpc_security_group_ingress_rule") return true;
  const { from_port: from, to_port: to } = change.before ?? change.after ?? {};
  return from === to && !OTHERS_PORTS.includes(from);
}

/**
 * A node daemon may come and go as the config wants, and starts new tasks a few at a time; what it
 * must not do is stop on all nodes to be started anew.
 */
export function checkNodeDaemons({ environment, terraformPlan }: VerifySubject): Violation[] {
  const wanted = nodeDaemons(environment).map(({ name }) => name);
  return terraformPlan.changes.filter(isOfNodeDaemon).flatMap((change) => {
    const daemon = nodeDaemonOf(change) ?? "";
    if (change.effect === "delete" && change.deposed === null) {
      return wanted.includes(daemon) ? checkDeleted(change, daemon) : [];
    }
    const inPlace = checkInPlace(change, daemon);
    if (inPlace.length > 0) return inPlace;
    switch (change.type) {
      case "aws_ecs_service":
        return [...checkReplaced(change, daemon), ...checkMinimumHealthy(change, daemon)];
      case "aws_ecs_task_definition":
        return checkRevision(change, daemon);
      default:
        return checkReplaced(change, daemon);
    }
  });
}

function checkDeleted(change: ResourceChange, daemon: string): Violation[] {
  if (change.type === "aws_ecs_task_definition" && change.before?.["skip_destroy"] === true) {
    return [];
  }
  const what = `something of node daemon ${daemon} would be destroyed${causeOf(change)}`;
  return [violation(change, what, "the config still wants it on every node", [])];
}

function checkReplaced(change: ResourceChange, daemon: string): Violation[] {
  if (change.effect !== "replace" && change.effect !== "forget" && change.deposed === null) {
    return [];
  }
  const what = `node daemon ${daemon} would be ${fateOf(change)}${causeOf(change)}`;
  const why = "it stops on all nodes at once";
  return [violation(change, what, why, causingAttributes(change))];
}

function checkInPlace(change: ResourceChange, daemon: string): Violation[] {
  const changes = change.effect === "update" ? attributeChanges(change) : [];
  const disruption = inPlaceDisruption(change.type, changes);
  if (disruption === null) return [];
  const what = `something of node daemon ${daemon} would be ${fateOf(change)}${renderAttributes(disruption.attributes)}`;
  const why = `it would be ${describeEffect(disruption.effect)}`;
  return [
    violation(
      change,
      what,
      why,
      disruption.attributes.map(({ path }) => path),
    ),
  ];
}

function checkMinimumHealthy(change: ResourceChange, daemon: string): Violation[] {
  if (change.effect !== "create" && change.effect !== "update") return [];
  const percent = minimumHealthyOf(change);
  if (percent > 0) return [];
  const shown = renderValue(change.after?.["deployment_minimum_healthy_percent"]);
  const what = `node daemon ${daemon} could stop on all nodes at once (deployment_minimum_healthy_percent ${shown})`;
  const attributes = ["deployment_minimum_healthy_percent"];
  return [violation(change, what, "a rolling deployment must keep a task", attributes)];
}

function checkRevision(change: ResourceChange, daemon: string): Violation[] {
  const goes = change.effect === "replace" || change.deposed !== null;
  if (!goes || change.before?.["skip_destroy"] === true) return [];
  const what = `the task definition of node daemon ${daemon} would be ${fateOf(change)}${causeOf(change)}`;
  const why = "the revision that its tasks run with is deregistered (skip_destroy is not set)";
  return [violation(change, what, why, causingAttributes(change))];
}

function violation(
  { address }: ResourceChange,
  what: string,
  why: string,
  attributes: readonly string[],
): Violation {
  const remedy = "restore it in the stack";
  return { rule: "redundancy", addresses: [address], attributes, what, why, remedy };
}
