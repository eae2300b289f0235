import type { AttributeChange } from "./attribute-changes";

/**
 * What changing an attribute in place does to what runs:
 *
 * - `harmless`: nothing that a routed task or its peers would notice.
 * - `restarts`: the provider stops the instance and starts it again; every task's state is lost.
 * - `readdresses`: an address moves, or the way to it is taken apart.
 * - `cuts-off`: what runs goes on, and loses what it needs: a route, its credentials.
 * - `unknown`: nobody has looked; treated as the worst of the above.
 */
export type InPlaceEffect = "harmless" | "restarts" | "readdresses" | "cuts-off" | "unknown";

type Effects = Readonly<Record<string, InPlaceEffect>>;

const TAGS: Effects = { tags: "harmless", tags_all: "harmless" };
const harmless = (...names: readonly string[]): Effects =>
  Object.fromEntries(names.map((name) => [name, "harmless"]));

/**
 * Types whose in-place changes can disrupt, by attribute without list indices; a part of an
 * attribute takes after the whole unless it is named itself. What isn't named is `unknown`.
 *
 * One table for all known versions of the provider (known-providers.ts): where they differ, what an
 * attribute does by one can't happen by the other.
 */
const EFFECTS: Readonly<Record<string, Effects>> = {
  /**
   * From `resourceInstanceUpdate` in the provider's internal/service/ec2/ec2_instance.go: only what
   * goes through `modifyInstanceAttributeWithStopStart`, and the capacity reservation, stops the
   * instance. Attributes that can't change in place (`ForceNew`: ebs_optimized, enclave_options,
   * hibernation, host_id, placement_group, tenancy, …) replace it instead, and should they ever be
   * changed in place they are unknown here. Two that replace it in version 5 are changed in place by 6:
   * for cpu_options it stops the instance, and ipv6_addresses it exchanges.
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/ec2_instance.go
   */
  aws_instance: {
    ...TAGS,
    instance_type: "restarts",
    user_data: "restarts",
    user_data_base64: "restarts",
    capacity_reservation_specification: "restarts",
    cpu_options: "restarts",
    ipv6_address_count: "readdresses",
    ipv6_addresses: "readdresses",
    secondary_private_ips: "readdresses",
    iam_instance_profile: "harmless",
    metadata_options: "harmless",
    ...harmless(
      "credit_specification",
      "disable_api_stop",
      "disable_api_termination",
      // Of version 6: what the provider does before it terminates an instance.
      "force_destroy",
      "get_password_data",
      "instance_initiated_shutdown_behavior",
      "maintenance_options",
      "monitoring",
      "source_dest_check",
      "user_data_replace_on_change",
      "volume_tags",
      "vpc_security_group_ids",
      // EBS changes a volume's size and performance while it is in use.
      "root_block_device.delete_on_termination",
      "root_block_device.iops",
      "root_block_device.tags",
      "root_block_device.tags_all",
      "root_block_device.throughput",
      "root_block_device.volume_size",
      "root_block_device.volume_type",
    ),
    // What EC2 reports; it follows from something else.
    ...harmless("instance_state", "password_data", "private_dns", "public_dns", "public_ip"),
    timeouts: "harmless",
  },
  /**
   * From `resourceNetworkInterfaceUpdate`: a changed attachment is detached and attached again, and
   * a changed list of addresses gives up those that it no longer names.
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ec2/vpc_network_interface.go
   */
  aws_network_interface: {
    ...TAGS,
    attachment: "readdresses",
    ipv4_prefix_count: "readdresses",
    ipv4_prefixes: "readdresses",
    ipv6_address_count: "readdresses",
    ipv6_address_list: "readdresses",
    ipv6_addresses: "readdresses",
    ipv6_prefix_count: "readdresses",
    ipv6_prefixes: "readdresses",
    private_ip: "readdresses",
    private_ip_list: "readdresses",
    private_ips: "readdresses",
    private_ips_count: "readdresses",
    ...harmless("description", "security_groups", "source_dest_check"),
  },
  aws_eip: {
    ...TAGS,
    associate_with_private_ip: "readdresses",
    instance: "readdresses",
    network_interface: "readdresses",
    ...harmless("association_id", "private_dns", "ptr_record", "public_dns"),
  },
  aws_eip_association: {},
  aws_vpc: { ...TAGS, ...harmless("enable_network_address_usage_metrics") },
  aws_subnet: {
    ...TAGS,
    // What new interfaces get; those that exist keep what they have.
    ...harmless(
      "assign_ipv6_address_on_creation",
      "enable_resource_name_dns_a_record_on_launch",
      "enable_resource_name_dns_aaaa_record_on_launch",
      "map_public_ip_on_launch",
      "private_dns_hostname_type_on_launch",
    ),
  },
  aws_internet_gateway: { ...TAGS, vpc_id: "cuts-off" },
  aws_route_table: { ...TAGS, route: "cuts-off" },
  aws_route: { gateway_id: "cuts-off" },
  aws_route_table_association: { route_table_id: "cuts-off" },
  aws_security_group: {
    ...TAGS,
    // Of a group that holds them itself they are judged rule by rule, in check-security-group-rules.
    ingress: "cuts-off",
    egress: "cuts-off",
    revoke_rules_on_delete: "harmless",
  },
  aws_iam_instance_profile: { ...TAGS, role: "cuts-off" },
  aws_ecs_cluster: {
    ...TAGS,
    ...harmless("configuration", "service_connect_defaults", "setting"),
  },
  /** Counts and percentages are checked by value, in check-pops. */
  aws_ecs_service: {
    ...TAGS,
    ...harmless(
      "availability_zone_rebalancing",
      "deployment_circuit_breaker",
      "deployment_maximum_percent",
      "deployment_minimum_healthy_percent",
      "desired_count",
      "enable_ecs_managed_tags",
      "enable_execute_command",
      "force_new_deployment",
      "ordered_placement_strategy",
      "placement_constraints",
      "propagate_tags",
      // Of version 6: what the provider does when it is interrupted.
      "sigint_rollback",
      "task_definition",
      "timeouts",
      "triggers",
      "wait_for_steady_state",
    ),
  },
};

