import type { RolloutEvent } from "../rollout/events";
import { afterEvent, EMPTY_MODEL } from "../rollout/view/live-model";
import { plainLines } from "../rollout/view/plain-lines";
import { renderLive } from "../rollout/view/render-live";
import { stepOf } from "../rollout/wave-steps";
import type { Screen } from "./terminal";
import type { CliWorld } from "./cli-world";

/** Tells a person, or a program, what a rollout does. */
export interface Watcher {
  readonly sink: (event: RolloutEvent) => void;
  /** Tells something beside the events, without spoiling what is drawn. */
  readonly tell: (message: string) => void;
  /** What goes on now, in a sentence. */
  readonly state: () => string;
  readonly end: () => void;
}

/** One event a line, as JSON. */
export function watchAsJson(world: CliWorld): Watcher {
  return following(world, (event) => world.print(`${JSON.stringify(event)}\n`));
}

/** Plain lines, for where there is no terminal. */
export function watchAsLines(world: CliWorld): Watcher {
  const lines = plainLines();
  return following(world, (event) => {
    for (const line of lines(event)) world.print(`${line}\n`);
  });
}

const REDRAW_MS = 1_000;
const DEFAULT_WIDTH = 100;

/** A live view. What is worth keeping stays above it. */
export function watchOnScreen(world: CliWorld, screen: Screen): Watcher {
  const lines = plainLines();
  let model = EMPTY_MODEL;
  const draw = (): void => {
    screen.draw(renderLive(model, Date.now(), world.width ?? DEFAULT_WIDTH));
  };
  const timer = setInterval(draw, REDRAW_MS);
  const watcher = following(world, (event) => {
    model = afterEvent(model, event);
    const told = lines(event);
    if (STAYING.includes(event.type)) for (const line of told) screen.keep(line);
    draw();
  });
  return {
    ...watcher,
    tell: (message) => screen.keep(message),
    end: () => {
      clearInterval(timer);
      screen.end();
    },
  };
}

const STAYING: readonly RolloutEvent["type"][] = [
  "rollout-started",
  "set-active",
  "wave-ended",
  "note",
];

function following(world: CliWorld, sink: (event: RolloutEvent) => void): Watcher {
  let model = EMPTY_MODEL;
  return {
    sink: (event) => {
      model = afterEvent(model, event);
      sink(event);
    },
    state: () => {
      const { wave, waiting } = model;
      if (waiting) return `it waits: ${waiting.message}`;
      const { current = null } = wave ?? {};
      if (!wave || !current) return "it is between two steps";
      const words = current.message === "" ? "" : ` (${current.message})`;
      return `wave ${wave.number}: ${stepOf(current.phase).name}${words}`;
    },
    tell: (message) => world.printError(`${message}\n`),
    end: () => undefined,
  };
}
