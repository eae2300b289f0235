/** What a resource's attributes hold. Paths are dotted: `[]` is each item of a list, `*` any key. */
export interface TypeRow {
  /** By path, the member of AWS's API that a text becomes, as sandbox/aws/texts/rules.json has it. */
  readonly texts?: Readonly<Record<string, string>>;
  /** By path of an object, the member that its keys become. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Paths of tags. */
  readonly tags?: readonly string[];
  /** Paths of texts that hold a document, which the row is of. */
  readonly documents?: Readonly<Record<string, DocumentRow>>;
  /** Paths of what isn't ours to word: ids, ARNs, addresses, names of AWS's own, commands. */
  readonly others?: readonly string[];
}

export interface DocumentRow extends TypeRow {
  readonly form: "json" | "user data";
  /** The member that the whole document is. */
  readonly whole?: string;
}

const DIMENSION = "cloudwatch:PutMetricAlarm Dimensions[]";
const METRIC = "cloudwatch:PutMetricAlarm Metrics[].MetricStat.Metric";
const CONTAINER = "ecs:RegisterTaskDefinition containerDefinitions[]";
const ATTRIBUTE = "ecs:RegisterContainerInstance attributes[]";
const GROUP_RULE_WORDS = [
  "cidr_ipv4",
  "cidr_ipv6",
  "ip_protocol",
  "referenced_security_group_id",
  "security_group_id",
];

function policy(document: string): DocumentRow {
  return {
    form: "json",
    ...(document === "s3:PutBucketPolicy Policy" ? {} : { whole: document }),
    texts: { "Statement[].Sid": `${document} > Statement[].Sid` },
    // Tags in the keys of conditions are judged as tags.
    others: [
      "Version",
      "Statement[].Action[]",
      "Statement[].Effect",
      "Statement[].Resource",
      "Statement[].Resource[]",
      "Statement[].Principal",
      "Statement[].Principal.*",
      "Statement[].Condition.*.*",
      "Statement[].Condition.*.*[]",
    ],
  };
}

const containers: DocumentRow = {
  form: "json",
  texts: {
    "[].name": `${CONTAINER}.name`,
    "[].image": `${CONTAINER}.image`,
    "[].dependsOn[].containerName": `${CONTAINER}.dependsOn[].containerName`,
    "[].mountPoints[].sourceVolume": `${CONTAINER}.mountPoints[].sourceVolume`,
    "[].logConfiguration.options.awslogs-group": "logs:CreateLogGroup logGroupName",
    "[].logConfiguration.options.awslogs-stream-prefix": "logs:CreateLogStream logStreamName",
  },
  others: [
    "[].command[]",
    "[].dependsOn[].condition",
    "[].entryPoint[]",
    "[].environment[].name",
    "[].environment[].value",
    "[].healthCheck.command[]",
    "[].linuxParameters.capabilities.drop[]",
    "[].linuxParameters.tmpfs[].containerPath",
    "[].linuxParameters.tmpfs[].mountOptions[]",
    "[].logConfiguration.logDriver",
    "[].logConfiguration.options.awslogs-region",
    "[].logConfiguration.options.max-buffer-size",
    "[].logConfiguration.options.mode",
    "[].mountPoints[].containerPath",
    "[].portMappings[].protocol",
    "[].ulimits[].name",
  ],
};

const userData: DocumentRow = {
  form: "user data",
  whole: "ec2:RunInstances UserData",
  texts: { cluster: "ecs:RegisterContainerInstance cluster", "attributes.*": `${ATTRIBUTE}.value` },
  keys: { attributes: `${ATTRIBUTE}.name` },
};

