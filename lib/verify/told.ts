import { attributeChanges } from "./attribute-changes";
import { nodeDaemonOf, popOf } from "./identity";
import { inPlaceOf } from "./judges/judges";
import { nodeLabel } from "./subject";
import type { VerifySubject } from "./subject";
import { repairedPart } from "./repairs";
import type { AddressPart } from "../plan/live/address-parts";
import type { ResourceChange } from "../terraform/plan";

/**
 * What the config asks for and somebody outside notices: a PoP that goes, a listener that changes,
 * routers that are rolled, an address that is made whole. It is allowed since the config or the upgrade
 * plan says so; a sentence each, in Terraform's order.
 */
export function toldOf(subject: VerifySubject): string[] {
  const { terraformPlan } = subject;
  const imports = [...terraformPlan.imports].map(
    ([address, id]) => `${address}: Terraform's state has lost ${id}, and takes it back`,
  );
  const changes = terraformPlan.changes.flatMap((change) => {
    if (change.deposed !== null) return [];
    const part = repairedPart(subject, change);
    if (part !== null) return [`${change.address}: ${REPAIRS[part](nodeLabel(change))}`];
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
  return [...imports, ...changes];
}

const REPAIRS: Readonly<Record<AddressPart, (whose: string) => string>> = {
  association: (whose) => `repair: ${whose} is put back on the ENI of its slot`,
  ipv6: (whose) => `repair: ${whose} gets the IPv6 back that it had`,
  "network-interface": (whose) => `repair: ${whose} is made again with the addresses that it had`,
  "elastic-ip": (whose) => `${whose} becomes ANOTHER ADDRESS on a person's word`,
};

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
