/**
 * The versions of Terraform's AWS provider whose attributes this program knows by name, one of each
 * major version. What reads attributes (verify, drift, the report, the adoption of instances) reads
 * them of a plan, and a plan by any other version is refused when it is read, in `parseTerraformPlan`:
 * nobody has looked up what its attributes do.
 *
 * Of 6.66.0 the schema was read, as `@cdktn/provider-aws` 25.7.0 has it, and what instances and their
 * network interfaces do in a source of late 6.x; it was not run
 * (docs/decisions/0026-the-way-out-of-cdktf.md).
 */
export const KNOWN_PROVIDERS: readonly string[] = ["5.100.0", "6.66.0"];

/** Why a provider of this version can't be judged, for an error; null where it can. */
export function whyUnknown(version: string | null): string | null {
  if (version !== null && KNOWN_PROVIDERS.includes(version)) return null;
  const known = KNOWN_PROVIDERS.join(" and ");
  return (
    `the AWS provider's version is ${version ?? "not fixed"}, but what attributes do is known of ${known} only; ` +
    "go back to one of them, or look up what the other's attributes do (lib/terraform/known-providers.ts)"
  );
}

/**
 * What version 6 has and 5 has not, by type, besides `region`, which nearly all have. A state that 5
 * wrote holds none of it until 6 has read it. Complete but for parts of blocks, of which those are
 * here that the stacks use; `npm run try:cdktn` compares it with both schemas.
 */
const ADDED_IN_6: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: ["deletion_protection_enabled"],
  aws_cloudwatch_metric_alarm: [
    "evaluation_criteria",
    "evaluation_interval",
    "warm_up_configuration",
  ],
  aws_ecs_service: [
    "arn",
    "deployment_configuration",
    "load_balancer.advanced_configuration",
    "sigint_rollback",
  ],
  aws_instance: [
    "cpu_options.nested_virtualization",
    "force_destroy",
    "placement_group_id",
    "primary_network_interface",
    "secondary_network_interface",
  ],
  aws_lb: [
    "enable_prefix_for_ipv6_source_nat",
    "health_check_logs",
    "secondary_ips_auto_assigned_per_subnet",
  ],
  aws_lb_listener_rule: ["transform"],
  aws_lb_target_group: ["target_control_port"],
  aws_network_interface: ["ena_srd_specification"],
  aws_route: ["odb_network_arn"],
  aws_s3_bucket: ["bucket_namespace", "bucket_region"],
  aws_s3_bucket_public_access_block: ["skip_destroy"],
  aws_s3_bucket_server_side_encryption_configuration: ["rule.blocked_encryption_types"],
  aws_subnet: [
    "ipv4_ipam_pool_id",
    "ipv4_netmask_length",
    "ipv6_ipam_pool_id",
    "ipv6_netmask_length",
  ],
};

/** The attributes, without list indices, that version 6 of the provider has and 5 has not. */
export function addedIn6(type: string): readonly string[] {
  return ["region", ...(ADDED_IN_6[type] ?? [])];
}
