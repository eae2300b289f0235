import type { AutopilotSite } from "./environment";

/**
 * Ingress rules that one security group takes, for IPv4 and for IPv6 each.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export const MAX_RULES_PER_SECURITY_GROUP = 60;

/** Of the nodes' security group, those that let the load balancer and other nodes' routers in. */
export const ROUTER_RULES = 2;

/**
 * Tasks that one router checks and may send requests to: each PoP's on its own node and on each
 * node of the PoP's cell. HAProxy takes about 9 KB of memory for each.
 */
export const MAX_TASKS_PER_ROUTER = 20_000;

/** Load balancers and target groups have names of at most 32 characters: `routed-<name>-…` leaves 8. */
export const MAX_ENVIRONMENT_NAME_LENGTH = 16;

/** What ECS calls one vCPU. */
export const CPU_UNITS_PER_VCPU = 1024;

/** The highest site id, and so the width of each port range. */
export const MAX_SITE_ID = 999;

/**
 * Which of a number of BGP security groups a PoP's peers are in, from 0: by the site's id alone, so no
 * other PoP can move them.
 */
export function shardOf(siteId: AutopilotSite["id"], shards: number): number {
  return siteId % shards;
}
