import { holdsOf, topicsOf } from "../holds";
import type { HoldTopic } from "../holds";
import type { UpgradePlan } from "../upgrade-plan";
import { renderSummary, renderWavesToGo } from "./render-summary";

/**
 * `prd-na: staged: upgrade node 0; 3 waves to go`, with the plan's findings below, and where to read on if
 * it is held.
 */
export function renderOutcome(plan: UpgradePlan): string {
  const head = `${plan.environment}: ${plan.status}: ${renderSummary(plan)}${renderWavesToGo(plan)}`;
  const override = plan.healthIgnored ? [HEALTH_IGNORED] : [];
  const findings = plan.findings.map((finding) => `  note: ${finding}`);
  const pages = topicsOf(holdsOf(plan)).map(renderHeldPage);
  return [head, ...override, ...findings, ...pages].join("\n");
}

/** Where to read on. */
export function renderHeldPage(topic: HoldTopic): string {
  return `  see docs/runbooks/held-${topic}.md`;
}

const HEALTH_IGNORED =
  "  WARNING: the health gate is overridden (ROUTED_IGNORE_HEALTH=1 or --ignore-health): every node " +
  "counts as available,\n  and PoPs may lose their last task; unset it once the fleet has gone back";
