import { topicsOf } from "../plan/holds";
import type { Hold, HoldTopic } from "../plan/holds";
import type { PopsTouched } from "../plan/upgrade-plan";
import type { ExpectedSeconds } from "./estimate";
import type { FleetView } from "./fleet-view";
import type { WaveRecord } from "./ports";
import type { WavePhase } from "./wave-steps";
import type { RolloutResult } from "./rollout-result";

/** Something that happened in a rollout; `--json` prints one a line. */
export type RolloutEvent = RolloutEventBody & {
  /** ISO 8601, UTC. */
  readonly at: string;
};

export type RolloutEventBody =
  | {
      readonly type: "rollout-started";
      readonly environment: string;
      readonly operator: string;
      readonly rolloutId: string;
      /** Whether an earlier rollout is continued. */
      readonly resumed: boolean;
      /** The rollout before which the fleet is brought back to. */
      readonly to: string | null;
      /** How long each phase of a wave should take, in seconds. */
      readonly expected: ExpectedSeconds;
    }
  /** What AWS holds now. */
  | { readonly type: "looked"; readonly fleet: FleetView }
  /** A look, or another reading call, failed; it is tried again. */
  | { readonly type: "look-failed"; readonly message: string }
  | {
      readonly type: "waiting";
      readonly for: "window";
      readonly message: string;
      /** ISO 8601, UTC: when the window opens. */
      readonly until: string;
    }
  | {
      readonly type: "waiting";
      readonly for: "held";
      /** What holds the plan; at least one. */
      readonly holds: readonly Hold[];
      /** The same as a sentence. */
      readonly message: string;
      /** ISO 8601, UTC: when the waiting is given up. */
      readonly until: string;
    }
  /** Nodes that were being drained serve again. */
  | { readonly type: "set-active"; readonly slots: readonly number[]; readonly message: string }
  | {
      readonly type: "wave-started";
      readonly wave: number;
      /** Waves that the rollout has done, in earlier runs too. */
      readonly done: number;
      /** Waves to go, this one included. */
      readonly remaining: number;
      readonly summary: string;
      readonly slots: readonly number[];
      /** The PoPs that are rolled to another image; left out where there are none. */
      readonly pops?: readonly string[];
      readonly popsTouched: readonly PopsTouched[];
      /** Whether an earlier run applied it, and it only has to be seen to its end. */
      readonly resumed: boolean;
    }
  | {
      readonly type: "phase-started";
      readonly wave: number;
      readonly phase: WavePhase;
      /** How long it should take, in seconds, by experience or by the config. */
      readonly expectedSeconds: number;
    }
  | {
      readonly type: "phase-progress";
      readonly wave: number;
      readonly phase: WavePhase;
      readonly message: string;
    }
  | {
      readonly type: "phase-ended";
      readonly wave: number;
      readonly phase: WavePhase;
      readonly outcome: "done" | "failed" | "interrupted";
      readonly seconds: number;
      readonly message: string;
    }
  | {
      readonly type: "wave-ended";
      readonly wave: number;
      readonly result: WaveRecord["result"];
      readonly message: string;
    }
  /** Worth a person's attention. */
  | { readonly type: "note"; readonly message: string }
  | { readonly type: "rollout-ended"; readonly result: RolloutResult };

/** Takes events; it must not throw. */
export type Emit = (event: RolloutEventBody) => void;

/** What to read on about while a rollout waits. */
export function topicsOfWaiting(event: Extract<RolloutEvent, { type: "waiting" }>): HoldTopic[] {
  switch (event.for) {
    case "window":
      return ["outside-window"];
    case "held":
      return topicsOf(event.holds);
  }
}
