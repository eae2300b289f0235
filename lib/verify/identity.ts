import { NODE_DAEMON_TAG, NODE_TAG, POP_TAG } from "../config/naming";
import { isObject } from "../terraform/values";
import type { ResourceChange } from "../terraform/plan";
import type { Values } from "../terraform/values";

/**
 * The slot that a resource belongs to, by its tag, before and after the change. Addresses and
 * names are CDKTF's to choose, so nothing is read from them.
 */
export interface SlotIdentity {
  /** Null where the resource has no such tag, or none that is a number. */
  readonly slot: number | null;
  /** The change gives it to another slot, or to none. */
  readonly moves: boolean;
}

export function slotOf(change: ResourceChange): SlotIdentity {
  const before = change.before === null ? undefined : tagOf(change.before, NODE_TAG);
  const after = change.after === null ? undefined : tagOf(change.after, NODE_TAG);
  const moves = change.before !== null && change.after !== null && before !== after;
  const text = before ?? after;
  return { slot: text !== undefined && /^\d+$/.test(text) ? Number(text) : null, moves };
}

/** What PoPs and node daemons have of their own; a tag on anything else says nothing. */
const OF_TASKS = [
  "aws_ecs_service",
  "aws_ecs_task_definition",
  "aws_vpc_security_group_ingress_rule",
];

/** The PoP that a resource belongs to, or null; an existing resource's own tag decides. */
export function popOf(change: ResourceChange): string | null {
  return ownerOf(change, POP_TAG);
}

/** The node daemon that a resource belongs to, or null; an existing resource's own tag decides. */
export function nodeDaemonOf(change: ResourceChange): string | null {
  return ownerOf(change, NODE_DAEMON_TAG);
}

function ownerOf(change: ResourceChange, tag: string): string | null {
  if (!OF_TASKS.includes(change.type)) return null;
  return tagOf(change.before ?? change.after ?? {}, tag) ?? null;
}

function tagOf(values: Values, tag: string): string | undefined {
  for (const name of ["tags", "tags_all"]) {
    const tags = values[name];
    const value = isObject(tags) ? tags[tag] : undefined;
    if (typeof value === "string") return value;
  }
  return undefined;
}
