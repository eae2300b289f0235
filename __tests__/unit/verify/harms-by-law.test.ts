import { renderViolation } from "../../../lib/verify/verdict";
import { EditedPlan } from "../../fixtures/plans/edited-plan";
import type { ChangeJson } from "../../fixtures/plans/edited-plan";
import { recordedPlan } from "../../fixtures/plans/verify-recorded";

/**
 * What an edited construct makes of a real plan where stack and plan agree, word by word: only what the
 * config says can refuse it. And what is missing, or was given to Terraform from elsewhere.
 */
type Values = Record<string, unknown>;
type Edit = (plan: EditedPlan) => unknown;

const NEW = "the first deploy";
const IMAGE = "routed.image";
const API_CHECK = "routed.apiHealthCheck";
const NODE = "aws_instance";
const ENI = "aws_network_interface";
const SERVICE = "aws_ecs_service";
const DEFINITION = "aws_ecs_task_definition";
const ALARM = "aws_cloudwatch_metric_alarm";
const POLICY = "aws_iam_role_policy";
const RECOVER = "arn:aws:automate:us-east-1:ec2:recover";
const POPS = "aws_ecs_task_definition.task-definition";

const update = (type: string, part: string, values: Values): Edit => {
  return (plan) => plan.update(plan.at(type, part), values);
};
const say = (type: string, part: string, values: Values): Edit => {
  return (plan) => plan.say(plan.at(type, part), values);
};
/** An argument that is taken away, and what the provider then plans. */
const drop = (type: string, part: string, name: string, planned: unknown): Edit => {
  return (plan) => {
    const resource = plan.at(type, part);
    plan.update(resource, { [name]: planned }, {});
    delete plan.declared(resource)[name];
  };
};
const refer = (resource: ChangeJson, attribute: string): string =>
  `\${${resource.address}.${attribute}}`;

/** In the JSON text of an argument, as it is planned and as it is declared. */
function inText(type: string, part: string, name: string, edit: (json: never) => unknown): Edit {
  return (plan) => {
    const resource = plan.at(type, part);
    const edited = (text: unknown) => JSON.stringify(edit(JSON.parse(String(text)) as never));
    const declared = { [name]: edited(plan.declared(resource)[name]) };
    const planned = resource.change.after?.[name];
    const isNew = resource.change.before === null || resource.change.actions.length === 2;
    if (!isNew) return plan.update(resource, { [name]: edited(planned) }, declared);
    return plan.say(resource, planned === undefined ? {} : { [name]: edited(planned) }, declared);
  };
}
const container = (name: string, values: Values): Edit =>
  inText(DEFINITION, POPS, "container_definitions", (containers: Values[]) =>
    containers.map((each) => (each["name"] === name ? { ...each, ...values } : each)),
  );
/** In the container that speaks BGP. */
const bird = (values: Values): Edit => container("bird", values);
const api = (values: Values): Edit => container("api", values);
interface Policy {
  Version: string;
  Statement: Values[];
}
const statements = (type: string, part: string, edit: (each: Values) => Values): Edit =>
  inText(type, part, "policy", (policy: Policy) => ({
    ...policy,
    Statement: policy.Statement.map(edit),
  }));
/** What Terraform was given of a block, edited where the stack wasn't. */
const given = (
  mode: "managed" | "data",
  type: string,
  part: string,
  expressions: (plan: EditedPlan) => Values,
): Edit => {
  return (plan) => {
    const block = plan.plan.configuration.root_module.resources.find(
      (each) =>
        each["mode"] === mode && each["type"] === type && String(each["address"]).includes(part),
    );
    Object.assign(block?.["expressions"] as Values, expressions(plan));
  };
};
const guards = (plan: EditedPlan): Values[] =>
  Object.values(plan.stack.data).flatMap((byName) => Object.values(byName));
/** As if it had never been there: neither in the stack nor in the plan. */
const never = (type: string, part: string): Edit => {
  return (plan) => {
    const { address } = plan.remove(plan.at(type, part)) && plan.at(type, part);
    const all = plan.plan.resource_changes;
    plan.plan.resource_changes = all.filter((each) => each.address !== address);
  };
};

