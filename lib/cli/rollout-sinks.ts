import { RoutedError } from "../errors";
import { metricsPush } from "../rollout/sinks/metrics-push";
import type { Pushgateway } from "../rollout/sinks/metrics-push";
import { metricsSink } from "../rollout/sinks/metrics-sink";
import { allSinks } from "../rollout/sinks/sink";
import type { RolloutSink, Tell } from "../rollout/sinks/sink";
import { webhookSink } from "../rollout/sinks/webhook-sink";
import type { RolloutCommandOptions } from "./rollout-options";

/** Who else is told of a rollout; checked before it begins. */
export interface RolloutSinkSettings {
  readonly environment: string;
  readonly pushgateway: Pushgateway | null;
  readonly webhook: { readonly url: string; readonly secret: string } | null;
}

const SHORTEST_SECRET = 16;

/** @throws RoutedError `invalid-argument` */
export function rolloutSinkSettings(
  environment: string,
  { metricsPush: push, webhook }: RolloutCommandOptions,
  variables: NodeJS.ProcessEnv,
): RolloutSinkSettings {
  return {
    environment,
    pushgateway:
      push === undefined ? null : metricsPush(checkedUrl("--metrics-push", push), environment),
    webhook:
      webhook === undefined
        ? null
        : { url: checkedUrl("--webhook", webhook), secret: webhookSecret(variables) },
  };
}

/** The sinks at work; prom-client is loaded only where metrics are wanted. */
export async function openRolloutSinks(
  { environment, pushgateway, webhook }: RolloutSinkSettings,
  now: () => number,
  tell: Tell,
): Promise<RolloutSink> {
  const sinks: RolloutSink[] = [];
  if (pushgateway !== null) {
    const { RolloutMetrics } = await import("../rollout/sinks/rollout-metrics");
    sinks.push(metricsSink(new RolloutMetrics(environment, now), pushgateway, tell));
  }
  if (webhook !== null) sinks.push(webhookSink(environment, { ...webhook, now }, tell));
  return allSinks(sinks, tell);
}

/** Never told back whole: it may hold a password. */
function checkedUrl(option: string, text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : "";
  if (protocol === "https:" || protocol === "http:") return text;
  throw invalid(`${option} must be a URL that begins with https:// or http://`);
}

function webhookSecret(variables: NodeJS.ProcessEnv): string {
  const secret = variables["ROUTED_WEBHOOK_SECRET"] ?? "";
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw invalid(
    `--webhook needs a secret of at least ${SHORTEST_SECRET} characters, which signs what is sent, ` +
      `got ${secret.length}; set ROUTED_WEBHOOK_SECRET`,
  );
}

function invalid(message: string): RoutedError {
  return new RoutedError("invalid-argument", message);
}
