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
 * "Not available" is not "serves nobody": a broken node on which tasks are healthy goes after those
 * that serve nobody, and only if it could go were it available.
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
  const isServing = servingIn(pops);
  const broken = byAge(toChange.filter((c) => c.unavailable !== null && isCertain(c.unavailable)));
  const serving = toChange.filter((c) => c.unavailable === null);
  const waitedFor = budget.unavailable.filter((c) => !broken.includes(c));
  const leftForBroken = mayBeUnavailable - waitedFor.length;
  const openBroken = broken.filter(mayChange);
  const dead = openBroken.filter((c) => !isServing(c));
  const chosen = takeInOrder(dead, leftForBroken, new Set(), pops);
  const down = budget.unavailable.filter((c) => !isServing(c) || waitedFor.includes(c));
  const leftForLimping = mostServing - down.length;
  const limping = firstOfCells(openBroken.filter(isServing), down);
  for (const slot of takeInOrder(limping, leftForLimping, chosen, pops)) chosen.add(slot);

  // A cell never lacks two nodes: what serves in one that lacks one already stays.
  const lacking = new Set(budget.unavailable.flatMap(({ cell }) => cell ?? []));
  const free = serving.filter(({ cell }) => cell === null || !lacking.has(cell));
  const left = mayBeUnavailable - budget.unavailable.length;
  const removals = free.filter((c) => !c.wanted).reverse();
  const removed = takeInOrder(removals, left, chosen, pops);
  const upgraded = chooseNodes({
    candidates: byAge(free.filter((c) => c.wanted && mayChange(c) && !lacksSpare(c))),
    alreadyTaken: new Set([...chosen, ...removed]),
    budgetNow: mostServing - budget.unavailable.length - removed.size,
    budgetLater: mayBeUnavailable,
    pops,
  });
  const changing = new Set([...chosen, ...removed, ...upgraded]);

  const lastTasks = lastTasksBySlot(pops);
  const slots = [...changing].sort((a, b) => a - b);
  const limpingSlots = new Set(openBroken.filter(isServing).map(({ slot }) => slot));
  const stays = ({ slot }: SlotCase) => !changing.has(slot);
  const whyNot = (c: SlotCase): WaitReason => {
    const { cell, slot, unavailable, wanted } = c;
    if (unavailable !== null && !isCertain(unavailable)) return { kind: "health-unknown" };
    const serves = unavailable === null;
    const limps = !serves && limpingSlots.has(slot);
    const holders = (serves ? budget.unavailable : limps ? down : waitedFor).filter(stays);
    const room = serves ? left : limps ? leftForLimping : leftForBroken;
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

function servingIn(pops: readonly PopTasks[]): (slotCase: SlotCase) => boolean {
  const slots = new Set(pops.flatMap(({ servingOn }) => servingOn));
  return ({ slot }) => slots.has(slot);
}

/** Of each cell the first, and none of a cell that lacks a node already. */
function firstOfCells(cases: readonly SlotCase[], down: readonly SlotCase[]): SlotCase[] {
  const lacking = new Set(down.flatMap(({ cell }) => cell ?? []));
  return cases.filter(({ cell }) => {
    if (cell === null) return true;
    const isFree = !lacking.has(cell);
    lacking.add(cell);
    return isFree;
  });
}

/** The longest running first, so that none is passed over for ever; then by slot. */
function byAge(cases: readonly SlotCase[]): SlotCase[] {
  const launched = ({ node }: SlotCase) => node?.launchTime ?? "";
  return [...cases].sort((a, b) =>
    launched(a) === launched(b) ? a.slot - b.slot : launched(a) < launched(b) ? -1 : 1,
  );
}

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
