import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { renderOutcome } from "../../plan/render/render-outcome";
import { renderPopsTouched } from "../../plan/render/render-plan";
import { renderSummary } from "../../plan/render/render-summary";
import { renderDuration } from "../duration";
import { expectedOf, expectedSeconds, spareMinutes, totalSeconds } from "../estimate";
import type { WaveRecord } from "../ports";
import { stepOf, WAVE_PHASES } from "../wave-steps";
import type { RolloutSettings } from "../rollout-settings";
import { isOpen, nextOpening } from "../window";
import { countOf } from "../../words";

/** What a rollout would do: all its waves, the PoPs that each touches, and how long it takes. */
export interface DryRun {
  readonly waves: readonly DryWave[];
  readonly secondsPerWave: number;
  readonly seconds: number;
  /** How many minutes spares run beside the nodes, by instance. */
  readonly spareInstanceMinutes: number;
  /** How many past waves the estimate is from; 0 where it is from the config alone. */
  readonly pastWaves: number;
}

interface DryWave extends Pick<PlannedEnvironment["plan"], "popsTouched" | "status"> {
  /** One sentence: what it does. */
  readonly summary: string;
}

/** @param history oldest first */
export function dryRun(
  { waves, environment }: PlannedEnvironment,
  settings: Pick<RolloutSettings, "bakeSeconds" | "maxWaves">,
  history: readonly WaveRecord[],
): DryRun {
  const staged = waves
    .filter(({ status }) => status === "staged")
    .slice(0, settings.maxWaves ?? Infinity);
  const expected = expectedSeconds(environment, settings.bakeSeconds, history);
  const seconds = staged.map((wave) => totalSeconds(expectedOf(expected, wave)));
  return {
    waves: staged.map((wave) => ({
      summary: renderSummary(wave),
      popsTouched: wave.popsTouched,
      status: wave.status,
    })),
    secondsPerWave: totalSeconds(expected),
    seconds: seconds.reduce((sum, each) => sum + each, 0),
    spareInstanceMinutes: spareMinutes(staged, expected),
    pastWaves: history.filter(({ result }) => result === "done").length,
  };
}

/** @param now milliseconds since 1970 */
export function renderDryRun(
  planned: PlannedEnvironment,
  settings: Pick<RolloutSettings, "bakeSeconds" | "maxWaves" | "windows">,
  history: readonly WaveRecord[],
  now: number,
): string {
  const { waves, seconds, secondsPerWave, pastWaves, spareInstanceMinutes } = dryRun(
    planned,
    settings,
    history,
  );
  const lines = [renderOutcome(planned.plan)];
  waves.forEach(({ summary, popsTouched }, index) => {
    lines.push(`wave ${index + 1}: ${summary}`);
    lines.push(...popsTouched.map((pops) => `  ${renderPopsTouched(pops)}`));
  });
  if (waves.length > 0) {
    const source =
      pastWaves === 0
        ? "by the config's stateRebuildMinutes"
        : `by the last ${countOf(Math.min(pastWaves, 10), "wave")}`;
    const expected = expectedSeconds(planned.environment, settings.bakeSeconds, history);
    const phases = WAVE_PHASES.filter((phase) => expected[phase] > 0).map(
      (phase) => `${stepOf(phase).name} ${renderDuration(expected[phase])}`,
    );
    lines.push(
      `about ${renderDuration(secondsPerWave)} a wave, ${renderDuration(seconds)} in all, ${source}`,
      `  (${phases.join(", ")})`,
    );
    if (spareInstanceMinutes > 0) {
      const { instanceType } = planned.environment.fleet;
      lines.push(
        `price: about ${spareInstanceMinutes} instance-minutes of ${instanceType}, of spares that run beside the nodes`,
      );
    }
  }
  if (settings.windows.length > 0) {
    const text = settings.windows.map((window) => window.text).join("; ");
    const opening = nextOpening(settings.windows, now);
    const when = isOpen(settings.windows, now)
      ? "is open now"
      : opening === null
        ? "never opens"
        : `opens at ${new Date(opening).toISOString()}`;
    lines.push(`the window "${text}" ${when}`);
  }
  return lines.join("\n");
}
