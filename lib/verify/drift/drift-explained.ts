import type { AttributeChange } from "../attribute-changes";
import { rulesOfItem } from "../group-rules";
import type { SourceKind } from "../group-rules";
import { addedIn6 } from "../../terraform/known-providers";
import { isObject, listOf } from "../../terraform/values";
import type { ResourceChange, TerraformPlan } from "../../terraform/plan";
import type { Values } from "../../terraform/values";

/**
 * Attributes that AWS fills in, or that go along with another resource, after Terraform wrote down what
 * it made. Those of a bucket are resources of their own in the stack, which drift themselves.
 */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ["public_dns", "public_ip", "private_dns", "ipv6_addresses"],
  aws_network_interface: ["private_dns_name"],
  aws_eip: ["association_id", "private_dns", "private_ip", "public_dns"],
  aws_lb_target_group: ["load_balancer_arns"],
  aws_s3_bucket: [
    "acceleration_status",
    "grant",
    "lifecycle_rule",
    "policy",
    "server_side_encryption_configuration",
    "versioning",
  ],
};

/** A list in one resource that other resources of the stack make, one item each. */
interface MadeByOthers {
  readonly attribute: string;
  /** Their type. */
  readonly by: string;
  /** Whether an item of the list is what such a resource makes. */
  readonly makes: (maker: Values, item: unknown, owner: Values) => boolean;
}

const MADE_BY_OTHERS: Readonly<Record<string, readonly MadeByOthers[]>> = {
  aws_security_group: [
    { attribute: "ingress", by: "aws_vpc_security_group_ingress_rule", makes: makesRule },
    { attribute: "egress", by: "aws_vpc_security_group_egress_rule", makes: makesRule },
  ],
  aws_route_table: [{ attribute: "route", by: "aws_route", makes: makesRoute }],
  aws_iam_role: [
    {
      attribute: "managed_policy_arns",
      by: "aws_iam_role_policy_attachment",
      makes: (maker, item, owner) =>
        maker["role"] === owner["name"] && maker["policy_arn"] === item,
    },
    {
      attribute: "inline_policy",
      by: "aws_iam_role_policy",
      makes: (maker, item, owner) =>
        maker["role"] === owner["name"] && isObject(item) && maker["name"] === item["name"],
    },
  ],
};

/** Those of a resource's changed attributes that only a hand can have changed. */
export function unexplained(
  drift: ResourceChange,
  changed: readonly AttributeChange[],
  plan: TerraformPlan,
): AttributeChange[] {
  const following = FOLLOWING[drift.type] ?? [];
  const made = MADE_BY_OTHERS[drift.type] ?? [];
  const rest = changed.filter(
    ({ name, from, to }) =>
      !(from === null && isFirstRead(drift, name)) &&
      !following.some((attribute) => isOrIsIn(name, attribute)) &&
      !(holdsOnlyKnown(name, to, plan) && isOf(drift.type, name)) &&
      !made.some(({ attribute }) => isOrIsIn(name, attribute)),
  );
  return [...rest, ...made.flatMap((list) => strangers(drift, list, plan))];
}

/** The attribute that says which instance an address is on, by type. */
const HOLDERS: Readonly<Record<string, string>> = {
  aws_network_interface: "attachment",
  aws_eip: "instance",
};

function isOf(type: string, name: string): boolean {
  const holder = HOLDERS[type];
  return holder !== undefined && isOrIsIn(name, holder);
}

/** It follows from the instances of the stack that an address is on one of them, or on none. */
function holdsOnlyKnown(name: string, to: unknown, { changes, drift }: TerraformPlan): boolean {
  if (/^attachment\.(?!instance$)/.test(name)) return true;
  const known = [...changes, ...drift]
    .filter(({ type }) => type === "aws_instance")
    .flatMap(({ before, after }) => [before?.["id"], after?.["id"]]);
  const named = (JSON.stringify(to) ?? "").match(/\bi-[0-9a-z-]+/g) ?? [];
  return named.every((id) => known.includes(id));
}

/** What version 6 of the provider sees when it first looks at what 5 wrote down. */
function isFirstRead({ type }: ResourceChange, name: string): boolean {
  return addedIn6(type).some((attribute) => isOrIsIn(name, attribute));
}

function isOrIsIn(name: string, attribute: string): boolean {
  return name === attribute || name.startsWith(`${attribute}.`);
}

/**
 * Items that AWS holds otherwise than Terraform left them, and that no resource of the stack has made:
 * one of those that is missing drifts as its own.
 */
function strangers(
  drift: ResourceChange,
  { attribute, by, makes }: MadeByOthers,
  plan: TerraformPlan,
): AttributeChange[] {
  const makers = [...plan.drift, ...plan.changes]
    .filter(({ type }) => type === by)
    .flatMap(({ before, after }) => [before, after])
    .filter(isObject);
  const partsOf = (owner: Values | null) =>
    listOf((owner ?? {})[attribute])
      .flatMap(splitItem)
      .filter((part) => !makers.some((maker) => makes(maker, part, owner ?? {})));
  const [left, held] = [partsOf(drift.before), partsOf(drift.after)];
  const path = { path: attribute, name: attribute, known: true };
  return [
    ...without(held, left).map((part) => ({ ...path, from: null, to: part })),
    ...without(left, held).map((part) => ({ ...path, from: part, to: null })),
  ];
}

function without(items: readonly unknown[], others: readonly unknown[]): unknown[] {
  const known = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}

/** A group lists the rules of one port and protocol as one item with many sources: item by item. */
function splitItem(item: unknown): unknown[] {
  const rules = rulesOfItem(item);
  if (rules.length === 0) return [item];
  return rules.map(
    ({ fromPort: from_port, toPort: to_port, protocol, kind, source, description }): Values => ({
      from_port,
      to_port,
      protocol,
      [kind]: kind === "self" ? true : [source],
      ...(description === "" ? {} : { description }),
    }),
  );
}

const SOURCES = {
  cidr_blocks: "cidr_ipv4",
  ipv6_cidr_blocks: "cidr_ipv6",
  prefix_list_ids: "prefix_list_id",
  security_groups: "referenced_security_group_id",
  self: "referenced_security_group_id",
} as const satisfies Record<SourceKind, string>;

/** A rule resource has one source; it makes an item that has no other. */
function makesRule(resource: Values, item: unknown, group: Values): boolean {
  const [rule, ...others] = rulesOfItem(item);
  if (rule === undefined || others.length > 0) return false;
  if (resource["security_group_id"] !== group["id"]) return false;
  const protocol = String(resource["ip_protocol"]);
  const samePorts =
    protocol === "-1" ||
    (resource["from_port"] === rule.fromPort && resource["to_port"] === rule.toPort);
  const source = rule.kind === "self" ? group["id"] : rule.source;
  return samePorts && protocol === rule.protocol && resource[SOURCES[rule.kind]] === source;
}

function makesRoute(route: Values, item: unknown, table: Values): boolean {
  if (!isObject(item) || route["route_table_id"] !== table["id"]) return false;
  return (
    isSameBlock(route["destination_cidr_block"], item["cidr_block"]) ||
    isSameBlock(route["destination_ipv6_cidr_block"], item["ipv6_cidr_block"]) ||
    isSameBlock(route["destination_prefix_list_id"], item["destination_prefix_list_id"])
  );
}

function isSameBlock(a: unknown, b: unknown): boolean {
  return typeof a === "string" && a !== "" && a === b;
}
