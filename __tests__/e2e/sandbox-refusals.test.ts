import { startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { requireToolchain } from "../../sandbox/toolchain";
import { sendRaw, sendS3 } from "../support/raw-calls";
import type { Members } from "../support/raw-calls";

/**
 * Requests that AWS's models allow and AWS refuses, since they don't fit to what is there or to each other: one
 * row each of what an attack on the local AWS found it to take. Rows that are of a call alone are in rules.json.
 */
let aws: LocalAws;
/** Ids by name: `$vpc` in a row stands for the id of `vpc`. */
const ids: Record<string, string> = {};

const CONTAINER = { name: "a", image: "a", memory: 128 };
const TRUST = { Effect: "Allow", Action: "sts:AssumeRole" };
const EC2 = { Service: "ec2.amazonaws.com" };
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const role = (RoleName: string, statement: object): Members => ({
  RoleName,
  AssumeRolePolicyDocument: policy({ ...TRUST, ...statement }),
});
const definition = (changes: Members, task: Members = {}): Members => ({
  family: "f",
  networkMode: "host",
  containerDefinitions: [{ ...CONTAINER, ...changes }],
  ...task,
});
const service = (changes: Members): Members => ({
  cluster: "c",
  serviceName: "s",
  taskDefinition: "f",
  launchType: "EC2",
  desiredCount: 1,
  ...changes,
});
const balanced = (changes: Members): Members =>
  service({
    loadBalancers: [
      { targetGroupArn: "$group", containerName: "a", containerPort: 80, ...changes },
    ],
  });
const balancer = (Name: string, subnets: string[], changes: Members = {}): Members => ({
  Name,
  Scheme: "internal",
  Subnets: { member: subnets },
  ...changes,
});
const alarm = (changes: Members): Members => ({
  AlarmName: "a",
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
  ...changes,
});
const ofMetric = (changes: Members) =>
  alarm({ MetricName: "m", Namespace: "n", Period: 60, Statistic: "Sum", ...changes });
const query = (Id: string, changes: Members = {}): Members => ({
  Id,
  MetricStat: { Metric: { Namespace: "n", MetricName: "m" }, Period: 60, Stat: "Sum" },
  ...changes,
});
const launch = (changes: Members): Members => ({
  ImageId: "$image",
  InstanceType: "t3.large",
  MinCount: 1,
  MaxCount: 1,
  SubnetId: "$a",
  ...changes,
});
const permission = (changes: Members): Members => ({
  GroupId: "$own",
  IpPermissions: [{ FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: "10.0.0.0/8" }], ...changes }],
});

