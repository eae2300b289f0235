import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { MetricsTarget } from "./metrics-sink";

/**
 * A file for node_exporter's textfile collector. It is replaced at once, so that nobody reads half of
 * it; what is written first has another ending than `.prom`, so that it isn't collected.
 * @see https://github.com/prometheus/node_exporter#textfile-collector
 */
export function metricsFile(path: string): MetricsTarget {
  const file = resolve(path);
  const unfinished = `${file}.${process.pid}.tmp`;
  return {
    name: `--metrics-file ${path}`,
    put: async (text) => {
      await mkdir(dirname(file), { recursive: true });
      try {
        // The collector runs as another user.
        await writeFile(unfinished, text, { mode: 0o644 });
        await rename(unfinished, file);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
  };
}
