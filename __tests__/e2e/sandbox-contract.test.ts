import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import { startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { findProjectRoot } from "../../sandbox/project-root";
import { findPython } from "../../sandbox/python";
import { sendRaw, sendS3 } from "../support/raw-calls";
import type { Members, RawAnswer, RawCall } from "../support/raw-calls";

let aws: LocalAws;
let python: string;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "routed-contract-test-"));
  const found = await findPython(directory);
  rmSync(directory, { recursive: true, force: true });
  if ("missing" in found) throw new RoutedError("missing-tool", found.missing);
  python = found.value;
  aws = await startLocalAws({ toolchain: { python }, region: "us-east-1" });
}, 400_000);
afterAll(() => aws?.stop());

const HEALTH_CHECK = { command: ["CMD", "true"], interval: 30, timeout: 5, retries: 3 };
const CONTAINER = {
  name: "bird",
  image: "registry.example/routed:1",
  memory: 128,
  essential: true,
  portMappings: [{ containerPort: 179, hostPort: 179 }],
  healthCheck: HEALTH_CHECK,
};
const ALARM = {
  AlarmName: "a",
  MetricName: "CPUUtilization",
  Namespace: "AWS/EC2",
  Statistic: "Average",
  Period: 60,
  EvaluationPeriods: 5,
  Threshold: 90,
  ComparisonOperator: "GreaterThanThreshold",
};
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
const document = (sid: string, statements = 1) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: Array.from({ length: statements }, (_, index) => ({
      Sid: `${sid}${index}`,
      Effect: "Allow",
      Action: "s3:*",
      Resource: "*",
    })),
  });

/** Calls that AWS takes; each mutation is one of them with one thing changed. */
const VALID = {
  vpc: call("ec2", "CreateVpc", {
    CidrBlock: "10.0.0.0/16",
    TagSpecification: [{ ResourceType: "vpc", Tag: [{ Key: "Name", Value: "a" }] }],
  }),
  describe: call("ec2", "DescribeInstances", {
    Filter: [{ Name: "instance-state-name", Value: ["running"] }],
  }),
  group: call("ec2", "CreateSecurityGroup", {
    GroupName: "nodes",
    GroupDescription: "Nodes of a fleet",
  }),
  cluster: call("ecs", "CreateCluster", { clusterName: "c" }),
  definition: call("ecs", "RegisterTaskDefinition", {
    family: "f",
    networkMode: "host",
    containerDefinitions: [CONTAINER],
  }),
  service: call("ecs", "CreateService", {
    cluster: "c",
    serviceName: "s",
    taskDefinition: "f",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
  }),
  described: call("ecs", "DescribeServices", { cluster: "c", services: ["s"] }),
  group443: call("elasticloadbalancing", "CreateTargetGroup", {
    Name: "targets",
    Protocol: "HTTP",
    Port: 80,
    VpcId: "vpc-1",
    HealthCheckTimeoutSeconds: 5,
  }),
  role: call("iam", "CreateRole", { RoleName: "routed-node", AssumeRolePolicyDocument: TRUST }),
  rolePolicy: call("iam", "PutRolePolicy", {
    RoleName: "routed-node",
    PolicyName: "agents",
    PolicyDocument: document("Agents"),
  }),
  logs: call("logs", "CreateLogGroup", { logGroupName: "/ecs/routed" }),
  retention: call("logs", "PutRetentionPolicy", {
    logGroupName: "/ecs/routed",
    retentionInDays: 30,
  }),
  alarm: call("monitoring", "PutMetricAlarm", ALARM),
  topic: call("sns", "CreateTopic", { Name: "alarms" }),
  parameter: call("ssm", "GetParameters", { Names: ["/a"] }),
};
type Valid = keyof typeof VALID;

function call(service: string, action: string, input: Members): RawCall {
  return { service, action, input };
}

