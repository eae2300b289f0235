import { format } from "prettier";
import { ROLLOUT_METRICS, TARGET_LABELS, TASK_METRICS } from "../lib/metrics/metric-names";
import type { MetricDefinition } from "../lib/metrics/metric-names";

/** The contract between the routed image, the rollout, the rules and the dashboards, as Markdown. */
export function metricsDocsSource(): Promise<string> {
  const labels = TARGET_LABELS.map((label) => `\`${label}\``).join(", ");
  const source = [
    "<!-- Generated from lib/metrics/metric-names.ts by `npm run generate`. Do not edit. -->",
    "# Metrics",
    "In Prometheus' text format. A name that changes here changes in the alerting rules, in the dashboards and in what a rollout tells.",
    "## Of a routed task",
    `The routed image must serve these at \`GET /metrics\` on \`ROUTED_METRICS_PORT\`, on all addresses of the node, from the task's start on: while it rebuilds its state, too. It doesn't name itself: Prometheus adds ${labels} from the exported targets (\`cell\` only where the environment has cells, \`spare\` only on a spare's).`,
    table(TASK_METRICS),
    "## Of a rollout",
    table(ROLLOUT_METRICS),
    "",
  ].join("\n\n");
  return format(source, { parser: "markdown", printWidth: 100 });
}

function table(metrics: Readonly<Record<string, MetricDefinition>>): string {
  const rows = Object.values(metrics).map(({ name, type, labels, help }) => {
    const own = labels.map((label) => `\`${label}\``).join(", ");
    return `| \`${name}\` | ${type} | ${own} | ${help} |`;
  });
  return ["| metric | type | own labels | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}
