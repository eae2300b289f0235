import { rolledPops } from "../plan/image-plan";
import { renderSummary } from "../plan/render/render-summary";
import { renderWhy } from "../plan/render/render-why";
import type { SlotDecision, UpgradePlan } from "../plan/upgrade-plan";

/** What the deploy changes, as the stack's output `upgrade`. */
export interface UpgradeOutput {
  readonly status: UpgradePlan["status"];
  readonly summary: string;
  /** Deploys that change nodes until the fleet has converged, this one included. */
  readonly waves_remaining: number;
  /** Whether an operator overrode the health gate for this synthesis. */
  readonly health_ignored: boolean;
  /** By slot. */
  readonly nodes: Readonly<
    Record<string, { readonly action: SlotDecision["action"]; readonly reason: string }>
  >;
  /** The PoPs that get other tasks; left out where the config doesn't stage images. */
  readonly rolled_pops?: readonly string[];
}

export function upgradeOutput(plan: UpgradePlan): UpgradeOutput {
  return {
    status: plan.status,
    summary: renderSummary(plan),
    waves_remaining: plan.wavesRemaining,
    health_ignored: plan.healthIgnored,
    nodes: Object.fromEntries(
      plan.decisions.map((decision) => [
        String(decision.slot),
        { action: decision.action, reason: renderWhy(decision) },
      ]),
    ),
    ...(plan.images === undefined
      ? {}
      : { rolled_pops: rolledPops(plan.images).map(({ pop }) => pop) }),
  };
}
