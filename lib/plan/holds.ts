import type { ImageHold } from "./image-plan";
import { waitingMoves } from "./placement-plan";
import type { WaitingMove } from "./placement-plan";
import type { BudgetCount, SlotTrouble } from "./reasons";
import type { KeepDecision, UpgradePlan } from "./upgrade-plan";

/** What holds a plan: the reasons of all slots that wait, or else of PoPs' moves, or else of images. */
export type Hold =
  /** Nodes that aren't available use the budget up. */
  | {
      readonly kind: "budget";
      readonly holders: readonly SlotTrouble[];
      readonly budget: BudgetCount;
    }
  /** Nodes have the target of those that wait, and aren't available. */
  | { readonly kind: "broken-predecessor"; readonly holders: readonly SlotTrouble[] }
  /** Instances of these slots shut down and hold their address. */
  | { readonly kind: "going"; readonly slots: readonly number[] }
  /** Cells lack a node already. */
  | { readonly kind: "cell"; readonly holders: readonly SlotTrouble[] }
  /** These slots run the last healthy task of these PoPs. */
  | {
      readonly kind: "last-healthy-task";
      readonly slots: readonly number[];
      readonly pops: readonly string[];
    }
  /** Fewer than `least` healthy tasks of these PoPs would be left, though there is a spare. */
  | { readonly kind: "too-few-tasks"; readonly pops: readonly string[]; readonly least: number }
  /** These spares aren't available, and no node that serves goes before. */
  | { readonly kind: "spare-first"; readonly spares: readonly SlotTrouble[] }
  /** All that is left to do is to park these spares, which stand in for nodes that aren't available. */
  | {
      readonly kind: "stands-in";
      readonly spares: readonly number[];
      readonly down: readonly SlotTrouble[];
    }
  /** Whether these nodes, which are to change, are well isn't known. */
  | { readonly kind: "health-unknown"; readonly nodes: readonly SlotTrouble[] }
  | { readonly kind: "pop-place"; readonly moves: readonly WaitingMove[] }
  | ImageHold;

/** What an operator reads on about; each has its page, docs/runbooks/held-<topic>.md. */
export const HOLD_TOPICS = [
  "node-unavailable",
  "broken-predecessor",
  "going",
  "cell",
  "last-healthy-task",
  "health-unknown",
  "spare",
  "pop-place",
  "pop-image",
  /** No wave may start now. */
  "outside-window",
] as const;

export type HoldTopic = (typeof HOLD_TOPICS)[number];

const TOPICS: Readonly<Record<Hold["kind"], HoldTopic>> = {
  budget: "node-unavailable",
  "broken-predecessor": "broken-predecessor",
  going: "going",
  cell: "cell",
  "last-healthy-task": "last-healthy-task",
  "health-unknown": "health-unknown",
  "too-few-tasks": "spare",
  "spare-first": "spare",
  "stands-in": "spare",
  "pop-place": "pop-place",
  "images-unknown": "pop-image",
  "nodes-first": "pop-image",
  "moves-first": "pop-image",
  "node-unavailable": "pop-image",
  "pops-unwell": "pop-image",
};

/** Each once, in the order of the holds. */
export function topicsOf(holds: readonly Hold[]): HoldTopic[] {
  return [...new Set(holds.map(({ kind }) => TOPICS[kind]))];
}

/** Why a plan is held: one of a kind at most; empty where it isn't. */
export function holdsOf(
  plan: Pick<UpgradePlan, "status" | "decisions" | "placement" | "images">,
): Hold[] {
  const { decisions, images, placement, status } = plan;
  if (status !== "held") return [];
  const waiting = decisions.filter(
    (d): d is KeepDecision => d.action === "keep" && d.pending !== "nothing",
  );
  const waits = new Set(waiting.map(({ slot }) => slot));
  const roots = holdsOfNodes(waiting, ({ slot }) => !waits.has(slot));
  // Those that wait for each other are the root themselves.
  const holds = roots.length > 0 ? roots : holdsOfNodes(waiting, () => true);
  if (holds.length > 0) return holds;
  const moves = waitingMoves(placement);
  if (moves.length > 0) return [{ kind: "pop-place", moves }];
  return images?.hold == null ? [] : [images.hold];
}

