import { ATTRIBUTES } from "../../support/aws-texts/attributes";
import type { TypeRow } from "../../support/aws-texts/attributes";
import { judgeTexts } from "../../support/aws-texts/judge-stack";
import { MEMBERS, MODELS, refusals, RULES } from "../../support/aws-texts/text-rules";
import { afterDeploy, planned } from "../../support/every-stack";
import { loadFullEnvironments } from "../../support/full-environments";
import type { SynthesizedStack } from "../../fixtures/synthesize";

const [environment] = loadFullEnvironments();
if (environment === undefined) throw new Error("there is no full environment");
const full = planned(environment, afterDeploy(environment));

describe("the table", () => {
  it("has a model for each member, a use for each rule, and an attribute for each member", () => {
    expect(Object.keys(MODELS)).toEqual(Object.keys(MEMBERS));
    const rules = Object.values(MEMBERS).filter((rule) => rule !== null);
    expect([...new Set(rules)].sort()).toEqual(Object.keys(RULES).sort());
    const tags = ["ec2:CreateTags Tags[].Key", "ec2:CreateTags Tags[].Value"];
    const members = new Set([...tags, ...Object.values(ATTRIBUTES).flatMap(membersOf)]);
    expect([...members].sort()).toEqual(Object.keys(MEMBERS).sort());
  });

  it("says where each rule is from", () => {
    for (const { source } of Object.values(RULES))
      expect(source).toMatch(/^https:|^the API models/);
  });
});

/** The longest block, or the shortest one. */
const block = (length: number) =>
  length > 10 ? "100.100.100.100/16".padEnd(length, "0") : "1.1.1.1/16";

/** Texts for a rule, or for a member without one, where they aren't of the letter a alone. */
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  image: (length) => `${"a".repeat(length - 72)}@sha256:${"0".repeat(64)}`,
  "subnet block": (length) => block(length),
  "vpc block": (length) => block(length),
  "health check path": (length) => `/${"a".repeat(Math.max(0, length - 1))}`,
  "provider url": (length) => `https://a/${"a".repeat(Math.max(0, length - 10))}`,
};

