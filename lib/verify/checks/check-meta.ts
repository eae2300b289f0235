import type { Declaration } from "../../terraform/stack";
import { isObject, isSameJson, listOf } from "../../terraform/values";
import { renderValue } from "../attribute-changes";
import { declared } from "../judges/law";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

const STRANGE = ["connection", "count", "for_each", "provisioner"];
const INSTANCE_PROVIDER = "aws.nodes";

/** What Terraform takes of any resource: nothing that runs programs, acts on others' changes, or passes over a change. */
export function checkMeta(subject: VerifySubject): Violation[] {
  return [...subject.stack.resources.values()].flatMap((declaration) => [
    ...checkBlock(declaration),
    ...checkOrder(subject, declaration),
  ]);
}

function checkBlock({ address, meta, type }: Declaration): Violation[] {
  const lifecycle = isObject(meta["lifecycle"]) ? meta["lifecycle"] : {};
  const strange = [
    ...Object.keys(meta).filter((name) => STRANGE.includes(name)),
    ...Object.entries(lifecycle)
      .filter(([name, value]) => LIFECYCLE[name]?.(type, value) !== true)
      .map(([name]) => `lifecycle.${name}`),
  ];
  const { provider } = meta;
  const wanted = type === "aws_instance" ? INSTANCE_PROVIDER : undefined;
  return [
    ...strange.map((name) =>
      violation(address, `it has ${name}`, "no resource of this product has one", name),
    ),
    ...(provider === wanted
      ? []
      : [
          violation(
            address,
            `its provider is ${renderValue(provider ?? null)}`,
            wanted === undefined
              ? "no resource of this product but instances has one"
              : `an instance's is ${wanted}, which tells soon that EC2 has no capacity`,
            "provider",
          ),
        ]),
  ];
}

/** Who passes over changes of what: a change of the config's that is ignored is never carried out. */
const IGNORED: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_service: [
    "desired_count",
    "ordered_placement_strategy",
    "placement_constraints",
    "scheduling_strategy",
    'tags["routed:cell"]',
    'tags["routed:core-set"]',
    'tags["routed:placement"]',
    "task_definition",
  ],
  aws_eip: ["address"],
  aws_instance: [
    "capacity_reservation_specification",
    "ebs_block_device",
    "instance_type",
    "user_data_replace_on_change",
  ],
};

const LIFECYCLE: Readonly<Record<string, (type: string, value: unknown) => boolean>> = {
  // What may be there twice for a moment.
  create_before_destroy: (type) => type === "aws_subnet",
  ignore_changes: (type, value) =>
    // Of an instance that shuts down, nothing is compared.
    (value === "all" && type === "aws_instance") ||
    (Array.isArray(value) && value.every((name) => IGNORED[type]?.includes(String(name)) === true)),
  prevent_destroy: () => true,
};

/** By type, what a resource may wait for besides what it refers to. */
const AFTER: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_service: ["aws_lb_listener", "local"],
  aws_eip: ["aws_route", "aws_route_table_association"],
  aws_instance: [
    "aws_ecs_cluster",
    "aws_eip",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_route",
    "aws_route_table_association",
    "data",
  ],
  aws_lb: ["aws_ec2_subnet_cidr_reservation", "aws_s3_bucket_policy"],
  aws_s3_bucket_policy: ["aws_s3_bucket_public_access_block"],
};

/**
 * Terraform destroys a node before it tries what the node's successor waits for: where that fails, the
 * node is gone. And a service waits until all nodes are launched, so that no new image stops a PoP's
 * task while a node takes another one away.
 */
function checkOrder(subject: VerifySubject, { address, meta, type }: Declaration): Violation[] {
  const after = listOf(meta["depends_on"]).map(String);
  const may = AFTER[type] ?? [];
  const strange = after.filter((each) => !may.includes(each.split(".")[0] ?? ""));
  const found = strange.map((each) =>
    violation(
      address,
      `it would wait for ${each}`,
      "nobody has looked at what happens to it where that fails",
      "depends_on",
    ),
  );
  if (type !== "aws_ecs_service" || after.some((each) => namesAllNodes(subject, each)))
    return found;
  const why = "a PoP's tasks would be changed while a node is";
  return [...found, violation(address, "it would not wait for all nodes", why, "depends_on")];
}

/** `local.x`, which lists every instance of the stack. */
function namesAllNodes(subject: VerifySubject, dependency: string): boolean {
  const locals = subject.stack.blocks["locals"];
  const [kind, name = ""] = dependency.split(".");
  const ids = declared(subject, "aws_instance").map(({ address }) => `\${${address}.id}`);
  return kind === "local" && isObject(locals) && isSameJson(sorted(locals[name]), sorted(ids));
}

function sorted(value: unknown): string[] {
  return listOf(value).map(String).sort();
}

function violation(address: string, what: string, why: string, attribute: string): Violation {
  return {
    rule: "declared",
    addresses: [address],
    attributes: [attribute],
    what,
    why,
    remedy:
      "take it out of the stack, or add to lib/verify/checks/check-meta.ts why it does no harm",
  };
}
