import { troublesOf } from "./budget";
import type { Budget } from "./budget";
import { chooseNodes } from "./choose-nodes";
import { isBrokenWithTarget, isToChange } from "./classify";
import type { SlotCase } from "./classify";
import { lastTasksBySlot, redundancyOf } from "../live/pop-redundancy";
import type { PopTasks } from "../live/pop-redundancy";
import type { SpareWave } from "./plan-spares";
import { isCertain } from "../reasons";
import type { WaitReason } from "../reasons";

/** Which existing nodes are changed now, and why the others that are to change aren't. */
export interface Changes {
  readonly changing: ReadonlySet<number>;
  /** By slot. */
  readonly waiting: ReadonlyMap<number, WaitReason>;
}

/**
 * What is broken and outdated goes first, and uses up no more of the budget than it does already; then
 * removals from the highest slot; then what is outdated, the longest running first. None takes a PoP's
 * last healthy task. A node whose health wasn't read may be well, so it waits.
 *
 * A node that is not available though nothing is to change of it (it still rebuilds, or its new
 * spec is what broke it) leaves that much less for all others, broken ones too: no deploy goes on
 * past it. Whatever the budget leaves, no node gets the spec that such a one has. While a slot lacks a
 * part of its address, no node at all is changed.
 *
 * Where there are spares, no node that is available goes but on top of one (see `planSpares`), and one that
 * is broken and may serve all the same as soon as every PoP keeps its tasks without it. A spare that isn't
 * available with what nodes are to get holds them as another node would.
 *
 * "Not available" is not "serves nobody": a broken node on which tasks are healthy, if only by the last
 * word of an agent that is gone, goes after those that serve nobody, and only if it could go were it
 * available.
 *
 * Example: budget 1; node 1's router restarts while all tasks on it are healthy, node 2 is dead, and both
 * are outdated. Node 2 goes: it costs nobody a task. Were node 2 held by a PoP's last word, node 1 would
 * stay all the same: two nodes would serve nobody.
 */
export function chooseChanges(
  cases: readonly SlotCase[],
  budget: Budget,
  pops: readonly PopTasks[],
  spares: SpareWave,
): Changes {
  const { mayBeUnavailable } = budget.count;
  const mostServing = Math.min(mayBeUnavailable, spares.most || Infinity);
  const lacksSpare = ({ slot, wanted }: SlotCase) =>
    spares.most === 0 && wanted && spares.serving.has(slot);
  const toChange = cases.filter(isToChange);
  const incomplete = [
    ...cases.filter((c) => c.wanted && c.missing.length > 0),
    ...spares.incomplete,
  ];
  if (incomplete.length > 0) {
    const why: WaitReason = { kind: "address-first", holders: troublesOf(incomplete) };
    return { changing: new Set(), waiting: new Map(toChange.map(({ slot }) => [slot, why])) };
  }
  const predecessors = [...cases.filter(isBrokenWithTarget), ...spares.broken];
  const mayChange = (c: SlotCase) => predecessors.length === 0 || !c.wanted;
  const surelyServes = isIn(pops.flatMap(({ servingOn }) => servingOn));
  const mayServe = isIn(pops.flatMap(({ healthyOn }) => healthyOn));
  const broken = byAge(toChange.filter(isBroken));
  const serving = toChange.filter((c) => c.unavailable === null);
  const waitedFor = budget.unavailable.filter((c) => !broken.includes(c));
  const leftForBroken = mayBeUnavailable - waitedFor.length;
  const openBroken = broken.filter(mayChange);
  const dead = openBroken.filter((c) => !mayServe(c));
  const chosen = takeInOrder(dead, leftForBroken, new Set(), pops);
  const down = budget.unavailable.filter((c) => !surelyServes(c) || waitedFor.includes(c));
  // Of those that may serve the ones first that may be down anyway: they cost the budget nothing more.
  const limping = [
    ...openBroken.filter((c) => mayServe(c) && !surelyServes(c)),
    ...openBroken.filter(surelyServes),
  ];
  for (const slot of takeLimping(limping, down, { mayBeUnavailable: mostServing, chosen, pops })) {
    chosen.add(slot);
  }

  // A cell never lacks two nodes: what serves in one that lacks one already stays.
  const lacking = new Set(budget.unavailable.flatMap(({ cell }) => cell ?? []));
  const free = serving.filter(({ cell }) => cell === null || !lacking.has(cell));
  const left = mayBeUnavailable - budget.unavailable.length;
  const removals = free.filter((c) => !c.wanted).reverse();
  const removed = takeInOrder(removals, left, chosen, pops);
  const upgraded = chooseNodes({
    candidates: overriddenFirst(
      byAge(free.filter((c) => c.wanted && mayChange(c) && !lacksSpare(c))),
    ),
    alreadyTaken: new Set([...chosen, ...removed]),
    budgetNow: mostServing - budget.unavailable.length - removed.size,
    budgetLater: mayBeUnavailable,
    pops,
  });
  const changing = new Set([...chosen, ...removed, ...upgraded]);

  const lastTasks = lastTasksBySlot(pops);
  const slots = [...changing].sort((a, b) => a - b);
  const limpingSlots = new Set(limping.map(({ slot }) => slot));
  const stays = ({ slot }: SlotCase) => !changing.has(slot);
  const whyNot = (c: SlotCase): WaitReason => {
    const { cell, slot, unavailable, wanted } = c;
    if (unavailable !== null && !isBroken(c)) return { kind: "health-unknown" };
    const serves = unavailable === null;
    const limps = !serves && limpingSlots.has(slot);
    const others = down.filter((c) => c.slot !== slot);
    const holders = (serves ? budget.unavailable : limps ? others : waitedFor).filter(stays);
    const room = serves ? left : limps ? mostServing - others.length : leftForBroken;
    if (holders.length > 0 && room <= 0) {
      const isSecond = (c: SlotCase) => Number(isToChange(c));
      const inOrder = [...holders].sort((a, b) => isSecond(a) - isSecond(b));
      return { kind: "budget", holders: troublesOf(inOrder), budget: budget.count };
    }
    if (predecessors.length > 0 && wanted) {
      return { kind: "broken-predecessor", holders: troublesOf(predecessors) };
    }
    const noSpare = lacksSpare(c) ? whyNoSpare(spares) : null;
    if (noSpare !== null) return noSpare;
    const mates = serves ? budget.unavailable : limps ? [...down, ...limping] : [];
    const inCell = mates.filter((m) => stays(m) && m.cell === cell && m.slot !== slot);
    const [holder] = troublesOf(inCell);
    if (holder !== undefined && cell !== null) return { kind: "cell", cell, holder };
    const last = lastTasks.get(slot);
    return last === undefined
      ? { kind: "behind-wave", slots }
      : Number.isFinite(spares.most)
        ? { kind: "too-few-tasks", pops: last, least: leastOf(pops, last) }
        : { kind: "last-healthy-task", pops: last };
  };
  const waiting = toChange.filter(({ slot }) => !changing.has(slot));
  return { changing, waiting: new Map(waiting.map((c) => [c.slot, whyNot(c)])) };
}

