import { desiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { blocksOf, FOUNDATION } from "../../../../lib/verify/written/block-names";
import { checkWrittenStack } from "../../../../lib/verify/written/check-written-stack";
import { synthesize } from "../../../fixtures/synthesize";
import { afterDeploy } from "../../../support/every-stack";
import { loadFullEnvironments } from "../../../support/full-environments";
import { withNewAmi } from "../../../support/fleet";
import { aPoppedEnvironment, deployed } from "../a-plan";

type Block = Record<string, unknown>;
interface Json extends Record<string, unknown> {
  resource: Record<string, Record<string, Block>>;
  import: { to: string; id: string }[];
}

const environment = aPoppedEnvironment();
const observation = withNewAmi(deployed(environment));
/** Upgrades node 0, keeps nodes 1 and 2. */
const plan = planUpgrade(desiredFleet(environment), observation);
const text = JSON.stringify(synthesize(environment, plan));
const FILES = ["cdk.tf.json", ".terraform", ".terraform.lock.hcl", "plan"];

function check(edit: (json: Json) => void = () => undefined, files = FILES): string[] {
  const json = JSON.parse(text) as Json;
  edit(json);
  return checkWrittenStack({ files, json, plan, observation });
}

function at(json: Json, address: string): Block {
  const [type = "", name = ""] = address.split(".");
  const block = json.resource[type]?.[name];
  if (block === undefined) throw new Error(`there is no ${address}`);
  return block;
}

function remove(json: Json, address: string): void {
  const [type = "", name = ""] = address.split(".");
  at(json, address);
  delete json.resource[type]?.[name];
}

const node0 = blocksOf(0);
const node1 = blocksOf(1);
const node2 = blocksOf(2);

it("finds nothing in what was synthesized, of an environment with all that a config can hold too", () => {
  expect(plan.decisions.map(({ action }) => action)).toEqual(["upgrade", "keep", "keep"]);
  expect(check()).toEqual([]);
  for (const full of loadFullEnvironments()) {
    const observed = afterDeploy(full);
    const planned = planUpgrade(desiredFleet(full), observed);
    const json = synthesize(full, planned);
    const written = { files: FILES, json, plan: planned, observation: observed };
    expect(checkWrittenStack(written)).toEqual([]);
  }
});

const LIFECYCLE = {
  prevent_destroy: true,
  ignore_changes: [
    "instance_type",
    "capacity_reservation_specification",
    "user_data_replace_on_change",
  ],
};
const OTHER_INSTANCE = observation.instances.find(({ slot }) => slot === 2)?.instanceId ?? "";

it.each<[string, (json: Json) => void, string]>([
  ...[node1.instance, node1.networkInterface, node1.elasticIp, node0.elasticIp, ...FOUNDATION].map(
    (address): [string, (json: Json) => void, string] => [
      `${address} is left out`,
      (json) => remove(json, address),
      `${address} is missing, so Terraform would destroy what it stands for`,
    ],
  ),
  ...[node1.instance, node1.networkInterface, node1.elasticIp, ...FOUNDATION].map(
    (address): [string, (json: Json) => void, string] => [
      `${address} has no pin`,
      (json) => delete at(json, address)["lifecycle"],
      `${address} must have the lifecycle `,
    ],
  ),
  [
    "a kept node has another name",
    (json) => {
      const block = at(json, node1.instance);
      remove(json, node1.instance);
      (json.resource["aws_instance"] ?? {})["other"] = block;
    },
    "aws_instance.other is of no slot that stays",
  ],
  ...[
    { ...LIFECYCLE, prevent_destroy: false },
    { ...LIFECYCLE, ignore_changes: [...LIFECYCLE.ignore_changes, "ami"] },
    { ...LIFECYCLE, ignore_changes: LIFECYCLE.ignore_changes.slice(1) },
    { ...LIFECYCLE, ignore_changes: "all" },
    { ...LIFECYCLE, create_before_destroy: true },
    { ...LIFECYCLE, replace_triggered_by: ["aws_vpc.x"] },
  ].map((lifecycle): [string, (json: Json) => void, string] => [
    `a kept node's lifecycle is ${JSON.stringify(lifecycle)}`,
    (json) => (at(json, node1.instance)["lifecycle"] = lifecycle),
    `${node1.instance} must have the lifecycle `,
  ]),
  ...["count", "for_each", "provisioner"].map((key): [string, (json: Json) => void, string] => [
    `a kept node has ${key}`,
    (json) => (at(json, node1.instance)[key] = 0),
    `${node1.instance} has ${key}`,
  ]),
  ...["aws", undefined].map((provider): [string, (json: Json) => void, string] => [
    `a kept node has the provider ${provider}`,
    (json) => (at(json, node1.instance)["provider"] = provider),
    `${node1.instance} must have provider aws.nodes, got ${provider ?? "none"}`,
  ]),
  [
    "an EIP has the nodes' provider",
    (json) => (at(json, node1.elasticIp)["provider"] = "aws.nodes"),
    `${node1.elasticIp} must have provider none, got aws.nodes`,
  ],
  [
    "two nodes' EIPs are exchanged",
    (json) => {
      const [one, two] = [at(json, node1.elasticIp), at(json, node2.elasticIp)];
      [one["network_interface"], two["network_interface"]] = [
        two["network_interface"],
        one["network_interface"],
      ];
    },
    `${node1.elasticIp} must have network_interface \${${node1.networkInterface}.id}, got \${${node2.networkInterface}.id}`,
  ],
  [
    "an EIP is on an instance",
    (json) => (at(json, node1.elasticIp)["instance"] = OTHER_INSTANCE),
    `${node1.elasticIp} must not have instance`,
  ],
  [
    "an interface is attached to another instance",
    (json) => (at(json, node1.networkInterface)["attachment"] = [{ instance: OTHER_INSTANCE }]),
    `${node1.networkInterface} must not have attachment`,
  ],
  [
    "a node boots on another's interface",
    (json) =>
      (at(json, node0.instance)["network_interface"] = at(json, node1.instance)[
        "network_interface"
      ]),
    `${node0.instance} must have network_interface `,
  ],
  [
    "a node has another's tag",
    (json) => (at(json, node1.instance)["tags"] = { "routed:node": "2" }),
    `${node1.instance} must have the tag routed:node 1, got 2`,
  ],
  ...(
    [
      ["ami", "ami-0f"],
      ["instance_type", "t3.micro"],
      ["user_data_base64", "aGk="],
      ["root_block_device", { volume_size: 1 }],
      ["metadata_options", { http_endpoint: "disabled" }],
      ["ebs_block_device", [{ device_name: "/dev/xvdf" }]],
    ] as const
  ).map(([name, value]): [string, (json: Json) => void, string] => [
    `a kept node's ${name} is another`,
    (json) => (at(json, node1.instance)[name] = value),
    `${node1.instance} must have the ${name}`,
  ]),
  ...["moved", "removed", "module", "check", "variable", "ephemeral"].map(
    (key): [string, (json: Json) => void, string] => [
      `it has ${key}`,
      (json) => (json[key] = [{ from: node1.instance }]),
      `it has ${key}, and may have `,
    ],
  ),
  [
    "it imports something else",
    (json) => json.import.push({ to: node1.instance, id: OTHER_INSTANCE }),
    `it imports {"to":"${node1.instance}"`,
  ],
  [
    "it imports another slot's address",
    (json) => (json.import[0] = { to: node1.elasticIp, id: "eipalloc-0f" }),
    `it imports {"to":"${node1.elasticIp}"`,
  ],
  ...(
    [
      [node1.instance, "instance_initiated_shutdown_behavior"],
      [node1.networkInterface, "private_ips_count"],
      [node1.elasticIp, "associate_with_private_ip"],
    ] as const
  ).map(([address, name]): [string, (json: Json) => void, string] => [
    `${address} has ${name}`,
    (json) => (at(json, address)[name] = "x"),
    `${address} must not have ${name}, which may change in place`,
  ]),
  [
    "an interface gives up its private address",
    (json) => (at(json, node1.networkInterface)["private_ips"] = ["10.64.0.99"]),
    `${node1.networkInterface} must have private_ips`,
  ],
  [
    "an interface gives up its IPv6 address",
    (json) => {
      const eni = at(json, node1.networkInterface);
      const [address] = eni["ipv6_addresses"] as string[];
      eni["ipv6_addresses"] = [address?.replace(/\d+\)\}$/, "99)}")];
    },
    `${node1.networkInterface} must have ipv6_addresses`,
  ],
  [
    "an alarm stops a node",
    (json) => {
      const [alarm] = Object.values(json.resource["aws_cloudwatch_metric_alarm"] ?? {});
      if (alarm !== undefined) alarm["ok_actions"] = ["arn:aws:automate:us-east-2:ec2:stop"];
    },
    "must tell a topic or recover a node, got arn:aws:automate:us-east-2:ec2:stop",
  ],
  ...[node0.elasticIp, node0.networkInterface, node1.elasticIp].map(
    (address): [string, (json: Json) => void, string] => [
      `it imports no ${address}`,
      (json) => (json.import = json.import.filter(({ to }) => to !== address)),
      `to ${address}, in case the state has lost it`,
    ],
  ),
  ...[
    "aws_ec2_instance_state",
    "aws_network_interface_attachment",
    "aws_eip_association",
    "terraform_data",
  ].map((type): [string, (json: Json) => void, string] => [
    `it has a resource ${type}`,
    (json) => (json.resource[type] = { x: { instance_id: "${local.launched[0]}" } }),
    `${type}.x is of a type of which nobody has looked up`,
  ]),
  [
    "a target group takes a kept node by its id",
    (json) => ((json.resource["aws_sns_topic"] ??= {})["x"] = { name: OTHER_INSTANCE }),
    "aws_sns_topic.x names node 2, which this deploy keeps",
  ],
  [
    "a route leads to a kept node",
    (json) =>
      ((json.resource["aws_route"] ??= {})["x"] = {
        network_interface_id: `\${${node1.networkInterface}.id}`,
      }),
    "aws_route.x names node 1, which this deploy keeps",
  ],
])("refuses a stack where %s", (_, edit, problem) => {
  expect(check(edit)).toContainEqual(expect.stringContaining(problem) as string);
});

it.each(["override.tf", "x_override.tf.json", "more.tf", "other.tf.json", "x.tofu"])(
  "refuses a stack with a file %s beside it",
  (file) => {
    expect(check(undefined, [...FILES, file])).toEqual([
      `${file} lies beside it, which Terraform reads too`,
    ]);
  },
);

it("refuses a stack of a plan that has forgotten a slot", () => {
  const forgetful = { ...plan, decisions: plan.decisions.slice(0, 2) };
  const json = synthesize(environment, forgetful);
  expect(checkWrittenStack({ files: FILES, json, plan: forgetful, observation })).toEqual([
    "the upgrade plan has no slot 2, which AWS holds something of",
  ]);
});

it("refuses what is no stack", () => {
  expect(checkWrittenStack({ files: FILES, json: [], plan, observation })).toEqual([
    "it must be an object",
  ]);
});