/** Besides too long and too short ones. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "alarm name": ["a\n", "\u007f"],
  "bucket name": ["Abc", "a_b", "-ab", "ab-", "a..b", "192.0.2.1", "xn--a", "abc-s3alias"],
  "dimension name": [":a", " ", "é"],
  "dimension value": [" ", "é", "a\n"],
  "ecs attribute name": ["a b", "a@b", "a:b"],
  "ecs attribute value": [" a", "a ", "a,b", "a'b"],
  "ecs name": ["a.b", "a b", "a/b", "a'b"],
  "health check path": ["a", "", "/é"],
  image: ["a b", "a'b", "a@sha256:0", `${"a".repeat(256)}@sha256:${"0".repeat(64)}`, "${a}"],
  "lifecycle rule id": ["a\n", "é"],
  "load balancer name": ["internal-a", "-a", "a-", "a_b", "a.b"],
  "managed policy": ["…"],
  "metric label": ["a\n", "é"],
  "metric query id": ["A", "1a", "a-b"],
  "placement expression": ["a\n", "é"],
  printable: ["a\n", "é", "…"],
  "provider url": ["http://a", "https://a:443", "https://a?b"],
  "role policy": ["…"],
  "security group name": ["sg-a", "a'b", "a%b", "é"],
  "security group text": ["The API's load balancer", 'a"b', "a%b", "a|b", "a<b", "é", "a\n"],
  "statement id": ["a-b", "a b", "a_b"],
  "tag key": ["aws:a", "AWS:a", "a'b", "a,b", "a;b", "a\n"],
  "tag value": ["a'b", "a,b", "a(b)", "a#b", "a*"],
  "target group name": ["-a", "a-", "a_b"],
  "subnet block": ["10.0.0.0/15", "10.0.0.0/29", "2001:db8::/20"],
  "topic name": ["a.b", "a b"],
  "user data": ["a b", "é", "a\n"],
  "vpc block": ["10.0.0.0/15", "10.0.0.0/29", "10.0.0.0"],
  "iam:CreateInstanceProfile InstanceProfileName": ["a b", "a/b"],
  "iam:CreatePolicy PolicyName": ["a b", "a:b"],
  "iam:CreateRole AssumeRolePolicyDocument": ["…"],
  "iam:CreateRole Description": ["…", "\u007f"],
  "iam:CreateRole RoleName": ["a b", "a:b", "a'b"],
  "iam:PutRolePolicy PolicyName": ["a b"],
  "logs:CreateLogGroup logGroupName": ["a b", "a:b"],
  "logs:CreateLogStream logStreamName": ["a:b", "a*"],
};

describe.each(Object.entries(MEMBERS))("%s", (member, rule) => {
  const constraints = [MODELS[member] ?? {}, rule === null ? {} : (RULES[rule] ?? {})];
  const most = Math.min(...constraints.map(({ max = Infinity }) => max));
  const least = Math.max(...constraints.map(({ min = 0 }) => min));
  const shape = SHAPES[rule ?? member] ?? ((length: number) => "a".repeat(length));
  // The shortest that the shape can be.
  const shortest = Math.max(least, shape === SHAPES["image"] ? 73 : shape(0).length);

  it("takes the longest and the shortest text, and none beyond", () => {
    expect(most).toBeLessThan(Infinity);
    expect(refusals(member, shape(most))).toEqual([]);
    expect(refusals(member, shape(most + 1))).not.toEqual([]);
    expect(refusals(member, shape(shortest))).toEqual([]);
    if (least > 0) expect(refusals(member, "a".repeat(least - 1))).not.toEqual([]);
  });

  it("refuses other characters, and says by which source", () => {
    const refused = REFUSED[rule ?? member] ?? [];
    expect(refused).not.toEqual([]);
    for (const text of refused) {
      expect([text, refusals(member, text)]).toEqual([
        text,
        expect.arrayContaining([
          expect.stringMatching(/\((https:.*|AWS's API model|the API .*)\)$/),
        ]),
      ]);
    }
  });
});

describe("the judge", () => {
  const complaintsOf = (stack: SynthesizedStack) => judgeTexts(stack).complaints;
  /** The same stack with a text in its JSON replaced, wherever it comes. */
  const withText = (text: string, other: string) => {
    const json = JSON.stringify(full);
    expect(json).toContain(text);
    return JSON.parse(json.replaceAll(text, other)) as SynthesizedStack;
  };
  const withResource = (type: string, resource: object) =>
    ({ ...full, resource: { ...full.resource, [type]: { one: resource } } }) as SynthesizedStack;

  it("refuses a member that no row is of", () => {
    expect(refusals("ec2:CreateVpc Name", "a")).toHaveLength(1);
  });

  it("refuses a type that no row is of, of resources and of data sources", () => {
    expect(complaintsOf(withResource("aws_sqs_queue", { name: "a" }))).toEqual([
      "aws_sqs_queue.one: is of a type that no row is of",
    ]);
    const data = { ...full.data, aws_ami: { one: { owners: ["self"] } } };
    expect(complaintsOf({ ...full, data })).toEqual([
      "data.aws_ami.one: is of a type that no row is of",
    ]);
  });

  it.each([
    ["of a resource", { name: "a", display_name: "a" }, "display_name"],
    ["in a block", { name: "a", delivery: [{ label: "a" }] }, "delivery[0].label"],
    ["in a list of texts", { name: "a", aliases: ["a"] }, "aliases[0]"],
    ["that is a reference", { name: "a", kms: "${aws_kms_key.one.id}" }, "kms"],
  ])("refuses an attribute %s that no row is of", (_, topic, path) => {
    expect(complaintsOf(withResource("aws_sns_topic", topic))).toEqual([
      `aws_sns_topic.one.${path}: is an attribute that no row is of`,
    ]);
  });

  it("refuses a text that AWS is to make", () => {
    const topic = { name: "routed-${aws_vpc.cluster_network_48CBFB31.id}" };
    expect(complaintsOf(withResource("aws_sns_topic", topic))).toEqual([
      "aws_sns_topic.one.name: can't be told before AWS has it: routed-${aws_vpc.cluster_network_48CBFB31.id}",
    ]);
  });

  it.each([
    ["an attribute", "API clients", "API client's"],
    ["an attribute of a block", "BGP of a", "BGP of a's"],
    ["a name within JSON", '\\"name\\":\\"bird\\"', '\\"name\\":\\"bird.d\\"'],
    ["an unknown text within JSON", '\\"essential\\":true', '\\"hostname\\":\\"a\\"'],
    ["a policy's statement", '\\"Sid\\":\\"EcsAgent\\"', '\\"Sid\\":\\"ecs-agent\\"'],
    ["a key of a tag", '"routed:pop"', '"aws:pop"'],
    ["a value of a tag", '"Name":"routed-full-al2023-1234-node-0"', '"Name":"it\'s"'],
    ["a default tag", '"tags":{"routed:environment"', '"tags":{"aws:environment"'],
    ["the name of a dimension", '"InstanceId"', '":InstanceId"'],
    ["what Terraform unescapes", '"name":"routed-full-al2023-1234-alarms"', '"name":"$${a}"'],
  ])("refuses %s", (_, text, other) => {
    expect(complaintsOf(withText(text, other))).not.toEqual([]);
  });

  it("refuses tags in the conditions of policies", () => {
    const Condition = { StringEquals: { "aws:ResourceTag/it's": "a" } };
    const Statement = [{ Sid: "A", Effect: "Allow", Action: ["s3:*"], Resource: "*", Condition }];
    const policy = JSON.stringify({ Version: "2012-10-17", Statement });
    expect(complaintsOf(withResource("aws_iam_policy", { name: "a", policy }))).toEqual([
      expect.stringContaining('got "it\'s"'),
    ]);
  });

  it("counts a resource's tags with the provider's", () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "a"]));
    const vpc = (count: number) => withResource("aws_sns_topic", { name: "a", tags: tags(count) });
    expect(complaintsOf(vpc(49))).toEqual([]);
    expect(complaintsOf(vpc(50))).toEqual(["aws_sns_topic.one.tags: has at most 50 tags, got 51"]);
  });

  it.each([
    ["al2023", '#!/bin/bash\nECS_CLUSTER=a\nECS_INSTANCE_ATTRIBUTES={"routed.slot":"it\'s"}\n'],
    ["bottlerocket", '[settings.ecs]\ncluster = "a"\ninstance-attributes = { "a b" = "1" }\n'],
  ])("refuses what a node of %s tells ECS of itself", (_, text) => {
    const user_data_base64 = Buffer.from(text).toString("base64");
    expect(complaintsOf(withResource("aws_instance", { user_data_base64 }))).toEqual([
      expect.stringContaining("ecs:RegisterContainerInstance attributes[]"),
    ]);
  });
});

function membersOf({ texts = {}, keys = {}, documents = {} }: TypeRow): string[] {
  return [
    ...Object.values(texts),
    ...Object.values(keys),
    ...Object.values(documents).flatMap((row) => [
      ...(row.whole === undefined ? [] : [row.whole]),
      ...membersOf(row),
    ]),
  ];
}
