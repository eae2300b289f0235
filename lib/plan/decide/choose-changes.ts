import type { Budget } from "./budget";
import { chooseNodes } from "./choose-nodes";
import type { SlotCase } from "./classify";
import { redundancyOf } from "../live/pop-redundancy";
import type { PopTasks } from "../live/pop-redundancy";

/**
 * Which existing nodes are changed now. What is broken and outdated goes first, and uses up no more
 * of the budget than it does already; then removals from the highest slot; then what is outdated.
 * None takes a PoP's last healthy task. A node whose health wasn't read may be well, so it waits.
 *
 * A node that is not available though nothing is to change of it (it still rebuilds, or its new
 * spec is what broke it) leaves that much less for all others, broken ones too: no deploy goes on
 * past it. While a slot lacks a part of its address, no node at all is changed.
 *
 * @returns slots
 */
export function chooseChanges(
  cases: readonly SlotCase[],
  budget: Budget,
  pops: readonly PopTasks[],
): Set<number> {
  if (cases.some((c) => c.wanted && c.missing.length > 0)) return new Set();
  const { maxUnavailableNodes } = budget;
  const changeable = cases.filter((c) => c.node !== null && !c.frozen && needsChange(c));
  const broken = changeable.filter((c) => c.node?.unavailable?.certain === true);
  const serving = changeable.filter((c) => c.node?.unavailable === null);
  const waitedFor = budget.unavailable.length - broken.length;
  const chosen = takeInOrder(broken, maxUnavailableNodes - waitedFor, new Set(), pops);

  // A cell never lacks two nodes: what serves in one that lacks one already stays.
  const lacking = new Set(budget.unavailable.flatMap(({ cell }) => cell ?? []));
  const free = serving.filter(({ cell }) => cell === null || !lacking.has(cell));
  const left = maxUnavailableNodes - budget.unavailable.length;
  const removals = free.filter((c) => !c.wanted).reverse();
  const removed = takeInOrder(removals, left, chosen, pops);
  const upgraded = chooseNodes({
    candidates: free.filter((c) => c.wanted),
    alreadyTaken: new Set([...chosen, ...removed]),
    budgetNow: left - removed.size,
    budgetLater: maxUnavailableNodes,
    pops,
  });
  return new Set([...chosen, ...removed, ...upgraded]);
}

export function needsChange(slotCase: SlotCase): boolean {
  return !slotCase.wanted || slotCase.outdated.length > 0;
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
