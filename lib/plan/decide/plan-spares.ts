import { isSpareSlot } from "../desired/desired-fleet";
import { keepingAll, redundancyOf } from "../live/pop-redundancy";
import type { PopTasks } from "../live/pop-redundancy";
import { isCertain } from "../reasons";
import type { SlotTrouble, StandsInReason, Unavailability } from "../reasons";
import { troublesOf } from "./budget";
import { isBrokenWithTarget, isToChange } from "./classify";
import type { SlotCase } from "./classify";

/** What the next deploy does to the spares, and what that leaves to the nodes that serve. */
export interface SpareWave {
  /** Spares that get an address, an instance, or the desired spec; and those whose instance goes. */
  readonly allocating: ReadonlySet<number>;
  readonly filling: ReadonlySet<number>;
  readonly renewing: ReadonlySet<number>;
  readonly parking: ReadonlySet<number>;
  /** What a filled spare has its instance for. */
  readonly why: StandsInReason;
  /** Nodes that are to change and may serve. */
  readonly serving: ReadonlySet<number>;
  /** How many of `serving` may go on top of the spares; infinite where there are none to use. */
  readonly most: number;
  /** Those that have the desired spec, and aren't available. */
  readonly broken: readonly SlotCase[];
  /** Those that lack a part of their address, which is mended before any node is changed. */
  readonly incomplete: readonly SlotCase[];
  /** Those that are to be available first, and aren't. */
  readonly awaited: readonly SlotTrouble[];
  /** Where the PoPs' tasks run, with what of them must stay. */
  readonly pops: readonly PopTasks[];
}

export interface SpareContext {
  /** All slots, with what is known of their health, whether or not that is to be ignored. */
  readonly cases: readonly SlotCase[];
  readonly pops: readonly PopTasks[];
  readonly maxUnavailableNodes: number;
  readonly healthIgnored: boolean;
}

const NONE: ReadonlySet<number> = new Set();

/**
 * A spare has an instance exactly while it is needed: it is filled once a node that serves is outdated, or
 * a node is gone, and parked once all nodes are available and none is to change. No node that serves goes
 * but on top of a spare that is available, and of a proof that what it gets works: a spare or another
 * node that is available with it. So nothing but the observation need be remembered.
 *
 * Example: nodes 0, 1 and 2 are outdated, spare 200 is parked. Deploy 1 fills 200 with the new spec, and
 * changes no node. Were it never available with that, nothing more would happen: the spec is bad, and
 * nobody lost a task by it. Deploys 2 to 4 replace node 0, 1 and 2, each once all others and 200 are
 * available; deploy 5 parks 200.
 *
 * Had the config moved on to a third spec after deploy 1, 200 would get that first. Had node 1 died after
 * it, 200 would serve on in its place until node 1 is back, and no other node would go.
 */
