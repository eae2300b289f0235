import { awaitsPlaces } from "./placement-plan";
import { awaitsNodes } from "./upgrade-plan";
import type { UpgradePlan } from "./upgrade-plan";

/** Why a rollout waits; each has its page, docs/runbooks/held-<reason>.md. */
export const HOLD_REASONS = [
  /** A node that isn't available uses the budget up. */
  "node-unavailable",
  /** Every change would take the last healthy task of a PoP. */
  "last-healthy-task",
  /** PoPs are to get another image, and none may now. */
  "pop-image",
  /** No wave may start now. */
  "outside-window",
] as const;

export type HoldReason = (typeof HOLD_REASONS)[number];

/** Why a plan is held; null where it isn't. */
export function holdReasonOf(plan: UpgradePlan): HoldReason | null {
  const { decisions, placement, status } = plan;
  if (status !== "held") return null;
  if (!awaitsNodes(plan) && !awaitsPlaces(placement)) return "pop-image";
  const allServe = decisions.every((decision) => decision.action === "keep" && decision.available);
  return allServe ? "last-healthy-task" : "node-unavailable";
}
