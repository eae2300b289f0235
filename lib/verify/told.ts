import { attributeChanges } from "./attribute-changes";
import { nodeDaemonOf, popOf } from "./identity";
import { inPlaceOf } from "./judges/judges";
import { nodeLabel } from "./subject";
import type { VerifySubject } from "./subject";
import type { ResourceChange } from "../terraform/plan";

/**
 * What the config asks for and somebody outside notices: a PoP that goes, a listener that changes,
 * routers that are rolled. It is allowed since the config says so; a sentence each, in Terraform's order.
 */
export function toldOf({ terraformPlan }: VerifySubject): string[] {
  return terraformPlan.changes.flatMap((change) => {
    if (change.deposed !== null) return [];
    switch (change.effect) {
      case "delete":
        return toldOfGone(change);
      case "update":
        return toldOfChanged(change);
      case "none":
      case "create":
      case "replace":
      case "forget":
        return [];
    }
  });
}

function toldOfGone(change: ResourceChange): string[] {
  switch (change.type) {
    case "aws_ecs_service": {
      const pop = popOf(change);
      const whose = pop === null ? `node daemon ${nodeDaemonOf(change) ?? ""}` : pop;
      return [`${change.address}: all tasks of ${whose} stop: the config no longer has it`];
    }
    case "aws_cloudwatch_metric_alarm":
    case "aws_sns_topic":
      return [`${change.address}: ${nodeLabel(change)} goes: nobody is told any more by it`];
    case "aws_vpc_security_group_ingress_rule":
      return [`${change.address}: ${nodeLabel(change)} is closed: the config no longer names it`];
    default:
      return [];
  }
}

function toldOfChanged(change: ResourceChange): string[] {
  const words = attributeChanges(change).flatMap(
    ({ name }) => inPlaceOf(change.type, name)?.told ?? [],
  );
  return [...new Set(words)].map((told) => `${change.address}: ${nodeLabel(change)}: ${told}`);
}
