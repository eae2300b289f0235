import type { ExpectedSeconds } from "../estimate";
import { secondsToGo, totalSeconds } from "../estimate";
import type { RolloutEvent } from "../events";
import type { FleetView } from "../fleet-view";
import type { WavePhase } from "../wave-steps";

/** What a person watches of a rollout, as far as its events tell. */
export interface LiveModel {
  readonly title: string;
  readonly expected: ExpectedSeconds | null;
  readonly fleet: FleetView | null;
  readonly wave: LiveWave | null;
  /** Waves that are done, in earlier runs too. */
  readonly done: number;
  /** Waves to go, the present one included. */
  readonly remaining: number;
  /** What is waited for between two waves. */
  readonly waiting: { readonly message: string; readonly until: string } | null;
}

export interface LiveWave {
  readonly number: number;
  readonly summary: string;
  /** The slots that it changes. */
  readonly slots: readonly number[];
  readonly ended: readonly EndedPhase[];
  readonly current: CurrentPhase | null;
}

interface EndedPhase {
  readonly phase: WavePhase;
  readonly outcome: "done" | "failed" | "interrupted";
  readonly seconds: number;
  readonly message: string;
}

interface CurrentPhase {
  readonly phase: WavePhase;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly expectedSeconds: number;
  readonly message: string;
}

export const EMPTY_MODEL: LiveModel = {
  title: "",
  expected: null,
  fleet: null,
  wave: null,
  done: 0,
  remaining: 0,
  waiting: null,
};

/** The model after one more event. */
export function afterEvent(model: LiveModel, event: RolloutEvent): LiveModel {
  const { wave } = model;
  switch (event.type) {
    case "rollout-started": {
      const back = event.to === null ? "" : `, back to before ${event.to}`;
      const title = `rollout of ${event.environment} by ${event.operator}  ${event.rolloutId}${back}`;
      return { ...model, title, expected: event.expected };
    }
    case "looked": {
      // Between two waves only the plan knows how many are to go.
      const remaining = wave === null ? event.fleet.wavesRemaining : model.remaining;
      return { ...model, fleet: event.fleet, remaining };
    }
    case "waiting":
      return { ...model, waiting: { message: event.message, until: event.until } };
    case "wave-started": {
      const { wave: number, summary, slots, done, remaining } = event;
      const started = { number, summary, slots, ended: [], current: null };
      return { ...model, wave: started, waiting: null, done, remaining };
    }
    case "phase-started": {
      const { phase } = event;
      const expectedSeconds = model.expected?.[phase] ?? event.expectedSeconds;
      const current = { phase, expectedSeconds, startedAt: Date.parse(event.at), message: "" };
      return wave ? { ...model, wave: { ...wave, current } } : model;
    }
    case "phase-progress": {
      if (!wave?.current) return model;
      const current = { ...wave.current, message: event.message };
      return { ...model, wave: { ...wave, current } };
    }
    case "phase-ended": {
      if (!wave) return model;
      const { phase, outcome, seconds, message } = event;
      const ended = [...wave.ended, { phase, outcome, seconds, message }];
      return { ...model, wave: { ...wave, ended, current: null } };
    }
    case "wave-ended": {
      const isDone = event.result === "done" && wave !== null;
      const done = model.done + (isDone ? 1 : 0);
      const remaining = Math.max(0, model.remaining - (isDone ? 1 : 0));
      const expected = isDone ? learned(model.expected, wave) : model.expected;
      return { ...model, wave: null, done, remaining, expected };
    }
    case "rollout-ended":
      return { ...model, wave: null, waiting: null };
    case "look-failed":
    case "set-active":
    case "note":
      return model;
  }
}

/** The next waves take as long as this one did; a bake as long as it is asked to. */
function learned(expected: ExpectedSeconds | null, { ended }: LiveWave): ExpectedSeconds | null {
  if (expected === null) return null;
  const took = ended.filter(({ phase }) => phase !== "bake");
  return { ...expected, ...Object.fromEntries(took.map((e) => [e.phase, e.seconds])) };
}

/** Seconds until all waves are done, if all goes well; null where nothing is known. */
export function secondsLeft(model: LiveModel, now: number): number | null {
  const { expected, wave, remaining } = model;
  if (expected === null || remaining === 0) return null;
  const later = (remaining - 1) * totalSeconds(expected);
  const { current = null } = wave ?? {};
  if (current === null) return later + totalSeconds(expected);
  return later + secondsToGo(expected, current.phase, (now - current.startedAt) / 1000);
}
