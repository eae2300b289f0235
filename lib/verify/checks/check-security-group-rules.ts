import type { AutopilotSite } from "../../config/environment";
import { MAX_SITE_ID } from "../../config/limits";
import { bgpRuleDescription, popPorts } from "../../config/naming";
import { attributeChanges, renderAttributeChange } from "../attribute-changes";
import { isOfNodeDaemon } from "./check-node-daemons";
import { listenerPort } from "../judges/api";
import { keyOfRule, rulesOfGroup } from "../group-rules";
import type { GroupRule } from "../group-rules";
import { popOf } from "../identity";
import { causeOf, causingAttributes, fateOf, goes } from "../subject";
import type { VerifySubject } from "../subject";
import type { ResourceChange } from "../../terraform/plan";
import type { Values } from "../../terraform/values";
import type { Violation } from "../verdict";

const GROUP = "aws_security_group";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

/** Whether `checkSecurityGroupRules` judges this resource: a rule other than a node daemon's. */
function isSecurityGroupRule(change: ResourceChange): boolean {
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
  const { changes } = subject.terraformPlan;
  return [...checkRuleResources(subject), ...changes.flatMap((c) => checkGroup(subject, c))];
}

function checkRuleResources(subject: VerifySubject): Violation[] {
  return subject.terraformPlan.changes.filter(isSecurityGroupRule).flatMap((change) => {
    if (change.before === null || !isWanted(subject, change, change.before)) return [];
    if (goes(change)) {
      const what = `${nameOf(change)} would be ${fateOf(change)}${causeOf(change)}`;
      return [violation(change, what, causingAttributes(change))];
    }
    return change.effect === "update" ? checkInPlace(subject, change) : [];
  });
}

function isWanted(subject: VerifySubject, change: ResourceChange, before: Values): boolean {
  const block = before["cidr_ipv4"] ?? before["cidr_ipv6"];
  if (change.type === EGRESS || typeof block !== "string") return true;
  const { network, routed } = subject.environment;
  const port = Number(before["from_port"]);
  const pop = popOf(change);
  // A PoP's tag on anything but BGP's port says nothing.
  if (pop !== null && port > routed.ports.bgpBase && port <= routed.ports.bgpBase + MAX_SITE_ID) {
    return siteOf(subject, pop)?.bgpPeers.includes(block) ?? false;
  }
  const isApi = LISTENER_PORTS.includes(port);
  return (isApi ? network.apiClientCidrs : network.prometheusCidrs).includes(block);
}

/** Of the API, with and without a certificate. */
const LISTENER_PORTS: readonly number[] = [80, 443];

const HARMLESS = ["description", "tags", "tags_all"];

function checkInPlace(subject: VerifySubject, change: ResourceChange): Violation[] {
  if (followsListener(subject, change)) return [];
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

/** The API's clients move to the other port together with the listener, as the config says. */
function followsListener({ environment }: VerifySubject, change: ResourceChange): boolean {
  const port = listenerPort(environment);
  const changed = attributeChanges(change);
  return (
    change.type === INGRESS &&
    changed.every(({ name, from, to }) =>
      ["from_port", "to_port"].includes(name)
        ? LISTENER_PORTS.includes(Number(from)) && to === port
        : HARMLESS.includes(name),
    )
  );
}

/** Whether `checkSecurityGroupRules` judges this attribute: what comes in by a group's own rules. */
export function isOwnRule(subject: VerifySubject, change: ResourceChange, name: string): boolean {
  return /^ingress(\.|$)/.test(name) && holdsItsRules(subject, change);
}

/** A group whose rules are resources has none of its own: whoever wrote some would close the others. */
function holdsItsRules(
  { terraformPlan }: VerifySubject,
  { type, before }: ResourceChange,
): boolean {
  if (type !== GROUP) return false;
  return !terraformPlan.changes.some(
    (rule) =>
      (rule.type === INGRESS || rule.type === EGRESS) &&
      [rule.before, rule.after].some((values) => values?.["security_group_id"] === before?.["id"]),
  );
}

/** The rules that a group holds itself: those of PoPs' peers. The group as such is the foundation's. */
function checkGroup(subject: VerifySubject, change: ResourceChange): Violation[] {
  if (change.effect !== "update") return [];
  const changed = attributeChanges(change).filter(({ name }) => isOwnRule(subject, change, name));
  if (changed.length === 0) return [];
  if (changed.some(({ known }) => !known)) {
    return [violation(change, "its rules would be known after the apply only", ["ingress"])];
  }
  const left = new Set(rulesOfGroup(change.after, "ingress").map(keyOfRule));
  return rulesOfGroup(change.before, "ingress")
    .filter((rule) => !left.has(keyOfRule(rule)))
    .flatMap((rule) => checkClosed(subject, change, rule));
}

/** A rule that a group would no longer hold. What was opened by hand may go, as may what the config dropped. */
function checkClosed(
  { environment }: VerifySubject,
  change: ResourceChange,
  { description, fromPort, source }: GroupRule,
): Violation[] {
  const site = environment.autopilotSites.find(
    ({ id, name, bgpPeers }) =>
      bgpPeers.includes(source) &&
      // By either: somebody may have changed the words, or the config the ports.
      (description === bgpRuleDescription(name) ||
        fromPort === popPorts(environment.routed.ports, id).bgp),
  );
  if (site === undefined) return [];
  const what = `${site.name}'s way in for its BGP peer ${source} to port ${fromPort} would be closed`;
  return [violation(change, what, ["ingress"])];
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
