import type { ReportNode } from "./report-nodes";

/** Nodes of a fleet for which one row says it all: the same happens to them, for the same reason. */
export interface NodeGroup {
  readonly first: ReportNode;
  readonly nodes: readonly ReportNode[];
}

/** Larger fleets are told in groups. */
export const MOST_SINGLE_NODES = 24;

/**
 * The nodes as rows, by their lowest slot: each its own where they are few or where it changes, and
 * all that are kept alike together otherwise.
 */
export function nodeGroups(nodes: readonly ReportNode[], single = MOST_SINGLE_NODES): NodeGroup[] {
  const groups = new Map<string, ReportNode[]>();
  for (const node of nodes) {
    const alone = nodes.length <= single || node.action === "upgrade" || !isUsual(node);
    const key = alone ? `${node.slot}` : keyOf(node);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    return first ? [{ first, nodes: members }] : [];
  });
}

/** A new node has no instance yet, which is no trouble of it. */
function isUsual({ action, available, tasks }: ReportNode): boolean {
  return action === "create" || (available && (tasks === null || tasks.healthy >= tasks.expected));
}

function keyOf(node: ReportNode): string {
  const { action, pending, why, outdated, runs, becomes, changes, cell } = node;
  return JSON.stringify([action, pending, why, outdated, runs, becomes, changes, cell]);
}

/**
 * @example
 * slotRanges([0]) // → "0"
 * slotRanges([0, 1]) // → "0, 1"
 * slotRanges([4, 3, 2, 1, 0]) // → "0–4"
 * slotRanges([0, 1, 2, 3, 4, 7, 9, 10, 11]) // → "0–4, 7, 9–11"
 */
export function slotRanges(slots: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const slot of [...slots].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && slot === last.to + 1) last.to = slot;
    else ranges.push({ from: slot, to: slot });
  }
  return ranges
    .map(({ from, to }) =>
      from === to ? `${from}` : `${from}${to === from + 1 ? ", " : "–"}${to}`,
    )
    .join(", ");
}
