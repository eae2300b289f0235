import type { UpgradePlan } from "../../../../lib/plan/upgrade-plan";
import { driftOf } from "../../../../lib/verify/drift/drift";
import { renderDrift, renderDriftJson } from "../../../../lib/verify/drift/render-drift";
import { parseTerraformPlan } from "../../../../lib/terraform/plan";
import type { TerraformPlan } from "../../../../lib/terraform/plan";
import { withNewAmi } from "../../../support/fleet";
import { aPoppedEnvironment, bgpRule, deployed, Draft } from "../a-plan";
import type { Attributes, ChangeJson } from "../a-plan";

let draft: Draft;
let pending: UpgradePlan;
beforeEach(() => {
  draft = Draft.of(aPoppedEnvironment(), deployed(aPoppedEnvironment()));
  pending = draft.upgradePlan;
});

function planOf(): TerraformPlan {
  return parseTerraformPlan(JSON.stringify(draft.json), "plan.json");
}

/** AWS holds other values than Terraform left; `putBack` of them are changed again by the plan. */
function byHand(address: string, values: Attributes, putBack: readonly string[] = []): void {
  const resource = draft.at(address);
  const left = resource.change.before ?? {};
  const held = { ...left, ...values };
  draft.json.resource_drift.push(change(resource, ["update"], left, held));
  const wanted = Object.fromEntries(putBack.map((name) => [name, left[name]]));
  resource.change.before = held;
  resource.change.after = { ...held, ...wanted };
  if (putBack.length > 0) resource.change.actions = ["update"];
}

function change(
  { address, mode, type }: ChangeJson,
  actions: string[],
  before: Attributes,
  after: Attributes | null,
): ChangeJson {
  return { address, mode, type, change: { actions, before, after, after_unknown: {} } };
}

function lines(): string[] {
  return renderDrift(driftOf(planOf()), pending).split("\n");
}

it("sees none where AWS holds what the last deploy left", () => {
  expect(lines()).toEqual(["test: no drift: AWS holds what the last deploy left"]);
});

it("sees none in a staged upgrade, and tells of it", () => {
  draft = Draft.of(aPoppedEnvironment(), withNewAmi(deployed(aPoppedEnvironment())));
  expect(renderDrift(driftOf(planOf()), draft.upgradePlan).split("\n")).toEqual([
    "test: no drift: AWS holds what the last deploy left",
    "pending, and no drift: staged: upgrade node 0; 3 waves to go",
  ]);
});

it("sees none in what version 6 of the provider fills in of a state that 5 wrote", () => {
  const region = "us-east-2";
  byHand("aws_instance.node-1", {
    region,
    primary_network_interface: [{ network_interface_id: "eni-1", delete_on_termination: false }],
    placement_group_id: "",
    force_destroy: false,
  });
  byHand("aws_ecs_service.pop1", { region, arn: "arn:service/pop1", deployment_configuration: [] });
  byHand("aws_s3_bucket.snapshots", { bucket_region: region });
  byHand("aws_vpc.network", { region });
  expect(lines()).toEqual(["test: no drift: AWS holds what the last deploy left"]);
});

it("tells of the same attributes once version 6 has written them down", () => {
  const node = draft.at("aws_instance.node-1");
  Object.assign(node.change.before ?? {}, { placement_group_id: "pg-1", region: "us-east-2" });
  byHand("aws_instance.node-1", { placement_group_id: "pg-2", region: "us-west-2" });
  expect(lines().slice(2)).toEqual([
    "  placement_group_id: pg-1 → pg-2; the next deploy does nothing about it",
    "  region: us-east-2 → us-west-2; the next deploy does nothing about it",
  ]);
});

