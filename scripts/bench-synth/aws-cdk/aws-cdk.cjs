"use strict";
/**
 * The product's graph as an AWS CDK program: `node aws-cdk.cjs <graph.json> [package]`.
 *
 * `graph.json` counts the product's own resources by Terraform type; each becomes an L1 construct of
 * the CloudFormation type in its place, with properties and references of the same size. What
 * CloudFormation keeps inside of a bucket (lifecycle, encryption, …) are properties here. It plans
 * nothing, reads no config and looks nothing up: all of that is the product's disadvantage.
 */
const { readFileSync } = require("node:fs");
const [graph = "", library = "aws-cdk-lib"] = process.argv.slice(2);
const cdk = require(`${library}`);
const cloudwatch = require(`${library}/aws-cloudwatch`);
const ec2 = require(`${library}/aws-ec2`);
const ecs = require(`${library}/aws-ecs`);
const elb = require(`${library}/aws-elasticloadbalancingv2`);
const iam = require(`${library}/aws-iam`);
const logs = require(`${library}/aws-logs`);
const s3 = require(`${library}/aws-s3`);
const sns = require(`${library}/aws-sns`);

const counts = JSON.parse(readFileSync(graph, "utf8"));

// CloudFormation takes 500 resources in a stack; what counts here is the synthesis.
const app = new cdk.App({ context: { "@aws-cdk/core:stackResourceLimit": 0 } });
const stack = new cdk.Stack(app, "bench", {
  env: { account: "123456789012", region: "us-east-2" },
});
/** By Terraform's type, in the order of their making. */
const made = {};
const the = (type, index) => made[type][index % made[type].length];
const tags = (name) => [
  { key: "Name", value: name },
  { key: "routed:environment", value: "bench" },
];
const popTags = (index) => [
  ...tags(`pop${index + 1}`),
  { key: "routed:pop", value: `pop${index + 1}` },
];
const assumedBy = (service) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: service },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ],
});

/** The load balancer's group and the nodes' have no rules of their own; the others share the PoPs. */
const GROUPS_WITHOUT_PEERS = 2;
const peersOf = (group) => {
  const groups = counts.aws_security_group - GROUPS_WITHOUT_PEERS;
  const pops = Array.from({ length: counts.aws_ecs_service }, (_, index) => index);
  return pops
    .filter((index) => index % groups === group - GROUPS_WITHOUT_PEERS)
    .map((index) => ({
      description: `BGP of pop${index + 1}`,
      ipProtocol: "tcp",
      fromPort: 10001 + index,
      toPort: 10001 + index,
      cidrIpv6: `2001:db8:${(index + 1).toString(16)}::/48`,
    }));
};

const container = (name, index, health) => ({
  name,
  image: "registry.example/autopilot-routed:67a7485bd192-3177",
  command: [name],
  essential: true,
  environment: [
    { name: "AWS_REGION", value: "us-east-2" },
    { name: "ROUTED_API_PORT", value: String(20001 + index) },
    { name: "ROUTED_BGP_PORT", value: String(10001 + index) },
    { name: "ROUTED_ENVIRONMENT", value: "bench" },
    { name: "ROUTED_METRICS_PORT", value: String(30001 + index) },
    { name: "ROUTED_POP", value: `pop${index + 1}` },
    { name: "ROUTED_SITE_ID", value: String(index + 1) },
    { name: "ROUTED_SNAPSHOT_BUCKET", value: the("aws_s3_bucket", 0).ref },
    { name: "ROUTED_SNAPSHOT_PREFIX", value: `snapshots/pop${index + 1}/` },
  ],
  portMappings: [{ containerPort: 20001 + index, hostPort: 20001 + index, protocol: "tcp" }],
  ulimits: [{ name: "nofile", softLimit: 65536, hardLimit: 65536 }],
  ...(health
    ? {
        healthCheck: {
          command: ["CMD", "healthcheck"],
          interval: 30,
          retries: 10,
          startPeriod: 300,
          timeout: 10,
        },
      }
    : {}),
  logConfiguration: {
    logDriver: "awslogs",
    options: {
      "awslogs-group": the("aws_cloudwatch_log_group", 0).ref,
      "awslogs-region": "us-east-2",
      "awslogs-stream-prefix": `pop${index + 1}`,
    },
  },
});

