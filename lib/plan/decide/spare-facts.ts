import { isSpareSlot } from "../../config/slots";
import { keepingAll, redundancyOf } from "../live/pop-redundancy";
import type { PopTasks } from "../live/pop-redundancy";
import { isCertain } from "../reasons";
import type { Unavailability } from "../reasons";
import { isBrokenWithTarget, isToChange } from "./classify";
import type { SlotCase } from "./classify";

export interface SpareContext {
  /** All slots, with what is known of their health, whether or not that is to be ignored. */
  readonly cases: readonly SlotCase[];
  readonly pops: readonly PopTasks[];
  readonly maxUnavailableNodes: number;
  readonly healthIgnored: boolean;
  /** Spares that EC2 has no capacity for now. */
  readonly noCapacity: readonly number[];
}

/** What is seen of the spares and of the nodes that they stand in for. */
export interface SpareFacts {
  readonly nodes: readonly SlotCase[];
  readonly spares: readonly SlotCase[];
  /** Spares that are wanted, and that nobody keeps as they are. */
  readonly usable: readonly SlotCase[];
  /** Spares with an instance that is to be relied on. */
  readonly filled: readonly SlotCase[];
  /** Those of them that are available. */
  readonly available: readonly SlotCase[];
  /** Nodes that are to change or go. */
  readonly toChange: readonly SlotCase[];
  /** Those of them that stay and may serve: none goes but on top of a spare. */
  readonly waiting: readonly SlotCase[];
  /** Nodes that are there and not available. */
  readonly down: readonly SlotCase[];
  /** Those of them that are down for longer than a task takes to restart. */
  readonly gone: readonly SlotCase[];
  /** What has the desired spec and isn't available. */
  readonly broken: readonly SlotCase[];
  /** Whether a spare or a node is available with the desired spec. */
  readonly isProven: boolean;
  /** While an address lacks a part, nothing but that matters. */
  readonly isWhole: boolean;
  /** Where the PoPs' tasks run, with what of them must stay. */
  readonly kept: readonly PopTasks[];
}

export function spareFactsOf(context: SpareContext): SpareFacts {
  const { cases, healthIgnored, pops } = context;
  const spares = cases.filter(({ slot }) => isSpareSlot(slot));
  const nodes = cases.filter(({ slot }) => !isSpareSlot(slot));
  const isAvailable = availability(context);
  const usable = spares.filter((c) => c.wanted && c.leftAlone === null);
  const filled = spares.filter((c) => c.node !== null && (usable.includes(c) || isAvailable(c)));
  const available = filled.filter(isAvailable);
  const there = nodes.filter((c) => c.wanted && wasThere(c));
  const down = there.filter((c) => c.unavailable !== null);
  const mayServe = new Set(pops.flatMap(({ healthyOn }) => healthyOn));
  const toChange = nodes.filter(isToChange);
  return {
    nodes,
    spares,
    usable,
    filled,
    available,
    toChange,
    waiting: toChange.filter(
      (c) => c.wanted && (!isSureTrouble(c.unavailable) || (mayServe.has(c.slot) && !isNotUp(c))),
    ),
    down,
    gone: down.filter((c) => c.leftAlone === null && isGone(c)),
    broken: healthIgnored ? [] : [...nodes, ...usable].filter(isBrokenWithTarget),
    isProven: [...nodes, ...available].some(
      (c) => c.node !== null && c.unavailable === null && c.outdated.length === 0,
    ),
    isWhole: cases.every((c) => !c.wanted || c.missing.length === 0),
    kept: keepingAll(pops, there.length, slotsOf(cases.filter(isNotUp))),
  };
}

/** The first of `candidates` that may go together, each PoP keeping what it must. */
export function goingTogether(
  { kept }: SpareFacts,
  candidates: readonly SlotCase[],
): ReadonlySet<number> {
  const redundancy = redundancyOf(kept);
  const taken = new Set<number>();
  for (const { slot } of candidates) if (redundancy.mayGo(slot, taken)) taken.add(slot);
  return taken;
}

/**
 * An operator who ignores health doesn't mean the spare's: who goes without it freezes it. Only what
 * can't be read can't be waited for either.
 */
function availability({ healthIgnored }: SpareContext): (slotCase: SlotCase) => boolean {
  return ({ node, unavailable }) =>
    node !== null && (unavailable === null || (healthIgnored && !isCertain(unavailable)));
}

export function isSureTrouble(unavailable: Unavailability | null): boolean {
  return unavailable !== null && isCertain(unavailable);
}

/** Whether anything of the slot exists: a slot that is created serves nobody yet. */
export function wasThere({ addressExists, missing, node }: SlotCase): boolean {
  return addressExists || node !== null || missing.length > 0;
}

/** Its instance doesn't run: what its tasks last said says nothing. */
function isNotUp({ unavailable }: SlotCase): boolean {
  return unavailable?.kind === "no-instance" || unavailable?.kind === "instance-state";
}

/** It is down for longer than a task takes to restart: a spare may well be up before it is again. */
function isGone({ unavailable }: SlotCase): boolean {
  if (unavailable === null) return false;
  switch (unavailable.kind) {
    case "no-instance":
    case "not-registered":
      return true;
    case "instance-state":
      return unavailable.state !== "pending";
    case "status-checks":
      return unavailable.result === "impaired";
    case "address-incomplete":
    case "agent-disconnected":
    case "container-instance-status":
    case "daemons-unhealthy":
    case "ecs-unreadable":
    case "tasks-unhealthy":
      return false;
  }
}

export function slotsOf(cases: readonly SlotCase[]): ReadonlySet<number> {
  return new Set(cases.map(({ slot }) => slot));
}