const LB = "elasticloadbalancing";
const CW = "monitoring";
/** What is refused, of which call, and AWS's code. */
const ROWS: readonly (readonly [string, string, string, Members, string])[] = [
  // Task definitions.
  [
    "no essential container",
    "ecs",
    "RegisterTaskDefinition",
    definition({ essential: false }),
    "ClientException",
  ],
  [
    "an undeclared volume",
    "ecs",
    "RegisterTaskDefinition",
    definition({ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }),
    "ClientException",
  ],
  [
    "volumes of nobody",
    "ecs",
    "RegisterTaskDefinition",
    definition({ volumesFrom: [{ sourceContainer: "b" }] }),
    "ClientException",
  ],
  [
    "a check that isn't a command",
    "ecs",
    "RegisterTaskDefinition",
    definition({ healthCheck: { command: ["true"] } }),
    "ClientException",
  ],
  [
    "a check of nothing",
    "ecs",
    "RegisterTaskDefinition",
    definition({ healthCheck: { command: ["CMD"] } }),
    "ClientException",
  ],
  [
    "a log option that there isn't",
    "ecs",
    "RegisterTaskDefinition",
    definition({
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "r", colour: "red" },
      },
    }),
    "ClientException",
  ],
  [
    "a log buffer of no size",
    "ecs",
    "RegisterTaskDefinition",
    definition({
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "r", "max-buffer-size": "much" },
      },
    }),
    "ClientException",
  ],
  [
    "too little CPU",
    "ecs",
    "RegisterTaskDefinition",
    definition({}, { cpu: "64" }),
    "ClientException",
  ],
  [
    "memory that is no number",
    "ecs",
    "RegisterTaskDefinition",
    definition({}, { memory: "lots" }),
    "ClientException",
  ],
  [
    "a role that is a user",
    "ecs",
    "RegisterTaskDefinition",
    definition({}, { taskRoleArn: "arn:aws:iam::123456789012:user/a" }),
    "ClientException",
  ],
  [
    "more than 64 KiB",
    "ecs",
    "RegisterTaskDefinition",
    definition({
      environment: Array.from({ length: 70 }, (_, n) => ({
        name: `v${n}`,
        value: "x".repeat(1000),
      })),
    }),
    "ClientException",
  ],
  // Services.
  [
    "a load balancer's container that isn't there",
    "ecs",
    "CreateService",
    balanced({ containerName: "b" }),
    "InvalidParameterException",
  ],
  [
    "a load balancer's port that isn't there",
    "ecs",
    "CreateService",
    balanced({ containerPort: 81 }),
    "InvalidParameterException",
  ],
  [
    "a target group behind no listener",
    "ecs",
    "CreateService",
    balanced({ targetGroupArn: "$unused" }),
    "InvalidParameterException",
  ],
  // Networks.
  [
    "another network's group on an interface",
    "ec2",
    "CreateNetworkInterface",
    { SubnetId: "$a", SecurityGroupId: ["$foreign"] },
    "InvalidParameter",
  ],
  [
    "a group that isn't there",
    "ec2",
    "CreateNetworkInterface",
    { SubnetId: "$a", SecurityGroupId: ["sg-0123456789abcdef0"] },
    "InvalidGroup.NotFound",
  ],
  [
    "another network's group on an instance",
    "ec2",
    "RunInstances",
    launch({ SecurityGroupId: ["$foreign"] }),
    "InvalidParameter",
  ],
  [
    "a volume smaller than its snapshot",
    "ec2",
    "RunInstances",
    launch({ BlockDeviceMapping: [{ DeviceName: "/dev/xvda", Ebs: { VolumeSize: 1 } }] }),
    "InvalidBlockDeviceMapping",
  ],
  [
    "too much throughput",
    "ec2",
    "RunInstances",
    launch({
      BlockDeviceMapping: [
        { DeviceName: "/dev/xvda", Ebs: { VolumeType: "gp3", Iops: 3000, Throughput: 1000 } },
      ],
    }),
    "InvalidParameterValue",
  ],
  [
    "a protocol that there isn't",
    "ec2",
    "AuthorizeSecurityGroupIngress",
    permission({ IpProtocol: "pigeon" }),
    "InvalidParameterValue",
  ],
  [
    "a second internet gateway",
    "ec2",
    "AttachInternetGateway",
    { InternetGatewayId: "$spare", VpcId: "$vpc" },
    "InvalidParameterValue",
  ],
  [
    "a route through a gateway of no network",
    "ec2",
    "CreateRoute",
    { RouteTableId: "$table", DestinationCidrBlock: "9.0.0.0/8", GatewayId: "$spare" },
    "InvalidParameterValue",
  ],
  [
    "another network's route table",
    "ec2",
    "AssociateRouteTable",
    { RouteTableId: "$table", SubnetId: "$other" },
    "InvalidParameterValue",
  ],
  [
    "a second route table",
    "ec2",
    "AssociateRouteTable",
    { RouteTableId: "$table", SubnetId: "$a" },
    "Resource.AlreadyAssociated",
  ],
  [
    "a tag of what isn't there",
    "ec2",
    "CreateTags",
    { ResourceId: ["i-0123456789abcdef0"], Tag: [{ Key: "a", Value: "b" }] },
    "InvalidInstanceID.NotFound",
  ],
  [
    "an address that is in use",
    "ec2",
    "ReleaseAddress",
    { AllocationId: "$address" },
    "InvalidIPAddress.InUse",
  ],
  [
    "an address where there is no gateway",
    "ec2",
    "AssociateAddress",
    { AllocationId: "$free", NetworkInterfaceId: "$inside" },
    "Gateway.NotAttached",
  ],
  [
    "a group that is in use",
    "ec2",
    "DeleteSecurityGroup",
    { GroupId: "$own" },
    "DependencyViolation",
  ],
  // Load balancers.
  [
    "a name that is taken",
    LB,
    "CreateLoadBalancer",
    balancer("one", ["$a", "$b"]),
    "DuplicateLoadBalancerName",
  ],
  [
    "two subnets of a zone",
    LB,
    "CreateLoadBalancer",
    balancer("two", ["$a", "$a2"]),
    "InvalidConfigurationRequest",
  ],
  [
    "subnets of two networks",
    LB,
    "CreateLoadBalancer",
    balancer("three", ["$a", "$other"]),
    "InvalidConfigurationRequest",
  ],
  [
    "another network's group on a load balancer",
    LB,
    "CreateLoadBalancer",
    balancer("four", ["$a", "$b"], { SecurityGroups: { member: ["$foreign"] } }),
    "InvalidConfigurationRequest",
  ],
  [
    "IPv6 without a block",
    LB,
    "CreateLoadBalancer",
    balancer("five", ["$a", "$b"], { IpAddressType: "dualstack" }),
    "InvalidConfigurationRequest",
  ],
  [
    "the internet without a gateway",
    LB,
    "CreateLoadBalancer",
    balancer("six", ["$other", "$other2"], { Scheme: "internet-facing" }),
    "InvalidSubnet",
  ],
  [
    "a success code of none",
    LB,
    "CreateTargetGroup",
    { Name: "t", Protocol: "HTTP", Port: 80, VpcId: "$vpc", Matcher: { HttpCode: "99" } },
    "ValidationError",
  ],
  [
    "an attribute that there isn't",
    LB,
    "ModifyTargetGroupAttributes",
    { TargetGroupArn: "$group", Attributes: { member: [{ Key: "colour", Value: "red" }] } },
    "ValidationError",
  ],
  [
    "a time beyond its range",
    LB,
    "ModifyLoadBalancerAttributes",
    {
      LoadBalancerArn: "$balancer",
      Attributes: { member: [{ Key: "idle_timeout.timeout_seconds", Value: "5000" }] },
    },
    "ValidationError",
  ],
  [
    "a port with a listener",
    LB,
    "CreateListener",
    {
      LoadBalancerArn: "$balancer",
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: { member: [{ Type: "forward", TargetGroupArn: "$group" }] },
    },
    "DuplicateListener",
  ],
  // Policies.
  [
    "a principal in a role's policy",
    "iam",
    "PutRolePolicy",
    {
      RoleName: "r",
      PolicyName: "p",
      PolicyDocument: policy({ Effect: "Allow", Action: "s3:*", Resource: "*", Principal: "*" }),
    },
    "MalformedPolicyDocument",
  ],
  [
    "more than a role holds",
    "iam",
    "PutRolePolicy",
    {
      RoleName: "r",
      PolicyName: "p",
      PolicyDocument: policy({
        Effect: "Allow",
        Action: "s3:*",
        Resource: Array.from({ length: 60 }, (_, n) => `arn:aws:s3:::${"b".repeat(60)}${n}`),
      }),
    },
    "LimitExceeded",
  ],
  ["trust in nobody", "iam", "CreateRole", role("r1", {}), "MalformedPolicyDocument"],
  [
    "trust with a resource",
    "iam",
    "CreateRole",
    role("r2", { Principal: EC2, Resource: "*" }),
    "MalformedPolicyDocument",
  ],
  [
    "trust in what is no service",
    "iam",
    "CreateRole",
    role("r3", { Principal: { Service: "ec2" } }),
    "MalformedPolicyDocument",
  ],
  [
    "a boundary that isn't there",
    "iam",
    "CreateRole",
    {
      ...role("r4", { Principal: EC2 }),
      PermissionsBoundary: "arn:aws:iam::123456789012:policy/none",
    },
    "NoSuchEntity",
  ],
  // Alarms.
  [
    "a look back of more than a day",
    CW,
    "PutMetricAlarm",
    ofMetric({ EvaluationPeriods: 1441 }),
    "ValidationError",
  ],
  [
    "an action that is no ARN",
    CW,
    "PutMetricAlarm",
    ofMetric({ AlarmActions: ["page me"] }),
    "ValidationError",
  ],
  [
    "an action elsewhere",
    CW,
    "PutMetricAlarm",
    ofMetric({ AlarmActions: ["arn:aws:sns:eu-west-1:123456789012:t"] }),
    "ValidationError",
  ],
  [
    "a recovery of no instance",
    CW,
    "PutMetricAlarm",
    ofMetric({ AlarmActions: ["arn:aws:automate:us-east-1:ec2:recover"] }),
    "ValidationError",
  ],
  [
    "two metrics returned",
    CW,
    "PutMetricAlarm",
    alarm({ Metrics: [query("a"), query("b")] }),
    "ValidationError",
  ],
  [
    "no metric returned",
    CW,
    "PutMetricAlarm",
    alarm({ Metrics: [query("a", { ReturnData: false })] }),
    "ValidationError",
  ],
  [
    "an expression of what isn't there",
    CW,
    "PutMetricAlarm",
    alarm({
      Metrics: [
        query("a", { ReturnData: false }),
        { Id: "e", Expression: "a/b", ReturnData: true },
      ],
    }),
    "ValidationError",
  ],
];