const LAWLESS: Readonly<Record<string, readonly [of: string | null, edit: Edit, says: RegExp]>> = {
  // Nodes and addresses, in place.
  "groups that a node's interface gets by its instance": [
    null,
    update(NODE, "node-1", { vpc_security_group_ids: ["sg-other"] }),
    /cut off .*vpc_security_group_ids/,
  ],
  "a node that terminates when it is shut down": [
    null,
    update(NODE, "node-1", { instance_initiated_shutdown_behavior: "terminate" }),
    /nobody has looked at what instance_initiated_shutdown_behavior does/,
  ],
  "a node that no upgrade could terminate": [
    null,
    update(NODE, "node-1", { disable_api_termination: true }),
    /nobody has looked/,
  ],
  "another role's profile": [
    null,
    update(NODE, "node-1", { iam_instance_profile: "another" }),
    /iam_instance_profile another/,
  ],
  "a foreign security group": [
    null,
    (plan) => {
      const eni = plan.at(ENI, "node-1");
      const more = (groups: unknown) => [...(groups as string[]), "sg-other"];
      const { security_groups: now } = eni.change.before ?? {};
      const declared = { security_groups: more(plan.declared(eni)["security_groups"]) };
      plan.update(eni, { security_groups: more(now) }, declared);
    },
    /the nodes' group and those for BGP/,
  ],
  "an upgrade that launches before it destroys": [
    "fleet.instanceType",
    (plan) => {
      const node = plan.at(NODE, "node-0");
      plan.declared(node)["lifecycle"] = { create_before_destroy: true };
      node.change.actions = ["create", "delete"];
    },
    /made before the old one goes/,
  ],
  "a subnet that gives every interface a public address": [
    null,
    update("aws_subnet", "1a", { map_public_ip_on_launch: true }),
    /map_public_ip_on_launch/,
  ],
  // What runs.
  "a PoP that runs a helper": [
    null,
    (plan) => {
      const other = plan.at(DEFINITION, "helper");
      const arn = { task_definition: other.change.before?.["arn"] };
      plan.update(plan.at(SERVICE, "pop-pop1"), arn, { task_definition: refer(other, "arn") });
    },
    /its own definition/,
  ],
  "a PoP on a slot that the upgrade plan doesn't keep it to": [
    null,
    update(SERVICE, "pop-pop1", {
      placement_constraints: [{ type: "memberOf", expression: "attribute:routed.slot in [1]" }],
    }),
    /the slots of the upgrade plan/,
  ],
  "a deployment that may stop most tasks": [
    null,
    update(SERVICE, "pop-pop1", { deployment_minimum_healthy_percent: 1 }),
    /it must be 50/,
  ],
  "a deployment that can neither stop nor start a task": [
    null,
    update(SERVICE, "pop-pop1", { deployment_minimum_healthy_percent: 100 }),
    /it must be 50/,
  ],
  "a deployment that isn't taken back": [
    null,
    drop(SERVICE, "pop-pop1", "deployment_circuit_breaker", []),
    /no deployment_circuit_breaker/,
  ],
  "tasks of another PoP's id": [
    null,
    (plan) => {
      const service = plan.at(SERVICE, "pop-pop1");
      const { tags, tags_all: all } = service.change.before as Record<string, Values>;
      const other = { "routed:site-id": "2" };
      const edited = { tags: { ...tags, ...other }, tags_all: { ...all, ...other } };
      plan.update(service, edited, { tags: edited.tags });
    },
    /say whose tasks these are/,
  ],
  "a router that no node needs": [
    null,
    (plan) => {
      const service = plan.at(SERVICE, "router_daemon");
      const own = { "routed:node-daemon": "router" };
      const all = { ...own, "routed:environment": "live" };
      plan.update(service, { tags: own, tags_all: all }, { tags: own });
    },
    /say whose tasks these are/,
  ],
  "routers that no load balancer knows": [
    null,
    drop(SERVICE, "router_daemon", "load_balancer", []),
    /node daemon router would be changed in place/,
  ],
  "a BGP daemon that ends": [IMAGE, bird({ command: ["false"] }), /\[bird\.command\]/],
  "another entry point": [IMAGE, bird({ entryPoint: ["sh"] }), /\[bird\.entryPoint\]/],
  "a health check that always passes": [
    IMAGE,
    bird({ healthCheck: { command: ["CMD-SHELL", "exit 0"], interval: 5 } }),
    /\[bird\.healthCheck\]/,
  ],
  "a health check that doesn't wait for the rebuild": [
    IMAGE,
    bird({
      healthCheck: { command: ["CMD", "healthcheck"], interval: 5, retries: 1, startPeriod: 0 },
    }),
    /\[bird\.healthCheck\]/,
  ],
  "a check of an API whose image has none": [
    IMAGE,
    api({ healthCheck: { command: ["CMD", "api-healthcheck"], interval: 60, retries: 10 } }),
    /\[api\.healthCheck\]/,
  ],
  "no check of an API that is to have one": [
    API_CHECK,
    api({ healthCheck: undefined }),
    /\[api\.healthCheck\]/,
  ],
  "a check of the API that ends the rebuild beside it": [
    API_CHECK,
    api({ healthCheck: { command: ["CMD", "api-healthcheck"], interval: 5, retries: 1 } }),
    /\[api\.healthCheck\]/,
  ],
  "a check of the API that isn't the image's": [
    API_CHECK,
    api({ healthCheck: { command: ["CMD", "true"], startPeriod: 300, interval: 60, retries: 10 } }),
    /\[api\.healthCheck\]/,
  ],
  "a BGP daemon whose end nobody notices": [
    IMAGE,
    bird({ essential: false }),
    /\[bird\.essential\]/,
  ],
  "a container of another's image": [
    IMAGE,
    bird({ image: "registry.example/busybox:1" }),
    /\[bird\.image\]/,
  ],
  "a port of a node": [
    IMAGE,
    bird({ portMappings: [{ containerPort: 20002, hostPort: 20002, protocol: "tcp" }] }),
    /\[bird\.portMappings\]/,
  ],
  capabilities: [
    IMAGE,
    bird({
      linuxParameters: { capabilities: { add: ["ALL"], drop: [] }, initProcessEnabled: true },
    }),
    /\[bird\.linuxParameters\]/,
  ],
  "a privileged container": [IMAGE, bird({ privileged: true }), /\[bird\.privileged\]/],
  "other variables": [
    IMAGE,
    bird({ environment: [{ name: "ROUTED_ENVIRONMENT", value: "other" }] }),
    /\[bird\.environment\]/,
  ],
  secrets: [IMAGE, bird({ secrets: [{ name: "x", valueFrom: "arn" }] }), /\[bird\.secrets\]/],
  "too little memory": [IMAGE, bird({ memory: 4 }), /\[bird\.memory\]/],
  "a log that blocks": [
    IMAGE,
    bird({ logConfiguration: { logDriver: "awslogs", options: { mode: "blocking" } } }),
    /\[bird\.logConfiguration\]/,
  ],
  "a folder of the node": [
    IMAGE,
    bird({ mountPoints: [{ sourceVolume: "root", containerPath: "/x" }] }),
    /\[bird\.mountPoints\]/,
  ],
  "a daemon that doesn't wait until it knows its PoP": [
    IMAGE,
    bird({ dependsOn: [] }),
    /\[bird\.dependsOn\]/,
  ],
  "no time to say goodbye": [IMAGE, bird({ stopTimeout: 2 }), /\[bird\.stopTimeout\]/],
  "a container less": [
    IMAGE,
    inText(DEFINITION, POPS, "container_definitions", (all: Values[]) =>
      all.filter(({ name }) => name !== "api"),
    ),
    /container_definitions\[api\]/,
  ],
  "a task that no node has room for": [
    IMAGE,
    say(DEFINITION, POPS, { memory: "99999999" }),
    /memory 99999999.*the config's limit/,
  ],
  "another family": [IMAGE, say(DEFINITION, POPS, { family: "routed-live--helper" }), /family/],
  "tasks with the nodes' role": [
    IMAGE,
    (plan) => {
      const role = plan.at("aws_iam_role", "node-role");
      const arn = { task_role_arn: role.change.before?.["arn"] };
      plan.say(plan.at(DEFINITION, POPS), arn, { task_role_arn: refer(role, "arn") });
    },
    /the tasks' role/,
  ],
  "tasks without a role": [
    IMAGE,
    (plan) => plan.unsay(plan.at(DEFINITION, POPS), "task_role_arn"),
    /no task_role_arn/,
  ],
  // Who may do what.
  "rights under a condition that never holds": [
    null,
    statements(POLICY, "agents", (each) => ({
      ...each,
      Condition: { StringEquals: { "aws:SourceVpc": "vpc-0" } },
    })),
    /on what is the environment's own/,
  ],
  "rights on nothing that there is": [
    null,
    statements(POLICY, "agents", (each) => ({ ...each, Resource: ["arn:aws:ecs:::none"] })),
    /on what is the environment's own/,
  ],
  "a right to stop tasks": [
    null,
    statements(POLICY, "agents", (each) => ({
      ...each,
      Action: [...(each["Action"] as string[]), "ecs:StopTask"],
    })),
    /and nothing else/,
  ],
  "a right to every bucket": [
    null,
    statements(POLICY, "task-policy", (each) => ({ ...each, Resource: ["*"] })),
    /and nothing else/,
  ],
  "the agents' rights for tasks": [
    NEW,
    (plan) => {
      const role = refer(plan.at("aws_iam_role", "task-roles_task"), "id");
      plan.say(plan.at(POLICY, "agents"), {}, { role });
    },
    /the role that its name is for/,
  ],
  "a bucket that everybody writes to": [
    NEW,
    statements("aws_s3_bucket_policy", "access-logs", (each) =>
      each["Effect"] === "Deny"
        ? each
        : { ...each, Principal: { ...(each["Principal"] as Values), AWS: "*" } },
    ),
    /let nobody in but/,
  ],
  "logs of every load balancer but ours": [
    NEW,
    statements("aws_s3_bucket_policy", "access-logs", (each) =>
      each["Effect"] === "Deny"
        ? each
        : { ...each, Condition: { StringNotLike: { "aws:SourceArn": "x" } } },
    ),
    /let nobody in but/,
  ],
  "snapshots that expire in a new environment": [
    NEW,
    say("aws_s3_bucket_lifecycle_configuration", "snapshots", {
      rule: [{ id: "x", status: "Enabled", expiration: [{ days: 90 }] }],
    }),
    /keep snapshots/,
  ],
  "a key of somebody else's": [
    NEW,
    say("aws_s3_bucket_server_side_encryption_configuration", "snapshots", {
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }],
    }),
    /AES256/,
  ],
  // Alarms that act.
  "a node that is recovered once it is well": [
    null,
    update(ALARM, "recovery", { ok_actions: [RECOVER] }),
    /ok_actions/,
  ],
  "a node that is recovered while nothing is known": [
    NEW,
    say(ALARM, "recovery", { insufficient_data_actions: [RECOVER] }),
    /insufficient_data_actions/,
  ],
  "a recovery of another instance": [
    null,
    update(ALARM, "recovery", { dimensions: { InstanceId: "i-0" } }),
    /what an alarm of its name says/,
  ],
  "an alarm that tells nobody": [
    null,
    drop(ALARM, "api-5xx", "alarm_actions", []),
    /alarm_actions/,
  ],
  "a node that nothing recovers any more": [
    null,
    (plan) => plan.remove(plan.at(ALARM, "recovery")),
    /an alarm would be destroyed/,
  ],
  // Who may reach what.
  "BGP from everywhere, beside the peers": [
    null,
    (plan) => {
      const group = plan.at("aws_security_group", "bgp-1");
      const [rule] = group.change.before?.["ingress"] as Values[];
      plan.update(group, { ingress: [rule, { ...rule, cidr_blocks: ["0.0.0.0/0"] }] });
    },
    /the PoPs' BGP peers only/,
  ],
  "a range of ports beside a daemon's": [
    "routed.daemons[].metricsPort",
    (plan) => {
      const rule = plan.plan.resource_changes.find(
        ({ change }) => change.after?.["from_port"] === 9100,
      );
      if (rule !== undefined) plan.say(rule, { to_port: 22999 });
    },
    /to_port 22999/,
  ],
  // What is missing.
  "a PoP that isn't made": [
    "autopilotSites, one more",
    never(SERVICE, "pop3"),
    /pop3 would have no service/,
  ],
  "peers that aren't let in": [
    "autopilotSites, one more",
    (plan) => {
      const group = plan.plan.resource_changes.find(
        ({ type, change }) => type === "aws_security_group" && change.actions[0] === "update",
      );
      if (group === undefined) throw new Error("no group changes");
      group.change = { ...group.change, actions: ["no-op"], after: group.change.before };
      plan.declared(group)["ingress"] = group.change.before?.["ingress"];
    },
    /pop3's BGP peer .* would have no way in/,
  ],
  "a way out that isn't made": [NEW, never("aws_route", "ipv4"), /a route would be missing/],
  "nobody who looks whether the fleet is still the same": [
    null,
    (plan) => {
      plan.stack.data = {};
      const root = plan.plan.configuration.root_module;
      root.resources = root.resources.filter(({ mode }) => mode !== "data");
    },
    /node 1 would not be looked at by Terraform/,
  ],
  "a guard that is always content": [
    null,
    (plan) => {
      for (const guard of guards(plan))
        guard["lifecycle"] = { postcondition: [{ condition: "${true}" }] };
    },
    /would not be looked at by Terraform/,
  ],
  "a guard of another instance": [
    null,
    (plan) => {
      for (const guard of guards(plan)) if ("instance_id" in guard) guard["instance_id"] = "i-0";
    },
    /node 0 would not be looked at/,
  ],
  "a guard that didn't look": [
    null,
    (plan) => (plan.plan.checks = []),
    /doesn't say that it looked/,
  ],
  // What Terraform was given from elsewhere.
  "an override of where a new EIP goes": [
    "fleet.nodes, more",
    given("managed", "aws_eip", "node-3", (plan) => {
      const { address } = plan.at(ENI, "node-0");
      return { network_interface: { references: [`${address}.id`, address] } };
    }),
    /Terraform was given another network_interface/,
  ],
  "an override of what a PoP runs": [
    IMAGE,
    given("managed", SERVICE, "pop-pop1", (plan) => ({
      task_definition: { constant_value: refer(plan.at(DEFINITION, "helper"), "arn") },
    })),
    /Terraform was given another task_definition/,
  ],
  "an override of what the guard looks at": [
    null,
    given("data", "aws_instances", "", () => ({ filter: [{ name: { constant_value: "tag:x" } }] })),
    /Terraform was given another filter/,
  ],
  "a state that lies elsewhere": [
    null,
    (plan) => (plan.stack["terraform"] = { backend: { s3: { bucket: "other" } } }),
    /another backend/,
  ],
  "a provider more": [
    null,
    (plan) => {
      const settings = plan.stack["terraform"] as { required_providers: Values };
      settings.required_providers["null"] = { source: "hashicorp/null" };
    },
    /another required_providers/,
  ],
  "a provider without its tags": [
    null,
    (plan) => {
      const { aws } = plan.plan.configuration.provider_config;
      delete (aws?.["expressions"] as Values)["default_tags"];
    },
    /default_tags are none/,
  ],
  "a value from outside": [
    null,
    (plan) => (plan.plan["variables"] = { x: { value: 1 } }),
    /variable x/,
  ],
  "a resource that is said to be an alarm": [
    null,
    (plan) => {
      const node = plan.at(NODE, "node-1");
      plan.remove(node);
      node.type = ALARM;
    },
    /said to be of the type/,
  ],
};

it.each(Object.entries(LAWLESS))("refuses %s", (_, [of, edit, says]) => {
  const plan = new EditedPlan(recordedPlan(of ?? "nothing to do"));
  edit(plan);
  const verdict = plan.verdict();
  expect(verdict.violations.map(renderViolation).join("\n")).toMatch(says);
  expect(verdict.proved).toBe(false);
});

it("refuses in place, of every resource, what nobody has looked at", () => {
  const edited = new EditedPlan(recordedPlan("nothing to do"));
  const managed = edited.plan.resource_changes.filter(({ mode }) => mode === "managed");
  for (const resource of managed) edited.update(resource, { somebody_elses: "x" });
  const refused = edited
    .verdict()
    .violations.filter(({ what, why }) => `${what} ${why}`.includes("somebody_elses"))
    .flatMap(({ addresses }) => addresses);
  const proved = managed.filter(({ address }) => !refused.includes(address));
  expect(proved.map(({ address }) => address)).toEqual([]);
});
