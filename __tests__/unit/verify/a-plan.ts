import { renderWhy } from "../../../lib/plan/render/render-why";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import type { Environment } from "../../../lib/config/environment";
import type { Observation } from "../../../lib/observe/observation";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import type { SlotDecision, UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { rolledPops } from "../../../lib/plan/image-plan";
import type { NodeSpec } from "../../../lib/plan/node-spec";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import { parseTerraformPlan } from "../../../lib/terraform/plan";
import { stackOf } from "../../../lib/terraform/stack";
import { verifyPlan } from "../../../lib/verify/verify-plan";
import type { Verdict } from "../../../lib/verify/verdict";
import { emptyObservation } from "../../support/fleet";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import type { VerifySubject } from "../../../lib/verify/subject";

/** Terraform's JSON of a plan, as far as it is drafted here; loose, so that tests can break it. */
export interface PlanJson {
  format_version: string;
  terraform_version: string;
  planned_values: { outputs: Record<string, { sensitive: boolean; value?: unknown }> };
  resource_drift: ChangeJson[];
  resource_changes: ChangeJson[];
  configuration: { provider_config: Record<string, ProviderJson> };
  checks: { address: { to_display: string }; status: string }[];
  complete?: boolean;
  errored?: boolean;
}

export interface ChangeJson {
  address: string;
  /** What the stack says of it besides what is planned: Terraform has no such field. */
  declared?: Attributes;
  mode: "managed" | "data";
  type: string;
  action_reason?: string;
  deposed?: string;
  change: {
    actions: string[];
    before: Attributes | null;
    after: Attributes | null;
    after_unknown: Attributes;
    replace_paths?: (string | number)[][];
  };
}

export interface ProviderJson {
  name: string;
  full_name: string;
  version_constraint?: string;
  expressions: Record<string, Expression | Record<string, Expression>[]>;
}

interface Expression {
  constant_value?: unknown;
  references?: string[];
}

export type Attributes = Record<string, unknown>;

/** What the PoPs' tasks are started from. */
const IMAGE = anEnvironment().routed.image;

/** Three nodes that serve two PoPs. */
export function aPoppedEnvironment(overrides: Partial<Environment> = {}): Environment {
  return anEnvironment({
    network: {
      ...anEnvironment().network,
      apiClientCidrs: ["10.0.0.0/8"],
      prometheusCidrs: ["10.1.0.0/16"],
      bgpSecurityGroups: 4,
      routerImage: "registry.example/haproxy:3",
    },
    autopilotSites: [
      { id: 1, name: "pop1", bgpPeers: ["2001:db8:1::/48"] },
      { id: 2, name: "pop2", bgpPeers: ["2001:db8:2::/48"] },
    ],
    ...overrides,
  });
}

/** What is observed once the environment has been deployed and is well, as far as EC2 tells. */
export function deployed(environment: Environment): Observation {
  const empty = emptyObservation();
  const observed = simulateWave(empty, planUpgrade(desiredFleet(environment), empty));
  const ids = [
    ...observed.networkInterfaces.map(({ networkInterfaceId: id, slot }) => [id, `eni-${slot}`]),
    ...observed.elasticIps.map(({ allocationId: id, slot }) => [id, `eipalloc-${slot}`]),
  ];
  // As the draft calls them.
  const text = ids.reduce(
    (json, [id = "", own = ""]) => json.replaceAll(id, own),
    JSON.stringify(observed),
  );
  return JSON.parse(text) as Observation;
}

/** An environment, an upgrade plan, and a draft of Terraform's plan that carries it out. */
export class Draft {
  readonly json: PlanJson;

  constructor(
    readonly environment: Environment,
    readonly upgradePlan: UpgradePlan,
    readonly observation: Observation | null = null,
  ) {
    this.json = planJson(environment, upgradePlan);
  }

  /** The planner's own plan for what was observed. */
  static of(environment: Environment, observation: Observation): Draft {
    const plan = planUpgrade(desiredFleet(environment), observation);
    return new Draft(environment, plan, observation);
  }

  at(address: string): ChangeJson {
    const found = this.json.resource_changes.find((resource) => resource.address === address);
    if (!found) throw new Error(`no ${address} in the draft`);
    return found;
  }

  /** A change in place, or, with `replace`, one that replaces the resource. */
  edit(address: string, attributes: Attributes, how: "update" | "replace" = "update"): this {
    const resource = this.at(address);
    const { change } = resource;
    const arn = attributes["task_definition"];
    if (typeof arn === "string" && how === "update") {
      const name = `other-${this.json.resource_changes.length}`;
      const definition = existing(`aws_ecs_task_definition.${name}`, {
        ...{ arn, skip_destroy: true, family: `routed-${this.environment.name}--pops` },
      });
      this.json.resource_changes.push(definition);
      resource.declared = { task_definition: `\${aws_ecs_task_definition.${name}.arn}` };
    }
    change.actions = how === "update" ? ["update"] : ["delete", "create"];
    change.after = { ...change.before, ...attributes };
    if (how === "replace") {
      change.replace_paths = Object.keys(attributes).map((name) => [name]);
      for (const name of TOLD_BY_AWS) delete change.after[name];
      change.after_unknown = { id: true, arn: true };
    }
    return this;
  }

  destroy(...addresses: string[]): this {
    for (const address of addresses) {
      const resource = this.at(address);
      resource.action_reason = "delete_because_no_resource_config";
      resource.change = { ...resource.change, actions: ["delete"], after: null, after_unknown: {} };
    }
    return this;
  }

  verdict(): Verdict {
    return verifyPlan(this.subject());
  }

  subject(): VerifySubject {
    const { environment, upgradePlan, observation, json } = this;
    const terraformPlan = parseTerraformPlan(JSON.stringify(json), "plan.json");
    const stack = stackOf(this.stackJson(), "cdk.tf.json");
    return { environment, upgradePlan, observation, terraformPlan, stack };
  }

  /** The synthesized stack that Terraform's plan is of: what is planned, with its references. */
  stackJson() {
    const resource: Record<string, Record<string, Attributes>> = {};
    for (const { address, type, change, deposed, declared } of this.json.resource_changes) {
      if (change.after === null || deposed !== undefined) continue;
      const name = address.slice(type.length + 1);
      const meta = META[type] ?? {};
      (resource[type] ??= {})[name] = { ...meta, ...declarationOf(change), ...declared };
    }
    const data: Record<string, Record<string, Attributes>> = {};
    for (const { type, name, block } of guardOf(this.upgradePlan, this.environment)) {
      (data[type] ??= {})[name] = block;
    }
    const ids = Object.keys(resource["aws_instance"] ?? {});
    const locals = { launched: ids.map((name) => `\${aws_instance.${name}.id}`) };
    const backend = { local: { path: `terraform.${this.environment.name}.tfstate` } };
    const terraform = { backend, required_providers: { aws: { source: "aws" } } };
    return { data, resource, locals, terraform };
  }
}

/** What Terraform takes of any resource. */
const META: Readonly<Record<string, Attributes>> = {
  aws_instance: { provider: "aws.nodes" },
  aws_ecs_service: { depends_on: ["local.launched"] },
};

/** By which Terraform looks whether the fleet is still the one that was observed. */
function guardOf({ observed }: UpgradePlan, { name }: Environment) {
  const guard = (type: string, label: string, reads: Attributes, ...clauses: string[]) => {
    const postcondition = [{ condition: `\${${clauses.join(" && ")}}` }];
    return { type, name: label, block: { ...reads, lifecycle: { postcondition } } };
  };
  const ids = [...observed.nodes.map(({ instanceId }) => instanceId), ...observed.strays].sort();
  const filter = [{ name: "tag:routed:environment", values: [name] }];
  const taken = observed.nodes.map(({ slot }) => slot);
  return [
    guard("aws_instances", "all", { filter }, `join(" ", sort(self.ids)) == "${ids.join(" ")}"`),
    ...observed.nodes.map(({ slot, instanceId, launchTime, spec }) =>
      guard(
        "aws_instance",
        `node-${slot}`,
        { instance_id: instanceId },
        `self.ami == "${spec.amiId}"`,
        `self.instance_type == "${spec.instanceType}"`,
        `self.launch_time == "${launchTime.replace(/\.\d+Z$/, "Z")}"`,
      ),
    ),
    ...(observed.addresses ?? [])
      .filter(({ slot }) => !taken.includes(slot))
      .map(({ slot, networkInterfaceId, heldBy }) =>
        guard(
          "aws_network_interface",
          `slot-${slot}`,
          { id: networkInterfaceId },
          `try(one(self.attachment).instance_id, "") == "${heldBy ?? ""}"`,
        ),
      ),
  ];
}

/** What AWS tells, and no stack says. */
const TOLD_BY_AWS = ["id", "tags_all", "instance_state", "arn"];

/** A text in the plan, and how the stack that it is of refers to it. */
const REFERENCES: readonly (readonly [RegExp, string])[] = [
  [/^eni-(\d+)$/, "${aws_network_interface.node-$1.id}"],
  [/^subnet-(.+)$/, "${aws_subnet.$1.id}"],
  [/^sg-(nodes|bgp-\d+)$/, "${aws_security_group.$1.id}"],
  [/^routed-test-node$/, "${aws_iam_instance_profile.node.name}"],
  [/^arn:task-definition\/pops:1$/, "${aws_ecs_task_definition.pops.arn}"],
  [/^arn:cluster$/, "${aws_ecs_cluster.cluster.arn}"],
];

/** What the stack declares of a resource: what is planned, by reference where it is made anew. */
function declarationOf({ actions, after, after_unknown }: ChangeJson["change"]): Attributes {
  const known = Object.entries(after ?? {}).filter(
    ([key, value]) => !TOLD_BY_AWS.includes(key) && value !== null && after_unknown[key] !== true,
  );
  const isNew = actions.includes("create");
  const definition = after_unknown["task_definition"] === true;
  return Object.fromEntries([
    ...(definition ? [["task_definition", "${aws_ecs_task_definition.pops.arn}"] as const] : []),
    ...known.map(
      ([key, value]) => [key, isNew && key !== "name" ? referring(key, value) : value] as const,
    ),
  ]);
}

function referring(key: string, value: unknown): unknown {
  if (key === "ipv6_addresses" && Array.isArray(value)) {
    const host = Number.parseInt(String(value[0]).slice(-2), 16);
    return [`\${cidrhost(aws_subnet.us-east-2a.ipv6_cidr_block, ${host})}`];
  }
  const text = JSON.stringify(value, (_, item: unknown) => {
    const found = REFERENCES.find(([pattern]) => typeof item === "string" && pattern.test(item));
    return found ? String(item).replace(found[0], found[1]) : item;
  });
  return JSON.parse(text) as unknown;
}

function planJson(environment: Environment, plan: UpgradePlan): PlanJson {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: {
      outputs: {
        nodes: { sensitive: false },
        upgrade: { sensitive: false, value: upgradeOutput(plan) },
      },
    },
    resource_drift: [],
    resource_changes: [
      ...plan.decisions.flatMap(slotChanges),
      ...environment.autopilotSites.flatMap(({ name, id, bgpPeers }) =>
        popChanges(name, id, bgpPeers),
      ),
      ...foundation(environment),
    ],
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          full_name: "registry.terraform.io/hashicorp/aws",
          version_constraint: "5.100.0",
          expressions: {
            region: { constant_value: environment.aws.region },
            allowed_account_ids: { constant_value: [environment.aws.accountId] },
            default_tags: [
              { tags: { constant_value: { "routed:environment": environment.name } } },
            ],
          },
        },
      },
    },
    checks: guardOf(plan, environment).map(({ type, name }) => ({
      address: { to_display: `data.${type}.${name}` },
      status: "pass",
    })),
    complete: true,
    errored: false,
  };
}

