import { NODE_TAG } from "../../config/naming";
import { DATA_DEVICE } from "../../config/node-volumes";
import type { Observation } from "../../observe/observation";
import type { KeepDecision, SlotDecision, UpgradePlan } from "../../plan/upgrade-plan";
import { isObject, isSameJson, listOf } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import { judgeOf } from "../judges/judges";
import { blocksOf, FOUNDATION } from "./block-names";

/** What a synthesis wrote for one environment, and what it was made from. */
export interface WrittenStack {
  /** The names of the files in the stack's folder. */
  readonly files: readonly string[];
  /** `cdk.tf.json`, parsed. */
  readonly json: unknown;
  readonly plan: UpgradePlan;
  readonly observation: Observation;
}

/** Types that say which node they are of, and only look at it, or write it down. */
const MAY_NAME_A_NODE: readonly string[] = ["aws_cloudwatch_metric_alarm", "aws_s3_object"];

/** What a stack's JSON may have at its top; blocks that move or forget are not among it. */
const TOP = ["//", "data", "import", "locals", "output", "provider", "resource", "terraform"];

/** What Terraform passes over on a kept node: it would stop it and start it again in place. */
const IGNORED = [
  "instance_type",
  "capacity_reservation_specification",
  "user_data_replace_on_change",
];

const PINNED = { prevent_destroy: true };

/** An EIP's address is asked for when it is allocated, and means another EIP ever after. */
const PINNED_EIP = { ...PINNED, ignore_changes: ["address"] };

const META = ["//", "depends_on", "lifecycle", "provider"];

/** All that a node and its address say: whatever else they said might change them in place. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  aws_eip: ["address", "domain", "network_interface", "tags"],
  aws_instance: [
    "ami",
    "ebs_block_device",
    "iam_instance_profile",
    "instance_type",
    "metadata_options",
    "network_interface",
    "root_block_device",
    "tags",
    "user_data_base64",
    "user_data_replace_on_change",
    // Passed over where the node is kept (IGNORED).
    "capacity_reservation_specification",
    // What replaces a node, the pin refuses.
    "ebs_optimized",
    "hibernation",
    "key_name",
    "placement_group",
    "tenancy",
  ],
  aws_network_interface: [
    "description",
    "ipv6_addresses",
    "private_ips",
    "security_groups",
    "subnet_id",
    "tags",
  ],
};

/** What an alarm may do: tell a topic, or have EC2 move a node to other hardware. */
const ALARMS_DO =
  /^(\$\{aws_sns_topic\.[\w-]+\.arn\}|arn:aws[\w-]*:sns:.*|arn:aws[\w-]*:automate:[\w-]+:ec2:recover)$/;

/**
 * Why the written stack may not be given to Terraform, one clause each: what of it Terraform's own pins
 * can't see. A block that is gone takes its pin with it, an address may go to another node, a block of
 * another kind may stop a node.
 *
 * It reads what was written, and shares nothing with the constructs that wrote it. Pure.
 */
export function checkWrittenStack({ files, json, plan, observation }: WrittenStack): string[] {
  if (!isObject(json)) return ["it must be an object"];
  const stack = new Stack(json);
  return [
    ...files
      .filter(isConfiguration)
      .map((file) => `${file} lies beside it, which Terraform reads too`),
    ...Object.keys(json)
      .filter((key) => !TOP.includes(key))
      .map((key) => `it has ${key}, and may have ${TOP.join(", ")} only`),
    ...checkTypes(stack),
    ...checkSaid(stack),
    ...checkAlarms(stack),
    ...FOUNDATION.flatMap((address) => checkLifecycle(stack, address, PINNED)),
    ...checkSlots(stack, plan),
    ...checkImports(json["import"], plan, observation),
    ...checkObserved(stack, plan, observation),
  ];
}

/** The resources of a stack, by address. */
class Stack {
  private readonly blocks = new Map<string, Values>();

  constructor(json: Values) {
    for (const [type, named] of Object.entries(
      isObject(json["resource"]) ? json["resource"] : {},
    )) {
      for (const [name, block] of Object.entries(isObject(named) ? named : {})) {
        this.blocks.set(`${type}.${name}`, isObject(block) ? block : {});
      }
    }
  }

  at(address: string): Values | undefined {
    return this.blocks.get(address);
  }

  all(): { address: string; type: string; block: Values }[] {
    return [...this.blocks].map(([address, block]) => {
      return { address, type: address.slice(0, address.indexOf(".")), block };
    });
  }
}

/** Terraform reads every file of such a name, and lets some override what the others say. */
function isConfiguration(file: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(file) && file !== "cdk.tf.json";
}

/**
 * Whoever adds a type to the stacks adds its judge (lib/verify/judges), once it is looked up that it
 * neither stops, detaches nor readdresses an instance that isn't its own, as `aws_ec2_instance_state`
 * and `aws_eip_association` do.
 */
