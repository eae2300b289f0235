/**
 * The types of resources that a written stack may have. None of them stops, starts, detaches or
 * readdresses an instance that isn't its own, which `aws_ec2_instance_state`, `aws_eip_association` and
 * others do. Whoever adds a type to the stacks looks that up, and adds it here.
 */
export const KNOWN_TYPES: readonly string[] = [
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_metric_alarm",
  "aws_default_security_group",
  "aws_ecs_cluster",
  "aws_ecs_service",
  "aws_ecs_task_definition",
  "aws_eip",
  "aws_iam_instance_profile",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_instance",
  "aws_internet_gateway",
  "aws_lb",
  "aws_lb_listener",
  "aws_lb_target_group",
  "aws_network_interface",
  "aws_route",
  "aws_route_table",
  "aws_route_table_association",
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_security_group",
  "aws_sns_topic",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
];

/** Types that say which instance they are of, and only look at it. */
export const MAY_NAME_A_NODE: readonly string[] = ["aws_cloudwatch_metric_alarm"];
