import { renderDuration } from "../duration";
import type { FleetView } from "../fleet-view";
import { secondsLeft } from "./live-model";
import type { LiveModel, LiveWave } from "./live-model";
import { cut, renderBar, renderSlots } from "./render-fleet";
import { stepOf, WAVE_STEPS } from "../wave-steps";

const NAME_WIDTH = Math.max(...Object.values(WAVE_STEPS).map(({ name }) => name.length));

/**
 * A rollout as a screen of at most `width` columns: waves done of all, the slots, and how far the
 * present wave has got.
 *
 * @param now milliseconds since 1970
 */
export function renderLive(model: LiveModel, now: number, width = 120): string {
  const { fleet, wave, waiting, done, remaining } = model;
  const lines: string[] = [];
  if (model.title !== "") lines.push(model.title);
  const all = done + remaining;
  if (all > 0) {
    const left = secondsLeft(model, now);
    const time = left === null ? "" : `, about ${renderDuration(left)} to go`;
    lines.push(`${renderBar(done / all)} ${done} of ${all} waves done${time}`);
  }
  if (fleet) lines.push("", ...renderSlots(withPresentStep(fleet, wave), now, width));
  if (fleet?.images) lines.push("", ...fleet.images);
  if (wave) lines.push("", ...renderWave(wave, now));
  if (waiting) {
    const left = renderDuration((Date.parse(waiting.until) - now) / 1000);
    lines.push("", `waits, for at most ${left}: ${waiting.message}`);
  }
  return lines.map((line) => cut(line, width)).join("\n");
}

/** Between two looks the step itself tells what becomes of the slots that it changes. */
function withPresentStep(fleet: FleetView, wave: LiveWave | null): FleetView {
  const kind = wave?.current ? stepOf(wave.current.phase).nodes : undefined;
  if (!wave || kind === undefined) return fleet;
  const slots = fleet.slots.map((slot) =>
    wave.slots.includes(slot.slot) && slot.instanceId !== null
      ? { ...slot, state: { kind }, available: false, tasks: null }
      : slot,
  );
  return { ...fleet, slots };
}

function renderWave({ number, summary, ended, current }: LiveWave, now: number): string[] {
  const lines = ended.map(({ phase, outcome, seconds, message }) => {
    const words = message === "" ? "" : `: ${message.split("\n")[0] ?? ""}`;
    const mark = outcome === "done" ? "✓" : "✗";
    return `  ${mark} ${stepOf(phase).name.padEnd(NAME_WIDTH)}  ${renderDuration(seconds)}${words}`;
  });
  if (current) {
    const { phase, startedAt, expectedSeconds, message } = current;
    const elapsed = Math.max(0, (now - startedAt) / 1000);
    const of = expectedSeconds > 0 ? ` of about ${renderDuration(expectedSeconds)}` : "";
    const bar = expectedSeconds > 0 ? `${renderBar(elapsed / expectedSeconds)} ` : "";
    const name = stepOf(phase).name.padEnd(NAME_WIDTH);
    lines.push(`  … ${name}  ${bar}${renderDuration(elapsed)}${of}`);
    if (message !== "") lines.push(`      ${message}`);
  }
  return [`wave ${number}: ${summary}`, ...lines];
}
