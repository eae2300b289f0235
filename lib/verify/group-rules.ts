import { isObject, listOf } from "../terraform/values";
import type { Values } from "../terraform/values";

/** One rule of a security group, as AWS counts them: one source, or one target of what goes out. */
export interface GroupRule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Which kind of source it has: the attribute of the group's item that lists it. */
  readonly kind: SourceKind;
  /** A block, a prefix list's or a group's id; `self` for the group itself. */
  readonly source: string;
  readonly description: string;
}

const SOURCE_KINDS = [
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "prefix_list_ids",
  "security_groups",
] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number] | "self";

/** An item of a group's `ingress` or `egress`, which lists many sources, rule by rule. */
export function rulesOfItem(item: unknown): GroupRule[] {
  if (!isObject(item)) return [];
  const { from_port, to_port, protocol, description } = item;
  const rule = (kind: SourceKind, source: unknown): GroupRule => ({
    protocol: String(protocol),
    fromPort: Number(from_port),
    toPort: Number(to_port),
    kind,
    source: String(source),
    description: typeof description === "string" ? description : "",
  });
  return [
    ...SOURCE_KINDS.flatMap((kind) => listOf(item[kind]).map((source) => rule(kind, source))),
    ...(item["self"] === true ? [rule("self", "self")] : []),
  ];
}

/** All rules of a group for what comes in, or for what goes out. */
export function rulesOfGroup(group: Values | null, direction: "ingress" | "egress"): GroupRule[] {
  return listOf(group?.[direction]).flatMap(rulesOfItem);
}

/** Equal for rules that let the same through, whatever is written beside them. */
export function keyOfRule({ protocol, fromPort, toPort, kind, source }: GroupRule): string {
  return [protocol, fromPort, toPort, kind, source].join(" ");
}
