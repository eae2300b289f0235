import { renderSummary } from "../../../lib/plan/render/render-summary";
import { renderWhy } from "../../../lib/plan/render/render-why";
import { renderViolation } from "../../../lib/verify/verdict";
import type { Verdict } from "../../../lib/verify/verdict";
import { NEW_AMI, OLD_AMI, withEcs, withNewAmi, withTask } from "../../support/fleet";
import { nothingOf } from "../../support/every-stack";
import { aDaemon } from "../../fixtures/a-routed-environment";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import { aPoppedEnvironment, bgpRule, created, deployed, Draft, existing } from "./a-plan";

const environment = aPoppedEnvironment();
const TAKE_OUT =
  "take the change out of the stack, or make it in the config and let waves carry it out";

/** Terraform has nothing to do. */
function aConvergedDraft(): Draft {
  return Draft.of(environment, deployed(environment));
}

/** Node 0 gets a new AMI; nodes 1 and 2 wait. */
function anUpgradeDraft(): Draft {
  return Draft.of(environment, withNewAmi(deployed(environment)));
}

const LOOK = "take it out of the stack, or add to lib/verify/judges why it does no harm";

/** What a stack says of a new service. */
function aService(name: string, tags: Readonly<Record<string, string>>) {
  return {
    name,
    availability_zone_rebalancing: "DISABLED",
    cluster: "arn:cluster",
    deployment_circuit_breaker: [{ enable: true, rollback: true }],
    deployment_maximum_percent: 100,
    deployment_minimum_healthy_percent: 50,
    enable_ecs_managed_tags: true,
    launch_type: "EC2",
    propagate_tags: "SERVICE",
    scheduling_strategy: "DAEMON",
    task_definition: "arn:task-definition/pops:1",
    tags,
    tags_all: tags,
  };
}

function messagesOf({ violations }: Verdict): string[] {
  return violations.map(renderViolation);
}

function rulesOf({ violations }: Verdict): string[] {
  return violations.map(({ rule }) => rule);
}

function idOf(draft: Draft, slot: number): string {
  return String(draft.at(`aws_instance.node-${slot}`).change.before?.["id"]);
}

