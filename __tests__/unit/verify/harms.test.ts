import { renderVerdict } from "../../../lib/verify/render-verdict";
import { renderViolation } from "../../../lib/verify/verdict";
import { EditedPlan } from "../../fixtures/plans/edited-plan";
import type { ChangeJson } from "../../fixtures/plans/edited-plan";
import { recordedPlans } from "../../fixtures/plans/recorded-plans";

/**
 * What an edited construct, an override, a lost state or a hand in AWS makes of a real plan: none of it
 * is proved, and each is told with the resource and why.
 */
const recorded = new Map(recordedPlans().map((each) => [each.name, each]));

function edited(name: string): EditedPlan {
  const found = recorded.get(name);
  if (found === undefined) throw new Error(`no plan was recorded of: ${name}`);
  return new EditedPlan(found);
}

interface Harm {
  /** The plan that is made worse. @default nothing to do */
  readonly of?: string;
  /** @returns the address that the refusal must name; null for the plan as a whole */
  readonly edit: (plan: EditedPlan) => ChangeJson | string | null;
  /** In the refusal. */
  readonly says: RegExp;
}

const trust = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const SERVICE = "pop-pop1";
const REFERENCE = "${aws_vpc.somebody.id}";

const HARMS: Readonly<Record<string, Harm>> = {
  // New and changed nodes.
  "a new node without its ENI": {
    of: "fleet.nodes, more",
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-3");
      plan.unsay(node, "network_interface");
      return node;
    },
    says: /node 3, created, would have no network_interface/,
  },
  "a new node on another slot's ENI": {
    of: "fleet.nodes, more",
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-3");
      const eni = plan.at("aws_network_interface", "node-0");
      const device = { device_index: 0, delete_on_termination: false, network_card_index: 0 };
      const other = `\${${eni.address}.id}`;
      plan.say(
        node,
        { network_interface: [{ ...device, network_interface_id: eni.change.after?.["id"] }] },
        { network_interface: [{ ...device, network_interface_id: other }] },
      );
      return node;
    },
    says: /the slot's own network interface/,
  },
  "a new node whose ENI goes with it": inNewNode("network_interface", (value) => [
    { ...(value as object[])[0], delete_on_termination: true },
  ]),
  "a new node that is EBS optimized, which nobody has looked at": inNewNode(
    "ebs_optimized",
    () => true,
  ),
  "a new node of another type": inNewNode("instance_type", () => "t3.nano"),
  "a new node with other user data": inNewNode("user_data_base64", () => "AAAA"),
  "a new node with another AMI": inNewNode("ami", () => "ami-0123456789abcdef0"),
  "a new node without a role": inNewNode("iam_instance_profile", () => "another"),
  "a new node whose disk isn't encrypted": inNewNode("root_block_device", (value) => ({
    ...(value as object),
    encrypted: false,
  })),
  "a new node with a key": inNewNode("key_name", () => "mine"),
  "a new node with a metadata service for version 1": inNewNode("metadata_options", (value) => ({
    ...(value as object),
    http_tokens: "optional",
  })),
  "a new node in a placement group": inNewNode("placement_group", () => "tight"),
  "a new node as a spot instance": inNewNode("instance_market_options", () => ({
    market_type: "spot",
  })),
  "an upgrade with another spec than was decided": {
    of: "fleet.instanceType",
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      plan.say(node, { instance_type: "t3.nano" });
      return node;
    },
    says: /instance_type t3\.nano/,
  },
  "two upgrades where one was decided": {
    of: "fleet.instanceType",
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-1");
      plan.replace(node, "instance_type", { instance_type: "t3.2xlarge" });
      return node;
    },
    says: /node 1 would be replaced/,
  },
  "a node that is stopped by its type": inPlace("aws_instance", "node-1", {
    instance_type: "t3.nano",
  }),
  "a node that is restarted by its user data": inPlace("aws_instance", "node-1", {
    user_data_base64: "AAAA",
  }),
  "a node that loses its role": inPlace("aws_instance", "node-1", { iam_instance_profile: "" }),
  "a node that becomes another slot's": inPlace(
    "aws_instance",
    "node-1",
    { tags: { "routed:node": "2" } },
    /no longer be tagged as node 1's/,
  ),
  "a node that is EBS optimized": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-1");
      plan.replace(node, "ebs_optimized", { ebs_optimized: true });
      return node;
    },
    says: /node 1 would be replaced/,
  },
  "a node whose block is gone": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-1");
      plan.remove(node);
      return node;
    },
    says: /node 1 would be destroyed/,
  },
  "a node that isn't planned": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-1");
      plan.plan.resource_changes = plan.plan.resource_changes.filter((each) => each !== node);
      return node;
    },
    says: /not in Terraform's plan/,
  },
  // Addresses.
  "an EIP that the state has lost": lost("aws_eip", "node-1"),
  "an ENI that the state has lost": lost("aws_network_interface", "node-1"),
  "a VPC that the state has lost": lost("aws_vpc"),
  "a subnet that the state has lost": lost("aws_subnet"),
  "a cluster that the state has lost": lost("aws_ecs_cluster"),
  "a service that the state has lost": lost("aws_ecs_service", SERVICE),
  "an EIP association that takes another node's address": made("aws_eip_association", {
    allocation_id: "eipalloc-1",
    network_interface_id: "eni-2",
  }),
  "an EIP of another interface": inPlace("aws_eip", "node-1", { network_interface: "eni-2" }),
  "an ENI with another address": inPlace("aws_network_interface", "node-1", {
    private_ips: ["10.99.1.99"],
  }),
  "an ENI in another security group": inPlace(
    "aws_network_interface",
    "node-1",
    { security_groups: ["sg-other"] },
    /would leave the security groups/,
  ),
  "an EIP that goes": gone("aws_eip", "node-1"),
  "an ENI that is forgotten": {
    edit: (plan) => {
      const eni = plan.at("aws_network_interface", "node-1");
      plan.remove(eni).at("aws_network_interface", "node-1");
      eni.change.actions = ["forget"];
      return eni;
    },
    says: /forgotten/,
  },
  "an ENI attached elsewhere": made("aws_network_interface_attachment", { instance_id: "i-1" }),
  // Network.
  "a network ACL that denies all": made("aws_network_acl", { egress: [], ingress: [] }),
  "a route to nowhere": {
    of: "the first deploy",
    edit: (plan) => {
      const route = plan.at("aws_route", "ipv4");
      plan.say(route, { gateway_id: "igw-0" });
      return route;
    },
    says: /gateway_id igw-0/,
  },
  "a route more": made("aws_route", {
    destination_cidr_block: "10.0.0.0/8",
    gateway_id: REFERENCE,
    route_table_id: REFERENCE,
  }),
  "a reservation of addresses that no slot has": made("aws_ec2_subnet_cidr_reservation", {
    subnet_id: "${aws_subnet.cluster_network_subnet-us-east-1a_9F7C1F3A.id}",
    cidr_block: "10.99.0.0/28",
    reservation_type: "explicit",
  }),
  "a second VPC": made("aws_vpc", { cidr_block: "10.99.0.0/20" }),
  "a peering of the VPC": made("aws_vpc_peering_connection", { peer_vpc_id: "vpc-2" }),
  "an SSH port for everybody": {
    edit: (plan) => {
      const group = plan.at("aws_security_group", "nodes");
      const id = `\${${group.address}.id}`;
      const values = { ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: "0.0.0.0/0" };
      const own = { security_group_id: group.change.after?.["id"] };
      return plan.make(
        "aws_vpc_security_group_ingress_rule",
        { ...values, ...own },
        { ...values, security_group_id: id },
      );
    },
    says: /from_port 22|there would be/,
  },
  "BGP from everywhere": {
    edit: (plan) => {
      const group = plan.at("aws_security_group", "bgp-1");
      const [rule] = group.change.before?.["ingress"] as object[];
      const ingress = [{ ...rule, cidr_blocks: ["0.0.0.0/0"], ipv6_cidr_blocks: [] }];
      plan.update(group, { ingress });
      return group;
    },
    says: /would be closed/,
  },
  "a way out that goes": gone("aws_vpc_security_group_egress_rule", "to-all-ipv6"),
  "a default security group that lets all in": inPlace("aws_default_security_group", "", {
    ingress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }],
  }),
  "a VPC without names": inPlace("aws_vpc", "", { enable_dns_support: false }),
  // Roles.
  "a role nobody may assume": inPlace("aws_iam_role", "node-role", {
    assume_role_policy: trust({ Effect: "Deny", Principal: "*", Action: ["sts:AssumeRole"] }),
  }),
  "a new role that everybody may assume": {
    of: "the first deploy",
    edit: (plan) => {
      const role = plan.at("aws_iam_role", "task-roles_task");
      const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: ["sts:AssumeRole"] };
      plan.say(role, { assume_role_policy: trust(statement) });
      return role;
    },
    says: /nobody else/,
  },
  "a policy that lets do all": inPlace("aws_iam_role_policy", "task-policy", {
    policy: trust({ Effect: "Allow", Action: ["*"], Resource: ["*"] }),
  }),
  "a policy that takes the agents' rights": inPlace("aws_iam_role_policy", "agents", {
    policy: trust({ Effect: "Allow", Action: ["ecs:Poll"], Resource: ["*"] }),
  }),
  "an administrator's policy": made("aws_iam_role_policy_attachment", {
    policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    role: "routed-live-node",
  }),
  "a user": made("aws_iam_user", { name: "mine" }),
  "a profile without the role": inPlace("aws_iam_instance_profile", "", { role: "another" }),
  // PoPs and their tasks.
  "a placement constraint that no node meets": inPlace(
    "aws_ecs_service",
    SERVICE,
    { placement_constraints: [{ type: "memberOf", expression: "attribute:routed.slot in [99]" }] },
    /it may run on nodes 99 only/,
  ),
  "a constraint in words that nobody reads": inPlace("aws_ecs_service", SERVICE, {
    placement_constraints: [{ type: "memberOf", expression: "attribute:color == blue" }],
  }),
  "a service that may stop all its tasks": inPlace("aws_ecs_service", SERVICE, {
    deployment_minimum_healthy_percent: 0,
  }),
  "a service of another task definition": inPlace("aws_ecs_service", SERVICE, {
    task_definition: "arn:aws:ecs:us-east-1:123456789012:task-definition/another:1",
  }),
  "a service that starts on another cluster": {
    edit: (plan) => {
      const service = plan.at("aws_ecs_service", SERVICE);
      plan.replace(service, "cluster", { cluster: "another" });
      return service;
    },
    says: /would be replaced/,
  },
  "a PoP's service that goes": gone("aws_ecs_service", SERVICE),
  "a service of no PoP": made("aws_ecs_service", { name: "mine", launch_type: "FARGATE" }),
  "a task definition of another image": {
    of: "routed.image",
    edit: (plan) => {
      const definition = plan.plan.resource_changes.find(
        ({ type, change }) => type === "aws_ecs_task_definition" && change.actions.length === 2,
      );
      if (definition === undefined) throw new Error("the new image makes no task definition");
      const images = JSON.stringify([{ name: "bird", image: "registry.example/mine:1" }]);
      plan.say(definition, { container_definitions: images });
      return definition;
    },
    says: /start the config's containers/,
  },
  "a task set": made("aws_ecs_task_set", { cluster: "routed-live", service: "pop1" }),
  "a scaling policy of a PoP": made("aws_appautoscaling_target", { min_capacity: 0 }),
  // What acts on instances.
  "nodes that are stopped by a resource": made("aws_ec2_instance_state", {
    instance_id: "i-1",
    state: "stopped",
  }),
  "an alarm that stops nodes": {
    of: "the first deploy",
    edit: (plan) => {
      const alarm = plan.at("aws_cloudwatch_metric_alarm", "recovery");
      plan.say(alarm, { alarm_actions: ["arn:aws:automate:us-east-1:ec2:stop"] });
      return alarm;
    },
    says: /what an alarm of its name says/,
  },
  "an alarm that recovers nodes that are well": inPlace("aws_cloudwatch_metric_alarm", "recovery", {
    comparison_operator: "LessThanThreshold",
  }),
  // What everything stands on.
  "a bucket without its public access block": gone("aws_s3_bucket_public_access_block"),
  "a bucket that the world may read": inPlace("aws_s3_bucket_policy", "snapshots", {
    policy: trust({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }),
  }),
  "snapshots that expire at once": inPlace("aws_s3_bucket_lifecycle_configuration", "snapshots", {
    rule: [{ id: "expire", status: "Enabled", expiration: [{ days: 1 }] }],
  }),
  "a log group that forgets": inPlace("aws_cloudwatch_log_group", "", { retention_in_days: 1 }),
  "a load balancer in no zone": inPlace("aws_lb", "", { subnets: [] }),
  "a listener that forwards elsewhere": inPlace("aws_lb_listener", "", {
    default_action: [{ type: "redirect" }],
  }),
  "a listener at another port than the config's": inPlace("aws_lb_listener", "", { port: 8080 }),
  "a certificate that the config doesn't name": {
    of: "network.apiCertificateArn",
    edit: (plan) => {
      const listener = plan.at("aws_lb_listener");
      plan.say(listener, { certificate_arn: "arn:aws:acm:us-east-1:123456789012:certificate/x" });
      return listener;
    },
    says: /network\.apiCertificateArn/,
  },
  "a health check that fails": inPlace("aws_lb_target_group", "", {
    health_check: [{ path: "/nowhere" }],
  }),
  // Programs, providers, and the plan as a whole.
  "terraform_data with a local-exec": {
    edit: (plan) => {
      const data = plan.make("terraform_data", {}, { provisioner: [{ "local-exec": {} }] });
      data.provider_name = "terraform.io/builtin/terraform";
      return data;
    },
    says: /terraform_data|terraform\.io/,
  },
  "a provisioner on a node": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      const block = plan.plan.configuration.root_module.resources.find(
        ({ address }) => address === node.address,
      );
      Object.assign(block ?? {}, { provisioners: [{ type: "local-exec" }] });
      return node;
    },
    says: /a provisioner would run a program/,
  },
  "a node that another of the provider's configurations handles": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      handledBy(plan, node, "aws");
      return node;
    },
    says: /it would be handled by the provider aws,/,
  },
  "an address that the nodes' provider handles": {
    edit: (plan) => {
      const eip = plan.at("aws_eip", "node-0");
      handledBy(plan, eip, "aws.nodes");
      return eip;
    },
    says: /it would be handled by the provider aws\.nodes,/,
  },
  "a node whose block names no provider": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      delete plan.declared(node)["provider"];
      return node;
    },
    says: /its provider is none, but an instance's is aws\.nodes/,
  },
  "an address whose block names the nodes' provider": {
    edit: (plan) => {
      const eip = plan.at("aws_eip", "node-0");
      plan.declared(eip)["provider"] = "aws.nodes";
      return eip;
    },
    says: /Terraform was given another provider, but the synthesized stack says something else/,
  },
  "a data source that runs a program": {
    edit: (plan) => {
      const address = "data.external.mine";
      const root = plan.plan.configuration.root_module;
      root.resources.push({ address, mode: "data", type: "external", name: "mine" });
      plan.stack.data["external"] = { mine: { program: ["sh"] } };
      return address;
    },
    says: /the data source external would be read/,
  },
  "a module": whole((plan) => {
    plan.plan.configuration.root_module["module_calls"] = { mine: { source: "./mine" } };
  }, /module mine/),
  "a second provider": whole((plan) => {
    plan.plan.configuration.provider_config["null"] = {
      name: "null",
      full_name: "registry.terraform.io/hashicorp/null",
    };
  }, /hashicorp\/null/),
  "the provider of somebody else": whole((plan) => {
    Object.assign(plan.plan.configuration.provider_config["aws"] ?? {}, {
      full_name: "registry.example/mine/aws",
    });
  }, /registry\.example\/mine\/aws/),
  "an alias of the provider": whole((plan) => {
    const { aws } = plan.plan.configuration.provider_config;
    plan.plan.configuration.provider_config["aws.west"] = { ...aws, alias: "west" };
  }, /aws\.west/),
  "a second alias of the provider, and no other": whole((plan) => {
    plan.stack.provider["aws"]?.push({ alias: "nodes", region: "us-east-1" });
  }, /more providers \(aws\.nodes\)/),
  "another region of the nodes' alias": whole((plan) => {
    retries(plan)["region"] = { constant_value: "us-west-2" };
  }, /the AWS provider aws\.nodes's region is us-west-2/),
  "a nodes' alias that repeats calls for a quarter of an hour": whole((plan) => {
    retries(plan)["max_retries"] = { constant_value: 25 };
  }, /aws\.nodes has max_retries 25/),
  "a nodes' alias that gives up at the first throttled call": whole((plan) => {
    retries(plan)["max_retries"] = { constant_value: 1 };
  }, /aws\.nodes has max_retries 1/),
  "a nodes' alias that leaves it to the provider": whole((plan) => {
    delete retries(plan)["max_retries"];
  }, /aws\.nodes has max_retries none/),
  "few retries of all other calls": inProvider("max_retries", 8),
  "a role that the provider takes": inProvider("assume_role", [{ role_arn: "arn:x" }]),
  "an endpoint of the provider's": inProvider("endpoints", [{ ec2: "https://example" }]),
  "another region": inProvider("region", "us-west-2"),
  "another account": inProvider("allowed_account_ids", ["999999999999"]),
  "other default tags": whole((plan) => {
    const { aws } = plan.plan.configuration.provider_config;
    const expressions = aws?.["expressions"] as Record<string, unknown>;
    expressions["default_tags"] = [{ tags: { constant_value: { "routed:environment": "x" } } }];
  }, /default_tags/),
  "a failed check": whole((plan) => {
    plan.plan.checks = [{ address: { to_display: "data.aws_instances.x" }, status: "fail" }];
  }, /its check fails/),
  "an unknown check": whole((plan) => {
    plan.plan.checks = [{ address: { to_display: "data.aws_instances.x" }, status: "unknown" }];
  }, /its check is unknown/),
  "changes that are put off": whole((plan) => {
    plan.plan["deferred_changes"] = [{ reason: "provider_config_unknown" }];
  }, /deferred_changes/),
  "a plan that ended in an error": whole((plan) => {
    plan.plan["errored"] = true;
  }, /ended in an error/),
  "a plan by -target": whole((plan) => {
    plan.plan["complete"] = false;
  }, /not complete/),
  "a move": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      node["previous_address"] = "aws_instance.other";
      return node;
    },
    says: /moved from aws_instance\.other/,
  },
  "an import that the stack doesn't ask for": {
    edit: (plan) => {
      const eip = plan.at("aws_eip", "node-0");
      eip.change.importing = { id: "eipalloc-other" };
      return eip;
    },
    says: /eipalloc-other would be imported/,
  },
  "an import of something else than was observed": {
    edit: (plan) => {
      const eip = plan.at("aws_eip", "node-0");
      eip.change.importing = { id: "eipalloc-other" };
      plan.stack["import"] = [{ to: eip.address, id: "eipalloc-other" }];
      return eip;
    },
    says: /isn't an address that was observed/,
  },
  "a file beside the synthesized stack": {
    edit: (plan) => {
      const address = "aws_instance.mine";
      const root = plan.plan.configuration.root_module;
      root.resources.push({ address, mode: "managed", type: "aws_instance", name: "mine" });
      return address;
    },
    says: /given it from elsewhere/,
  },
  "a resource by count": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      plan.declared(node)["count"] = 2;
      return node;
    },
    says: /it has count/,
  },
  "a replacement by another's change": {
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-0");
      plan.declared(node)["lifecycle"] = { replace_triggered_by: ["aws_vpc.x"] };
      return node;
    },
    says: /replace_triggered_by/,
  },
  // Drift.
  "a route table that somebody changed": drifted("aws_route_table", { vpc_id: "vpc-other" }),
  "a node that somebody stopped and changed": drifted("aws_instance", { instance_type: "t3.nano" }),
  "a role that somebody opened": drifted("aws_iam_role", { assume_role_policy: "{}" }),
  "an address that somebody moved": drifted("aws_eip", { network_interface: "eni-other" }),
};

