import { RoutedError } from "../../errors";
import type { NodeSpec } from "../../plan/node-spec";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import type { WaveRecord } from "../ports";
import { changesFleet } from "./wave-changes";
import { someOf } from "../../words";

/** Where a rollback leads to. */
export interface Rollback {
  /** The rollout that it takes back. */
  readonly to: string;
  /** By slot, the spec that its node had before that rollout's first wave. */
  readonly targets: Readonly<Record<number, NodeSpec>>;
}

/**
 * What it takes to bring the fleet back to before a rollout. `previous` is the last one that was no
 * rollback itself and changed more than what touches no node, so that a rollback that was interrupted is resumed by the same command.
 *
 * @param history oldest first
 * @throws RoutedError `invalid-argument` where there is no such rollout
 */
export function rollbackTo(history: readonly WaveRecord[], rollout: string): Rollback {
  const forward = history.filter(({ to, plan }) => to === null && changesNodes(plan));
  const to = rollout === "previous" ? forward.at(-1)?.rolloutId : rollout;
  const first = history.find(({ rolloutId }) => rolloutId === to);
  if (to === undefined || !first) {
    const known = [...new Set(history.map(({ rolloutId }) => rolloutId))].reverse();
    const allowed = known.length === 0 ? "none is recorded" : `recorded are ${someOf(known)}`;
    throw new RoutedError(
      "invalid-argument",
      `--to must be previous or the id of a recorded rollout (${allowed}), got "${rollout}"; ` +
        `see routed history`,
    );
  }
  const nodes = first.plan.observed.nodes.map(({ slot, spec }) => [slot, spec] as const);
  return { to, targets: Object.fromEntries(nodes) };
}

/** A spare's address touches no node either. */
function changesNodes(plan: UpgradePlan): boolean {
  return changesFleet({
    ...plan,
    decisions: plan.decisions.filter(({ action }) => action !== "allocate"),
  });
}