export function planSpares(context: SpareContext): SpareWave {
  const { cases, pops, maxUnavailableNodes } = context;
  const spares = cases.filter(({ slot }) => isSpareSlot(slot));
  const nodes = cases.filter(({ slot }) => !isSpareSlot(slot));
  const isAvailable = availability(context);
  const usable = spares.filter((c) => c.wanted && c.leftAlone === null);
  const filled = spares.filter((c) => c.node !== null && (usable.includes(c) || isAvailable(c)));
  const down = nodes.filter((c) => c.wanted && c.unavailable !== null && wasThere(c));
  const mayServe = new Set(pops.flatMap(({ healthyOn }) => healthyOn));
  const toChange = nodes.filter(isToChange);
  const waiting = toChange.filter(
    (c) => c.wanted && (!isSureTrouble(c.unavailable) || (mayServe.has(c.slot) && !isNotUp(c))),
  );
  const serving = slotsOf(waiting);
  const why: StandsInReason = {
    kind: "stands-in",
    waiting: toChange.map(({ slot }) => slot),
    down: troublesOf(down),
  };
  const dead = new Set(cases.filter(isNotUp).map(({ slot }) => slot));
  const places = nodes.filter((c) => c.wanted && wasThere(c)).length;
  const kept = keepingAll(pops, places, dead);
  const redundancy = redundancyOf(kept);
  const goingOneByOne = (candidates: readonly SlotCase[]) => {
    const taken = new Set<number>();
    for (const { slot } of candidates) if (redundancy.mayGo(slot, taken)) taken.add(slot);
    return taken;
  };

  // While an address lacks a part, or nobody knows who is well, nothing but that matters.
  const isWhole = cases.every((c) => !c.wanted || c.missing.length === 0);
  const incomplete = spares.filter((c) => c.wanted && c.missing.length > 0);
  // Nobody relies on one that isn't wanted any more and isn't well.
  const useless = isWhole
    ? goingOneByOne(
        spares.filter((c) => c.node !== null && !c.wanted && isSureTrouble(c.unavailable)),
      )
    : NONE;
  if (usable.length === 0 && filled.length === 0) {
    const nothing = { allocating: NONE, filling: NONE, renewing: NONE, parking: useless };
    return { ...nothing, why, serving, most: Infinity, broken: [], incomplete, awaited: [], pops };
  }

  const known = nodes.every((c) => c.unavailable === null || isCertain(c.unavailable));
  const gone = nodes.filter((c) => c.wanted && c.leftAlone === null && wasThere(c) && isGone(c));
  const sure = waiting.filter((c) => c.unavailable === null || isCertain(c.unavailable));
  const needed = Math.max(Math.min(sure.length, maxUnavailableNodes), gone.length);
  const missing = isWhole ? Math.max(0, needed - filled.length) : 0;
  const filling = slotsOf(inOtherZones(usable.filter(canBeFilled), gone).slice(0, missing));
  const allocating = slotsOf(usable.filter((c) => c.node === null && !wasThere(c)));

  const available = filled.filter(isAvailable);
  const isProven = [...nodes, ...available].some(
    (c) => c.node !== null && c.unavailable === null && c.outdated.length === 0,
  );
  const behind = usable.filter((c) => c.node !== null && c.outdated.length > 0);
  const broken = context.healthIgnored ? [] : [...nodes, ...usable].filter(isBrokenWithTarget);
  const renewing =
    isWhole && needed > 0 && broken.length === 0
      ? goingOneByOne(
          behind.filter((c) =>
            isAvailable(c) ? !isProven && down.length === 0 : isSureTrouble(c.unavailable),
          ),
        )
      : NONE;
  const isRest = isWhole && known && down.length === 0 && toChange.length === 0;
  const parking = isRest
    ? goingOneByOne(spares.filter((c) => c.node !== null && c.leftAlone === null))
    : useless;
  const isCanaryLeft = available.some((c) => usable.includes(c));
  const isBusy = allocating.size + filling.size + renewing.size > 0;
  const waitedFor = usable.filter((c) => wasThere(c) && !isAvailable(c));
  return {
    allocating,
    filling,
    renewing,
    parking,
    why,
    serving,
    most: isBusy || (isCanaryLeft && !isProven) ? 0 : available.length,
    broken: broken.filter(({ slot }) => isSpareSlot(slot)),
    incomplete,
    awaited: troublesOf(waitedFor),
    pops: kept,
  };
}

/**
 * An operator who ignores health doesn't mean the spare's: who goes without it freezes it. Only what
 * can't be read can't be waited for either.
 */
function availability({ healthIgnored }: SpareContext): (slotCase: SlotCase) => boolean {
  return ({ node, unavailable }) =>
    node !== null && (unavailable === null || (healthIgnored && !isCertain(unavailable)));
}

function isSureTrouble(unavailable: Unavailability | null): boolean {
  return unavailable !== null && isCertain(unavailable);
}

/** Whether anything of the slot exists: a slot that is created serves nobody yet. */
function wasThere({ addressExists, missing, node }: SlotCase): boolean {
  return addressExists || node !== null || missing.length > 0;
}

function canBeFilled({ addressExists, going, node }: SlotCase): boolean {
  return addressExists && node === null && going === null;
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

/** Those first that aren't in a zone where a node is gone. */
function inOtherZones(spares: readonly SlotCase[], gone: readonly SlotCase[]): SlotCase[] {
  const zones = new Set(gone.map(({ availabilityZone }) => availabilityZone));
  const rank = ({ availabilityZone }: SlotCase) => Number(zones.has(availabilityZone));
  return [...spares].sort((a, b) => rank(a) - rank(b) || a.slot - b.slot);
}

function slotsOf(cases: readonly SlotCase[]): ReadonlySet<number> {
  return new Set(cases.map(({ slot }) => slot));
}