function inNewNode(name: string, value: (now: unknown) => unknown): Harm {
  return {
    of: "fleet.nodes, more",
    edit: (plan) => {
      const node = plan.at("aws_instance", "node-3");
      const now = plan.declared(node)[name];
      const declared = value(now);
      const planned = Array.isArray(node.change.after?.[name]) && !Array.isArray(declared);
      plan.say(node, { [name]: planned ? [declared] : declared }, { [name]: declared });
      return node;
    },
    says: new RegExp(`node 3.* would (have|be).*(${name}|other user data)`),
  };
}

function inPlace(type: string, part: string, values: Record<string, unknown>, says?: RegExp): Harm {
  return {
    edit: (plan) => {
      const resource = plan.at(type, part);
      plan.update(resource, values);
      return resource;
    },
    says: says ?? new RegExp(Object.keys(values).join("|")),
  };
}

function made(type: string, values: Record<string, unknown>): Harm {
  return {
    edit: (plan) => plan.make(type, values),
    says: new RegExp(`${type}|would have|there would be`),
  };
}

function gone(type: string, part = ""): Harm {
  return {
    edit: (plan) => {
      const resource = plan.at(type, part);
      plan.remove(resource);
      return resource;
    },
    says: /would be destroyed/,
  };
}

function lost(type: string, part = ""): Harm {
  const first = edited("the first deploy");
  return {
    edit: (plan) => {
      const resource = plan.at(type, part);
      const again = first.at(type, part);
      resource.change = again.change;
      return resource;
    },
    says: /AWS holds it already/,
  };
}