/**
 * Of slots that wait for one that waits itself, only the latter's reason counts. Node 1 is up to
 * date and stopped, node 0 outdated: node 1 holds. Node 1 is outdated too, but runs a PoP's last
 * healthy task: that task holds both. The agents of nodes 0 and 1 are gone, and both are outdated: each
 * holds the other.
 */
function holdsOfNodes(
  waiting: readonly KeepDecision[],
  isRoot: (holder: SlotTrouble) => boolean,
): Hold[] {
  const holders = new Map<number, SlotTrouble>();
  const lacking = new Map<number, SlotTrouble>();
  const predecessors = new Map<number, SlotTrouble>();
  const going: number[] = [];
  const unknown: SlotTrouble[] = [];
  const last = new Map<number, readonly string[]>();
  const short = new Set<string>();
  let least = 0;
  const awaited = new Map<number, SlotTrouble>();
  const standIns: number[] = [];
  const down = new Map<number, SlotTrouble>();
  let budget: BudgetCount | null = null;
  for (const { slot, unavailable, why } of waiting) {
    switch (why.kind) {
      case "budget":
        if (!why.holders.some(isRoot)) break;
        for (const holder of why.holders) holders.set(holder.slot, holder);
        budget = why.budget;
        break;
      case "broken-predecessor":
        for (const holder of why.holders) predecessors.set(holder.slot, holder);
        break;
      case "going":
        going.push(slot);
        break;
      case "cell":
        if (isRoot(why.holder)) lacking.set(why.holder.slot, why.holder);
        break;
      case "last-healthy-task":
        last.set(slot, why.pops);
        break;
      case "too-few-tasks":
        for (const pop of why.pops) short.add(pop);
        least = Math.max(least, why.least);
        break;
      case "spare-first":
        for (const spare of why.spares) awaited.set(spare.slot, spare);
        break;
      case "stands-in":
        standIns.push(slot);
        for (const holder of why.down) down.set(holder.slot, holder);
        break;
      case "health-unknown":
        if (unavailable !== null) unknown.push({ slot, unavailable });
        break;
      // Then the plan is staged, not held: the repair is what this deploy does.
      case "address-first":
      case "behind-wave":
      case "up-to-date":
      case "frozen":
      case "not-selected":
        break;
    }
  }
  const pops = [...new Set([...last.values()].flat())].sort();
  const holds: Hold[] = [
    ...(budget === null ? [] : [{ kind: "budget" as const, holders: bySlot(holders), budget }]),
    ...(predecessors.size === 0
      ? []
      : [{ kind: "broken-predecessor" as const, holders: bySlot(predecessors) }]),
    ...(going.length === 0 ? [] : [{ kind: "going" as const, slots: going }]),
    ...(lacking.size === 0 ? [] : [{ kind: "cell" as const, holders: bySlot(lacking) }]),
    ...(last.size === 0
      ? []
      : [{ kind: "last-healthy-task" as const, slots: [...last.keys()], pops }]),
    ...(unknown.length === 0 ? [] : [{ kind: "health-unknown" as const, nodes: unknown }]),
    ...(short.size === 0
      ? []
      : [{ kind: "too-few-tasks" as const, pops: [...short].sort(), least }]),
    ...(awaited.size === 0 ? [] : [{ kind: "spare-first" as const, spares: bySlot(awaited) }]),
  ];
  if (holds.length > 0 || standIns.length === 0) return holds;
  return [{ kind: "stands-in", spares: standIns, down: bySlot(down) }];
}

function bySlot(troubles: ReadonlyMap<number, SlotTrouble>): SlotTrouble[] {
  return [...troubles.values()].sort((a, b) => a.slot - b.slot);
}
