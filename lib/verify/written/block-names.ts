import { createHash } from "node:crypto";

/**
 * The Terraform addresses under which the states of all environments hold what outlives deploys. They
 * are a contract: a block with another name is another resource, and what has the old one is destroyed.
 * CDKTF makes a name of a construct's path; that rule is written down here once more, so that whoever
 * renames a construct, or has CDKTF name it otherwise, is told.
 */
export const FOUNDATION: readonly string[] = [
  block("aws_vpc", "cluster/network/Resource"),
  block("aws_ecs_cluster", "cluster/Resource"),
  block("aws_s3_bucket", "cluster/buckets/snapshots/Resource"),
  block("aws_s3_bucket", "cluster/buckets/access-logs/Resource"),
];

/** The blocks of a slot. */
export interface SlotBlocks {
  readonly instance: string;
  readonly networkInterface: string;
  readonly elasticIp: string;
}

export function blocksOf(slot: number): SlotBlocks {
  return {
    instance: block("aws_instance", `fleet/node-${slot}/Resource`),
    networkInterface: block("aws_network_interface", `fleet/node-${slot}/address/Resource`),
    elasticIp: block("aws_eip", `fleet/node-${slot}/address/elastic-ip`),
  };
}

/** `aws_eip.fleet_node-0_address_elastic-ip_F92831E1`: the path's parts, and of the whole a digest. */
function block(type: string, path: string): string {
  const digest = createHash("md5").update(path).digest("hex").slice(0, 8).toUpperCase();
  const parts = path.split("/").filter((part) => part !== "Resource");
  return `${type}.${[...parts, digest].join("_")}`;
}