it("tells each attribute, and whether the next deploy puts it back", () => {
  byHand(
    "aws_instance.node-1",
    {
      monitoring: true,
      tags: { Name: "mine", "routed:node": "1" },
      tags_all: { Name: "mine", "routed:node": "1", "routed:environment": "stolen" },
    },
    ["tags"],
  );
  expect(lines()).toEqual([
    "test: drift: 1 resource was changed outside of Terraform",
    "aws_instance.node-1 (node 1):",
    "  monitoring: false → true; the next deploy does nothing about it",
    "  tags.Name: routed-test-node-1 → mine; the next deploy puts it back",
    '  tags_all["routed:environment"]: test → stolen; the next deploy does nothing about it',
  ]);
});

it("tells what was deleted, and whether the next deploy creates it again", () => {
  for (const address of ["aws_ecs_service.pop1", "aws_ecs_service.pop2"]) {
    const resource = draft.at(address);
    const left = resource.change.before ?? {};
    draft.json.resource_drift.push(change(resource, ["delete"], left, null));
  }
  const again = draft.at("aws_ecs_service.pop1");
  const after = again.change.before;
  again.change = { actions: ["create"], before: null, after, after_unknown: {} };
  expect(lines()).toEqual([
    "test: drift: 2 resources were changed outside of Terraform",
    "aws_ecs_service.pop1 (PoP pop1) was deleted; the next deploy creates it again",
    "aws_ecs_service.pop2 (PoP pop2) was deleted; the next deploy does nothing about it",
  ]);
});

it("tells that the next deploy replaces a resource that was changed", () => {
  byHand("aws_instance.node-0", { ami: "ami-0f" });
  draft.edit("aws_instance.node-0", { ami: "ami-00" }, "replace");
  expect(lines().at(-1)).toMatch(/ami: .* → ami-0f; the next deploy replaces the resource$/);
});

describe("what AWS fills in", () => {
  it("is no drift", () => {
    byHand("aws_instance.node-0", { public_ip: "192.0.2.9", ipv6_addresses: ["2001:db8::9"] });
    const { id: instance } = draft.at("aws_instance.node-0").change.before ?? {};
    byHand("aws_network_interface.node-0", { attachment: [{ device_index: 0, instance }] });
    byHand("aws_eip.node-0", { association_id: "eipassoc-9", instance });
    expect(driftOf(planOf()).resources).toEqual([]);
  });

  it("is drift where an address is on an instance that isn't the stack's", () => {
    byHand("aws_network_interface.node-0", { attachment: [{ device_index: 0, instance: "i-9" }] });
    byHand("aws_eip.node-1", { association_id: "eipassoc-9", instance: "i-9" });
    const found = driftOf(planOf()).resources.map(({ attributes }) => attributes[0]?.path);
    expect(found).toEqual(["attachment[0].instance", "instance"]);
  });

  it.each([
    [null, ""],
    ["", null],
    [null, []],
    [{}, null],
  ])("is no drift where nothing is written in another way: %j and %j", (from, to) => {
    const resource = draft.at("aws_eip.node-0");
    resource.change.before = { ...resource.change.before, extra: from };
    byHand("aws_eip.node-0", { extra: to });
    expect(driftOf(planOf()).resources).toEqual([]);
  });
});