async function call(service: string, action: string, input: Members): Promise<string> {
  const answer = await sendRaw(aws.endpoint, { service, action, input: named(input) });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.body}`);
  return answer.body;
}

/** With ids for names. */
function named(input: Members): Members {
  return JSON.parse(
    JSON.stringify(input).replace(/\$([a-z]+\d?)/g, (_, name: string) => ids[name] ?? ""),
  ) as Members;
}

async function made(
  name: string,
  element: string,
  service: string,
  action: string,
  input: Members,
) {
  const answer = await call(service, action, input);
  ids[name] = new RegExp(`<${element}>([^<]*)<`).exec(answer)?.[1] ?? "";
}

beforeAll(async () => {
  aws = await startLocalAws({ toolchain: await requireToolchain() });
  const [image] = await aws.images();
  ids["image"] = image?.imageId ?? "";
  const subnet = (name: string, vpc: string, CidrBlock: string, zone: string) =>
    made(name, "subnetId", "ec2", "CreateSubnet", {
      VpcId: vpc,
      CidrBlock,
      AvailabilityZone: `us-east-1${zone}`,
    });
  await made("vpc", "vpcId", "ec2", "CreateVpc", { CidrBlock: "10.0.0.0/16" });
  await made("elsewhere", "vpcId", "ec2", "CreateVpc", { CidrBlock: "10.1.0.0/16" });
  await subnet("a", "$vpc", "10.0.0.0/24", "a");
  await subnet("a2", "$vpc", "10.0.1.0/24", "a");
  await subnet("b", "$vpc", "10.0.2.0/24", "b");
  await subnet("other", "$elsewhere", "10.1.0.0/24", "b");
  await subnet("other2", "$elsewhere", "10.1.1.0/24", "c");
  for (const [name, VpcId] of [
    ["own", "$vpc"],
    ["foreign", "$elsewhere"],
  ] as const) {
    const group = { GroupName: name, GroupDescription: name, VpcId };
    await made(name, "groupId", "ec2", "CreateSecurityGroup", group);
  }
  for (const name of ["gateway", "spare"]) {
    await made(name, "internetGatewayId", "ec2", "CreateInternetGateway", {});
  }
  await call("ec2", "AttachInternetGateway", { InternetGatewayId: "$gateway", VpcId: "$vpc" });
  await made("table", "routeTableId", "ec2", "CreateRouteTable", { VpcId: "$vpc" });
  await call("ec2", "AssociateRouteTable", { RouteTableId: "$table", SubnetId: "$a" });
  for (const [name, SubnetId, groups] of [
    ["outside", "$a", ["$own"]],
    ["inside", "$other", []],
  ] as const) {
    const eni = { SubnetId, ...(groups.length === 0 ? {} : { SecurityGroupId: groups }) };
    await made(name, "networkInterfaceId", "ec2", "CreateNetworkInterface", eni);
  }
  for (const name of ["address", "free"]) {
    await made(name, "allocationId", "ec2", "AllocateAddress", { Domain: "vpc" });
  }
  const association = { AllocationId: "$address", NetworkInterfaceId: "$outside" };
  await call("ec2", "AssociateAddress", association);
  await call("ecs", "CreateCluster", { clusterName: "c" });
  const mapped = definition({ portMappings: [{ containerPort: 80, hostPort: 80 }] });
  await call("ecs", "RegisterTaskDefinition", mapped);
  for (const name of ["group", "unused"]) {
    const group = { Name: name, Protocol: "HTTP", Port: 80, VpcId: "$vpc" };
    await made(name, "TargetGroupArn", LB, "CreateTargetGroup", group);
  }
  await made(
    "balancer",
    "LoadBalancerArn",
    LB,
    "CreateLoadBalancer",
    balancer("one", ["$a", "$b"]),
  );
  await call(LB, "CreateListener", {
    LoadBalancerArn: "$balancer",
    Protocol: "HTTP",
    Port: 80,
    DefaultActions: { member: [{ Type: "forward", TargetGroupArn: "$group" }] },
  });
  await call("iam", "CreateRole", role("r", { Principal: EC2 }));
  const held = { Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${"b".repeat(6000)}` };
  await call("iam", "PutRolePolicy", {
    RoleName: "r",
    PolicyName: "q",
    PolicyDocument: policy(held),
  });
});
afterAll(() => aws?.stop());

