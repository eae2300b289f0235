import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Arguments, SynthesizedStack } from "../fixtures/synthesize";
import { synthesize } from "../../sandbox/deploy";
import { EndToEnd } from "../support/end-to-end";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const CONTAINER = { name: "a", image: "a", memory: 128, essential: true };
const check = (changes: object): object => ({
  healthCheck: { command: ["CMD", "true"], ...changes },
});
const awslogs = (options: object): object => ({
  logConfiguration: { logDriver: "awslogs", options },
});
const port = (containerPort: number, hostPort = containerPort): object => ({
  portMappings: [{ containerPort, hostPort }],
});
const ulimit = (name: string, softLimit: number): object => ({
  ulimits: [{ name, softLimit, hardLimit: 1 }],
});

/** By the family of a task definition: what is wrong with its container, and what of it AWS's error names. */
const CONTAINERS: Readonly<Record<string, readonly [changes: object, words: string]>> = {
  interval: [check({ interval: 4 }), "interval"],
  timeout: [check({ timeout: 61 }), "healthCheck.timeout"],
  retries: [check({ retries: 11 }), "retries"],
  start: [check({ startPeriod: 301 }), "startPeriod"],
  command: [check({ command: ["true"] }), "a command begins with CMD"],
  mapped: [port(8080, 8081), "hostPort"],
  port: [port(70000), "containerPort"],
  driver: [{ logConfiguration: { logDriver: "carrier-pigeon" } }, "logDriver"],
  group: [awslogs({}), "requires options: awslogs-group"],
  mode: [awslogs({ "awslogs-group": "g", "awslogs-region": "r", mode: "quick" }), "options.mode"],
  memory: [{ memory: 5 }, "containerDefinitions\\[0\\].memory"],
  dot: [{ name: "a.b" }, "containerDefinitions\\[0\\].name"],
  image: [{ image: "a b" }, "containerDefinitions\\[0\\].image"],
  essential: [{ essential: false }, "at least one essential"],
  mount: [{ mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }, "Unknown volume"],
  order: [{ dependsOn: [{ containerName: "b", condition: "START" }] }, "Invalid dependsOn"],
  links: [{ links: ["b"] }, "links"],
  limit: [ulimit("nofile", 2), "softLimit"],
  limits: [ulimit("files", 1), "ulimits\\[0\\].name"],
  capability: [
    { linuxParameters: { capabilities: { drop: ["EVERYTHING"] } } },
    "linuxParameters.capabilities",
  ],
  secret: [
    { secrets: [{ name: "a", valueFrom: "arn:aws:ssm:us-east-1:1:parameter/a" }] },
    "executionRoleArn",
  ],
};

const definition = (family: string, containers: readonly object[]) => ({
  family,
  network_mode: "host",
  container_definitions: JSON.stringify(containers),
});
const manyTags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`tag-${n}`, ""]));
const policy = (Sid: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid, Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });

/** What AWS refuses of a stack that Terraform and its provider take. */
describe("a stack with single things changed", () => {
  let world: EndToEnd;
  let file: string;

  beforeAll(async () => {
    world = await EndToEnd.built();
    expect((await synthesize(world.run())).status).toBe(0);
    file = join(world.workspace.directory, "cdktf.out/stacks/small/cdk.tf.json");
  });
  afterAll(() => world?.stop("wanted"));

  it("is refused by the local AWS with AWS's errors, through Terraform, all of them at once", async () => {
    const stack = JSON.parse(readFileSync(file, "utf8")) as SynthesizedStack & {
      readonly resource: Resources;
    };
    const first = (type: string): Record<string, unknown> => {
      const [found] = Object.values(stack.resource[type] ?? {});
      if (found === undefined) throw new Error(`the stack has no ${type}`);
      return found;
    };
    const another = (type: string, changes: Arguments) => {
      (stack.resource[type] ??= {})["another"] = {
        ...first(type),
        ...changes,
        lifecycle: undefined,
      };
    };
    another("aws_ecs_cluster", { name: "another" });
    const unbound = { network_interface: undefined };
    const group = { name: "another", ingress: undefined };
    const eni = first("aws_network_interface");
    const service = { task_definition: "${aws_ecs_task_definition.fine.arn}" };
    const definitions = stack.resource["aws_ecs_task_definition"] ?? {};
    for (const [family, [changes]] of Object.entries(CONTAINERS)) {
      definitions[family] = definition(family, [{ ...CONTAINER, ...changes }]);
    }
    Object.assign(definitions, {
      fine: definition("fine", [CONTAINER]),
      twice: definition("twice", [CONTAINER, CONTAINER]),
      small: { ...definition("small", [CONTAINER]), cpu: "64" },
    });
    const more: readonly (readonly [string, string, Arguments])[] = [
      ["aws_eip", "text", { ...unbound, tags: { Name: "it's ours" } }],
      ["aws_eip", "tags", { ...unbound, tags: manyTags(51) }],
      ["aws_network_interface", "kept", { private_ips: ["10.99.0.3"], ipv6_addresses: [] }],
      ["aws_network_interface", "outside", { private_ips: ["10.98.0.30"], ipv6_addresses: [] }],
      ["aws_network_interface", "taken", { private_ips: eni["private_ips"], ipv6_addresses: [] }],
      ["aws_security_group", "text", { ...group, description: "The API's own" }],
      ["aws_ecs_service", "dot", { ...service, name: "a.b" }],
      ["aws_iam_role_policy", "sid", { name: "another", policy: policy("ecs-agent") }],
      ["aws_subnet", "outside", { cidr_block: "10.200.0.0/24", ipv6_cidr_block: undefined }],
    ];
    for (const [type, name, changes] of more) {
      (stack.resource[type] ??= {})[`another-${name}`] = {
        ...first(type),
        depends_on: [],
        ...changes,
        lifecycle: undefined,
      };
    }
    writeFileSync(file, JSON.stringify(stack));
    await world.aws.clearCalls();

    const { status, output } = await world.tryDeploy({ args: ["--skip-synth"] });

    expect(status).not.toBe(0);
    const flat = output.replaceAll(/[\s│]+/g, " ");
    const refusals = [
      ...Object.values(CONTAINERS).map(([, words]) => `RegisterTaskDefinition, .*?${words}`),
      "RegisterTaskDefinition, .*?have names of their own",
      "RegisterTaskDefinition, .*?Invalid 'cpu' setting",
      "AllocateAddress, .*?InvalidParameterValue: Value \\(it's ours\\)",
      "AllocateAddress, .*?TagLimitExceeded",
      "CreateNetworkInterface, .*?InvalidParameterValue: Address 10\\.99\\.0\\.3 is in subnet's reserved",
      "CreateNetworkInterface, .*?InvalidParameterValue: Address 10\\.98\\.0\\.30 does not fall within",
      "CreateNetworkInterface, .*?InvalidIPAddress\\.InUse",
      "CreateSecurityGroup, .*?InvalidParameterValue: .*?The API's own",
      "CreateService, .*?serviceName",
      "PutRolePolicy, .*?MalformedPolicyDocument",
      "CreateSubnet, .*?InvalidSubnet\\.Range",
    ];
    expect(refusals.filter((refusal) => !new RegExp(refusal).test(flat))).toEqual([]);
    expect(refusals.length).toBeGreaterThanOrEqual(30);
    // What nothing is wrong with is made all the same, and no node was touched.
    const { counts } = await world.aws.calls();
    expect(counts).toMatchObject({ ecs: { CreateCluster: 1 } });
    expect(counts).not.toHaveProperty("ec2.TerminateInstances");
  });
});
