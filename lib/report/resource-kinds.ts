import type { ChangeEffect, ResourceChange } from "../terraform/plan";

/** What the next deploy does to the resources of one type. */
export interface ResourceKind {
  /** E.g. `aws_instance`. */
  readonly type: string;
  readonly effects: Readonly<Record<ChangeEffect, number>>;
}

/** By type, in its order; types without a change too. */
export function resourceKinds(changes: readonly ResourceChange[]): ResourceKind[] {
  const kinds = new Map<string, Record<ChangeEffect, number>>();
  for (const { type, effect } of changes) {
    const effects = kinds.get(type) ?? noEffects();
    effects[effect] += 1;
    kinds.set(type, effects);
  }
  return [...kinds]
    .map(([type, effects]) => ({ type, effects }))
    .sort((a, b) => (a.type < b.type ? -1 : 1));
}

export function noEffects(): Record<ChangeEffect, number> {
  return { none: 0, create: 0, update: 0, replace: 0, delete: 0, forget: 0 };
}

/** Of all kinds together. */
export function sumOfEffects(kinds: readonly ResourceKind[]): Record<ChangeEffect, number> {
  const sum = noEffects();
  for (const { effects } of kinds) {
    for (const effect of Object.keys(sum) as ChangeEffect[]) sum[effect] += effects[effect];
  }
  return sum;
}

/** Whether anything of this kind changes. */
export function changes({ effects }: ResourceKind): boolean {
  return Object.entries(effects).some(([effect, count]) => effect !== "none" && count > 0);
}
