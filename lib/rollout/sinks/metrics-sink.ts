import { messageOf } from "../../errors";
import type { RolloutEvent } from "../events";
import type { Pushgateway } from "./metrics-push";
import type { RolloutMetrics } from "./rollout-metrics";
import type { RolloutSink, Tell } from "./sink";

/** Between two updates: what lasts is counted on, and Terraform tells more than anybody scrapes. */
const INTERVAL_MS = 10_000;

/**
 * Puts the metrics to the Pushgateway at once and then every 10 seconds, and a last time at the end.
 * One that can't be reached is told of once, and tried again at the next update.
 */
export function metricsSink(
  metrics: RolloutMetrics,
  pushgateway: Pushgateway,
  tell: Tell,
  intervalMs: number = INTERVAL_MS,
): RolloutSink {
  let told = false;
  let putting: Promise<void> | null = null;
  const put = async (): Promise<void> => {
    try {
      await pushgateway.put(await metrics.text());
    } catch (error) {
      const why = messageOf(error);
      if (!told) tell(`${pushgateway.name} can't be told now, the rollout goes on: ${why}`);
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