/** What the nodes that serve wait for where no spare lets them go; null where it isn't for the spares. */
function whyNoSpare({ allocating, filling, renewing, awaited }: SpareWave): WaitReason | null {
  const slots = [...allocating, ...filling, ...renewing].sort((a, b) => a - b);
  if (slots.length > 0) return { kind: "behind-wave", slots };
  return awaited.length > 0 ? { kind: "spare-first", spares: awaited } : null;
}

function leastOf(pops: readonly PopTasks[], names: readonly string[]): number {
  return Math.max(...pops.flatMap(({ pop, least }) => (names.includes(pop) ? least : [])));
}

/** What only its address lacks is mended where the slot stays; where it goes, the address goes with it. */
function isBroken({ unavailable, wanted }: SlotCase): boolean {
  if (unavailable === null) return false;
  return isCertain(unavailable) || (!wanted && unavailable.kind === "address-incomplete");
}

/**
 * Of the broken nodes on which tasks may serve, those that may go: with them no more are down than the
 * budget allows, those counted in that nobody vouches for, and of no cell two.
 *
 * Example: budget 2; the agents of nodes 1 and 2 are gone, whose tasks were healthy by their last word, and
 * node 0 is dead. All three may be down, so neither 1 nor 2 goes: both may serve.
 */
function takeLimping(
  limping: readonly SlotCase[],
  down: readonly SlotCase[],
  { mayBeUnavailable, chosen, pops }: Limits,
): Set<number> {
  const lacking = new Map(down.map(({ slot, cell }) => [slot, cell]));
  const taken = new Set<number>();
  const redundancy = redundancyOf(pops);
  for (const { slot, cell } of limping) {
    if (new Set([...lacking.keys(), slot]).size > mayBeUnavailable) continue;
    if (cell !== null && [...lacking].some(([s, c]) => c === cell && s !== slot)) continue;
    if (!redundancy.mayGo(slot, new Set([...chosen, ...taken]))) continue;
    taken.add(slot);
    lacking.set(slot, cell);
  }
  return taken;
}

interface Limits {
  readonly mayBeUnavailable: number;
  readonly chosen: ReadonlySet<number>;
  readonly pops: readonly PopTasks[];
}

function isIn(slots: readonly number[]): (slotCase: SlotCase) => boolean {
  const all = new Set(slots);
  return ({ slot }) => all.has(slot);
}

/** Where an operator overrides health, what isn't well goes before anything that is. */
function overriddenFirst(cases: readonly SlotCase[]): readonly SlotCase[] {
  const overridden = cases.filter(({ node }) => node?.overridden === true);
  return overridden.length > 0 ? overridden : cases;
}

/**
 * The longest running first, so that none is passed over for ever; then by slot.
 *
 * One deploy launches its nodes within seconds of each other, in any order: they are as old as each other.
 * Launched at 10:00:00 (node 2), 10:00:04 (node 0) and 10:20:00 (node 1), they come as 0, 2, 1.
 */
function byAge(cases: readonly SlotCase[]): SlotCase[] {
  const launched = ({ node }: SlotCase) => Date.parse(node?.launchTime ?? "") || 0;
  const byTime = [...cases].sort((a, b) => launched(a) - launched(b) || a.slot - b.slot);
  const together: SlotCase[][] = [];
  for (const [index, slotCase] of byTime.entries()) {
    const before = byTime[index - 1];
    const group = together.at(-1);
    const isSame = before && launched(slotCase) - launched(before) <= SAME_LAUNCH_MILLISECONDS;
    if (isSame && group) group.push(slotCase);
    else together.push([slotCase]);
  }
  return together.flatMap((group) => group.sort((a, b) => a.slot - b.slot));
}

const SAME_LAUNCH_MILLISECONDS = 15_000;

/** The first `most` that leave every PoP a healthy task. */
function takeInOrder(
  cases: readonly SlotCase[],
  most: number,
  alreadyTaken: ReadonlySet<number>,
  pops: readonly PopTasks[],
): Set<number> {
  const taken = new Set<number>();
  if (cases.length === 0) return taken;
  const redundancy = redundancyOf(pops);
  for (const { slot } of cases) {
    if (taken.size >= most) break;
    if (redundancy.mayGo(slot, new Set([...alreadyTaken, ...taken]))) taken.add(slot);
  }
  return taken;
}
