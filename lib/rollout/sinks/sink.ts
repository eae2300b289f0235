import type { RolloutEvent } from "../events";
import { messageOf } from "../../errors";

/** Hands a rollout's events on to somebody else, e.g. to Prometheus. */
export interface RolloutSink {
  /** Takes an event; what it costs time happens later. */
  readonly take: (event: RolloutEvent) => void;
  /** Hands on what is left, for a bounded time. The last event has been taken. */
  readonly end: () => Promise<void>;
}

/** Is told what a person should know, one sentence each. */
export type Tell = (message: string) => void;

/**
 * Several sinks as one. None of them can disturb the rollout, or each other: what one throws is told
 * once, and it goes on getting events.
 */
export function allSinks(sinks: readonly RolloutSink[], tell: Tell): RolloutSink {
  const told = new Set<RolloutSink>();
  const failed = (sink: RolloutSink, error: unknown): void => {
    if (told.has(sink)) return;
    told.add(sink);
    tell(`the rollout goes on, but can't tell of itself: ${messageOf(error)}`);
  };
  return {
    take: (event) => {
      for (const sink of sinks) {
        try {
          sink.take(event);
        } catch (error) {
          failed(sink, error);
        }
      }
    },
    end: async () => {
      await Promise.all(
        sinks.map(async (sink) => {
          try {
            await sink.end();
          } catch (error) {
            failed(sink, error);
          }
        }),
      );
    },
  };
}
