import { troublesOf } from "./budget";
import type { Budget } from "./budget";
import { chooseNodes } from "./choose-nodes";
import { isToChange } from "./classify";
import type { SlotCase } from "./classify";
import { lastTasksBySlot, redundancyOf } from "../live/pop-redundancy";
import type { PopTasks } from "../live/pop-redundancy";
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
 * removals from the highest slot; then what is outdated. None takes a PoP's last healthy task. A node
 * whose health wasn't read may be well, so it waits.
 *
 * A node that is not available though nothing is to change of it (it still rebuilds, or its new
 * spec is what broke it) leaves that much less for all others, broken ones too: no deploy goes on
 * past it. While a slot lacks a part of its address, no node at all is changed.
 */
export function chooseChanges(
  cases: readonly SlotCase[],
  budget: Budget,
  pops: readonly PopTasks[],
): Changes {
  const { mayBeUnavailable } = budget.count;
  const toChange = cases.filter(isToChange);
  const incomplete = cases.filter((c) => c.wanted && c.missing.length > 0);
  if (incomplete.length > 0) {
    const why: WaitReason = { kind: "address-first", holders: troublesOf(incomplete) };
    return { changing: new Set(), waiting: new Map(toChange.map(({ slot }) => [slot, why])) };
  }
  const broken = toChange.filter((c) => c.unavailable !== null && isCertain(c.unavailable));
  const serving = toChange.filter((c) => c.unavailable === null);
  const waitedFor = budget.unavailable.filter((c) => !broken.includes(c));
  const leftForBroken = mayBeUnavailable - waitedFor.length;
  const chosen = takeInOrder(broken, leftForBroken, new Set(), pops);

  // A cell never lacks two nodes: what serves in one that lacks one already stays.
  const lacking = new Set(budget.unavailable.flatMap(({ cell }) => cell ?? []));
  const free = serving.filter(({ cell }) => cell === null || !lacking.has(cell));
  const left = mayBeUnavailable - budget.unavailable.length;
  const removals = free.filter((c) => !c.wanted).reverse();
  const removed = takeInOrder(removals, left, chosen, pops);
  const upgraded = chooseNodes({
    candidates: free.filter((c) => c.wanted),
    alreadyTaken: new Set([...chosen, ...removed]),
    budgetNow: left - removed.size,
    budgetLater: mayBeUnavailable,
    pops,
  });
  const changing = new Set([...chosen, ...removed, ...upgraded]);

  const lastTasks = lastTasksBySlot(pops);
  const slots = [...changing].sort((a, b) => a - b);
  const staying = budget.unavailable.filter(({ slot }) => !changing.has(slot));
  const whyNot = ({ cell, slot, unavailable }: SlotCase): WaitReason => {
    if (unavailable !== null && !isCertain(unavailable)) return { kind: "health-unknown" };
    const serves = unavailable === null;
    const holders = serves ? staying : waitedFor;
    if (holders.length > 0 && (serves ? left : leftForBroken) <= 0) {
      const isSecond = (c: SlotCase) => Number(isToChange(c));
      const inOrder = [...holders].sort((a, b) => isSecond(a) - isSecond(b));
      return { kind: "budget", holders: troublesOf(inOrder), budget: budget.count };
    }
    const inCell = serves && cell !== null ? staying.filter((c) => c.cell === cell) : [];
    const [holder] = troublesOf(inCell);
    if (holder !== undefined && cell !== null) return { kind: "cell", cell, holder };
    const last = lastTasks.get(slot);
    return last === undefined
      ? { kind: "behind-wave", slots }
      : { kind: "last-healthy-task", pops: last };
  };
  const waiting = toChange.filter(({ slot }) => !changing.has(slot));
  return { changing, waiting: new Map(waiting.map((c) => [c.slot, whyNot(c)])) };
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
