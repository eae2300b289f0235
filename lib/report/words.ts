import type { PlanStatus } from "../plan/upgrade-plan";
import { renderDuration } from "../rollout/duration";
import type { Verdict } from "../verify/verdict";
import type { Report } from "./report-model";
import type { ReportWaves } from "./report-waves";
import { sumOfEffects } from "./resource-kinds";
import { countOf } from "../words";

/** What every form of the report says in the same words. */

const OUTCOMES: Readonly<Record<PlanStatus, string>> = {
  converged: "has converged",
  staged: "has a wave staged",
  held: "is held",
};

export function outcomeOf(status: PlanStatus): string {
  return OUTCOMES[status];
}

/** "44 lose a task; 1 new". */
export function popsInShort({ popsTouched, pops }: Report): string {
  const touched = popsTouched.reduce((sum, group) => sum + group.pops.length, 0);
  const bare = popsTouched
    .filter(({ keepsOn }) => keepsOn.length === 0)
    .reduce((sum, group) => sum + group.pops.length, 0);
  const parts = [
    ...(touched > 0 ? [`${touched} ${touched === 1 ? "loses" : "lose"} a task`] : []),
    ...(bare > 0 ? [`${bare} left with no task`] : []),
    ...(pops.added.length > 0 ? [`${pops.added.length} new`] : []),
    ...(pops.removed.length > 0 ? [`${pops.removed.length} removed`] : []),
    ...(pops.redeployed.length > 0 ? [`new tasks for ${pops.redeployed.length}`] : []),
    ...(pops.changed.length > 0 ? [`${pops.changed.length} changed`] : []),
  ];
  return parts.length === 0 ? "none touched" : parts.join("; ");
}

/** "5 created, 1 replaced"; "no changes"; "not known: …". */
export function resourcesInShort({ resources }: Report): string {
  if (resources === null) return "not known: no Terraform plan was given";
  const { create, update, replace, delete: destroy, forget } = sumOfEffects(resources);
  const parts = [
    [create, "created"],
    [update, "changed in place"],
    [replace, "replaced"],
    [destroy, "destroyed"],
    [forget, "forgotten"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return told.length === 0 ? "no changes" : told.join(", ");
}

/** @param marks of a plan that is proved and of one that is refused */
export function verdictInShort(
  verdict: Verdict | null,
  [proved, refused]: readonly [string, string],
): string {
  if (verdict === null) return "not asked: no Terraform plan was given";
  if (verdict.proved) return `${proved} proved`;
  return `${refused} refused, for ${countOf(verdict.violations.length, "reason")}`;
}

/** Where an estimate is from. */
export function estimateSource({ pastWaves }: ReportWaves): string {
  if (pastWaves === 0) return "by the config's stateRebuildMinutes";
  return pastWaves === 1 ? "by the last wave" : `by the last ${Math.min(pastWaves, 10)} waves`;
}

const HOUR = 3600;
const MINUTE = 60;

/**
 * An estimate, which has no seconds.
 *
 * @example
 * roughly(2_410) // → "40m"
 * roughly(7_500) // → "2h 5m"
 */
export function roughly(seconds: number): string {
  const unit = seconds >= 24 * HOUR ? HOUR : MINUTE;
  return renderDuration(Math.max(unit, Math.round(seconds / unit) * unit));
}
