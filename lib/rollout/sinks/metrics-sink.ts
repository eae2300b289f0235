import { messageOf } from "../../errors";
import type { RolloutEvent } from "../events";
import type { RolloutMetrics } from "./rollout-metrics";
import type { RolloutSink, Tell } from "./sink";

/** Where a rollout's metrics go. */
export interface MetricsTarget {
  /** What a note calls it, e.g. "--metrics-file /var/lib/…". */
  readonly name: string;
  /** Replaces what it held of the rollout before. It ends by itself within some seconds. */
  readonly put: (text: string) => Promise<void>;
}

/** Between two updates: what lasts is counted on, and Terraform tells more than anybody scrapes. */
const INTERVAL_MS = 10_000;

/**
 * Puts the metrics to their target at once and then every 10 seconds, and a last time at the end. A
 * target that can't be reached is told of once, and tried again at the next update.
 */
export function metricsSink(
  metrics: RolloutMetrics,
  target: MetricsTarget,
  tell: Tell,
  intervalMs: number = INTERVAL_MS,
): RolloutSink {
  let told = false;
  let putting: Promise<void> | null = null;
  const put = async (): Promise<void> => {
    try {
      await target.put(await metrics.text());
    } catch (error) {
      if (!told)
        tell(`${target.name} can't be written now, the rollout goes on: ${messageOf(error)}`);
      told = true;
    }
  };
  const update = (): void => {
    putting ??= put().finally(() => (putting = null));
  };
  const timer = setInterval(update, intervalMs);
  timer.unref();
  update();
  return {
    take: (event: RolloutEvent) => metrics.take(event),
    end: async () => {
      clearInterval(timer);
      await putting;
      await put();
    },
  };
}
