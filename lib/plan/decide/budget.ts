import type { SlotCase } from "./classify";

/** How much of the fleet may be disrupted now. */
export interface Budget {
  /** Slots that should be serving: those that have a node, or an address or a part of one and no node. */
  readonly existing: number;
  /** Those of them that are not available. */
  readonly unavailable: readonly SlotCase[];
  readonly maxUnavailableNodes: number;
}

export function budgetOf(cases: readonly SlotCase[], maxUnavailableNodes: number): Budget {
  const existing = cases.filter(
    (c) => c.node !== null || ((c.addressExists || c.missing.length > 0) && c.wanted),
  );
  const unavailable = existing.filter(
    (c) => c.node === null || c.node.unavailable !== null || c.missing.length > 0,
  );
  return { existing: existing.length, unavailable, maxUnavailableNodes };
}

/** "2 of 3 nodes available, 1 may be unavailable". */
export function arithmeticOf({ existing, unavailable, maxUnavailableNodes }: Budget): string {
  const available = existing - unavailable.length;
  return `${available} of ${existing} nodes available, ${maxUnavailableNodes} may be unavailable`;
}
