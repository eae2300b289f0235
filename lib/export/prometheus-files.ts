import type { Environment } from "../config/environment";
import { alertingRules, TASKS_JOB } from "./alerting-rules";
import type { ExportedNode } from "./exported-nodes";
import { renderYaml } from "./render-yaml";
import { scrapeTargets } from "./scrape-targets";

const TARGETS_FILE = "targets.json";
const RULES_FILE = "rules.yml";
/** A task that answers later than this is not well. */
const MAX_SCRAPE_SECONDS = 10;

/**
 * All that a Prometheus needs to scrape the environment's tasks and to alert, by file name:
 * `prometheus.yml`, which refers to the others beside it, and which an existing Prometheus takes
 * its parts from.
 *
 * @param nodes by slot, ascending
 * @param cellOfPop empty where the fleet has no cells
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function renderPrometheusFiles(
  environment: Environment,
  nodes: readonly ExportedNode[],
  cellOfPop: ReadonlyMap<string, string> = new Map(),
): Readonly<Record<string, string>> {
  const { scrapeIntervalSeconds, evaluationIntervalSeconds } = environment.export.prometheus;
  const scrape_timeout = `${Math.min(scrapeIntervalSeconds, MAX_SCRAPE_SECONDS)}s`;
  const config = {
    global: { evaluation_interval: `${evaluationIntervalSeconds}s` },
    rule_files: [RULES_FILE],
    scrape_configs: [
      {
        job_name: TASKS_JOB,
        scrape_interval: `${scrapeIntervalSeconds}s`,
        scrape_timeout,
        file_sd_configs: [{ files: [TARGETS_FILE] }],
      },
    ],
  };
  return {
    "prometheus.yml": renderYaml(config),
    [RULES_FILE]: renderYaml(alertingRules(environment)),
    [TARGETS_FILE]: `${JSON.stringify(scrapeTargets(environment, nodes, cellOfPop), null, 2)}\n`,
  };
}
