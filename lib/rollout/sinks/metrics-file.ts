import { resolve } from "node:path";
import { writeOwn } from "../../own-file";
import type { MetricsTarget } from "./metrics-sink";

/**
 * A file for node_exporter's textfile collector. It is replaced at once, so that nobody reads half of
 * it.
 * @see https://github.com/prometheus/node_exporter#textfile-collector
 */
export function metricsFile(path: string): MetricsTarget {
  const file = { path: resolve(path), kind: "a rollout's metrics", isOwn: isMetrics };
  return {
    name: `--metrics-file ${path}`,
    put: async (text) => {
      await writeOwn(file, text);
    },
  };
}

function isMetrics(content: Buffer): boolean {
  const lines = content.toString("utf8").split("\n");
  return lines.every((line) => line === "" || /^(# (HELP|TYPE) )?routed_rollout_/.test(line));
}