const CONTAINER_WITH = (changes: Members) => ({
  containerDefinitions: [{ ...CONTAINER, ...changes }],
});
const CHECK_WITH = (changes: Members) =>
  CONTAINER_WITH({ healthCheck: { ...HEALTH_CHECK, ...changes } });
const TAGGED = (tag: Members) => ({
  TagSpecification: [{ ResourceType: "vpc", Tag: [tag] }],
});

/** What is changed, of which call, into what; AWS's code, and what its message names. */
const MUTATIONS: readonly (readonly [string, Valid, Members, string, string])[] = [
  // Members: unknown, missing, of another kind.
  ["an unknown member (EC2)", "vpc", { Cidr: "10.0.0.0/16" }, "UnknownParameter", "Cidr"],
  ["one of another call", "describe", { DesiredCount: 1 }, "UnknownParameter", "DesiredCount"],
  ["a missing one (EC2)", "group", { GroupDescription: null }, "MissingParameter", "Description"],
  [
    "a text for a number",
    "describe",
    { MaxResults: "many" },
    "InvalidParameterValue",
    "MaxResults",
  ],
  ["a list that isn't one", "describe", { Filter: "all" }, "InvalidParameterValue", "Filters"],
  [
    "an unknown member (JSON)",
    "cluster",
    { clustername: "c" },
    "InvalidParameterException",
    "clustername",
  ],
  [
    "an unknown one deep inside",
    "definition",
    CONTAINER_WITH({ hostport: 1 }),
    "InvalidParameterException",
    "containerDefinitions[0].hostport",
  ],
  ["a missing one (JSON)", "definition", { family: null }, "InvalidParameterException", "family"],
  ["a number for a text", "cluster", { clusterName: 1 }, "SerializationException", "clusterName"],
  ["an unknown member (query)", "topic", { DisplayName: "a" }, "InvalidParameter", "displayName"],
  [
    "a missing one (query)",
    "role",
    { AssumeRolePolicyDocument: null },
    "ValidationError",
    "Member must not be null",
  ],
  // Constraints of the models.
  [
    "an enum's value",
    "service",
    { schedulingStrategy: "DEMON" },
    "InvalidParameterException",
    "REPLICA",
  ],
  [
    "an enum's value (EC2)",
    "vpc",
    { InstanceTenancy: "shared" },
    "InvalidParameterValue",
    "dedicated",
  ],
  [
    "a number below its range",
    "group443",
    { HealthCheckTimeoutSeconds: 1 },
    "ValidationError",
    "greater than or equal to 2",
  ],
  [
    "a number above its range",
    "group443",
    { Port: 65536 },
    "ValidationError",
    "less than or equal to 65535",
  ],
  [
    "a text too long",
    "role",
    { RoleName: "a".repeat(65) },
    "ValidationError",
    "less than or equal to 64",
  ],
  ["a character (IAM)", "role", { RoleName: "routed node" }, "ValidationError", "pattern"],
  [
    "a character (logs)",
    "logs",
    { logGroupName: "/ecs/routed it" },
    "InvalidParameterException",
    "pattern",
  ],
  [
    "a list too long",
    "parameter",
    { Names: Array.from({ length: 11 }, (_, n) => `/${n}`) },
    "ValidationException",
    "less than or equal to 10",
  ],
  ["an empty name", "alarm", { AlarmName: "" }, "ValidationError", "greater than or equal to 1"],
  // AWS's prose.
  [
    "an apostrophe",
    "group",
    { GroupDescription: "The fleet's nodes" },
    "InvalidParameterValue",
    "Description",
  ],
  ["a name of AWS's", "group", { GroupName: "sg-nodes" }, "InvalidParameterValue", "GroupName"],
  ["a tag of AWS's", "vpc", TAGGED({ Key: "aws:a", Value: "a" }), "InvalidParameterValue", "Key"],
  [
    "a tag's character",
    "vpc",
    TAGGED({ Key: "a", Value: "it's" }),
    "InvalidParameterValue",
    "Value",
  ],
  [
    "51 tags",
    "vpc",
    {
      TagSpecification: [
        {
          ResourceType: "vpc",
          Tag: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: "" })),
        },
      ],
    },
    "TagLimitExceeded",
    "50",
  ],
  [
    "a tag twice",
    "vpc",
    {
      TagSpecification: [
        {
          ResourceType: "vpc",
          Tag: [
            { Key: "a", Value: "1" },
            { Key: "a", Value: "2" },
          ],
        },
      ],
    },
    "InvalidParameterValue",
    "unique",
  ],
  [
    "a tag of another resource",
    "vpc",
    { TagSpecification: [{ ResourceType: "subnet", Tag: [{ Key: "a", Value: "1" }] }] },
    "InvalidParameter",
    "taggable",
  ],
  ["a block too large", "vpc", { CidrBlock: "10.0.0.0/8" }, "InvalidVpc.Range", "CidrBlock"],
  ["a dot in a name", "cluster", { clusterName: "c.d" }, "ClientException", "clusterName"],
  [
    "a DAEMON's percent",
    "service",
    { deploymentConfiguration: { maximumPercent: 200 } },
    "InvalidParameterException",
    "maximumPercent",
  ],
  ["a DAEMON's count", "service", { desiredCount: 2 }, "InvalidParameterException", "desiredCount"],
  [
    "a port of the host's",
    "definition",
    CONTAINER_WITH({ portMappings: [{ containerPort: 179, hostPort: 180 }] }),
    "ClientException",
    "hostPort",
  ],
  ["a check's interval", "definition", CHECK_WITH({ interval: 4 }), "ClientException", "interval"],
  [
    "a check's start",
    "definition",
    CHECK_WITH({ startPeriod: 301 }),
    "ClientException",
    "startPeriod",
  ],
  [
    "a container's memory",
    "definition",
    CONTAINER_WITH({ memory: 5 }),
    "ClientException",
    "memory",
  ],
  [
    "11 services",
    "described",
    { services: Array.from({ length: 11 }, (_, n) => `s${n}`) },
    "InvalidParameterException",
    "services",
  ],
  ["a name's dash at its end", "group443", { Name: "targets-" }, "ValidationError", "name"],
  [
    "a statement's id",
    "rolePolicy",
    { PolicyDocument: document("ecs-agent") },
    "MalformedPolicyDocument",
    "Sid",
  ],
  [
    "a policy too long",
    "rolePolicy",
    { PolicyDocument: document("A".repeat(240), 60) },
    "LimitExceeded",
    "10240",
  ],
  [
    "a retention",
    "retention",
    { retentionInDays: 42 },
    "InvalidParameterException",
    "retentionInDays",
  ],
  ["a period", "alarm", { Period: 45 }, "InvalidParameterValue", "period"],
  ["a topic's dot", "topic", { Name: "a.b" }, "InvalidParameter", "name"],
];