describe("a list that other resources make", () => {
  const rule = (cidr: string, extra: Attributes = {}): Attributes => ({
    from_port: 80,
    to_port: 80,
    protocol: "tcp",
    cidr_blocks: [cidr],
    ipv6_cidr_blocks: [],
    ...extra,
  });

  function ruleResource(values: Attributes): void {
    const resource = draft.at("aws_vpc_security_group_ingress_rule.api-clients");
    const own = {
      security_group_id: "sg-nodes",
      from_port: 80,
      to_port: 80,
      ip_protocol: "tcp",
      cidr_ipv4: "10.0.0.0/8",
      ...values,
    };
    resource.change.before = own;
    resource.change.after = own;
  }

  it("is no drift while it holds what they made", () => {
    ruleResource({});
    byHand("aws_security_group.nodes", { ingress: [rule("10.0.0.0/8")] });
    expect(driftOf(planOf()).resources).toEqual([]);
  });

  it("is drift with a rule that none of them made, alone or beside another in one item", () => {
    ruleResource({});
    const both = rule("10.0.0.0/8", { cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] });
    byHand("aws_security_group.nodes", { ingress: [both] });
    expect(driftOf(planOf()).resources).toMatchObject([
      {
        address: "aws_security_group.nodes",
        nextDeploy: "leaves-it",
        attributes: [{ path: "ingress", from: null, to: { cidr_blocks: ["0.0.0.0/0"] } }],
      },
    ]);
    expect(driftOf(planOf()).resources[0]?.attributes).toHaveLength(1);
  });

  it.each([{ from_port: 22 }, { ip_protocol: "udp" }, { security_group_id: "sg-other" }])(
    "is drift where the rule that was made is another: %j",
    (values) => {
      ruleResource(values);
      byHand("aws_security_group.nodes", { ingress: [rule("10.0.0.0/8")] });
      expect(driftOf(planOf()).resources).toHaveLength(1);
    },
  );

  it("is drift with and without a rule of the group's own, told source by source", () => {
    const own = bgpRule("pop1", 1, ["2001:db8:1::/48", "2001:db8:8::/48"]);
    draft.at("aws_security_group.bgp-1").change.before = { ingress: [own] };
    byHand("aws_security_group.bgp-1", {
      ingress: [{ ...own, ipv6_cidr_blocks: ["2001:db8:1::/48"] }, rule("10.0.0.0/8")],
    });
    const [drifted] = driftOf(planOf()).resources;
    expect(drifted?.attributes.map(({ from, to }) => [from, to])).toMatchObject([
      [null, { from_port: 80, cidr_blocks: ["10.0.0.0/8"] }],
      [{ from_port: 20001, ipv6_cidr_blocks: ["2001:db8:8::/48"] }, null],
    ]);
  });

  it("holds routes and policies of a role, too", () => {
    const role = (values: Attributes) => byHand("aws_iam_role.node", values);
    role({ managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
    expect(driftOf(planOf()).resources).toMatchObject([{ address: "aws_iam_role.node" }]);
  });
});

it("tells what the plan mends as a repair, and what the state has lost", () => {
  const eip = "aws_eip.node-1";
  byHand(eip, { network_interface: "" }, ["network_interface"]);
  const parts = ["association"] as const;
  pending = { ...pending, status: "staged", wavesRemaining: 1, repairs: [{ slot: 1, parts }] };
  const lost = draft.at("aws_eip.node-2");
  lost.change = { ...lost.change, ...{ importing: { id: "eipalloc-2" } } };
  expect(lines()).toEqual([
    "test: drift: 2 resources were changed outside of Terraform",
    "aws_eip.node-1 (node 1):",
    '  network_interface: eni-1 → ""; the next deploy puts it back',
    "aws_eip.node-2 (eipalloc-2) is not in Terraform's state; the next deploy takes it back as it is",
    "repair: staged: mend the address of node 1 (its EIP is not on its ENI); 1 wave to go",
  ]);
  expect(JSON.parse(renderDriftJson(driftOf(planOf()), pending))).toMatchObject({
    drifted: true,
    lost: [{ address: "aws_eip.node-2", id: "eipalloc-2" }],
    repairs: [{ slot: 1, parts }],
  });
});

it("prints data", () => {
  byHand("aws_eip.node-2", { tags: { Name: "mine", "routed:node": "2" } }, ["tags"]);
  expect(JSON.parse(renderDriftJson(driftOf(planOf()), pending))).toMatchObject({
    environment: "test",
    drifted: true,
    resources: [{ address: "aws_eip.node-2", node: 2, pop: null, nextDeploy: "puts-back" }],
    pending: { status: "converged", summary: "every node is as the config wants it" },
  });
});
