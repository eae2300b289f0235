import { parse } from "yaml";
import type { Environment } from "../../../lib/config/environment";
import { cloudwatchCost } from "../../../lib/export/cloudwatch-cost";
import { renderCloudwatchExporter } from "../../../lib/export/cloudwatch-exporter";
import { aRoutedEnvironment, aSite } from "../../fixtures/a-routed-environment";

interface Metric {
  readonly aws_namespace: string;
  readonly aws_metric_name: string;
  readonly aws_dimensions: readonly string[];
  readonly aws_dimension_select?: unknown;
  readonly aws_tag_select?: unknown;
  readonly aws_statistics: readonly string[];
}

const metricsOf = (environment: Environment) =>
  (parse(renderCloudwatchExporter(environment)) as { metrics: Metric[] }).metrics;

const hundredPops = (overrides: Partial<Environment> = {}) =>
  aRoutedEnvironment({
    autopilotSites: Array.from({ length: 100 }, (_, index) => aSite(index + 1)),
    ...overrides,
  });

it("asks for AWS's own metrics of ECS, EC2 and ALB only, each of this environment only", () => {
  const metrics = metricsOf(aRoutedEnvironment());
  expect([...new Set(metrics.map(({ aws_namespace }) => aws_namespace))]).toEqual([
    "AWS/ECS",
    "AWS/EC2",
    "AWS/ApplicationELB",
  ]);
  const byTag = (type: string, dimension: string) => ({
    tag_selections: { "routed:environment": ["test"] },
    resource_type_selection: type,
    resource_id_dimension: dimension,
  });
  const selections = {
    "AWS/ECS": { aws_dimension_select: { ClusterName: ["routed-test"] } },
    "AWS/EC2": { aws_tag_select: byTag("ec2:instance", "InstanceId") },
    "AWS/ApplicationELB": {
      aws_tag_select: byTag("elasticloadbalancing:loadbalancer", "LoadBalancer"),
    },
  };
  for (const metric of metrics) {
    expect(metric).toMatchObject(selections[metric.aws_namespace as keyof typeof selections]);
    expect(metric.aws_statistics).toHaveLength(1);
  }
});

it("has keys that cloudwatch_exporter knows, and no metric twice", () => {
  const { metrics, ...globals } = parse(renderCloudwatchExporter(aRoutedEnvironment())) as {
    metrics: Metric[];
  };
  expect(globals).toEqual({
    region: "us-east-2",
    period_seconds: 300,
    use_get_metric_data: true,
    list_metrics_cache_ttl: 3600,
    set_timestamp: false,
  });
  const keys = metrics.map((m) => [m.aws_namespace, m.aws_metric_name, ...m.aws_dimensions].join());
  expect(new Set(keys).size).toBe(keys.length);
});

it("names no instance and no address, so it is the same while nodes are upgraded", () => {
  expect(renderCloudwatchExporter(aRoutedEnvironment())).not.toMatch(
    /\bi-[0-9a-f]|\d+\.\d+\.\d+\.\d/,
  );
});

it("tells what it costs, and what the tasks would cost through CloudWatch", () => {
  const lines = renderCloudwatchExporter(hundredPops()).split("\n");
  expect(lines.slice(0, 5)).toEqual([
    "# Made by routed export: what is changed here is lost.",
    "# test: 224 metrics of AWS's own every 300 s: about 19.35 USD a month.",
    "# Not scraped through CloudWatch: 2100 metrics of 300 tasks. As custom metrics, once a minute, they would cost about 1666.80 USD a month: 630.00 USD to store, 129.60 USD to write, 907.20 USD to read.",
    "# At 10.00 USD for a million metrics requested or written, and 300.00 USD for a thousand custom metrics a month (https://aws.amazon.com/cloudwatch/pricing/).",
    "# Scrape the exporter every 300 s.",
  ]);
});

it("estimates by nodes, PoPs and tasks", () => {
  const { fleet, routed } = aRoutedEnvironment();
  const base = cloudwatchCost(hundredPops());
  // Cluster 4, services 2 a PoP, nodes 5 each, load balancer 5.
  expect(base.exportedSeries).toBe(4 + 200 + 15 + 5);
  const more = hundredPops({ fleet: { ...fleet, nodes: 4 } });
  expect(cloudwatchCost(more)).toMatchObject({ exportedSeries: 229, tasks: 400 });
  const cells = [
    { name: "a", nodes: [0, 1] },
    { name: "b", nodes: [2, 3, 4] },
  ];
  const divided = hundredPops({ fleet: { ...fleet, nodes: 5, cells } });
  expect(cloudwatchCost(divided)).toMatchObject({ exportedSeries: 234, tasks: 300 });
  const spread = hundredPops({ routed: { ...routed, placement: "spread", tasksPerPop: 2 } });
  expect(cloudwatchCost(spread)).toMatchObject({
    exportedSeries: 224,
    tasks: 200,
    taskSeries: 1400,
  });
});