it("are more than forty rows, each of another kind", () => {
  expect(new Set(ROWS.map(([name]) => name)).size).toBe(ROWS.length);
  expect(ROWS.length).toBeGreaterThan(40);
});

it.each(ROWS)("refuses %s", async (_, service, action, input, code) => {
  const answer = await sendRaw(aws.endpoint, { service, action, input: named(input) });
  const said = answer.code.split("#").at(-1);
  expect([said, answer.status >= 400 && answer.status < 500]).toEqual([code, true]);
  // Not for what its models or the table say: those have tests of their own.
  const { calls } = await aws.calls();
  expect(calls.at(-1)).toMatchObject({ action });
  expect(calls.at(-1)).not.toHaveProperty("refused");
});

describe("a bucket's policy", () => {
  const own = "arn:aws:s3:::a-bucket-of-ours";
  const allow = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${own}/*` };
  const put = (statement: object) =>
    sendS3(aws.endpoint, "PUT", "/a-bucket-of-ours?policy", policy({ ...allow, ...statement }));

  it.each([
    ["nobody", { Principal: undefined }],
    ["who is no service", { Principal: { Service: "nobody" } }],
    ["another API's action", { Action: "ec2:RunInstances" }],
    ["another bucket", { Resource: "arn:aws:s3:::another/*" }],
    ["an action on objects of none", { Resource: own }],
  ])("isn't of %s", async (_, statement) => {
    await sendS3(aws.endpoint, "PUT", "/a-bucket-of-ours");
    expect(await put(statement)).toMatchObject({ status: 400, code: "MalformedPolicy" });
  });

  it("opens no bucket that is closed to the public", async () => {
    await sendS3(aws.endpoint, "PUT", "/a-bucket-of-ours");
    expect(await put({})).toMatchObject({ code: "" });
    const block = `<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>`;
    const closed = await sendS3(aws.endpoint, "PUT", "/a-bucket-of-ours?publicAccessBlock", block);
    expect(closed.status).toBe(200);
    expect(await put({})).toMatchObject({ code: "AccessDenied" });
    expect(await put({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } })).toMatchObject({
      code: "",
    });
  });
});