function upgradeOutput(plan: UpgradePlan): Attributes {
  return {
    status: plan.status,
    summary: renderSummary(plan),
    waves_remaining: plan.wavesRemaining,
    health_ignored: plan.healthIgnored,
    nodes: Object.fromEntries(
      plan.decisions.map((decision) => [
        decision.slot,
        { action: decision.action, reason: renderWhy(decision) },
      ]),
    ),
    ...(plan.images === undefined
      ? {}
      : { rolled_pops: rolledPops(plan.images).map(({ pop }) => pop) }),
  };
}

function slotChanges(decision: SlotDecision): ChangeJson[] {
  const { slot } = decision;
  const eni = existing(`aws_network_interface.node-${slot}`, eniValues(slot));
  const eip = existing(`aws_eip.node-${slot}`, eipValues(slot));
  const address = `aws_instance.node-${slot}`;
  switch (decision.action) {
    case "leave":
      return decision.exists ? [eni, eip] : [];
    case "keep":
      return [eni, eip, existing(address, nodeValues(slot, decision.instanceId, decision.spec))];
    case "fill":
      return [eni, eip, created(address, newNodeValues(slot, decision.spec))];
    case "allocate":
      return newAddress(slot, decision.availabilityZone);
    case "create": {
      const node = created(address, newNodeValues(slot, decision.spec));
      if (decision.why.kind === "address-without-instance") return [eni, eip, node];
      const own = `\${aws_network_interface.node-${slot}.id}`;
      const [device] = node.change.after?.["network_interface"] as Attributes[];
      node.declared = { network_interface: [{ ...device, network_interface_id: own }] };
      delete device?.["network_interface_id"];
      node.change.after_unknown = { id: true, network_interface: [{ network_interface_id: true }] };
      return [...newAddress(slot, decision.availabilityZone), node];
    }
    case "upgrade": {
      const node = existing(address, nodeValues(slot, decision.instanceId, decision.from));
      const after = newNodeValues(slot, decision.to);
      const replaced = { ...node.change, actions: ["delete", "create"], after };
      const change = { ...replaced, after_unknown: { id: true }, replace_paths: [["ami"]] };
      return [eni, eip, { ...node, action_reason: "replace_because_cannot_update", change }];
    }
    case "park":
    case "remove": {
      const gone = (resource: ChangeJson): ChangeJson => ({
        ...resource,
        action_reason: "delete_because_no_resource_config",
        change: { ...resource.change, actions: ["delete"], after: null },
      });
      const spec = { amiId: "", instanceType: "", userDataBase64: "", rootVolumeGiB: 0 };
      if (decision.instanceId === null) return [gone(eni), gone(eip)];
      const node = existing(address, nodeValues(slot, decision.instanceId, spec));
      return decision.action === "park"
        ? [eni, eip, gone(node)]
        : [gone(eni), gone(eip), gone(node)];
    }
  }
}

