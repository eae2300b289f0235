import type { AutopilotSite } from "../config/environment";
import { attributeChanges, renderAttributeChange } from "./attribute-changes";
import { isOfNodeDaemon } from "./check-node-daemons";
import { popOf } from "./identity";
import { causeOf, causingAttributes, fateOf, goes } from "./subject";
import type { VerifySubject } from "./subject";
import type { ResourceChange, Values } from "./terraform-plan";
import type { Violation } from "./verdict";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

/** Whether `checkSecurityGroupRules` judges this resource: a rule other than a node daemon's. */
export function isSecurityGroupRule(change: ResourceChange): boolean {
  return (change.type === INGRESS || change.type === EGRESS) && !isOfNodeDaemon(change);
}

/**
 * Who may reach nodes and load balancer. A rule may go when the config no longer names its block:
 * its PoP or that peer was removed, or that client or Prometheus block. Everything else may not,
 * not even replaced: rules are destroyed before they are created, and peers are shut out between.
 * Nor may it be changed in place: moving a PoP's port shuts its peers out of the tasks that still
 * listen on the old one.
 */
export function checkSecurityGroupRules(subject: VerifySubject): Violation[] {
  return subject.terraformPlan.changes.filter(isSecurityGroupRule).flatMap((change) => {
    if (change.before === null || !isWanted(subject, change, change.before)) return [];
    if (goes(change)) {
      const what = `${nameOf(change)} would be ${fateOf(change)}${causeOf(change)}`;
      return [violation(change, what, causingAttributes(change))];
    }
    return change.effect === "update" ? checkInPlace(change) : [];
  });
}

function isWanted(subject: VerifySubject, change: ResourceChange, before: Values): boolean {
  const block = before["cidr_ipv4"] ?? before["cidr_ipv6"];
  if (change.type === EGRESS || typeof block !== "string") return true;
  const { network } = subject.environment;
  const pop = popOf(change);
  if (pop !== null) return siteOf(subject, pop)?.bgpPeers.includes(block) ?? false;
  const isApi = LISTENER_PORTS.includes(Number(before["from_port"]));
  return (isApi ? network.apiClientCidrs : network.prometheusCidrs).includes(block);
}

/** Of the API, with and without a certificate. */
const LISTENER_PORTS: readonly number[] = [80, 443];

const HARMLESS = ["description", "tags", "tags_all"];

function checkInPlace(change: ResourceChange): Violation[] {
  const opening = attributeChanges(change).filter(
    ({ name }) => !HARMLESS.includes(name.split(".")[0] ?? ""),
  );
  if (opening.length === 0) return [];
  const what = `${nameOf(change)} would be changed (${opening.map(renderAttributeChange).join(", ")})`;
  return [
    violation(
      change,
      what,
      opening.map(({ path }) => path),
    ),
  ];
}

function siteOf({ environment }: VerifySubject, pop: string): AutopilotSite | undefined {
  return environment.autopilotSites.find(({ name }) => name === pop);
}

function nameOf(change: ResourceChange): string {
  const block = change.before?.["cidr_ipv4"] ?? change.before?.["cidr_ipv6"];
  const from = typeof block === "string" ? ` ${block}` : "";
  const pop = popOf(change);
  if (change.type === EGRESS) return `the way out to${from || " another group"}`;
  if (pop !== null) return `${pop}'s way in for its BGP peer${from}`;
  return `the way in for${from || " another group"}`;
}

function violation(change: ResourceChange, what: string, attributes: readonly string[]): Violation {
  return {
    rule: "foundation",
    addresses: [change.address],
    attributes,
    what,
    why: "the config still wants it open",
    remedy: "restore the rule in the stack, or take the block out of the config",
  };
}
