import type { Environment } from "../config/environment";
import { renderSummary } from "../plan/render/render-summary";
import { isChange } from "../plan/upgrade-plan";
import type { SlotDecision, UpgradePlan } from "../plan/upgrade-plan";
import { expectedOf, expectedSeconds, totalSeconds } from "../rollout/estimate";
import type { WaveRecord } from "../rollout/ports";
import { DEFAULT_BAKE_SECONDS } from "../rollout/rollout-settings";

/** The deploys that change nodes until the fleet has converged. */
export interface ReportWaves {
  /** The next deploy's first, if it changes a node. */
  readonly list: readonly ReportWave[];
  /** Whether the first of them can't start yet. */
  readonly held: boolean;
  /** Whether they end with a fleet that is as the config wants it. */
  readonly converges: boolean;
  /** Of the longest. */
  readonly secondsPerWave: number;
  /** Of all. */
  readonly seconds: number;
  /** How many past waves the estimate is from; 0 where it is from the config alone. */
  readonly pastWaves: number;
}

export interface ReportWave {
  /** From 1. */
  readonly number: number;
  readonly summary: string;
  /** The slots that it changes, ascending. */
  readonly changes: readonly WaveChange[];
  /** From now, if each wave starts when the one before it ends. */
  readonly startSeconds: number;
  readonly seconds: number;
}

export interface WaveChange {
  readonly slot: number;
  readonly action: Exclude<SlotDecision["action"], "keep" | "leave">;
}

/** @param history oldest first */
export function reportWaves(
  environment: Environment,
  plans: readonly UpgradePlan[],
  history: readonly WaveRecord[],
): ReportWaves {
  const expected = expectedSeconds(environment, DEFAULT_BAKE_SECONDS, history);
  const staged = plans.filter(({ status }) => status === "staged");
  let startSeconds = 0;
  const list = staged.map((plan, index): ReportWave => {
    const seconds = totalSeconds(expectedOf(expected, plan));
    startSeconds += seconds;
    return {
      number: index + 1,
      summary: renderSummary(plan),
      changes: plan.decisions.filter(isChange).map(({ slot, action }) => ({ slot, action })),
      startSeconds: startSeconds - seconds,
      seconds,
    };
  });
  return {
    list,
    held: plans[0]?.status === "held",
    converges: plans.at(-1)?.status === "converged",
    secondsPerWave: Math.max(0, ...list.map((wave) => wave.seconds)) || totalSeconds(expected),
    seconds: startSeconds,
    pastWaves: history.filter(({ result }) => result === "done").length,
  };
}