describe("proves", () => {
  it("a plan that changes nothing", () => {
    const verdict = aConvergedDraft().verdict();
    expect(messagesOf(verdict)).toEqual([]);
    expect(verdict.proved).toBe(true);
    expect(verdict.facts.nodes[0]).toEqual({
      slot: 0,
      decision: "keep",
      effect: "none",
      address: "aws_instance.node-0",
      disrupted: false,
    });
  });

  it("the upgrade of one node", () => {
    const verdict = anUpgradeDraft().verdict();
    expect(messagesOf(verdict)).toEqual([]);
    expect(verdict.facts.nodes.map(({ effect, disrupted }) => [effect, disrupted])).toEqual([
      ["replace", true],
      ["none", false],
      ["none", false],
    ]);
  });

  it("the first deploy", () => {
    const draft = Draft.of(environment, nothingOf(environment));
    expect(draft.upgradePlan.decisions.map(({ action }) => action)).toEqual([
      "create",
      "create",
      "create",
    ]);
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("scaling out", () => {
    const wider = aPoppedEnvironment({ fleet: { ...environment.fleet, nodes: 5 } });
    const draft = Draft.of(wider, deployed(environment));
    expect(draft.at("aws_instance.node-4").change.actions).toEqual(["create"]);
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("scaling in: the removed slot's instance, ENI and EIP go", () => {
    const narrower = aPoppedEnvironment({ fleet: { ...environment.fleet, nodes: 2 } });
    const draft = Draft.of(narrower, deployed(environment));
    expect(draft.at("aws_eip.node-2").change.actions).toEqual(["delete"]);
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("mending a slot that has an address and no instance", () => {
    const observed = deployed(environment);
    const [gone, ...rest] = observed.instances;
    const networkInterfaces = observed.networkInterfaces.map((eni) =>
      eni.instanceId === gone?.instanceId ? { ...eni, instanceId: null } : eni,
    );
    const draft = Draft.of(environment, { ...observed, instances: rest, networkInterfaces });
    expect(draft.at("aws_eip.node-0").change.actions).toEqual(["no-op"]);
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("a new PoP, which the config has", () => {
    const draft = aConvergedDraft();
    draft.json.resource_changes.push(
      created(
        "aws_ecs_service.pop3",
        aService("pop3", { "routed:pop": "pop3", "routed:site-id": "3" }),
      ),
      existing("aws_security_group.bgp-3", {
        id: "sg-bgp-3",
        name: "routed-test-bgp-3",
        ingress: [bgpRule("pop3", 3, ["2001:db8:3::/48"])],
      }),
    );
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_ecs_service.pop3: pop3's service, created, would have name pop3, but it must be a PoP's or a node daemon's of the config; ${LOOK}`,
    ]);
    const pop3 = { id: 3, name: "pop3", bgpPeers: ["2001:db8:3::/48"] };
    const autopilotSites = [...environment.autopilotSites, pop3];
    Object.assign(draft, { environment: aPoppedEnvironment({ autopilotSites }) });
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("a PoP that the config dropped, with all that is its own", () => {
    const [pop1] = environment.autopilotSites;
    const { upgradePlan, observation } = aConvergedDraft();
    const draft = new Draft(environment, upgradePlan, observation).destroy("aws_ecs_service.pop2");
    draft.edit("aws_security_group.bgp-2", { ingress: [] });
    const dropped = aPoppedEnvironment({ autopilotSites: pop1 ? [pop1] : [] });
    Object.assign(draft, { environment: dropped });
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("peers and clients that the config no longer names", () => {
    const [pop1, pop2] = environment.autopilotSites;
    if (!pop1 || !pop2) throw new Error("there are two PoPs");
    const draft = aConvergedDraft().destroy(
      "aws_vpc_security_group_ingress_rule.api-clients",
      "aws_vpc_security_group_ingress_rule.prometheus",
    );
    const peers = ["2001:db8:9::/48"];
    draft.edit("aws_security_group.bgp-1", { ingress: [bgpRule("pop1", 1, peers)] });
    const network = { ...environment.network, apiClientCidrs: [], prometheusCidrs: [] };
    const sites = [{ ...pop1, bgpPeers: peers }, pop2];
    Object.assign(draft, {
      environment: aPoppedEnvironment({ network, autopilotSites: sites }),
    });
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("dropping a zone that no node is in, with its subnet", () => {
    const aws = { ...environment.aws, availabilityZones: ["us-east-2a", "us-east-2b"] };
    const narrower = aPoppedEnvironment({ aws, fleet: { ...environment.fleet, nodes: 2 } });
    const draft = Draft.of(environment, deployed(environment));
    const planned = Draft.of(narrower, deployed(environment));
    Object.assign(draft, { environment: narrower, upgradePlan: planned.upgradePlan });
    draft.json.planned_values = planned.json.planned_values;
    draft.destroy(
      "aws_instance.node-2",
      "aws_network_interface.node-2",
      "aws_eip.node-2",
      "aws_subnet.us-east-2c",
      "aws_route_table_association.us-east-2c",
      "aws_ec2_subnet_cidr_reservation.us-east-2c",
    );
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("harmless changes of running nodes, in place", () => {
    const draft = aConvergedDraft();
    for (const slot of [0, 1, 2]) {
      const tags = { Name: "x", "routed:node": String(slot) };
      draft.edit(`aws_instance.node-${slot}`, { tags });
      draft.edit(`aws_network_interface.node-${slot}`, { description: "x" });
    }
    expect(messagesOf(draft.verdict())).toEqual([]);
  });
});

describe("refuses what the upgrade plan did not decide", () => {
  it("a kept node that is stopped and started by its type", () => {
    const draft = aConvergedDraft().edit("aws_instance.node-1", { instance_type: "r6i.xlarge" });
    const verdict = draft.verdict();
    expect(verdict.proved).toBe(false);
    expect(messagesOf(verdict)).toEqual([
      `aws_instance.node-1: node 1 would be stopped and started again (instance_type r6i.large → r6i.xlarge), but the upgrade plan keeps it as it is; ${TAKE_OUT}`,
    ]);
    expect(verdict.violations[0]?.attributes).toEqual(["instance_type"]);
  });

  it.each(["user_data", "user_data_base64", "capacity_reservation_specification"])(
    "a kept node that is stopped and started by its %s, also where it is known after the apply only",
    (attribute) => {
      const draft = aConvergedDraft().edit("aws_instance.node-1", {});
      draft.at("aws_instance.node-1").change.after_unknown = { [attribute]: true };
      expect(messagesOf(draft.verdict())[0]).toContain(
        "aws_instance.node-1: node 1 would be stopped and started again",
      );
    },
  );

  it("a change in place that nobody has looked at", () => {
    const draft = aConvergedDraft().edit("aws_instance.node-1", { tenancy: "dedicated" });
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_instance.node-1: node 1 would be changed in a way that is not known to be harmless (tenancy none → dedicated), but the upgrade plan keeps it as it is; ${TAKE_OUT}`,
    ]);
  });

  it("a kept node that is replaced, and one over the budget", () => {
    const draft = anUpgradeDraft().edit("aws_instance.node-1", { ami: NEW_AMI }, "replace");
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_instance.node-1: node 1 would be replaced (ami ${OLD_AMI} → ${NEW_AMI}), but the upgrade plan keeps it as it is; ${TAKE_OUT}`,
      "aws_instance.node-0, aws_instance.node-1: 2 nodes (0, 1) would be disrupted by one deploy, but fleet.maxUnavailableNodes is 1; change one wave's nodes at a time",
    ]);
  });

  it("a tainted node", () => {
    const draft = aConvergedDraft().edit("aws_instance.node-1", {}, "replace");
    draft.at("aws_instance.node-1").action_reason = "replace_because_tainted";
    expect(messagesOf(draft.verdict())).toEqual([
      "aws_instance.node-1: node 1 would be replaced (it is marked as tainted), but the upgrade plan keeps it as it is; untaint it (terraform untaint aws_instance.node-1)",
    ]);
  });

  it("a kept node that Terraform would launch anew", () => {
    const draft = aConvergedDraft();
    const id = idOf(draft, 1);
    const node = draft.at("aws_instance.node-1");
    node.change = { ...node.change, actions: ["create"], before: null };
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_instance.node-1: another instance would be launched for node 1, but the upgrade plan keeps ${id}, which Terraform doesn't find any more; synthesize and plan again; if ${id} still runs, the state has lost it: routed deploy takes it back, unless the state or the provider is another one`,
    ]);
  });

  it("an upgrade to another AMI than was decided", () => {
    const draft = anUpgradeDraft();
    const after = draft.at("aws_instance.node-0").change.after ?? {};
    after["ami"] = "ami-3";
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_instance.node-0: node 0 would have ami ami-3 rather than ${NEW_AMI}, but the upgrade plan decided on another spec; take the override out, then synthesize and plan again`,
    ]);
  });

  it.each([
    ["ami", { ami: "ami-3" }],
    ["user_data_base64", { user_data_base64: "AAAA" }],
    ["root_block_device[0].volume_size", { root_block_device: [{ volume_size: 8 }] }],
  ])("a new node whose %s is not what was decided", (attribute, values) => {
    const draft = Draft.of(environment, nothingOf(environment));
    Object.assign(draft.at("aws_instance.node-1").change.after ?? {}, values);
    expect(draft.verdict().violations.map(({ attributes }) => attributes)).toEqual([[attribute]]);
  });

  it("a new node whose data volume is not what was decided", () => {
    const image = { os: "bottlerocket", architecture: "x86_64", amiId: NEW_AMI } as const;
    const bottlerocket = { ...environment, fleet: { ...environment.fleet, image } };
    const draft = Draft.of(bottlerocket, nothingOf(bottlerocket));
    expect(draft.verdict().violations).toEqual([]);
    draft.at("aws_instance.node-1").change.after!["ebs_block_device"] = [];
    expect(draft.verdict().violations.map(({ what }) => what)).toEqual([
      "node 1 would have ebs_block_device[/dev/xvdb].volume_size none rather than 100",
    ]);
  });

  it("an AMI that is known after the apply only", () => {
    const draft = anUpgradeDraft();
    const { change } = draft.at("aws_instance.node-0");
    delete change.after?.["ami"];
    change.after_unknown = { ami: true };
    expect(messagesOf(draft.verdict())).toEqual([
      "aws_instance.node-0: node 0 would have ami known after the apply only, but the upgrade plan decided on another spec; take the override out, then synthesize and plan again",
    ]);
  });

  it("a kept node whose root volume grows beside the plan", () => {
    const draft = aConvergedDraft().edit("aws_instance.node-1", {
      root_block_device: [{ iops: 3000, volume_size: 200, volume_type: "gp3" }],
    });
    expect(draft.verdict().violations[0]?.what).toBe(
      "node 1 would have root_block_device[0].volume_size 200 rather than 100",
    );
  });

  it("another instance than the one that was observed", () => {
    const draft = aConvergedDraft();
    const id = idOf(draft, 1);
    const { change } = draft.at("aws_instance.node-1");
    change.before = { ...change.before, id: "i-other" };
    change.after = change.before;
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_instance.node-1: node 1's instance i-other would be left as it is, but the upgrade plan was made for ${id}; synthesize and plan again`,
    ]);
  });

  it("a decided upgrade that Terraform doesn't plan", () => {
    const draft = anUpgradeDraft();
    const id = idOf(draft, 0);
    const { change } = draft.at("aws_instance.node-0");
    change.actions = ["no-op"];
    change.after = change.before;
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_instance.node-0: node 0 would be left as it is, but the upgrade plan replaces ${id}; synthesize and plan again`,
    ]);
  });

  it("a decided removal that Terraform doesn't plan", () => {
    const narrower = aPoppedEnvironment({ fleet: { ...environment.fleet, nodes: 2 } });
    const draft = Draft.of(narrower, deployed(environment));
    const { change } = draft.at("aws_instance.node-2");
    change.actions = ["no-op"];
    change.after = change.before;
    expect(draft.verdict().violations[0]).toMatchObject({
      what: "node 2 would be left as it is",
      why: "the upgrade plan removes it",
    });
  });

  it("a node that is missing from Terraform's plan", () => {
    const draft = aConvergedDraft();
    const changes = draft.json.resource_changes;
    changes.splice(changes.indexOf(draft.at("aws_instance.node-1")), 1);
    expect(messagesOf(draft.verdict())).toEqual([
      "node 1 is not in Terraform's plan, but the upgrade plan decided to keep it; synthesize and plan again, without -target",
    ]);
  });

  it("a second instance of a slot, and one of no slot", () => {
    const draft = aConvergedDraft();
    draft.json.resource_changes.push(
      created("aws_instance.twin", { tags: { "routed:node": "1" } }),
      created("aws_instance.stray", { tags: { Name: "stray" } }),
      created("aws_instance.beyond", { tags: { "routed:node": "7" } }),
    );
    expect(draft.verdict().violations.map(({ addresses, what }) => [...addresses, what])).toEqual([
      ["aws_instance.twin", "node 1 would have another instance, created"],
      ["aws_instance.stray", "an instance without a node's tag would be created"],
      ["aws_instance.beyond", "an instance of node 7 would be created"],
    ]);
  });

  it("the leftover of a replacement that failed half-way", () => {
    const draft = aConvergedDraft();
    const node = draft.at("aws_instance.node-1");
    const change = { ...node.change, actions: ["delete"], after: null };
    draft.json.resource_changes.push({ ...node, deposed: "00000000", change });
    expect(draft.verdict().violations.map(({ what }) => what)).toContain(
      "node 1 would have another instance, destroyed as the leftover of an earlier replacement",
    );
  });

  it("a node that Terraform would forget", () => {
    const draft = aConvergedDraft();
    draft.at("aws_instance.node-1").change.actions = ["forget"];
    expect(draft.verdict().violations[0]?.what).toBe("node 1 would be forgotten by Terraform");
  });

  it("a node that becomes another slot's", () => {
    const tags = { "routed:node": "2" };
    const draft = aConvergedDraft().edit("aws_instance.node-1", { tags, tags_all: tags });
    expect(draft.verdict().violations[0]?.what).toBe(
      "node 1's instance would no longer be tagged as node 1's",
    );
  });

  it("nodes that lose the credentials of their ECS agent", () => {
    const draft = aConvergedDraft()
      .edit("aws_instance.node-0", { iam_instance_profile: "" })
      .edit("aws_instance.node-1", {
        metadata_options: [{ http_endpoint: "disabled", http_put_response_hop_limit: 1 }],
      });
    expect(draft.verdict().violations.map(({ what }) => what)).toEqual([
      'node 0 would be cut off from what it needs (iam_instance_profile routed-test-node → "")',
      "node 1 would be cut off from what it needs (metadata_options[0].http_endpoint enabled → disabled)",
      "2 nodes (0, 1) would be disrupted by one deploy",
    ]);
  });
});

describe("allows as many nodes as the budget", () => {
  const two = aPoppedEnvironment({
    fleet: { ...environment.fleet, nodes: 4, maxUnavailableNodes: 2 },
  });

  it("two where two may be unavailable", () => {
    const draft = Draft.of(two, withNewAmi(deployed(two)));
    expect(draft.upgradePlan.decisions.filter((d) => d.action === "upgrade")).toHaveLength(2);
    expect(messagesOf(draft.verdict())).toEqual([]);
  });

  it("not three", () => {
    const draft = Draft.of(two, withNewAmi(deployed(two)));
    const kept = draft.upgradePlan.decisions.find((d) => d.action === "keep");
    draft.edit(`aws_instance.node-${kept?.slot}`, { instance_type: "r6i.xlarge" });
    expect(rulesOf(draft.verdict())).toEqual(["agreement", "budget"]);
  });

  it("and counts what disrupts a node without touching its instance", () => {
    const draft = anUpgradeDraft().edit("aws_network_interface.node-2", {
      private_ips: ["10.64.2.99"],
    });
    expect(messagesOf(draft.verdict())).toContain(
      "aws_instance.node-0, aws_network_interface.node-2: 2 nodes (0, 2) would be disrupted by one deploy, but fleet.maxUnavailableNodes is 1; change one wave's nodes at a time",
    );
  });
});

describe("refuses to touch addresses of slots that stay", () => {
  const KEEP =
    "restore it in the stack; only removing a node from the config may remove its address";

  it("an EIP that is destroyed, and an ENI that is replaced", () => {
    const draft = aConvergedDraft()
      .destroy("aws_eip.node-1")
      .edit("aws_network_interface.node-1", { private_ips: ["10.64.1.99"] }, "replace");
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_network_interface.node-1: node 1's ENI would be replaced (private_ips[0] 10.64.1.16 → 10.64.1.99), but addresses outlive nodes; ${KEEP}`,
      `aws_eip.node-1: node 1's EIP would be destroyed (it is not in the synthesized stack), but addresses outlive nodes; ${KEEP}`,
    ]);
  });

  it.each([
    ["aws_network_interface.node-1", "private_ips"],
    ["aws_network_interface.node-1", "ipv6_addresses"],
    ["aws_network_interface.node-1", "attachment"],
    ["aws_network_interface.node-1", "an_attribute_of_the_future"],
    ["aws_eip.node-1", "network_interface"],
    ["aws_eip.node-1", "instance"],
  ])("%s whose %s changes in place, or may", (address, attribute) => {
    const draft = aConvergedDraft().edit(address, {});
    draft.at(address).change.after_unknown = { [attribute]: true };
    const [violation] = draft.verdict().violations;
    expect(violation).toMatchObject({ rule: "addresses", addresses: [address] });
    expect(violation?.attributes).toEqual([attribute]);
  });

  it("an ENI that becomes another slot's", () => {
    const draft = aConvergedDraft().edit("aws_network_interface.node-1", {
      tags: { "routed:node": "2" },
    });
    expect(draft.verdict().violations[0]?.attributes).toEqual(["tags"]);
  });

  it("an ENI that leaves a security group whose rules are used", () => {
    const draft = aConvergedDraft().edit("aws_network_interface.node-1", {
      security_groups: ["sg-nodes", "sg-bgp-0"],
    });
    expect(messagesOf(draft.verdict())).toEqual([
      `aws_network_interface.node-1: node 1's ENI would leave the security groups sg-bgp-1, but their rules let traffic in; ${KEEP}`,
    ]);
  });

  it("an EIP association, which belongs to no slot that stays", () => {
    const draft = aConvergedDraft();
    draft.json.resource_changes.push({
      ...created("aws_eip_association.x", {}),
      change: { actions: ["delete"], before: { id: "x" }, after: null, after_unknown: {} },
    });
    expect(rulesOf(draft.verdict())).toEqual(["foundation"]);
  });

  it("the ENI of a slot that is removed may go, but not be replaced", () => {
    const narrower = aPoppedEnvironment({ fleet: { ...environment.fleet, nodes: 2 } });
    const draft = Draft.of(narrower, deployed(environment));
    draft.edit("aws_network_interface.node-2", { subnet_id: "subnet-other" }, "replace");
    expect(rulesOf(draft.verdict())).toEqual(["addresses"]);
  });
});

describe("refuses to destroy what everything stands on", () => {
  it.each([
    ["aws_s3_bucket.snapshots", "a bucket"],
    ["aws_ecs_cluster.cluster", "the ECS cluster"],
    ["aws_vpc.network", "the VPC"],
    ["aws_subnet.us-east-2a", "a subnet"],
    ["aws_internet_gateway.network", "the internet gateway"],
    ["aws_route.ipv6", "a route"],
    ["aws_route_table_association.us-east-2a", "a subnet's route table association"],
    ["aws_ec2_subnet_cidr_reservation.us-east-2a", "a reservation of slots' addresses"],
    ["aws_lb.api", "the load balancer"],
    ["aws_lb_listener.api", "the load balancer's listener"],
    ["aws_lb_target_group.routers", "the routers' target group"],
    ["aws_iam_role.node", "an IAM role"],
    ["aws_iam_instance_profile.node", "the nodes' instance profile"],
    ["aws_security_group.nodes", "a security group"],
    ["aws_cloudwatch_log_group.tasks", "the log group"],
  ])("%s", (address, noun) => {
    expect(messagesOf(aConvergedDraft().destroy(address).verdict())).toEqual([
      `${address}: ${noun} would be destroyed (it is not in the synthesized stack), but nodes or PoPs depend on it; restore it in the stack`,
    ]);
    const replaced = aConvergedDraft().edit(address, { name: "other" }, "replace").verdict();
    expect(replaced.violations.map(({ rule }) => rule)).toEqual(["foundation"]);
  });

  it("but not an alarm, nor the topic once nobody is to be told", () => {
    const gone = (address: string, alarms: object, name = "routed-test-api-5xx") => {
      const watched = aPoppedEnvironment({ alarms: { ...environment.alarms, ...alarms } });
      const draft = Draft.of(watched, deployed(watched));
      draft.json.resource_changes.push({
        ...created(address, {}),
        change: {
          actions: ["delete"],
          before: { alarm_name: name },
          after: null,
          after_unknown: {},
        },
      });
      return rulesOf(draft.verdict());
    };
    const alarm = "aws_cloudwatch_metric_alarm.x";
    expect(gone(alarm, { enabled: true })).toEqual(["foundation"]);
    expect(gone(alarm, { enabled: true }, "routed-test-node-status-2")).toEqual(["foundation"]);
    expect(gone(alarm, { enabled: true }, "routed-test-node-status-3")).toEqual([]);
    expect(gone(alarm, { enabled: false })).toEqual([]);
    expect(gone(alarm, { enabled: false }, "routed-test-node-recovery-2")).toEqual(["foundation"]);
    expect(gone("aws_sns_topic.x", { enabled: true })).toEqual(["foundation"]);
    expect(gone("aws_sns_topic.x", { enabled: true, topicArn: "arn:x" })).toEqual([]);
    expect(gone("aws_sns_topic.x", { enabled: false })).toEqual([]);
  });

  it("a resource of a type that this program doesn't know", () => {
    const draft = aConvergedDraft();
    draft.json.resource_changes.push({
      ...created("aws_dynamodb_table.x", {}),
      change: { actions: ["delete"], before: { id: "x" }, after: null, after_unknown: {} },
    });
    expect(messagesOf(draft.verdict())).toEqual([
      "aws_dynamodb_table.x: it would be destroyed, but this program doesn't know what depends on a resource of type aws_dynamodb_table; restore it in the stack, or destroy it by hand once you know that nothing needs it",
    ]);
  });

  it.each([
    ["aws_vpc.network", "enable_dns_support", "not known to be harmless"],
    ["aws_internet_gateway.network", "vpc_id", "cut off"],
    ["aws_route.ipv6", "gateway_id", "cut off"],
    ["aws_iam_instance_profile.node", "role", "cut off"],
    ["aws_security_group.nodes", "ingress", "cut off"],
  ])("%s, or change its %s in place", (address, attribute, effect) => {
    const [violation] = aConvergedDraft()
      .edit(address, { [attribute]: "other" })
      .verdict().violations;
    expect(violation?.attributes).toEqual([attribute]);
    expect(violation?.why).toContain(effect);
  });

  it("the subnet of a dropped zone that still holds a node", () => {
    const aws = { ...environment.aws, availabilityZones: ["us-east-2a", "us-east-2b"] };
    const draft = aConvergedDraft().destroy("aws_subnet.us-east-2c");
    Object.assign(draft, { environment: aPoppedEnvironment({ aws }) });
    expect(rulesOf(draft.verdict())).toEqual(["foundation"]);
  });
});

describe("refuses to take a PoP's tasks", () => {
  it("a service is destroyed while the PoP stays", () => {
    expect(messagesOf(aConvergedDraft().destroy("aws_ecs_service.pop1").verdict())).toEqual([
      "aws_ecs_service.pop1: pop1's service would be destroyed (it is not in the synthesized stack), but a PoP that is in the config keeps its tasks; restore it in the stack",
    ]);
  });

  it("a definition that would be deregistered under running tasks, and no other", () => {
    const address = "aws_ecs_task_definition.pops";
    expect(messagesOf(aConvergedDraft().destroy(address).verdict())).toEqual([]);
    const draft = aConvergedDraft();
    const { change } = draft.at(address);
    change.before = { ...change.before, skip_destroy: false };
    expect(messagesOf(draft.destroy(address).verdict())).toEqual([
      `${address}: the PoPs' task definition would be destroyed (it is not in the synthesized stack), but a PoP that is in the config keeps its tasks; restore it in the stack`,
    ]);
  });

  it("a service is replaced", () => {
    const draft = aConvergedDraft().edit(
      "aws_ecs_service.pop1",
      { scheduling_strategy: "REPLICA", desired_count: 2 },
      "replace",
    );
    expect(rulesOf(draft.verdict())).toEqual(["redundancy"]);
  });

  it("a service that may stop all of its tasks at once", () => {
    for (const percent of [0, null]) {
      const draft = aConvergedDraft().edit("aws_ecs_service.pop1", {
        deployment_minimum_healthy_percent: percent,
      });
      expect(draft.verdict().violations.map(({ attributes }) => attributes)).toEqual([
        ["deployment_minimum_healthy_percent"],
      ]);
    }
  });

  it.each([
    [2, 0],
    [1, 1],
    [0, 1],
  ])("a service that should run %i tasks where 2 are wanted: %i refusals", (count, refusals) => {
    const draft = aConvergedDraft().edit("aws_ecs_service.pop1", {
      scheduling_strategy: "REPLICA",
      desired_count: count,
    });
    draft.at("aws_ecs_service.pop1").change.before = {
      ...draft.at("aws_ecs_service.pop1").change.before,
      scheduling_strategy: "REPLICA",
    };
    expect(draft.verdict().violations).toHaveLength(refusals);
  });

  it("a service changed in a way that is not known", () => {
    const draft = aConvergedDraft().edit("aws_ecs_service.pop1", {
      capacity_provider_strategy: [{ base: 1 }],
    });
    expect(draft.verdict().violations[0]?.attributes).toEqual(["capacity_provider_strategy"]);
  });

  it("a revision that would be deregistered under its running tasks", () => {
    const draft = aConvergedDraft();
    const { change } = draft.at("aws_ecs_task_definition.pops");
    change.before = { ...change.before, skip_destroy: false };
    draft.edit("aws_ecs_task_definition.pops", { cpu: "8192" }, "replace");
    expect(draft.verdict().violations[0]?.remedy).toBe("set skip_destroy");
  });

  it("the last healthy task of a PoP is on the node that goes", () => {
    const spread = aPoppedEnvironment({
      routed: { ...environment.routed, placement: "spread" },
    });
    const observed = withEcs(withNewAmi(deployed(spread)), [
      { pop: "pop1", slots: [0, 1] },
      { pop: "pop2", slots: [1, 2] },
    ]);
    const draft = Draft.of(spread, observed);
    expect(messagesOf(draft.verdict())).toEqual([]);

    const upgraded = draft.upgradePlan.decisions.find(({ action }) => action === "upgrade");
    const lost = upgraded?.slot === 0 ? 1 : 0;
    const later = withTask(observed, "pop1", lost, { healthStatus: "UNHEALTHY" });
    expect(messagesOf(new Draft(spread, draft.upgradePlan, later).verdict())).toEqual([
      expect.stringContaining("2 nodes would be unavailable, but only 1 may be"),
      expect.stringContaining("pop1 would lose its last healthy task"),
      `aws_instance.node-${upgraded?.slot}: the last healthy task of pop1 would stop, but each PoP keeps one while nodes change; wait until the PoP has a healthy task on another node, then synthesize again`,
    ]);
  });

  it("two tasks, one on a node that is replaced and one that a new image stops meanwhile", () => {
    const two = aPoppedEnvironment({ fleet: { ...environment.fleet, nodes: 2 } });
    const draft = Draft.of(two, withNewAmi(deployed(two)));
    draft.edit("aws_ecs_service.pop1", { task_definition: "arn:task-definition/pop1:2" });
    expect(messagesOf(draft.verdict())).toEqual([
      "aws_ecs_service.pop1: pop1's last task could stop: its service starts new tasks while node 0 is replaced, but of 2 tasks, 1 may be on that node and ECS may stop 1; deploy one of the two first: freeze the nodes (fleet.frozenNodes), or leave the tasks as they are",
    ]);
  });

  it("but three tasks survive a node and a new image at once", () => {
    const draft = anUpgradeDraft().edit("aws_ecs_service.pop1", {
      task_definition: "arn:task-definition/pop1:2",
    });
    expect(messagesOf(draft.verdict())).toEqual([]);
  });
});

describe("a node daemon", () => {
  const values = {
    name: "node--helper",
    deployment_minimum_healthy_percent: 50,
    scheduling_strategy: "DAEMON",
    skip_destroy: true,
    tags: { "routed:node-daemon": "helper" },
  };
  const SERVICE = "aws_ecs_service.helper";
  const DEFINITION = "aws_ecs_task_definition.helper";
  const definition = {
    family: "routed-test--helper",
    container_definitions: JSON.stringify([{ image: aDaemon().image }]),
    network_mode: "host",
    skip_destroy: true,
    tags: values.tags,
    tags_all: values.tags,
  };
  /** A fleet that runs the daemon already. */
  function withDaemon(): Draft {
    const draft = aConvergedDraft();
    for (const [address, has] of [
      [SERVICE, values],
      [DEFINITION, definition],
    ] as const) {
      draft.json.resource_changes.push({
        ...created(address, has),
        change: { actions: ["no-op"], before: has, after: has, after_unknown: {} },
      });
    }
    return draft;
  }

  it("may go", () => {
    expect(messagesOf(withDaemon().destroy(SERVICE, DEFINITION).verdict())).toEqual([]);
  });

  it("must not change in place in what nobody has looked at, or what it needs", () => {
    const moved = withDaemon().edit(SERVICE, { load_balancer: [{ container_name: "x" }] });
    expect(messagesOf(moved.verdict())[0]).toContain("something of node daemon helper would be");
  });

  it("must not stop on all nodes at once", () => {
    const replaced = withDaemon().edit(SERVICE, { launch_type: "FARGATE" }, "replace");
    expect(messagesOf(replaced.verdict())).toEqual([
      `${SERVICE}: node daemon helper would be replaced (launch_type none → FARGATE), but it stops on all nodes at once; restore it in the stack`,
    ]);
    const allAtOnce = withDaemon().edit(SERVICE, { deployment_minimum_healthy_percent: 0 });
    expect(messagesOf(allAtOnce.verdict())).toEqual([
      `${SERVICE}: node daemon helper could stop on all nodes at once (deployment_minimum_healthy_percent 0), but a rolling deployment must keep a task; restore it in the stack`,
    ]);
  });

  it("may not go while the config wants it", () => {
    const wanted = aPoppedEnvironment({ routed: { ...environment.routed, daemons: [aDaemon()] } });
    const draft = Draft.of(wanted, deployed(wanted));
    const going = created(SERVICE, values);
    going.change = { ...going.change, actions: ["delete"], before: values, after: null };
    draft.json.resource_changes.push(going);
    expect(messagesOf(draft.verdict())).toEqual([
      `${SERVICE}: something of node daemon helper would be destroyed, but the config still wants it on every node; restore it in the stack`,
    ]);
  });

  it("may not be the router, which each node needs", () => {
    const router = { ...values, name: "node--router", tags: { "routed:node-daemon": "router" } };
    const draft = aConvergedDraft();
    const going = created("aws_ecs_service.router", router);
    going.change = { ...going.change, actions: ["delete"], before: router, after: null };
    draft.json.resource_changes.push(going);
    expect(rulesOf(draft.verdict())).toEqual(["redundancy"]);
  });

  it("keeps the revision that its tasks run with", () => {
    const draft = withDaemon();
    const { change } = draft.at(DEFINITION);
    change.before = { ...change.before, skip_destroy: false };
    draft.edit(DEFINITION, { cpu: "512" }, "replace");
    expect(messagesOf(draft.verdict())).toEqual([
      `${DEFINITION}: the task definition of node daemon helper would be replaced (cpu none → 512), but the revision that its tasks run with is deregistered (skip_destroy is not set); restore it in the stack`,
    ]);
  });
});

describe("refuses to shut peers out", () => {
  it.each([
    ["aws_vpc_security_group_ingress_rule.api-clients", "the way in for 10.0.0.0/8"],
    ["aws_vpc_security_group_ingress_rule.prometheus", "the way in for 10.1.0.0/16"],
    ["aws_vpc_security_group_egress_rule.nodes", "the way out to 0.0.0.0/0"],
  ])("%s is destroyed while the config wants it", (address, name) => {
    expect(messagesOf(aConvergedDraft().destroy(address).verdict())).toEqual([
      `${address}: ${name} would be destroyed (it is not in the synthesized stack), but the config still wants it open; restore the rule in the stack, or take the block out of the config`,
    ]);
  });

  const wayIn = "pop1's way in for its BGP peer 2001:db8:1::/48 to port 20001 would be closed";
  const peers = ["2001:db8:1::/48"];
  const group = "aws_security_group.bgp-1";

  it.each([
    ["without a rule", []],
    ["with another PoP's", [bgpRule("pop1", 1, ["2001:db8:2::/48"])]],
    ["with a rule that moves to another port under running tasks", [bgpRule("pop1", 2, peers)]],
    ["with one for UDP", [{ ...bgpRule("pop1", 1, peers), protocol: "udp" }]],
  ])("a group that is left %s", (_, ingress) => {
    const { violations } = aConvergedDraft().edit(group, { ingress }).verdict();
    expect(violations).toMatchObject([
      { rule: "foundation", attributes: ["ingress"], what: wayIn },
    ]);
  });

  it("a group whose rules are known after the apply only", () => {
    const draft = aConvergedDraft().edit(group, {});
    draft.at(group).change.after_unknown = { ingress: true };
    expect(draft.verdict().violations).toMatchObject([{ attributes: ["ingress"] }]);
  });

  it("a group whose ways out would be closed", () => {
    const draft = aConvergedDraft().edit(group, { egress: [] });
    const [rule] = [bgpRule("pop1", 1, peers)];
    draft.at(group).change.before = { ...draft.at(group).change.before, egress: [rule] };
    expect(draft.verdict().violations).toMatchObject([
      {
        rule: "foundation",
        attributes: ["egress"],
        why: expect.stringContaining("cut off") as string,
      },
    ]);
  });

  it("but not what somebody opened by hand, nor for other words beside a rule", () => {
    const own = bgpRule("pop1", 1, peers);
    const draft = aConvergedDraft().edit(group, { ingress: [{ ...own, description: "other" }] });
    const opened = { ...own, description: "", from_port: 22, to_port: 22 };
    draft.at(group).change.before = { ...draft.at(group).change.before, ingress: [own, opened] };
    expect(messagesOf(draft.verdict())).toEqual([]);
  });
});

describe("refuses a plan that can't be relied on", () => {
  it("one that ended in an error", () => {
    const draft = aConvergedDraft();
    draft.json.errored = true;
    expect(messagesOf(draft.verdict())).toEqual([
      "Terraform's plan ended in an error, but it may lack changes; correct the error and plan again",
    ]);
  });

  it("one that was made with -target", () => {
    const draft = aConvergedDraft();
    draft.json.complete = false;
    expect(messagesOf(draft.verdict())).toEqual([
      "Terraform's plan is not complete, but what it leaves out can't be judged; plan without -target",
    ]);
  });

  it("one made from another synthesis", () => {
    const draft = aConvergedDraft();
    const other = anUpgradeDraft();
    draft.json.planned_values = other.json.planned_values;
    const { wavesRemaining, decisions } = other.upgradePlan;
    const nodes = decisions.map(
      (decision) => `node ${decision.slot}: ${decision.action}, ${renderWhy(decision)}`,
    );
    const differences = [
      "status staged",
      `summary "${renderSummary(other.upgradePlan)}"`,
      `${wavesRemaining} waves remaining`,
    ];
    expect(messagesOf(draft.verdict())).toEqual([
      `Terraform's plan carries out another upgrade plan (${[...differences, ...nodes].join("; ")}), ` +
        'but the recorded one is "every node is as the config wants it"; synthesize and plan again',
    ]);
  });

  it("one without the upgrade plan's output", () => {
    const draft = aConvergedDraft();
    delete draft.json.planned_values.outputs["upgrade"];
    expect(rulesOf(draft.verdict())).toEqual(["plan"]);
  });

  it("one of another environment", () => {
    const draft = aConvergedDraft();
    Object.assign(draft, { environment: { ...draft.environment, name: "other" } });
    expect(messagesOf(draft.verdict())).toEqual([
      "the upgrade plan is one of test, but other is to be verified; synthesize and plan again",
      'the AWS provider\'s default_tags are {"routed:environment":"test"}, but they must be {"routed:environment":"other"}; synthesize and plan again',
    ]);
  });

  it.each([
    ["region", { region: { constant_value: "us-west-2" } }, "region is us-west-2"],
    ["region from elsewhere", { region: { references: ["var.region"] } }, "region is none"],
    [
      "accounts",
      { allowed_account_ids: { constant_value: ["999999999999"] } },
      'allowed_account_ids are ["999999999999"]',
    ],
  ])("one whose provider has another %s", (_, expressions, what) => {
    const draft = aConvergedDraft();
    const { aws } = draft.json.configuration.provider_config;
    Object.assign(aws?.expressions ?? {}, expressions);
    expect(draft.verdict().violations.map((violation) => violation.what)).toEqual([
      `the AWS provider's ${what}`,
    ]);
  });
});

describe("drift", () => {
  /** The draft in which somebody has changed a resource by hand, and Terraform puts nothing back. */
  function drifted(address: string, attributes: object, actions = ["update"]): Draft {
    const draft = aConvergedDraft();
    const resource = draft.at(address);
    const { before } = resource.change;
    const after = actions[0] === "delete" ? null : { ...before, ...attributes };
    draft.json.resource_drift = [{ ...resource, change: { ...resource.change, actions, after } }];
    return draft;
  }

  it("is told in buckets, tags and counts", () => {
    const verdict = drifted("aws_s3_bucket.snapshots", { bucket: "x" }).verdict();
    expect(verdict).toMatchObject({ proved: true });
    expect(verdict.facts.drift).toEqual([
      "aws_s3_bucket.snapshots was changed outside of Terraform: bucket routed-test-snapshots → x",
    ]);
    const tagged = drifted("aws_network_interface.node-1", { tags: { "routed:node": "1" } });
    expect(tagged.verdict().proved).toBe(true);
  });

  it("is refused in nodes, addresses and network, by attribute", () => {
    const changed = { instance_type: "r6i.xlarge", public_ip: "192.0.2.9" };
    const verdict = drifted("aws_instance.node-1", changed).verdict();
    expect(verdict.facts.drift).toEqual([
      "aws_instance.node-1: node 1 was changed outside of Terraform: instance_type r6i.large → r6i.xlarge",
    ]);
    expect(messagesOf(verdict)).toEqual([
      "aws_instance.node-1: it was changed outside of Terraform (instance_type r6i.large → r6i.xlarge), but the plan doesn't put it back, and nodes or their addresses depend on it; take back by hand what was changed by hand (routed drift tells it), and plan again",
    ]);
    expect(rulesOf(drifted("aws_route.ipv6", { gateway_id: "igw-2" }).verdict())).toEqual([
      "drift",
    ]);
    expect(rulesOf(drifted("aws_instance.node-2", {}, ["delete"]).verdict())).toEqual(["drift"]);
  });

  it("is proved where the plan puts it back as it is declared", () => {
    const draft = drifted("aws_iam_role.node", { description: "mine" });
    expect(draft.edit("aws_iam_role.node", {}).verdict().proved).toBe(true);
    const gone = drifted("aws_route.ipv6", {}, ["delete"]);
    const route = gone.at("aws_route.ipv6");
    route.change = { ...route.change, actions: ["create"], before: null };
    route.declared = {
      destination_ipv6_cidr_block: "::/0",
      gateway_id: "${aws_internet_gateway.network.id}",
      route_table_id: "${aws_route_table.network.id}",
    };
    Object.assign(route.change.after ?? {}, {
      destination_ipv6_cidr_block: "::/0",
      route_table_id: "rtb-1",
    });
    const table = created("aws_route_table.network", {});
    const values = { id: "rtb-1", vpc_id: "vpc-1" };
    const change = { ...table.change, actions: ["no-op"], before: values, after: values };
    gone.json.resource_changes.push({ ...table, change: { ...change, after_unknown: {} } });
    expect(messagesOf(gone.verdict())).toEqual([]);
  });
});

describe("where a PoP's tasks may run", () => {
  const SERVICE = "aws_ecs_service.pop1";
  const observed = withEcs(deployed(environment), [{ pop: "pop1" }, { pop: "pop2" }]);
  const on = (...slots: number[]) => ({
    placement_constraints: [
      { type: "memberOf", expression: `attribute:routed.slot in [${slots.join(", ")}]` },
    ],
  });

  it("may be narrowed to where a healthy one runs, and widened", () => {
    const placed = (slots: readonly number[] | null, constraints: Record<string, unknown>) => {
      const draft = Draft.of(environment, observed).edit(SERVICE, constraints);
      const place = { pop: "pop1", cell: null, scheduling: "DAEMON", desiredCount: null } as const;
      const pops = [{ ...place, slots, everywhere: false }];
      const placement = { known: true, cells: [], pops, moves: [] };
      const upgradePlan = { ...draft.upgradePlan, placement };
      return Object.assign(draft, { upgradePlan }).verdict().proved;
    };
    expect(placed([2], on(2))).toBe(true);
    expect(placed(null, { placement_constraints: [] })).toBe(true);
    expect(placed([1, 2], on(2))).toBe(false);
    expect(placed(null, on(2))).toBe(false);
  });

  it("may not be narrowed to where none is healthy, or to a node that goes", () => {
    const sick = withTask(observed, "pop1", 2, { healthStatus: "UNKNOWN" });
    expect(messagesOf(Draft.of(environment, sick).edit(SERVICE, on(2)).verdict())).toEqual([
      "aws_ecs_service.pop1: pop1's tasks would all stop: it may run on nodes 2 only, but it has no healthy task there on a node that stays; let it run in both places first, and deploy again once it is healthy in the new one",
    ]);
    const upgrade = Draft.of(environment, withNewAmi(observed)).edit(SERVICE, on(0));
    expect(rulesOf(upgrade.verdict())).toEqual(["redundancy"]);
  });

  it("may not be narrowed where nothing is known of them", () => {
    const draft = Draft.of(environment, deployed(environment)).edit(SERVICE, on(0, 1));
    expect(rulesOf(draft.verdict())).toEqual(["redundancy"]);
  });
});

it("gives equal verdicts for equal input", () => {
  const draft = anUpgradeDraft().destroy("aws_eip.node-1", "aws_vpc.network");
  expect(draft.verdict()).toEqual(draft.verdict());
});

it("needs no PoPs", () => {
  const bare = anEnvironment();
  expect(messagesOf(Draft.of(bare, deployed(bare)).verdict())).toEqual([]);
});