/** What one changed attribute does. Types without a table only ever change harmlessly in place. */
export function inPlaceEffect(type: string, change: AttributeChange): InPlaceEffect {
  const effects = EFFECTS[type];
  if (effects === undefined) return "harmless";
  const special = cutsOff(type, change);
  if (special) return "cuts-off";
  const parts = change.name.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const effect = effects[parts.slice(0, length).join(".")];
    if (effect !== undefined) return effect;
  }
  return "unknown";
}

/** Attributes that are harmless at any value but one. */
function cutsOff(type: string, { name, to, known }: AttributeChange): boolean {
  const taken = known && (to === null || to === undefined || to === "");
  switch (`${type}.${name}`) {
    // The ECS agent gets its credentials from the metadata service.
    case "aws_instance.metadata_options.http_endpoint":
      return to !== "enabled";
    case "aws_instance.iam_instance_profile":
      return taken;
    default:
      return false;
  }
}

/**
 * A participle, after "would be".
 *
 * @example
 * describeEffect("restarts") // → "stopped and started again"
 */
export function describeEffect(effect: Exclude<InPlaceEffect, "harmless">): string {
  switch (effect) {
    case "restarts":
      return "stopped and started again";
    case "readdresses":
      return "given other addresses or another place";
    case "cuts-off":
      return "cut off from what it needs";
    case "unknown":
      return "changed in a way that is not known to be harmless";
  }
}

/** The worst first. */
const SEVERITY: readonly InPlaceEffect[] = [
  "restarts",
  "readdresses",
  "cuts-off",
  "unknown",
  "harmless",
];

export interface InPlaceDisruption {
  readonly effect: Exclude<InPlaceEffect, "harmless">;
  /** The attributes that have an effect; the harmless ones are left out. */
  readonly attributes: readonly AttributeChange[];
}

/** What an update in place disrupts; null where it is harmless. */
export function inPlaceDisruption(
  type: string,
  changes: readonly AttributeChange[],
): InPlaceDisruption | null {
  const disruptive = changes.flatMap((attribute) => {
    const effect = inPlaceEffect(type, attribute);
    return effect === "harmless" ? [] : [{ attribute, effect }];
  });
  const worst = SEVERITY.find((effect) => disruptive.some((d) => d.effect === effect));
  if (worst === undefined || worst === "harmless") return null;
  return { effect: worst, attributes: disruptive.map(({ attribute }) => attribute) };
}
