/**
 * The IAM actions that Terraform's AWS provider 5.100.0 calls for each type of resource and data
 * source of a synthesized stack: to create, read, change, tag and delete it. A type without an entry
 * fails a test, and so does a call of a real deploy that is not in here.
 *
 * From the provider's source and from what real deploys called. Where AWS wants one more action than the
 * call's own, it is here too: tagging while creating, passing a role.
 *
 * Left out on purpose, since no deploy may do it, whatever a construct says:
 * - StopInstances, StartInstances: how the provider changes a node in place. Nodes are replaced.
 * - AssignPrivateIpAddresses, UnassignIpv6Addresses and the like: a slot's addresses never change.
 * - DeregisterTaskDefinition: replaced revisions stay, for rollbacks.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/v5.100.0/internal/service
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const RESOURCE_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: [
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DeleteRetentionPolicy",
    "logs:DescribeLogGroups",
    "logs:ListTagsForResource",
    "logs:PutRetentionPolicy",
    "logs:TagResource",
    "logs:UntagResource",
  ],
  aws_cloudwatch_metric_alarm: [
    "cloudwatch:DeleteAlarms",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:ListTagsForResource",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:TagResource",
    "cloudwatch:UntagResource",
    // The first alarm of an account that acts on an instance.
    "iam:CreateServiceLinkedRole",
  ],
  aws_default_security_group: [
    ...ec2Tags(),
    "ec2:DescribeSecurityGroups",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
  ],
  aws_ec2_subnet_cidr_reservation: [
    "ec2:CreateSubnetCidrReservation",
    "ec2:DeleteSubnetCidrReservation",
    "ec2:GetSubnetCidrReservations",
  ],
  aws_ecs_cluster: [
    "ecs:CreateCluster",
    "ecs:DeleteCluster",
    "ecs:DescribeClusters",
    "ecs:TagResource",
    "ecs:UntagResource",
    "ecs:UpdateCluster",
    // The first cluster of an account.
    "iam:CreateServiceLinkedRole",
  ],
  aws_ecs_service: [
    "ecs:CreateService",
    "ecs:DeleteService",
    "ecs:DescribeServices",
    "ecs:TagResource",
    "ecs:UntagResource",
    "ecs:UpdateService",
  ],
  aws_ecs_task_definition: [
    "ecs:DescribeTaskDefinition",
    "ecs:RegisterTaskDefinition",
    "ecs:TagResource",
    "ecs:UntagResource",
    "iam:PassRole",
  ],
  aws_eip: [
    ...ec2Tags(),
    "ec2:AllocateAddress",
    "ec2:AssociateAddress",
    "ec2:DescribeAddresses",
    "ec2:DescribeAddressesAttribute",
    "ec2:DisassociateAddress",
    "ec2:ReleaseAddress",
  ],
  aws_iam_instance_profile: [
    "iam:AddRoleToInstanceProfile",
    "iam:CreateInstanceProfile",
    "iam:DeleteInstanceProfile",
    "iam:GetInstanceProfile",
    "iam:PassRole",
    "iam:RemoveRoleFromInstanceProfile",
    "iam:TagInstanceProfile",
    "iam:UntagInstanceProfile",
  ],
  aws_iam_role: [
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:GetRole",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    // Of a role that was made without one; deploys take none off (DeleteRolePermissionsBoundary).
    "iam:PutRolePermissionsBoundary",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
  ],
  aws_iam_role_policy: ["iam:DeleteRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy"],
  aws_iam_role_policy_attachment: [
    "iam:AttachRolePolicy",
    "iam:DetachRolePolicy",
    "iam:ListAttachedRolePolicies",
  ],
  aws_instance: [
    ...ec2Tags(),
    "ec2:DescribeImages",
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeInstanceCreditSpecifications",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeTags",
    "ec2:DescribeVolumes",
    "ec2:DescribeVpcs",
    // Before it terminates a node, the provider takes its protection off.
    "ec2:ModifyInstanceAttribute",
    "ec2:ModifyInstanceMetadataOptions",
    "ec2:RunInstances",
    "ec2:TerminateInstances",
    "iam:PassRole",
  ],
  aws_internet_gateway: [
    ...ec2Tags(),
    "ec2:AttachInternetGateway",
    "ec2:CreateInternetGateway",
    "ec2:DeleteInternetGateway",
    "ec2:DescribeInternetGateways",
    "ec2:DetachInternetGateway",
  ],
  aws_lb: [
    ...elbTags(),
    // Where its interfaces go when it is deleted.
    "ec2:DescribeNetworkInterfaces",
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DescribeCapacityReservation",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:SetIpAddressType",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
    // The first load balancer of an account.
    "iam:CreateServiceLinkedRole",
  ],
  aws_lb_listener: [
    ...elbTags(),
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DescribeListenerAttributes",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
  ],
  aws_lb_target_group: [
    ...elbTags(),
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
  ],
  aws_network_interface: [
    ...ec2Tags(),
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DetachNetworkInterface",
    // Its security groups and its description.
    "ec2:ModifyNetworkInterfaceAttribute",
  ],
  aws_route: ["ec2:CreateRoute", "ec2:DeleteRoute", "ec2:DescribeRouteTables", "ec2:ReplaceRoute"],
  aws_route_table: [
    ...ec2Tags(),
    "ec2:CreateRouteTable",
    "ec2:DeleteRouteTable",
    "ec2:DescribeRouteTables",
    "ec2:DisassociateRouteTable",
  ],
  aws_route_table_association: [
    "ec2:AssociateRouteTable",
    "ec2:DescribeRouteTables",
    "ec2:DisassociateRouteTable",
    "ec2:ReplaceRouteTableAssociation",
  ],
  aws_s3_bucket: [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:GetAccelerateConfiguration",
    "s3:GetBucketAcl",
    "s3:GetBucketCORS",
    "s3:GetBucketLogging",
    "s3:GetBucketObjectLockConfiguration",
    "s3:GetBucketPolicy",
    "s3:GetBucketRequestPayment",
    "s3:GetBucketTagging",
    "s3:GetBucketVersioning",
    "s3:GetBucketWebsite",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:PutBucketTagging",
    // Only where buckets are not protected: what is in one goes with it.
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:ListBucketVersions",
  ],
  aws_s3_bucket_lifecycle_configuration: [
    "s3:GetLifecycleConfiguration",
    "s3:PutLifecycleConfiguration",
  ],
  aws_s3_bucket_ownership_controls: [
    "s3:GetBucketOwnershipControls",
    "s3:PutBucketOwnershipControls",
  ],
  aws_s3_bucket_policy: ["s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketPolicy"],
  aws_s3_bucket_public_access_block: [
    "s3:GetBucketPublicAccessBlock",
    "s3:PutBucketPublicAccessBlock",
  ],
  aws_s3_bucket_server_side_encryption_configuration: [
    "s3:GetEncryptionConfiguration",
    "s3:PutEncryptionConfiguration",
  ],
  aws_s3_bucket_versioning: ["s3:GetBucketVersioning", "s3:PutBucketVersioning"],
  // The record of addresses.
  aws_s3_object: [
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:GetObject",
    "s3:GetObjectTagging",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:PutObject",
    "s3:PutObjectTagging",
  ],
  aws_security_group: [
    ...ec2Tags(),
    // The rules that a group holds itself.
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:CreateSecurityGroup",
    "ec2:DeleteSecurityGroup",
    // Of what still uses a group that is to be deleted.
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    // A new group lets everything out, until the provider takes that back.
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
  ],
  aws_sns_topic: [
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "sns:SetTopicAttributes",
    "sns:TagResource",
    "sns:UntagResource",
  ],
  aws_subnet: [
    ...ec2Tags(),
    "ec2:CreateSubnet",
    "ec2:DeleteSubnet",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:ModifySubnetAttribute",
  ],
  aws_vpc: [
    ...ec2Tags(),
    "ec2:CreateVpc",
    "ec2:DeleteVpc",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcs",
    "ec2:ModifyVpcAttribute",
  ],
  aws_vpc_security_group_egress_rule: [
    ...ec2Tags(),
    "ec2:AuthorizeSecurityGroupEgress",
    "ec2:DescribeSecurityGroupRules",
    "ec2:ModifySecurityGroupRules",
    "ec2:RevokeSecurityGroupEgress",
  ],
  aws_vpc_security_group_ingress_rule: [
    ...ec2Tags(),
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:DescribeSecurityGroupRules",
    "ec2:ModifySecurityGroupRules",
    "ec2:RevokeSecurityGroupIngress",
  ],
  "data.aws_instance": [
    "ec2:DescribeInstanceAttribute",
    "ec2:DescribeInstanceCreditSpecifications",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeTags",
    "ec2:DescribeVolumes",
  ],
  "data.aws_instances": ["ec2:DescribeInstances"],
  "data.aws_network_interface": ["ec2:DescribeNetworkInterfaces"],
};

/** What the provider itself calls, before anything else. */
export const PROVIDER_ACTIONS: readonly string[] = ["sts:GetCallerIdentity"];

/** The managed policies that stacks attach to roles, by name. */
export const ATTACHED_POLICIES: readonly string[] = ["AmazonSSMManagedInstanceCore"];

function ec2Tags(): string[] {
  return ["ec2:CreateTags", "ec2:DeleteTags"];
}

function elbTags(): string[] {
  return [
    "elasticloadbalancing:AddTags",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:RemoveTags",
  ];
}
