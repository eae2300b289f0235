import { isSpareSlot } from "../../config/slots";
import type { PopTasks } from "../live/pop-redundancy";
import { isCertain } from "../reasons";
import type { SlotTrouble, StandsInReason } from "../reasons";
import { troublesOf } from "./budget";
import type { SlotCase } from "./classify";
import { goingTogether, isSureTrouble, slotsOf, spareFactsOf, wasThere } from "./spare-facts";
import type { SpareContext, SpareFacts } from "./spare-facts";

/** What the next deploy does to the spares, and what that leaves to the nodes that serve. */
export interface SpareWave {
  /** Spares that get an address, an instance, or the desired spec; and those whose instance goes. */
  readonly allocating: ReadonlySet<number>;
  readonly filling: ReadonlySet<number>;
  readonly renewing: ReadonlySet<number>;
  readonly parking: ReadonlySet<number>;
  /** Spares that can't be filled for want of capacity. */
  readonly lacking: ReadonlySet<number>;
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
  const facts = spareFactsOf(context);
  const { available, broken, down, filled, isProven, isWhole, spares, toChange, usable, waiting } =
    facts;
  const shared = {
    why: {
      kind: "stands-in",
      waiting: toChange.map(({ slot }) => slot),
      down: troublesOf(down),
    },
    serving: slotsOf(waiting),
    incomplete: spares.filter((c) => c.wanted && c.missing.length > 0),
    parking: isWhole ? parkingOf(facts) : NONE,
    lacking: new Set(context.noCapacity),
  } as const;
  if (usable.length === 0 && filled.length === 0) {
    const nothing = { allocating: NONE, filling: NONE, renewing: NONE, broken: [], awaited: [] };
    return { ...nothing, ...shared, most: Infinity, pops: context.pops };
  }
  const allocating = slotsOf(usable.filter((c) => c.node === null && !wasThere(c)));
  const needed = neededOf(facts, context);
  const filling = isWhole ? fillingOf(facts, context, needed) : NONE;
  const renewing = isWhole && needed > 0 && broken.length === 0 ? renewingOf(facts) : NONE;
  const isBusy = allocating.size + filling.size + renewing.size > 0;
  const isCanaryLeft = available.some((c) => usable.includes(c));
  return {
    ...shared,
    allocating,
    filling,
    renewing,
    most: isBusy || (isCanaryLeft && !isProven) ? 0 : available.length,
    broken: broken.filter(({ slot }) => isSpareSlot(slot)),
    awaited: troublesOf(usable.filter((c) => wasThere(c) && !available.includes(c))),
    pops: facts.kept,
  };
}

/** How many spares are to be filled: as many as nodes go at once, or are gone. */
function neededOf({ gone, waiting }: SpareFacts, { maxUnavailableNodes }: SpareContext): number {
  const sure = waiting.filter((c) => c.unavailable === null || isCertain(c.unavailable));
  return Math.max(Math.min(sure.length, maxUnavailableNodes), gone.length);
}

/** Those first that aren't in a zone where a node is gone. */
function fillingOf(
  { filled, gone, usable }: SpareFacts,
  { noCapacity }: SpareContext,
  needed: number,
): ReadonlySet<number> {
  const zones = new Set(gone.map(({ availabilityZone }) => availabilityZone));
  const rank = ({ availabilityZone }: SlotCase) => Number(zones.has(availabilityZone));
  const empty = usable
    .filter((c) => c.addressExists && c.node === null && c.going === null)
    .filter(({ slot }) => !noCapacity.includes(slot))
    .sort((a, b) => rank(a) - rank(b) || a.slot - b.slot);
  return slotsOf(empty.slice(0, Math.max(0, needed - filled.length)));
}

/** One that isn't available at once; another as the canary of a spec that nobody has yet. */
function renewingOf(facts: SpareFacts): ReadonlySet<number> {
  const { available, down, isProven, usable } = facts;
  const behind = usable.filter((c) => c.node !== null && c.outdated.length > 0);
  const mayGo = (c: SlotCase) =>
    available.includes(c) ? !isProven && down.length === 0 : isSureTrouble(c.unavailable);
  return goingTogether(facts, behind.filter(mayGo));
}

/** All once nobody needs them; before that only what isn't wanted any more and isn't well. */
function parkingOf(facts: SpareFacts): ReadonlySet<number> {
  const { down, nodes, spares, toChange } = facts;
  const known = nodes.every((c) => c.unavailable === null || isCertain(c.unavailable));
  const isRest = known && down.length === 0 && toChange.length === 0;
  const isOver = (c: SlotCase) =>
    isRest ? c.leftAlone === null : !c.wanted && isSureTrouble(c.unavailable);
  return goingTogether(
    facts,
    spares.filter((c) => c.node !== null && isOver(c)),
  );
}
