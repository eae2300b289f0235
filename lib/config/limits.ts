import type { AutopilotSite } from "./environment";

/** Over how many security groups the PoPs' BGP rules are spread; with the nodes' own that makes 5, AWS's default per ENI. */
export const BGP_SECURITY_GROUPS = 4;

/**
 * Ingress rules that one security group takes, for IPv4 and for IPv6 each.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export const MAX_RULES_PER_SECURITY_GROUP = 60;

/**
 * Target groups, and rules, that one Application Load Balancer takes (a hard limit); a PoP needs one of each.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const MAX_POPS = 100;

/** Load balancers and target groups have names of at most 32 characters: `routed-<name>-…` leaves 8. */
export const MAX_ENVIRONMENT_NAME_LENGTH = 16;

/** The highest site id, and so the width of each port range. */
export const MAX_SITE_ID = 999;

/** Which of the BGP security groups holds a PoP's rules: by the site's id alone, so no other PoP can move them. */
export function bgpSecurityGroupIndex(siteId: AutopilotSite["id"]): number {
  return siteId % BGP_SECURITY_GROUPS;
}