function checkTypes(stack: Stack): string[] {
  return stack
    .all()
    .filter(({ type }) => judgeOf(type) === undefined)
    .map(
      ({ address }) =>
        `${address} is of a type of which nobody has looked up what it may do to a node`,
    );
}

function checkSaid(stack: Stack): string[] {
  return stack.all().flatMap(({ address, type, block }) =>
    Object.keys(block)
      .filter((name) => type in SAID && ![...META, ...(SAID[type] ?? [])].includes(name))
      .map((name) => `${address} must not have ${name}, which may change in place`),
  );
}

/** An alarm may stop or end the instance that it watches, and no pin sees it. */
function checkAlarms(stack: Stack): string[] {
  return stack
    .all()
    .filter(({ type }) => type === "aws_cloudwatch_metric_alarm")
    .flatMap(({ address, block }) =>
      Object.entries(block)
        .filter(([name]) => name.endsWith("_actions"))
        .flatMap(([, actions]) => listOf(actions))
        .filter((action) => !ALARMS_DO.test(String(action)))
        .map((action) => `${address} must tell a topic or recover a node, got ${render(action)}`),
    );
}

/** The host that a slot's address is, in its subnet's blocks of both families; for ever. */
const FIRST_HOST = 16;

/** An ENI gives up what its block no longer lists, in place. */
function checkHosts(stack: Stack, address: string, slot: number): string[] {
  const block = stack.at(address);
  if (block === undefined) return [];
  const host = FIRST_HOST + slot;
  const subnet = String(block["subnet_id"]).replace(/^\$\{(.*)\.id\}$/, "$1");
  const [network = ""] = String(stack.at(subnet)?.["cidr_block"]).split("/");
  const ipv6 = `\${cidrhost(${subnet}.ipv6_cidr_block, ${host})}`;
  return [
    ...checkEqual(stack, address, "private_ips", [hostOf(network, host)]),
    ...checkEqual(stack, address, "ipv6_addresses", [ipv6]),
  ];
}

function hostOf(network: string, host: number): string {
  const first = network.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return [24, 16, 8, 0].map((bits) => Math.floor((first + host) / 2 ** bits) % 256).join(".");
}

function checkLifecycle(stack: Stack, address: string, wanted: Values): string[] {
  const block = stack.at(address);
  if (block === undefined)
    return [`${address} is missing, so Terraform would destroy what it stands for`];
  const made = ["count", "for_each", "provisioner"].filter((key) => key in block);
  if (made.length > 0) return [`${address} has ${made.join(", ")}`];
  const provider = address.startsWith("aws_instance.") ? "aws.nodes" : undefined;
  if (block["provider"] !== provider) {
    return [`${address} must have provider ${render(provider)}, got ${render(block["provider"])}`];
  }
  const { lifecycle } = block;
  return isSameJson(lifecycle, wanted)
    ? []
    : [`${address} must have the lifecycle ${render(wanted)}, got ${render(lifecycle)}`];
}

/** After these a slot that stays has no instance. */
const EMPTY: readonly SlotDecision["action"][] = ["allocate", "leave", "park"];

/** Each slot that stays has its blocks, its own address and its pins; nothing else is a node's. */
function checkSlots(stack: Stack, plan: UpgradePlan): string[] {
  const staying = plan.decisions.filter((d) =>
    d.action === "leave" ? d.exists : d.action !== "remove",
  );
  const partsOf = ({ action, slot }: SlotDecision): string[] => {
    const { instance, networkInterface, elasticIp } = blocksOf(slot);
    const address = [networkInterface, elasticIp];
    return EMPTY.includes(action) ? address : [instance, ...address];
  };
  const known = new Set(staying.flatMap(partsOf));
  const strange = stack
    .all()
    .filter(({ type }) => ["aws_instance", "aws_network_interface", "aws_eip"].includes(type))
    .filter(({ address }) => !known.has(address))
    .map(({ address }) => `${address} is of no slot that stays`);
  const slots = staying.flatMap((decision) => {
    const { instance, networkInterface, elasticIp } = blocksOf(decision.slot);
    const found = [
      ...checkLifecycle(stack, networkInterface, PINNED),
      ...checkLifecycle(stack, elasticIp, PINNED_EIP),
      ...(decision.action === "keep"
        ? [...checkLifecycle(stack, instance, pinOf(decision)), ...checkKept(stack, decision)]
        : []),
      ...checkEqual(stack, elasticIp, "network_interface", `\${${networkInterface}.id}`),
      ...checkHosts(stack, networkInterface, decision.slot),
      ...(EMPTY.includes(decision.action)
        ? []
        : checkEqual(stack, instance, "network_interface", [
            {
              delete_on_termination: false,
              device_index: 0,
              network_interface_id: `\${${networkInterface}.id}`,
            },
          ])),
      ...partsOf(decision).flatMap((address) => checkTag(stack, address, decision.slot)),
    ];
    return found;
  });
  return [...strange, ...slots];
}

function pinOf({ spec, why }: KeepDecision): Values {
  if (why.kind === "going") return { ...PINNED, ignore_changes: "all" };
  const ignored = spec.dataVolumeGiB === undefined ? IGNORED : ["ebs_block_device", ...IGNORED];
  return { ...PINNED, ignore_changes: ignored };
}