function withMembers({ service, action, input }: RawCall, changes: Members): RawCall {
  const changed = Object.entries({ ...input, ...changes }).filter(([, value]) => value !== null);
  return { service, action, input: Object.fromEntries(changed) };
}

describe("a call that AWS takes", () => {
  it.each(Object.keys(VALID) as Valid[])("is taken: %s", async (name) => {
    const { vpcId } = await network();
    const valid = VALID[name];
    const input = "VpcId" in valid.input ? { ...valid.input, VpcId: vpcId } : valid.input;
    expect(await sendRaw(aws.endpoint, { ...valid, input })).toMatchObject({ status: 200 });
  });
});

/** A network of the test's own, made once. */
async function network(): Promise<{ readonly vpcId: string }> {
  vpc ??= sendRaw(aws.endpoint, VALID.vpc);
  return { vpcId: /<vpcId>(.*?)<\/vpcId>/.exec((await vpc).body)?.[1] ?? "" };
}
let vpc: Promise<RawAnswer> | undefined;

describe("a call with one thing changed is refused with AWS's error", () => {
  it.each(MUTATIONS)("%s", async (_, name, changes, code, words) => {
    await aws.clearCalls();
    const mutated = withMembers(VALID[name], changes);

    const answer = await sendRaw(aws.endpoint, mutated);

    expect([answer.code, answer.body]).toEqual([code, expect.stringContaining(words)]);
    expect(answer.status).toBe(code === "LimitExceeded" ? 409 : 400);
    const { calls } = await aws.calls();
    expect(calls).toMatchObject([{ action: mutated.action, refused: true }]);
  });

  const VERSIONING = (status: string) =>
    `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
  it.each([
    ["a bucket's name", "PUT", "/Routed_State", undefined, "InvalidBucketName", "Bucket"],
    [
      "an unknown element",
      "PUT",
      "/b?versioning",
      "<Versioning/>",
      "InvalidArgument",
      "Versioning",
    ],
    ["an enum's value", "PUT", "/b?versioning", VERSIONING("On"), "InvalidArgument", "Suspended"],
    ["no XML", "PUT", "/b?versioning", "Status=Enabled", "MalformedXML", "well-formed"],
    [
      "a missing body",
      "PUT",
      "/b?versioning",
      undefined,
      "InvalidRequest",
      "VersioningConfiguration",
    ],
    [
      "an unknown parameter",
      "GET",
      "/b?list-type=2&colour=red",
      undefined,
      "InvalidArgument",
      "colour",
    ],
    [
      "a text for a number",
      "GET",
      "/b?list-type=2&max-keys=all",
      undefined,
      "InvalidArgument",
      "MaxKeys",
    ],
  ])("S3: %s", async (_, method, path, body, code, words) => {
    const answer = await sendS3(aws.endpoint, method, path, body);
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(answer.body).toContain(words);
  });

  it.each([
    [call("ec2", "CreateNode", {}), "InvalidAction"],
    [call("iam", "CreateNode", {}), "InvalidAction"],
    [call("ecs", "CreateNode", {}), "UnknownOperationException"],
  ])("an action that there isn't", async (unknown, code) => {
    expect(await sendRaw(aws.endpoint, unknown)).toMatchObject({ status: 400, code });
  });

  it("an API that the local AWS has no model of, as the emulator's own gap", async () => {
    const answer = await sendRaw(aws.endpoint, call("sqs", "CreateQueue", { QueueName: "a" }));
    expect(answer).toMatchObject({ status: 501, code: "NotImplemented" });
  });
});

it("an instance type that there isn't is told by AWS's own error", async () => {
  const input = { InstanceType: ["r99.huge"] };
  const answer = await sendRaw(aws.endpoint, call("ec2", "DescribeInstanceTypes", input));
  expect(answer).toMatchObject({ status: 400, code: "InvalidInstanceType" });
});

it("counts what was refused, whatever is forgotten", async () => {
  await sendRaw(aws.endpoint, withMembers(VALID.cluster, { clusterName: 1 }));
  const { refused } = await aws.calls();
  expect(refused).toBeGreaterThan(0);
  await aws.clearCalls();
  expect(await aws.calls()).toMatchObject({ total: 0, refused });
});

it("a member that the emulator drops is told with the call", async () => {
  const input = { ...VALID.vpc.input, Ipv4NetmaskLength: 16 };
  await sendRaw(aws.endpoint, { ...VALID.vpc, input });
  const { calls } = await aws.calls();
  expect(calls.at(-1)?.dropped).toContain("drops Ipv4NetmaskLength of ec2:CreateVpc");
});

it("the local AWS's own tests pass: tables as they are recorded, patterns, wire formats, rates", () => {
  const { status, stderr } = spawnSync(python, ["-m", "unittest", "discover", "tests"], {
    cwd: join(findProjectRoot(), "sandbox/aws"),
    encoding: "utf8",
    timeout: 120_000,
  });
  expect([status, stderr]).toEqual([0, expect.stringMatching(/Ran \d+ tests[^]*OK/)]);
});