function whole(edit: (plan: EditedPlan) => void, says: RegExp): Harm {
  return {
    edit: (plan) => {
      edit(plan);
      return null;
    },
    says,
  };
}

function handledBy(plan: EditedPlan, { address }: ChangeJson, provider: string): void {
  const { resources } = plan.plan.configuration.root_module;
  const block = resources.find((each) => each["address"] === address);
  Object.assign(block ?? {}, { provider_config_key: provider });
}

/** What the nodes' alias of the provider says. */
function retries(plan: EditedPlan): Record<string, unknown> {
  const { "aws.nodes": nodes } = plan.plan.configuration.provider_config;
  return nodes?.["expressions"] as Record<string, unknown>;
}

function inProvider(name: string, value: unknown): Harm {
  return whole(
    (plan) => {
      const { aws } = plan.plan.configuration.provider_config;
      const expressions = aws?.["expressions"] as Record<string, unknown>;
      expressions[name] = { constant_value: value };
    },
    new RegExp(`the AWS provider('s|) .*(${name})`),
  );
}

function drifted(type: string, values: Record<string, unknown>): Harm {
  return {
    edit: (plan) => {
      const resource = plan.at(type);
      const change = { ...resource.change, actions: ["update"] };
      const drift = { ...change, after: { ...change.before, ...values } };
      plan.plan.resource_drift = [
        ...(plan.plan.resource_drift ?? []),
        { ...resource, change: drift },
      ];
      return resource;
    },
    says: /changed outside of Terraform/,
  };
}

it("is about sixty kinds of harm and more", () => {
  expect(Object.keys(HARMS).length).toBeGreaterThanOrEqual(60);
});

it.each(Object.entries(HARMS))("refuses %s", (_, { of = "nothing to do", edit, says }) => {
  const plan = edited(of);
  const harmed = edit(plan);
  const address = typeof harmed === "object" ? harmed?.address : harmed;
  const verdict = plan.verdict();
  const refusals = verdict.violations.filter(({ rule, addresses }) =>
    address === undefined ? rule === "plan" : addresses.includes(address),
  );
  expect(refusals.map(renderViolation).join("\n")).toMatch(says);
  expect(verdict.proved).toBe(false);
  expect(renderVerdict(verdict)).toContain("not proved");
});