/** Every attribute of every type that a stack may have and that holds text. */
export const ATTRIBUTES: Readonly<Record<string, TypeRow>> = {
  "data.aws_instance": { others: ["instance_id"] },
  "data.aws_instances": {
    others: ["filter[].name", "filter[].values[]", "instance_state_names[]"],
  },
  "data.aws_network_interface": { others: ["id"] },
  aws_cloudwatch_log_group: { texts: { name: "logs:CreateLogGroup logGroupName" }, tags: ["tags"] },
  aws_cloudwatch_metric_alarm: {
    texts: {
      alarm_name: "cloudwatch:PutMetricAlarm AlarmName",
      alarm_description: "cloudwatch:PutMetricAlarm AlarmDescription",
      metric_name: "cloudwatch:PutMetricAlarm MetricName",
      namespace: "cloudwatch:PutMetricAlarm Namespace",
      "dimensions.*": `${DIMENSION}.Value`,
      "metric_query[].id": "cloudwatch:PutMetricAlarm Metrics[].Id",
      "metric_query[].label": "cloudwatch:PutMetricAlarm Metrics[].Label",
      "metric_query[].expression": "cloudwatch:PutMetricAlarm Metrics[].Expression",
      "metric_query[].metric.metric_name": `${METRIC}.MetricName`,
      "metric_query[].metric.namespace": `${METRIC}.Namespace`,
      "metric_query[].metric.dimensions.*": `${METRIC}.Dimensions[].Value`,
    },
    keys: {
      dimensions: `${DIMENSION}.Name`,
      "metric_query[].metric.dimensions": `${METRIC}.Dimensions[].Name`,
    },
    tags: ["tags"],
    others: [
      "alarm_actions[]",
      "comparison_operator",
      "insufficient_data_actions[]",
      "metric_query[].metric.stat",
      "ok_actions[]",
      "statistic",
      "treat_missing_data",
    ],
  },
  aws_default_security_group: { tags: ["tags"], others: ["vpc_id"] },
  aws_ec2_subnet_cidr_reservation: { others: ["cidr_block", "reservation_type", "subnet_id"] },
  aws_ecs_cluster: {
    texts: { name: "ecs:CreateCluster clusterName" },
    tags: ["tags"],
    others: ["setting[].name", "setting[].value"],
  },
  aws_ecs_service: {
    texts: {
      name: "ecs:CreateService serviceName",
      "load_balancer[].container_name": "ecs:CreateService loadBalancers[].containerName",
      "placement_constraints[].expression": "ecs:CreateService placementConstraints[].expression",
    },
    tags: ["tags"],
    others: [
      "availability_zone_rebalancing",
      "cluster",
      "launch_type",
      "load_balancer[].target_group_arn",
      "ordered_placement_strategy[].field",
      "ordered_placement_strategy[].type",
      "placement_constraints[].type",
      "propagate_tags",
      "scheduling_strategy",
      "task_definition",
    ],
  },
  aws_ecs_task_definition: {
    texts: {
      family: "ecs:RegisterTaskDefinition family",
      "volume[].name": "ecs:RegisterTaskDefinition volumes[].name",
    },
    tags: ["tags"],
    documents: { container_definitions: containers },
    others: [
      "cpu",
      "execution_role_arn",
      "memory",
      "network_mode",
      "requires_compatibilities[]",
      "task_role_arn",
      "volume[].host_path",
    ],
  },
  aws_eip: { tags: ["tags"], others: ["address", "domain", "network_interface"] },
  aws_iam_instance_profile: {
    texts: {
      name: "iam:CreateInstanceProfile InstanceProfileName",
      role: "iam:CreateRole RoleName",
    },
    tags: ["tags"],
  },
  aws_iam_openid_connect_provider: {
    texts: {
      url: "iam:CreateOpenIDConnectProvider Url",
      "client_id_list[]": "iam:CreateOpenIDConnectProvider ClientIDList[]",
    },
    tags: ["tags"],
  },
  aws_iam_policy: {
    texts: { name: "iam:CreatePolicy PolicyName" },
    tags: ["tags"],
    documents: { policy: policy("iam:CreatePolicy PolicyDocument") },
  },
  aws_iam_role: {
    texts: { name: "iam:CreateRole RoleName", description: "iam:CreateRole Description" },
    tags: ["tags"],
    documents: { assume_role_policy: policy("iam:CreateRole AssumeRolePolicyDocument") },
    others: ["permissions_boundary"],
  },
  aws_iam_role_policy: {
    texts: { name: "iam:PutRolePolicy PolicyName" },
    documents: { policy: policy("iam:PutRolePolicy PolicyDocument") },
    others: ["role"],
  },
  aws_iam_role_policy_attachment: { others: ["policy_arn", "role"] },
  aws_instance: {
    tags: ["tags", "ebs_block_device[].tags", "root_block_device.tags"],
    documents: { user_data_base64: userData },
    others: [
      "ami",
      "ebs_block_device[].device_name",
      "ebs_block_device[].volume_type",
      "iam_instance_profile",
      "instance_type",
      "metadata_options.http_endpoint",
      "metadata_options.http_protocol_ipv6",
      "metadata_options.http_tokens",
      "network_interface[].network_interface_id",
      "root_block_device.volume_type",
    ],
  },
  aws_internet_gateway: { tags: ["tags"], others: ["vpc_id"] },
  aws_lb: {
    texts: { name: "elbv2:CreateLoadBalancer Name" },
    tags: ["tags"],
    others: [
      "access_logs.bucket",
      "ip_address_type",
      "load_balancer_type",
      "security_groups[]",
      "subnets[]",
    ],
  },
  aws_lb_listener: {
    tags: ["tags"],
    others: [
      "certificate_arn",
      "default_action[].target_group_arn",
      "default_action[].type",
      "load_balancer_arn",
      "protocol",
      "ssl_policy",
    ],
  },
  aws_lb_target_group: {
    texts: {
      name: "elbv2:CreateTargetGroup Name",
      "health_check.path": "elbv2:CreateTargetGroup HealthCheckPath",
    },
    tags: ["tags"],
    others: ["deregistration_delay", "health_check.matcher", "protocol", "target_type", "vpc_id"],
  },
  aws_network_interface: {
    texts: { description: "ec2:CreateNetworkInterface Description" },
    tags: ["tags"],
    others: ["ipv6_addresses[]", "private_ips[]", "security_groups[]", "subnet_id"],
  },
  aws_route: {
    others: [
      "destination_cidr_block",
      "destination_ipv6_cidr_block",
      "gateway_id",
      "route_table_id",
    ],
  },
  aws_route_table: { tags: ["tags"], others: ["vpc_id"] },
  aws_route_table_association: { others: ["route_table_id", "subnet_id"] },
  aws_s3_bucket: { texts: { bucket: "s3:CreateBucket Bucket" }, tags: ["tags"] },
  aws_s3_bucket_lifecycle_configuration: {
    texts: {
      "rule[].id": "s3:PutBucketLifecycleConfiguration LifecycleConfiguration.Rules[].ID",
    },
    others: ["bucket", "rule[].filter[].prefix", "rule[].status"],
  },
  aws_s3_bucket_ownership_controls: { others: ["bucket", "rule.object_ownership"] },
  aws_s3_bucket_policy: {
    documents: { policy: policy("s3:PutBucketPolicy Policy") },
    others: ["bucket"],
  },
  aws_s3_bucket_public_access_block: { others: ["bucket"] },
  aws_s3_bucket_server_side_encryption_configuration: {
    others: ["bucket", "rule[].apply_server_side_encryption_by_default.sse_algorithm"],
  },
  aws_s3_bucket_versioning: { others: ["bucket", "versioning_configuration.status"] },
  aws_s3_object: {
    documents: {
      content: {
        form: "json",
        others: [
          "environment",
          ...[
            "availabilityZone",
            "networkInterfaceId",
            "privateIpv4",
            "ipv6",
            "allocationId",
            "publicIpv4",
          ].map((member) => `remembered[].${member}`),
        ],
      },
    },
    others: ["bucket", "content_type", "key"],
  },
  aws_security_group: {
    texts: {
      name: "ec2:CreateSecurityGroup GroupName",
      description: "ec2:CreateSecurityGroup Description",
      "ingress[].description":
        "ec2:AuthorizeSecurityGroupIngress IpPermissions[].IpRanges[].Description",
    },
    tags: ["tags"],
    others: [
      "ingress[].cidr_blocks[]",
      "ingress[].ipv6_cidr_blocks[]",
      "ingress[].protocol",
      "vpc_id",
    ],
  },
  aws_sns_topic: { texts: { name: "sns:CreateTopic Name" }, tags: ["tags"] },
  aws_subnet: {
    texts: { cidr_block: "ec2:CreateSubnet CidrBlock" },
    tags: ["tags"],
    others: ["availability_zone", "ipv6_cidr_block", "vpc_id"],
  },
  aws_vpc: { texts: { cidr_block: "ec2:CreateVpc CidrBlock" }, tags: ["tags"] },
  aws_vpc_security_group_egress_rule: {
    texts: {
      description: "ec2:AuthorizeSecurityGroupEgress IpPermissions[].IpRanges[].Description",
    },
    tags: ["tags"],
    others: GROUP_RULE_WORDS,
  },
  aws_vpc_security_group_ingress_rule: {
    texts: {
      description: "ec2:AuthorizeSecurityGroupIngress IpPermissions[].IpRanges[].Description",
    },
    tags: ["tags"],
    others: GROUP_RULE_WORDS,
  },
};
