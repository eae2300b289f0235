/** Where a rollout's metrics go. */
export interface Pushgateway {
  /** What a note calls it: the option and the URL's origin. */
  readonly name: string;
  /** Replaces what it held of the rollout before. It ends by itself within some seconds. */
  readonly put: (text: string) => Promise<void>;
}

const TIMEOUT_MS = 5_000;

/**
 * A Pushgateway's group of the environment's rollouts: a pipeline or an engineer's machine can't be
 * scraped. It keeps the last rollout's end until the next one.
 * @see https://github.com/prometheus/pushgateway#put-method
 */
export function metricsPush(
  url: string,
  environment: string,
  timeoutMs: number = TIMEOUT_MS,
): Pushgateway {
  const group = `metrics/job/routed_rollout/environment/${encodeURIComponent(environment)}`;
  const target = new URL(group, url.endsWith("/") ? url : `${url}/`);
  const { username, password } = target;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  target.username = "";
  target.password = "";
  return {
    name: `--metrics-push ${target.origin}`,
    put: async (body) => {
      const headers: Record<string, string> = { "Content-Type": "text/plain; version=0.0.4" };
      if (username !== "")
        headers["Authorization"] = `Basic ${Buffer.from(user).toString("base64")}`;
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await fetch(target, { method: "PUT", headers, body, signal });
      const said = (await answer.text()).trim().slice(0, 200);
      if (!answer.ok) throw new Error(`HTTP status ${answer.status}${said && `: ${said}`}`);
    },
  };
}