/** In an order in which everything exists before it is referred to. */
const FACTORIES = {
  aws_vpc: (id) =>
    new ec2.CfnVPC(stack, id, {
      cidrBlock: "10.64.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: tags(id),
    }),
  aws_default_security_group: (id) =>
    new ec2.CfnVPCCidrBlock(stack, id, {
      vpcId: the("aws_vpc", 0).ref,
      amazonProvidedIpv6CidrBlock: true,
    }),
  aws_subnet: (id, index) =>
    new ec2.CfnSubnet(stack, id, {
      vpcId: the("aws_vpc", 0).ref,
      availabilityZone: `us-east-2${"abc"[index % 3]}`,
      cidrBlock: `10.64.${index}.0/24`,
      ipv6CidrBlock: cdk.Fn.select(
        index,
        cdk.Fn.cidr(cdk.Fn.select(0, the("aws_vpc", 0).attrIpv6CidrBlocks), 8, "64"),
      ),
      tags: tags(id),
    }),
  aws_internet_gateway: (id) => new ec2.CfnInternetGateway(stack, id, { tags: tags(id) }),
  aws_route_table: (id) =>
    new ec2.CfnRouteTable(stack, id, { vpcId: the("aws_vpc", 0).ref, tags: tags(id) }),
  aws_route: (id, index) =>
    new ec2.CfnRoute(stack, id, {
      routeTableId: the("aws_route_table", 0).ref,
      gatewayId: the("aws_internet_gateway", 0).ref,
      ...(index === 0
        ? { destinationCidrBlock: "0.0.0.0/0" }
        : { destinationIpv6CidrBlock: "::/0" }),
    }),
  aws_route_table_association: (id, index) =>
    new ec2.CfnSubnetRouteTableAssociation(stack, id, {
      routeTableId: the("aws_route_table", 0).ref,
      subnetId: the("aws_subnet", index).ref,
    }),
  aws_s3_bucket: (id) =>
    new s3.CfnBucket(stack, id, {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          { serverSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ],
      },
      lifecycleConfiguration: {
        rules: [{ id: "expire", status: "Enabled", expirationInDays: 30 }],
      },
      ownershipControls: { rules: [{ objectOwnership: "BucketOwnerEnforced" }] },
      publicAccessBlockConfiguration: {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      versioningConfiguration: { status: "Enabled" },
      tags: tags(id),
    }),
  aws_s3_bucket_policy: (id, index) =>
    new s3.CfnBucketPolicy(stack, id, {
      bucket: the("aws_s3_bucket", index).ref,
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Action: "s3:*",
            Principal: "*",
            Resource: [the("aws_s3_bucket", index).attrArn],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    }),
  aws_cloudwatch_log_group: (id) =>
    new logs.CfnLogGroup(stack, id, {
      logGroupName: "/routed/bench",
      retentionInDays: 30,
      tags: tags(id),
    }),
  aws_iam_role: (id) =>
    new iam.CfnRole(stack, id, {
      assumeRolePolicyDocument: assumedBy("ecs-tasks.amazonaws.com"),
      tags: tags(id),
    }),
  aws_iam_role_policy: (id, index) =>
    new iam.CfnRolePolicy(stack, id, {
      policyName: id,
      roleName: the("aws_iam_role", index).ref,
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: ["s3:GetObject"], Resource: the("aws_s3_bucket", 0).attrArn },
        ],
      },
    }),
  aws_iam_role_policy_attachment: (id, index) =>
    new iam.CfnManagedPolicy(stack, id, {
      roles: [the("aws_iam_role", index).ref],
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["ssm:UpdateInstanceInformation"], Resource: "*" }],
      },
    }),
  aws_iam_instance_profile: (id) =>
    new iam.CfnInstanceProfile(stack, id, { roles: [the("aws_iam_role", 0).ref] }),
  aws_security_group: (id, index) =>
    new ec2.CfnSecurityGroup(stack, id, {
      groupDescription: id,
      vpcId: the("aws_vpc", 0).ref,
      securityGroupIngress: peersOf(index),
      tags: tags(id),
    }),
  aws_vpc_security_group_egress_rule: (id, index) =>
    new ec2.CfnSecurityGroupEgress(stack, id, {
      groupId: the("aws_security_group", index).attrGroupId,
      ipProtocol: "-1",
      cidrIpv6: "::/0",
    }),
  aws_vpc_security_group_ingress_rule: (id, index) =>
    new ec2.CfnSecurityGroupIngress(stack, id, {
      groupId: the("aws_security_group", index).attrGroupId,
      description: "Metrics for Prometheus",
      ipProtocol: "tcp",
      fromPort: 22001,
      toPort: 22999,
      cidrIp: "10.1.0.0/16",
    }),
  aws_ecs_cluster: (id) =>
    new ecs.CfnCluster(stack, id, {
      clusterName: "routed-bench",
      clusterSettings: [{ name: "containerInsights", value: "enabled" }],
      tags: tags(id),
    }),
  aws_network_interface: (id, index) =>
    new ec2.CfnNetworkInterface(stack, id, {
      subnetId: the("aws_subnet", index).ref,
      groupSet: made.aws_security_group.map((group) => group.attrGroupId),
      ipv6AddressCount: 1,
      tags: tags(id),
    }),
  aws_eip: (id) => new ec2.CfnEIP(stack, id, { domain: "vpc", tags: tags(id) }),
  aws_instance: (id, index) =>
    new ec2.CfnInstance(stack, id, {
      imageId: "ami-00000000000000001",
      instanceType: "r6i.32xlarge",
      iamInstanceProfile: the("aws_iam_instance_profile", 0).ref,
      networkInterfaces: [
        { deviceIndex: "0", networkInterfaceId: the("aws_network_interface", index).ref },
      ],
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 100, volumeType: "gp3", encrypted: true } },
      ],
      userData: cdk.Fn.base64(`ECS_CLUSTER=${the("aws_ecs_cluster", 0).ref}`),
      tags: tags(id),
    }),
  aws_lb: (id) =>
    new elb.CfnLoadBalancer(stack, id, {
      type: "application",
      scheme: "internal",
      ipAddressType: "dualstack",
      subnets: made.aws_subnet.map((subnet) => subnet.ref),
      securityGroups: [the("aws_security_group", 0).attrGroupId],
      tags: tags(id),
    }),
  aws_lb_listener: (id, index) =>
    new elb.CfnListener(stack, id, {
      loadBalancerArn: the("aws_lb", index).ref,
      port: 80,
      protocol: "HTTP",
      defaultActions: [
        {
          type: "fixed-response",
          fixedResponseConfig: { statusCode: "404", contentType: "text/plain" },
        },
      ],
    }),
  aws_lb_target_group: (id, index) =>
    new elb.CfnTargetGroup(stack, id, {
      name: `routed-bench-${index + 1}`,
      vpcId: the("aws_vpc", 0).ref,
      targetType: "instance",
      port: 20001 + index,
      protocol: "HTTP",
      healthCheckPath: "/healthz",
      healthCheckIntervalSeconds: 15,
      healthCheckTimeoutSeconds: 5,
      matcher: { httpCode: "200" },
      tags: popTags(index),
    }),
  aws_lb_listener_rule: (id, index) =>
    new elb.CfnListenerRule(stack, id, {
      listenerArn: the("aws_lb_listener", index).ref,
      priority: index + 1,
      conditions: [{ field: "host-header", hostHeaderConfig: { values: [`pop${index + 1}.*`] } }],
      actions: [{ type: "forward", targetGroupArn: the("aws_lb_target_group", index).ref }],
    }),
  aws_ecs_task_definition: (id, index) =>
    new ecs.CfnTaskDefinition(stack, id, {
      family: `routed-bench-pop${index + 1}`,
      requiresCompatibilities: ["EC2"],
      networkMode: "host",
      cpu: "4096",
      memory: "20480",
      taskRoleArn: the("aws_iam_role", 0).attrArn,
      executionRoleArn: the("aws_iam_role", 1).attrArn,
      containerDefinitions: [container("bird", index, true), container("api", index, false)],
      tags: popTags(index),
    }),
  aws_ecs_service: (id, index) => {
    const service = new ecs.CfnService(stack, id, {
      serviceName: `pop${index + 1}`,
      cluster: the("aws_ecs_cluster", 0).attrArn,
      taskDefinition: the("aws_ecs_task_definition", index).ref,
      launchType: "EC2",
      schedulingStrategy: "DAEMON",
      deploymentConfiguration: {
        minimumHealthyPercent: 50,
        maximumPercent: 100,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      healthCheckGracePeriodSeconds: 900,
      ...(index < (made.aws_lb_target_group ?? []).length
        ? {
            loadBalancers: [
              {
                containerName: "api",
                containerPort: 20001 + index,
                targetGroupArn: the("aws_lb_target_group", index).ref,
              },
            ],
          }
        : {}),
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      tags: popTags(index),
    });
    for (const node of made.aws_instance) service.addDependency(node);
    return service;
  },
  aws_sns_topic: (id) => new sns.CfnTopic(stack, id, { topicName: id, tags: tags(id) }),
  aws_cloudwatch_metric_alarm: (id, index) =>
    new cloudwatch.CfnAlarm(stack, id, {
      alarmName: id,
      alarmDescription: "The API answers 5xx to 5 % of its requests or more",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      datapointsToAlarm: 3,
      evaluationPeriods: 5,
      metrics: [
        { id: "share", expression: "100 * hosts / requests", returnData: true },
        ...["RequestCount", "HTTPCode_Target_5XX_Count"].map((metricName, metric) => ({
          id: ["requests", "hosts"][metric],
          returnData: false,
          metricStat: {
            metric: {
              namespace: "AWS/ApplicationELB",
              metricName,
              dimensions: [
                { name: "LoadBalancer", value: the("aws_lb", index).attrLoadBalancerFullName },
              ],
            },
            period: 60,
            stat: "Sum",
          },
        })),
      ],
      threshold: 5,
      treatMissingData: "notBreaching",
      alarmActions: [the("aws_sns_topic", index).ref],
      okActions: [the("aws_sns_topic", index).ref],
    }),
};
/** What CloudFormation keeps as properties of the bucket. */
const WITHIN_BUCKETS = /^aws_s3_bucket_(lifecycle|ownership|public|server_side|versioning)/;

const unknown = Object.keys(counts).filter(
  (type) => !FACTORIES[type] && !WITHIN_BUCKETS.test(type),
);
if (unknown.length > 0) throw new Error(`add a factory for ${unknown.join(", ")} to aws-cdk.cjs`);
let total = 0;
for (const [type, make] of Object.entries(FACTORIES)) {
  made[type] = Array.from({ length: counts[type] ?? 0 }, (_, index) =>
    make(`${type}${index}`, index),
  );
  total += made[type].length;
}
app.synth();
console.log(total);
