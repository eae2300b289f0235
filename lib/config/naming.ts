import { partitionOf } from "./arn";
import type { Architecture, AutopilotSite, Environment, OperatingSystem } from "./environment";

/** On all that is managed; its value is the environment's name. */
export const ENVIRONMENT_TAG = "routed:environment";
/** On instances, ENIs and EIPs; its value is the slot's number. */
export const NODE_TAG = "routed:node";
/** On all that belongs to one PoP; its value is the PoP's name. ECS hands it on to the tasks. */
export const POP_TAG = "routed:pop";
/** On a PoP's service; its value is the site's id. ECS hands it on to the tasks. */
export const SITE_ID_TAG = "routed:site-id";
/**
 * On the service of a helper that runs on every node, and on what belongs to it; its value is the
 * daemon's name. Where a service has it, it is no PoP's.
 */
export const NODE_DAEMON_TAG = "routed:node-daemon";
/**
 * On a node daemon's service without which a node doesn't count as available; its value is
 * `availability`.
 */
export const NEEDED_FOR_TAG = "routed:needed-for";
/** On a PoP's ECS service where the fleet has cells; its value is the name of the PoP's cell. */
export const CELL_TAG = "routed:cell";
/** On a PoP's ECS service of the strategy REPLICA that is to have a task on every node: `daemon`. */
export const PLACEMENT_TAG = "routed:placement";
/**
 * On a PoP's ECS service where tasks have cores of their own; its value is the number of the PoP's
 * core set, from 0. ECS hands it on to the tasks.
 */
export const CORE_SET_TAG = "routed:core-set";
/**
 * On a task definition, where the config stages images: a digest of all that the config says of the
 * tasks that are made from it.
 */
export const TASK_SETTINGS_TAG = "routed:task-settings";
/** The container of a routed task that speaks BGP. */
export const BGP_CONTAINER = "bird";
/** ECS attribute of a container instance: the slot's number. */
export const SLOT_ATTRIBUTE = "routed.slot";
/** ECS attribute of a container instance: the slot's availability zone. */
export const ZONE_ATTRIBUTE = "routed.availability-zone";
/** ECS attribute of a container instance: the id of the rollout that drained it, or `NOBODY`. */
export const DRAINED_BY_ATTRIBUTE = "routed.drained-by";
/** Where what a rollout drained was set back: an attribute that is overwritten needs no right to delete. */
export const NOBODY = "-";

/** What AWS shows beside a security group's rule for a PoP's BGP peers. */
export function bgpRuleDescription(pop: string): string {
  return `BGP of ${pop}`;
}

/** The environment's ECS cluster, and the prefix of all its names. */
export function clusterName(environment: string): string {
  return `routed-${environment}`;
}

/**
 * The managed policy that bounds what an environment's roles may do. Not made by a deploy, which could
 * then widen it: the bootstrap makes it, or whoever gives out permissions.
 */
export function permissionsBoundaryName(environment: string): string {
  return `${clusterName(environment)}-boundary`;
}

/** Undefined where the config wants none. */
export function permissionsBoundaryArn({
  aws,
  name,
}: Pick<Environment, "aws" | "name">): string | undefined {
  const { accountId, permissionsBoundary, region } = aws;
  if (!permissionsBoundary) return undefined;
  return `arn:${partitionOf(region)}:iam::${accountId}:policy/${permissionsBoundaryName(name)}`;
}

/** The node daemon that routes the API to the PoPs' tasks. */
export const ROUTER_DAEMON = "router";

/**
 * The port that the router listens on: below all PoPs' ports, whose bases are 1024 or more, and
 * above those that take a capability.
 */
export const ROUTER_PORT = 1024;

/** A node daemon's ECS service: two hyphens, which no PoP's name has in it. */
export function nodeDaemonService(daemon: string): string {
  return `node--${daemon}`;
}

/** The tags of all that belongs to a node daemon. */
export function nodeDaemonTags(daemon: string, needed: boolean): Record<string, string> {
  return { [NODE_DAEMON_TAG]: daemon, ...(needed ? { [NEEDED_FOR_TAG]: "availability" } : {}) };
}

/**
 * The environment's own S3 bucket: tasks' snapshots lie below `snapshots/`, what rollouts keep below
 * `rollouts/`.
 *
 * @param prefix `clusterName` of the environment
 */
export function snapshotBucketName(prefix: string, accountId: string): string {
  return `${prefix}-${accountId}-snapshots`;
}

/** In that bucket: the record of the slots' addresses, which each deploy writes and each plan reads. */
export const ADDRESS_RECORD = "addresses.json";

/** What a slot's ENI was made with, and keeps whatever becomes of its tags. */
export function addressDescription(slot: number): string {
  return `Address of node ${slot}`;
}

/** All images that a node can run. */
export const IMAGES: readonly {
  readonly os: OperatingSystem;
  readonly architecture: Architecture;
}[] = [
  { os: "al2023", architecture: "x86_64" },
  { os: "al2023", architecture: "arm64" },
  { os: "bottlerocket", architecture: "x86_64" },
  { os: "bottlerocket", architecture: "arm64" },
];

/**
 * The public SSM parameter that holds the id of an OS's newest ECS-optimized AMI.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
 */
export function imageParameter(os: OperatingSystem, architecture: Architecture): string {
  switch (os) {
    case "al2023": {
      const variant = architecture === "arm64" ? "amazon-linux-2023/arm64" : "amazon-linux-2023";
      return `/aws/service/ecs/optimized-ami/${variant}/recommended/image_id`;
    }
    case "bottlerocket":
      return `/aws/service/bottlerocket/aws-ecs-2/${architecture}/latest/image_id`;
  }
}

/** The TCP ports that a PoP's tasks listen on, on every node that runs one. */
export interface PopPorts {
  readonly bgp: number;
  readonly api: number;
  readonly metrics: number;
}

/** A PoP's ports follow from its site's id alone, so no other PoP can move them. */
export function popPorts(
  bases: Environment["routed"]["ports"],
  siteId: AutopilotSite["id"],
): PopPorts {
  return {
    bgp: bases.bgpBase + siteId,
    api: bases.apiBase + siteId,
    metrics: bases.metricsBase + siteId,
  };
}
