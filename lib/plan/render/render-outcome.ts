import { holdReasonOf } from "../hold-reason";
import type { UpgradePlan } from "../upgrade-plan";
import { countOf } from "../../words";

/**
 * `prd-na: staged: upgrade node 0; 3 waves to go`, with the plan's findings below, and where to read on if
 * it is held.
 */
export function renderOutcome(plan: UpgradePlan): string {
  const waves =
    plan.status === "converged" ? "" : `; ${countOf(plan.wavesRemaining, "wave")} to go`;
  const head = `${plan.environment}: ${plan.status}: ${plan.summary}${waves}`;
  const override = plan.healthIgnored ? [HEALTH_IGNORED] : [];
  const findings = plan.findings.map((finding) => `  note: ${finding}`);
  const reason = holdReasonOf(plan);
  const page = reason === null ? [] : [`  see docs/runbooks/held-${reason}.md`];
  return [head, ...override, ...findings, ...page].join("\n");
}

const HEALTH_IGNORED =
  "  WARNING: the health gate is overridden (ROUTED_IGNORE_HEALTH=1 or --ignore-health): every node " +
  "counts as available,\n  and PoPs may lose their last task; unset it once the fleet has gone back";