/** What changes on a node in place, and no pin sees. */
function checkKept(stack: Stack, { slot, spec }: KeepDecision): string[] {
  const { instance } = blocksOf(slot);
  const block = stack.at(instance);
  if (block === undefined) return [];
  const volume = isObject(block["root_block_device"]) ? block["root_block_device"] : {};
  const metadata = isObject(block["metadata_options"]) ? block["metadata_options"] : {};
  const devices = listOf(block["ebs_block_device"]).map((d) =>
    isObject(d) ? d["device_name"] : d,
  );
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ["ami", block["ami"], spec.amiId],
    ["instance_type", block["instance_type"], spec.instanceType],
    ["user_data_base64", block["user_data_base64"] ?? "", spec.userDataBase64],
    ["root_block_device.volume_size", volume["volume_size"], spec.rootVolumeGiB],
    ["ebs_block_device", devices, spec.dataVolumeGiB === undefined ? [] : [DATA_DEVICE]],
    // A node's agent and tasks get their credentials there.
    ["metadata_options.http_endpoint", metadata["http_endpoint"], "enabled"],
  ];
  return facts
    .filter(([, got, wanted]) => !isSameJson(got, wanted))
    .map(
      ([name, got, wanted]) =>
        `${instance} must have the ${name} that it runs with, ${render(wanted)}, got ${render(got)}`,
    );
}

function checkTag(stack: Stack, address: string, slot: number): string[] {
  const block = stack.at(address);
  if (block === undefined) return [];
  const tag = isObject(block["tags"]) ? block["tags"][NODE_TAG] : undefined;
  return tag === String(slot)
    ? []
    : [`${address} must have the tag ${NODE_TAG} ${slot}, got ${render(tag)}`];
}

function checkEqual(stack: Stack, address: string, name: string, wanted: unknown): string[] {
  const block = stack.at(address);
  if (block === undefined || isSameJson(block[name], wanted)) return [];
  return [`${address} must have ${name} ${render(wanted)}, got ${render(block[name])}`];
}

/**
 * The addresses that AWS holds of the slots that stay are imported, as what they are, and nothing else:
 * what the state has lost would be made anew, which no pin sees.
 */
function checkImports(imports: unknown, plan: UpgradePlan, observation: Observation): string[] {
  const staying = plan.decisions.filter(({ action }) => action !== "remove");
  const wanted = staying.flatMap(({ slot }) => {
    const { networkInterface, elasticIp } = blocksOf(slot);
    const eni = observation.networkInterfaces.find((item) => item.slot === slot);
    const eip = observation.elasticIps.find((item) => item.slot === slot);
    return [
      ...(eni === undefined ? [] : [{ to: networkInterface, id: eni.networkInterfaceId }]),
      ...(eip === undefined ? [] : [{ to: elasticIp, id: eip.allocationId }]),
    ];
  });
  const written = listOf(imports ?? []);
  return [
    ...written
      .filter((item) => !wanted.some((one) => isSameJson(one, item)))
      .map((item) => `it imports ${render(item)}, which is no address of a slot that stays`),
    ...wanted
      .filter((one) => !written.some((item) => isSameJson(one, item)))
      .map(({ to, id }) => `it must import ${id} to ${to}, in case the state has lost it`),
  ];
}

/** What AWS holds has its place, and no block but its own and alarms names it. */
function checkObserved(stack: Stack, plan: UpgradePlan, observation: Observation): string[] {
  const decided = new Map(plan.decisions.map((decision) => [decision.slot, decision]));
  const held = [
    ...observation.instances,
    ...observation.networkInterfaces,
    ...observation.elasticIps,
  ];
  const forgotten = [...new Set(held.flatMap(({ slot }) => (slot === null ? [] : [slot])))]
    .filter((slot) => !decided.has(slot))
    .map((slot) => `the upgrade plan has no slot ${slot}, which AWS holds something of`);
  const kept = plan.decisions.filter((decision) => decision.action === "keep");
  const named = kept.flatMap(({ slot, instanceId }) => {
    const own = Object.values(blocksOf(slot)) as string[];
    const ids = [
      instanceId,
      ...observation.networkInterfaces
        .filter((e) => e.slot === slot)
        .map((e) => e.networkInterfaceId),
      ...observation.elasticIps.filter((e) => e.slot === slot).map((e) => e.allocationId),
    ];
    return stack
      .all()
      .filter(({ address, type }) => !own.includes(address) && !MAY_NAME_A_NODE.includes(type))
      .filter(({ block }) => namesAny(block, [...own, ...ids]))
      .map(({ address }) => `${address} names node ${slot}, which this deploy keeps`);
  });
  return [...forgotten, ...named];
}

function namesAny(block: Values, names: readonly string[]): boolean {
  const text = JSON.stringify(block);
  return names.some((name) => text.includes(name));
}

function render(value: unknown): string {
  if (value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
