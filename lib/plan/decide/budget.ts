import type { BudgetCount, SlotTrouble } from "../reasons";
import type { SlotCase } from "./classify";

/** How much of the fleet may be disrupted now, and by which slots it is. */
export interface Budget {
  readonly count: BudgetCount;
  /** The slots that should be serving and aren't available, ascending. */
  readonly unavailable: readonly SlotCase[];
}

/** Slots should be serving that have a node, or an address or a part of one and no node. */
export function budgetOf(cases: readonly SlotCase[], maxUnavailableNodes: number): Budget {
  const existing = cases.filter(
    (c) => c.node !== null || ((c.addressExists || c.missing.length > 0) && c.wanted),
  );
  const unavailable = existing.filter((c) => c.unavailable !== null);
  const count = {
    nodes: existing.length,
    available: existing.length - unavailable.length,
    mayBeUnavailable: maxUnavailableNodes,
  };
  return { count, unavailable };
}

/** Those of the slots that aren't available. */
export function troublesOf(cases: readonly SlotCase[]): SlotTrouble[] {
  return cases.flatMap(({ slot, unavailable }) =>
    unavailable === null ? [] : [{ slot, unavailable }],
  );
}
