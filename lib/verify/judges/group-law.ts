import { MAX_SITE_ID } from "../../config/limits";
import { popPorts, ROUTER_PORT } from "../../config/naming";
import { daemonMetricsPorts } from "../../config/node-daemons";
import { isObject, listOf } from "../../terraform/values";
import { listenerPort } from "./api";
import { prefixed } from "./common";
import { declared, referent } from "./law";
import type { LawContext } from "./law";

/** The groups of nodes and of the load balancer, by name. */
export function nodesAndApi(context: Pick<LawContext, "environment">): string[] {
  return prefixed(context, "-nodes", "-load-balancer");
}

export function groupNames(context: Pick<LawContext, "environment">): string[] {
  const { bgpSecurityGroups } = context.environment.network;
  const bgp = Array.from({ length: bgpSecurityGroups }, (_, index) => `-bgp-${index}`);
  return [...nodesAndApi(context), ...prefixed(context, ...bgp)];
}

/** The groups of a node's interface, by name. */
export function nodeGroups(context: Pick<LawContext, "environment">): string[] {
  return groupNames(context).filter((name) => !name.endsWith("-load-balancer"));
}

export function areBgpRules(value: unknown, { environment, declaration }: LawContext): boolean {
  const rules = listOf(value);
  const isBgp = /-bgp-\d+$/.test(String(declaration.values["name"]));
  if (!isBgp) return rules.length === 0;
  return rules.every((rule) => {
    if (!isObject(rule)) return false;
    const blocks = [...listOf(rule["cidr_blocks"]), ...listOf(rule["ipv6_cidr_blocks"])];
    const site = environment.autopilotSites.find(
      ({ id }) => rule["from_port"] === popPorts(environment.routed.ports, id).bgp,
    );
    const others = ["prefix_list_ids", "security_groups"].flatMap((key) => listOf(rule[key]));
    return (
      site !== undefined &&
      others.length === 0 &&
      rule["self"] !== true &&
      rule["protocol"] === "tcp" &&
      rule["to_port"] === rule["from_port"] &&
      blocks.every((block) => site.bgpPeers.includes(String(block)))
    );
  });
}

function isApiGroup(context: LawContext): boolean {
  const { declaration, stack } = context;
  const groups = declared({ stack }, "aws_security_group");
  const group = groups.find(
    ({ address }) => declaration.values["security_group_id"] === `\${${address}.id}`,
  );
  return String(group?.values["name"]).endsWith("-load-balancer");
}

/** Nodes reach everything; the load balancer the routers alone. */
export function isWayOut(value: unknown, context: LawContext): boolean {
  const { declaration } = context;
  const to = SOURCES.filter((name) => declaration.values[name] !== undefined);
  const ports = ["from_port", "to_port"].filter((name) => declaration.values[name] !== undefined);
  return isApiGroup(context)
    ? value === "tcp" && to.join() === "referenced_security_group_id" && ports.length === 2
    : value === "-1" &&
        to.length === 1 &&
        to[0] !== "referenced_security_group_id" &&
        ports.length === 0;
}

/** One of them, each. */
const SOURCES = ["cidr_ipv4", "cidr_ipv6", "referenced_security_group_id"];

export function isOwnBlock(value: unknown, context: LawContext): boolean {
  const { apiClientCidrs, prometheusCidrs } = context.environment.network;
  return (isApiGroup(context) ? apiClientCidrs : prometheusCidrs).includes(String(value));
}

/** The load balancer's group is let in at the router's port, and the nodes' own at all APIs'. */
export function isOwnPort(_: unknown, context: LawContext): boolean {
  const { environment, declaration, stack } = context;
  const { ports, daemons } = environment.routed;
  const { referenced_security_group_id: group, from_port, to_port } = declaration.values;
  const [from, to] = [Number(from_port), Number(to_port)];
  const only = (...one: readonly number[]): boolean => from === to && one.includes(from);
  const all = (base: number): boolean => from === base + 1 && to === base + MAX_SITE_ID;
  const sources = SOURCES.filter((name) => declaration.values[name] !== undefined);
  if (sources.length !== 1) return false;
  if (isApiGroup(context)) return group === undefined && only(listenerPort(environment));
  if (group === undefined) return all(ports.metricsBase) || only(...daemonMetricsPorts(daemons));
  const [nodes] = prefixed(context, "-nodes");
  const isOwn = referent(group, "aws_security_group", "id", { stack })?.values["name"] === nodes;
  return isOwn ? all(ports.apiBase) : only(ROUTER_PORT);
}
