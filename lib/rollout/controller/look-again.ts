import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { renderSlotTrouble } from "../../plan/render/render-unavailability";
import { renderDuration } from "../duration";
import { nodeStates } from "../node-states";
import type { PreparedDeploy } from "../ports";
import { halt } from "../rollout-result";
import type { StepOutcome, WaveOutcome } from "../rollout-result";
import { look, pause } from "./run";
import type { Run } from "./run";
import { changesOf, whatMoved } from "./wave-changes";

/** Nothing was applied, and all is as before: look again. */
export type Again = Extract<WaveOutcome, { kind: "again" }>;

/** What was proved. */
export interface Proved {
  readonly deploy: PreparedDeploy;
  /** What it was made from was read after this moment: milliseconds since 1970. */
  readonly since: number;
}

/** Looks in a row that may fail while a node is out of service for nothing but them. */
const LAST_LOOKS = 3;

/**
 * The last look before the apply, since a drain takes minutes: what was proved must still be what a
 * plan that is made now would do, no node may have moved, and none that the wave doesn't change may
 * have become unavailable since the wave was decided.
 */
export async function lookAgain(
  run: Run,
  decided: PlannedEnvironment,
  proved: Proved | null,
): Promise<StepOutcome | Again> {
  if (proved === null) return { kind: "interrupted" };
  const { plan } = proved.deploy;
  let failedLooks = 0;
  let isSecondLook = false;
  for (;;) {
    if (run.stop.aborted) return { kind: "interrupted" };
    const seen = await look(run);
    if (seen.kind === "seen") {
      const moved = whatMoved(plan, seen.planned.plan);
      if (moved !== null) return { kind: "again", message: `${moved} since it was proved` };
      const own = changesOf(plan).map(({ slot }) => slot);
      const ignored = run.planOptions.ignoreHealth === true;
      const down = ignored ? null : newlyDown(decided, seen.planned, own);
      if (down === null) return tooOld(run, proved) ?? { kind: "done" };
      // One bad look is a flap.
      if (isSecondLook) return { kind: "again", message: `${down} since it was proved` };
      isSecondLook = true;
    } else {
      failedLooks += 1;
      if (!seen.passing || failedLooks >= LAST_LOOKS) {
        const remedy =
          "no node was changed, and the drained ones serve again; run the rollout again";
        return halt("unreadable", seen.message, remedy);
      }
    }
    await pause(run, Infinity);
  }
}

/** Another node that was available and isn't any more: "node 2 has …"; null for none. */
function newlyDown(
  before: PlannedEnvironment,
  now: PlannedEnvironment,
  own: readonly number[],
): string | null {
  const up = nodeStates(before).filter(({ unavailable }) => unavailable === null);
  const wasUp = new Set(up.map(({ slot }) => slot));
  for (const { slot, unavailable } of nodeStates(now)) {
    if (unavailable === null || own.includes(slot) || !wasUp.has(slot)) continue;
    return renderSlotTrouble({ slot, unavailable });
  }
  return null;
}

/** Why what was proved is too old to be applied; null where it isn't. */
export function tooOld({ settings, world }: Run, { since }: Proved): Again | null {
  const seconds = (world.clock.now() - since) / 1000;
  if (seconds <= settings.maxPlanAgeSeconds) return null;
  const age = renderDuration(seconds);
  const most = renderDuration(settings.maxPlanAgeSeconds);
  const message = `what was proved is ${age} old, and may be ${most} (--max-plan-age)`;
  return { kind: "again", message };
}
