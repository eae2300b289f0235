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
import { verifyPlan } from "../../../lib/verify/verify-plan";
import type { Verdict } from "../../../lib/verify/verdict";
import { emptyObservation } from "../../support/fleet";
import { anEnvironment } from "../observe/an-environment";

/** Terraform's JSON of a plan, as far as it is drafted here; loose, so that tests can break it. */
export interface PlanJson {
  format_version: string;
  terraform_version: string;
  planned_values: { outputs: Record<string, { sensitive: boolean; value?: unknown }> };
  resource_drift: ChangeJson[];
  resource_changes: ChangeJson[];
  configuration: { provider_config: Record<string, ProviderJson> };
  complete?: boolean;
  errored?: boolean;
}

export interface ChangeJson {
  address: string;
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
  expressions: Record<string, { constant_value?: unknown; references?: string[] }>;
}

export type Attributes = Record<string, unknown>;

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
  return simulateWave(empty, planUpgrade(desiredFleet(environment), empty));
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
    const { change } = this.at(address);
    change.actions = how === "update" ? ["update"] : ["delete", "create"];
    change.after = { ...change.before, ...attributes };
    if (how === "replace") change.replace_paths = Object.keys(attributes).map((name) => [name]);
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
    const { environment, upgradePlan, observation, json } = this;
    const terraformPlan = parseTerraformPlan(JSON.stringify(json), "plan.json");
    return verifyPlan({ environment, upgradePlan, observation, terraformPlan });
  }
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
          },
        },
      },
    },
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
    case "keep":
      return [eni, eip, existing(address, nodeValues(slot, decision.instanceId, decision.spec))];
    case "create": {
      const node = created(address, nodeValues(slot, null, decision.spec));
      if (decision.why.kind === "address-without-instance") return [eni, eip, node];
      return [created(eni.address, eniValues(slot)), created(eip.address, eipValues(slot)), node];
    }
    case "upgrade": {
      const node = existing(address, nodeValues(slot, decision.instanceId, decision.from));
      const after = nodeValues(slot, null, decision.to);
      const replaced = { ...node.change, actions: ["delete", "create"], after };
      const change = { ...replaced, after_unknown: { id: true }, replace_paths: [["ami"]] };
      return [eni, eip, { ...node, action_reason: "replace_because_cannot_update", change }];
    }
    case "remove": {
      const gone = (resource: ChangeJson): ChangeJson => ({
        ...resource,
        action_reason: "delete_because_no_resource_config",
        change: { ...resource.change, actions: ["delete"], after: null },
      });
      const spec = { amiId: "", instanceType: "", userDataBase64: "", rootVolumeGiB: 0 };
      if (decision.instanceId === null) return [gone(eni), gone(eip)];
      const node = existing(address, nodeValues(slot, decision.instanceId, spec));
      return [gone(eni), gone(eip), gone(node)];
    }
  }
}

function existing(address: string, values: Attributes): ChangeJson {
  const [type = ""] = address.split(".");
  const change = { actions: ["no-op"], before: values, after: values, after_unknown: {} };
  return { address, mode: "managed", type, change };
}

export function created(address: string, values: Attributes): ChangeJson {
  const after = Object.fromEntries(Object.entries(values).filter(([name]) => name !== "id"));
  const change = { actions: ["create"], before: null, after, after_unknown: { id: true } };
  return { ...existing(address, {}), change };
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
    ipv6_addresses: [`2001:db8::1${slot}`],
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
  const tags = { "routed:pop": pop };
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
    from_port: 10000 + siteId,
    to_port: 10000 + siteId,
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
      existing(`aws_subnet.${zone}`, { id: `subnet-${zone}`, availability_zone: zone, tags: {} }),
      existing(`aws_route_table_association.${zone}`, { subnet_id: `subnet-${zone}` }),
    ]),
    existing("aws_ecs_cluster.cluster", { name: "routed-test", tags: {} }),
    existing("aws_s3_bucket.snapshots", { bucket: "routed-test-snapshots", tags: {} }),
    existing("aws_iam_role.node", { name: "routed-test-node", tags: {} }),
    existing("aws_iam_instance_profile.node", { name: "routed-test-node", role: "r", tags: {} }),
    existing("aws_cloudwatch_log_group.tasks", { name: "/ecs/routed-test", tags: {} }),
    existing("aws_lb.api", { name: "routed-test", internal: true, tags: {} }),
    existing("aws_lb_listener.api", { port: 80, tags: {} }),
    existing("aws_lb_target_group.routers", { name: "routed-test-api", tags: {} }),
    existing("aws_ecs_task_definition.pops", { cpu: "4096", skip_destroy: true, tags: {} }),
    existing("aws_security_group.nodes", { id: "sg-nodes", name: "routed-test-nodes", tags: {} }),
    ...network.apiClientCidrs.map((block) => rule("api-clients", block, 80)),
    ...network.prometheusCidrs.map((block) => rule("prometheus", block, 12001)),
    existing("aws_vpc_security_group_egress_rule.nodes", {
      cidr_ipv4: "0.0.0.0/0",
      security_group_id: "sg-nodes",
    }),
  ];
}
