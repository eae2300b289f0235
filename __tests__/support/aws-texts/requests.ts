import type { Arguments, SynthesizedStack } from "../../fixtures/synthesize";
import type { Request } from "./relations";

/** The calls of a stack's resources, as far as they have members that a relation is of. */
export function requestsOf(stack: SynthesizedStack): Request[] {
  return Object.entries(CALLS).flatMap(([type, call]) =>
    Object.values(stack.resource[type] ?? {}).map((resource) => call(resource)),
  );
}

type Block = Readonly<Record<string, unknown>>;

const CALLS: Readonly<Record<string, (resource: Arguments) => Request>> = {
  aws_cloudwatch_log_group: ({ retention_in_days }) =>
    request("logs:PutRetentionPolicy", { retentionInDays: retention_in_days }),
  aws_cloudwatch_metric_alarm: (alarm) =>
    request("cloudwatch:PutMetricAlarm", {
      Dimensions: alarm["dimensions"],
      MetricName: alarm["metric_name"],
      Namespace: alarm["namespace"],
      Period: alarm["period"],
      Statistic: alarm["statistic"],
      ExtendedStatistic: alarm["extended_statistic"],
      Threshold: alarm["threshold"],
      ThresholdMetricId: alarm["threshold_metric_id"],
      EvaluationPeriods: alarm["evaluation_periods"],
      DatapointsToAlarm: alarm["datapoints_to_alarm"],
      TreatMissingData: alarm["treat_missing_data"],
      Metrics: blocks(alarm["metric_query"])?.map((query) => ({
        Id: query["id"],
        Period: query["period"],
        MetricStat: { Period: (query["metric"] as Block | undefined)?.["period"] },
      })),
    }),
  aws_ecs_service: (service) =>
    request("ecs:CreateService", {
      schedulingStrategy: service["scheduling_strategy"],
      launchType: service["launch_type"],
      desiredCount: service["desired_count"],
      deploymentConfiguration: {
        maximumPercent: service["deployment_maximum_percent"],
        minimumHealthyPercent: service["deployment_minimum_healthy_percent"],
      },
      healthCheckGracePeriodSeconds: service["health_check_grace_period_seconds"],
      loadBalancers: service["load_balancer"],
      placementConstraints: service["placement_constraints"],
      placementStrategy: service["ordered_placement_strategy"],
    }),
  aws_ecs_task_definition: (definition) =>
    request("ecs:RegisterTaskDefinition", {
      networkMode: definition["network_mode"],
      executionRoleArn: definition["execution_role_arn"],
      volumes: definition["volume"],
      containerDefinitions: JSON.parse(String(definition["container_definitions"])) as unknown,
    }),
  aws_instance: (instance) =>
    request("ec2:RunInstances", {
      MinCount: 1,
      MaxCount: 1,
      MetadataOptions: blocks(instance["metadata_options"])?.map((options) => ({
        HttpPutResponseHopLimit: options["http_put_response_hop_limit"],
      }))[0],
      NetworkInterfaces: instance["network_interface"],
      SecurityGroupIds: instance["vpc_security_group_ids"],
      SecurityGroups: instance["security_groups"],
      SubnetId: instance["subnet_id"],
      PrivateIpAddress: instance["private_ip"],
      Ipv6Addresses: instance["ipv6_addresses"],
      Ipv6AddressCount: instance["ipv6_address_count"],
      BlockDeviceMappings: [
        ...(blocks(instance["root_block_device"]) ?? []),
        ...(blocks(instance["ebs_block_device"]) ?? []),
      ].map((volume) => ({
        DeviceName: volume["device_name"],
        Ebs: {
          Iops: volume["iops"],
          Throughput: volume["throughput"],
          VolumeSize: volume["volume_size"],
          VolumeType: volume["volume_type"],
        },
      })),
    }),
  aws_lb: (balancer) =>
    request("elbv2:CreateLoadBalancer", {
      Type: balancer["load_balancer_type"],
      Subnets: balancer["subnets"],
    }),
  aws_lb_listener: (listener) =>
    request("elbv2:CreateListener", {
      Protocol: listener["protocol"],
      SslPolicy: listener["ssl_policy"],
      Certificates: listener["certificate_arn"] === undefined ? [] : [listener["certificate_arn"]],
    }),
  aws_network_interface: (networkInterface) =>
    request("ec2:CreateNetworkInterface", {
      PrivateIpAddresses: addresses(networkInterface["private_ips"], "PrivateIpAddress"),
      Ipv6Addresses: addresses(networkInterface["ipv6_addresses"], "Ipv6Address"),
    }),
  aws_s3_bucket_lifecycle_configuration: ({ rule }) =>
    request("s3:PutBucketLifecycleConfiguration", {
      LifecycleConfiguration: {
        Rules: blocks(rule)?.map((each) => ({
          ID: each["id"],
          Filter: { Tag: blocks(each["filter"])?.[0]?.["tag"] },
          Expiration: { Days: blocks(each["expiration"])?.[0]?.["days"] },
          NoncurrentVersionExpiration: {
            NoncurrentDays: blocks(each["noncurrent_version_expiration"])?.[0]?.["noncurrent_days"],
          },
          AbortIncompleteMultipartUpload: blocks(each["abort_incomplete_multipart_upload"])?.map(
            (abort) => ({ DaysAfterInitiation: abort["days_after_initiation"] }),
          )[0],
        })),
      },
    }),
  aws_s3_bucket_server_side_encryption_configuration: ({ rule }) =>
    request("s3:PutBucketEncryption", {
      ServerSideEncryptionConfiguration: {
        Rules: blocks(rule)?.map((each) => {
          const [by] = blocks(each["apply_server_side_encryption_by_default"]) ?? [];
          return {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: by?.["sse_algorithm"],
              KMSMasterKeyID: by?.["kms_master_key_id"],
            },
          };
        }),
      },
    }),
  aws_security_group: ({ ingress }) =>
    request("ec2:AuthorizeSecurityGroupIngress", {
      IpPermissions: blocks(ingress)?.map((rule) => permission(rule, rule["protocol"])),
    }),
  aws_vpc_security_group_egress_rule: (rule) =>
    request("ec2:AuthorizeSecurityGroupEgress", {
      IpPermissions: [permission(rule, rule["ip_protocol"])],
    }),
  aws_vpc_security_group_ingress_rule: (rule) =>
    request("ec2:AuthorizeSecurityGroupIngress", {
      IpPermissions: [permission(rule, rule["ip_protocol"])],
    }),
};

function request(action: string, input: object): Request {
  return { action, input };
}

/** CDKTF writes a single block as an object or as a list of one. */
function blocks(value: unknown): readonly Block[] | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? (value as Block[]) : [value as Block];
}

function addresses(values: unknown, member: string): object[] {
  return ((values ?? []) as readonly string[]).map((value) => ({ [member]: value }));
}

function permission(rule: Block, protocol: unknown): object {
  return { IpProtocol: protocol, FromPort: rule["from_port"], ToPort: rule["to_port"] };
}
