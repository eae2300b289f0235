import type { Environment } from "../config/environment";
import { cloudwatchCost, SCRAPE_SECONDS, renderCloudwatchCost } from "./cloudwatch-cost";
import { cloudwatchMetrics } from "./cloudwatch-metrics";
import { renderYaml } from "./render-yaml";

/** Instances come and go with waves; everything else stays for long. */
const LIST_CACHE_SECONDS = 3600;

/**
 * The config of cloudwatch_exporter, with what it costs on top. It follows from the config alone.
 *
 * @see https://github.com/prometheus/cloudwatch_exporter
 */
export function renderCloudwatchExporter(environment: Environment): string {
  const cost = renderCloudwatchCost(environment, cloudwatchCost(environment));
  const config = {
    region: environment.aws.region,
    period_seconds: SCRAPE_SECONDS,
    use_get_metric_data: true,
    list_metrics_cache_ttl: LIST_CACHE_SECONDS,
    // CloudWatch's own time lies further back than Prometheus looks.
    set_timestamp: false,
    metrics: cloudwatchMetrics(environment).map((metric) => metric.config),
  };
  const comments = [...cost, `Scrape the exporter every ${SCRAPE_SECONDS} s`];
  return renderYaml(
    config,
    comments.map((line) => `${line}.`),
  );
}