function newAddress(slot: number, availabilityZone: string): ChangeJson[] {
  const own = `\${aws_network_interface.node-${slot}.id}`;
  const eipOf = without(newEipValues(slot), "network_interface");
  const newEip = createdAs(`aws_eip.node-${slot}`, eipOf, { network_interface: own });
  newEip.change.after_unknown["network_interface"] = true;
  const eni = `aws_network_interface.node-${slot}`;
  return [createdAs(eni, newEniValues(slot, availabilityZone)), newEip];
}

export function existing(address: string, values: Attributes): ChangeJson {
  const [type = ""] = address.split(".");
  const change = { actions: ["no-op"], before: values, after: values, after_unknown: {} };
  return { address, mode: "managed", type, change };
}

export function created(address: string, values: Attributes): ChangeJson {
  const after = Object.fromEntries(Object.entries(values).filter(([name]) => name !== "id"));
  const change = { actions: ["create"], before: null, after, after_unknown: { id: true } };
  return { ...existing(address, {}), change };
}

function createdAs(address: string, values: Attributes, declared: Attributes = {}): ChangeJson {
  return { ...created(address, values), declared };
}

/** What a stack says of a new instance. */
function newNodeValues(slot: number, spec: NodeSpec): Attributes {
  const volume = { delete_on_termination: true, encrypted: true, volume_type: "gp3" };
  const data = { ...volume, device_name: "/dev/xvdb", volume_size: spec.dataVolumeGiB };
  return {
    ami: spec.amiId,
    instance_type: spec.instanceType,
    user_data_base64: spec.userDataBase64,
    user_data_replace_on_change: true,
    iam_instance_profile: "routed-test-node",
    metadata_options: [
      { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
    ],
    network_interface: [
      { device_index: 0, network_interface_id: `eni-${slot}`, delete_on_termination: false },
    ],
    root_block_device: [{ ...volume, volume_size: spec.rootVolumeGiB }],
    ...(spec.dataVolumeGiB === undefined ? {} : { ebs_block_device: [data] }),
    tags: nodeTags(slot),
    tags_all: nodeTags(slot),
  };
}

function without(values: Attributes, name: string): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

function newEniValues(slot: number, zone: string): Attributes {
  const values = without(eniValues(slot), "attachment");
  const groups = {
    subnet_id: `subnet-${zone}`,
    security_groups: ["sg-nodes", "sg-bgp-1", "sg-bgp-2"],
  };
  return { ...values, ...groups, tags_all: nodeTags(slot) };
}

function newEipValues(slot: number): Attributes {
  const values = without(eipValues(slot), "public_ip");
  return { ...values, domain: "vpc", tags_all: nodeTags(slot) };
}

function nodeTags(slot: number): Attributes {
  return { Name: `routed-test-node-${slot}`, "routed:node": String(slot) };
}

export function nodeValues(slot: number, id: string | null, spec: NodeSpec): Attributes {
  return {
    ...(id === null ? {} : { id }),
    ami: spec.amiId,
    instance_type: spec.instanceType,
    user_data: null,
    user_data_base64: spec.userDataBase64,
    ebs_optimized: false,
    iam_instance_profile: "routed-test-node",
    instance_state: "running",
    metadata_options: [{ http_endpoint: "enabled", http_put_response_hop_limit: 1 }],
    monitoring: false,
    root_block_device: [{ iops: 3000, volume_size: spec.rootVolumeGiB, volume_type: "gp3" }],
    ebs_block_device:
      spec.dataVolumeGiB === undefined
        ? []
        : [{ device_name: "/dev/xvdb", volume_size: spec.dataVolumeGiB, volume_type: "gp3" }],
    tags: nodeTags(slot),
    tags_all: { ...nodeTags(slot), "routed:environment": "test" },
  };
}

function eniValues(slot: number): Attributes {
  return {
    id: `eni-${slot}`,
    attachment: [{ device_index: 0, instance: `i-${slot}` }],
    description: `Address of node ${slot}`,
    ipv6_addresses: [`2001:db8::${(16 + slot).toString(16)}`],
    private_ips: [`10.64.${slot}.16`],
    security_groups: ["sg-nodes", "sg-bgp-0", "sg-bgp-1"],
    tags: nodeTags(slot),
  };
}

function eipValues(slot: number): Attributes {
  return {
    id: `eipalloc-${slot}`,
    network_interface: `eni-${slot}`,
    public_ip: `192.0.2.${slot}`,
    tags: nodeTags(slot),
  };
}

function popChanges(pop: string, id: number, peers: readonly string[]): ChangeJson[] {
  const tags = { "routed:pop": pop, "routed:site-id": String(id) };
  return [
    existing(`aws_ecs_service.${pop}`, {
      id: `arn:service/${pop}`,
      name: pop,
      deployment_minimum_healthy_percent: 50,
      desired_count: 0,
      scheduling_strategy: "DAEMON",
      task_definition: "arn:task-definition/pops:1",
      tags,
    }),
    existing(`aws_security_group.bgp-${id}`, {
      id: `sg-bgp-${id}`,
      name: `routed-test-bgp-${id}`,
      ingress: [bgpRule(pop, id, peers)],
      tags: {},
    }),
  ];
}

/** An item of a group's `ingress`, as Terraform has it. */
export function bgpRule(pop: string, siteId: number, peers: readonly string[]): Attributes {
  return {
    description: `BGP of ${pop}`,
    protocol: "tcp",
    from_port: 20000 + siteId,
    to_port: 20000 + siteId,
    cidr_blocks: [],
    ipv6_cidr_blocks: [...peers],
    prefix_list_ids: [],
    security_groups: [],
    self: false,
  };
}

function foundation({ aws, network }: Environment): ChangeJson[] {
  const rule = (name: string, block: string, port: number): ChangeJson =>
    existing(`aws_vpc_security_group_ingress_rule.${name}`, {
      cidr_ipv4: block,
      cidr_ipv6: null,
      from_port: port,
      to_port: port,
      security_group_id: "sg-nodes",
      tags: null,
    });
  return [
    existing("aws_vpc.network", { id: "vpc-1", enable_dns_support: true, tags: {} }),
    existing("aws_internet_gateway.network", { id: "igw-1", vpc_id: "vpc-1", tags: {} }),
    existing("aws_route.ipv6", { gateway_id: "igw-1" }),
    ...aws.availabilityZones.flatMap((zone) => [
      existing(`aws_subnet.${zone}`, {
        id: `subnet-${zone}`,
        availability_zone: zone,
        ipv6_cidr_block: "2001:db8::/64",
        tags: {},
      }),
      existing(`aws_route_table_association.${zone}`, { subnet_id: `subnet-${zone}` }),
      existing(`aws_ec2_subnet_cidr_reservation.${zone}`, {
        subnet_id: `subnet-${zone}`,
        cidr_block: `blocks of ${zone}`,
      }),
    ]),
    existing("aws_ecs_cluster.cluster", {
      name: "routed-test",
      arn: "arn:cluster",
      tags: {},
    }),
    existing("aws_s3_bucket.snapshots", { bucket: "routed-test-snapshots", tags: {} }),
    existing("aws_iam_role.node", { name: "routed-test-node", tags: {} }),
    existing("aws_iam_instance_profile.node", { name: "routed-test-node", role: "r", tags: {} }),
    existing("aws_cloudwatch_log_group.tasks", { name: "/ecs/routed-test", tags: {} }),
    existing("aws_lb.api", { name: "routed-test", internal: true, tags: {} }),
    existing("aws_lb_listener.api", { port: 80, tags: {} }),
    existing("aws_lb_target_group.routers", { name: "routed-test-api", tags: {} }),
    existing("aws_ecs_task_definition.pops", {
      arn: "arn:task-definition/pops:1",
      family: "routed-test--pops",
      container_definitions: JSON.stringify([{ image: IMAGE }]),
      network_mode: "host",
      cpu: "4096",
      skip_destroy: true,
      tags: {},
    }),
    existing("aws_security_group.nodes", { id: "sg-nodes", name: "routed-test-nodes", tags: {} }),
    ...network.apiClientCidrs.map((block) => rule("api-clients", block, 80)),
    ...network.prometheusCidrs.map((block) => rule("prometheus", block, 12001)),
    existing("aws_vpc_security_group_egress_rule.nodes", {
      cidr_ipv4: "0.0.0.0/0",
      security_group_id: "sg-nodes",
    }),
  ];
}
