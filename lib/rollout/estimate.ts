import type { Environment } from "../config/environment";
import { isSpareSlot } from "../config/slots";
import { isChange, launchedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import type { WaveRecord } from "./ports";
import { stepOf, WAVE_PHASES } from "./wave-steps";
import type { WavePhase } from "./wave-steps";

/** How long each phase of a wave is expected to take, in seconds. */
export type ExpectedSeconds = Readonly<Record<WavePhase, number>>;

/** Waves that are looked back at. */
const PAST_WAVES = 10;

/** Boot and registration, before the rebuild begins. */
const BOOT_SECONDS = 90;

/**
 * By phase, the median of the last waves that went well; where there were none, what is known of
 * AWS and the config's `stateRebuildMinutes`.
 *
 * @param history oldest first
 */
export function expectedSeconds(
  { routed }: Environment,
  bakeSeconds: number,
  history: readonly WaveRecord[],
): ExpectedSeconds {
  const past = history
    // A deploy that changes no node takes another time.
    .filter(({ result, plan }) => result === "done" && plan.status === "staged")
    .slice(-PAST_WAVES);
  const byConfig: Partial<ExpectedSeconds> = {
    wait: BOOT_SECONDS + routed.stateRebuildMinutes * 60,
    bake: bakeSeconds,
  };
  const phases = WAVE_PHASES.map((phase) => {
    const seconds = past
      // One that parks a spare waits for nobody.
      .filter(({ plan }) => phase !== "wait" || expectedOf(ONE_EACH, plan).wait > 0)
      .flatMap((record) => record.seconds[phase] ?? []);
    // The bake takes as long as it is asked to.
    const usual = byConfig[phase] ?? stepOf(phase).seconds ?? 0;
    return [phase, (phase === "bake" ? undefined : median(seconds)) ?? usual] as const;
  });
  return Object.fromEntries(phases) as ExpectedSeconds;
}

const ONE_EACH = Object.fromEntries(WAVE_PHASES.map((phase) => [phase, 1])) as ExpectedSeconds;

/** What of that a wave takes: none is drained where no node goes, none waited for where none is launched. */
export function expectedOf(expected: ExpectedSeconds, plan: UpgradePlan): ExpectedSeconds {
  const changes = plan.decisions.filter(isChange);
  if (changes.length === 0) return expected;
  const goes = changes.some((change) => "instanceId" in change && change.instanceId !== null);
  return {
    ...expected,
    drain: goes ? expected.drain : 0,
    wait: launchedNodes(plan).length > 0 ? expected.wait : 0,
  };
}

/**
 * How many instance-minutes spares run in a rollout of these waves, beside the nodes: from the apply that
 * fills one to the end of the apply that parks it.
 */
export function spareMinutes(waves: readonly UpgradePlan[], expected: ExpectedSeconds): number {
  const seconds = waves.map((plan) => {
    const own = expectedOf(expected, plan);
    const spares = plan.decisions.filter(({ slot }) => isSpareSlot(slot));
    const total = totalSeconds(own);
    const fromApply = secondsToGo(own, "apply", 0);
    const toApply = total - fromApply + own.apply;
    const filled = spares.filter(({ action }) => action === "keep" || action === "upgrade");
    const filling = spares.filter(({ action }) => action === "fill");
    const parking = spares.filter(
      (d) => d.action === "park" || (d.action === "remove" && d.instanceId !== null),
    );
    return filled.length * total + filling.length * fromApply + parking.length * toApply;
  });
  return Math.round(seconds.reduce((sum, each) => sum + each, 0) / 60);
}

/** Of a whole wave. */
export function totalSeconds(expected: ExpectedSeconds): number {
  return WAVE_PHASES.reduce((sum, phase) => sum + expected[phase], 0);
}

/** From a phase that has run for `elapsedSeconds` to its wave's end. */
export function secondsToGo(
  expected: ExpectedSeconds,
  phase: WavePhase,
  elapsedSeconds: number,
): number {
  const later = WAVE_PHASES.slice(WAVE_PHASES.indexOf(phase) + 1);
  const rest = Math.max(0, expected[phase] - elapsedSeconds);
  return later.reduce((sum, name) => sum + expected[name], rest);
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
