import type { Environment } from "../config/environment";
import { clusterName, ENVIRONMENT_TAG } from "../config/naming";

/** One metric in cloudwatch_exporter's config, and how many time series CloudWatch has of it. */
export interface CloudwatchMetric {
  readonly config: Readonly<Record<string, unknown>>;
  readonly series: number;
}

type Name = readonly [name: string, statistic: "Average" | "Maximum" | "Sum"];

const CLUSTER: readonly Name[] = [
  ["CPUReservation", "Average"],
  ["MemoryReservation", "Average"],
  ["CPUUtilization", "Average"],
  ["MemoryUtilization", "Average"],
];
const SERVICE: readonly Name[] = [
  ["CPUUtilization", "Maximum"],
  ["MemoryUtilization", "Maximum"],
];
const INSTANCE: readonly Name[] = [
  ["StatusCheckFailed_Instance", "Maximum"],
  ["StatusCheckFailed_System", "Maximum"],
  ["CPUUtilization", "Average"],
  ["NetworkIn", "Sum"],
  ["NetworkOut", "Sum"],
];
const LOAD_BALANCER: readonly Name[] = [
  ["RequestCount", "Sum"],
  ["HTTPCode_ELB_5XX_Count", "Sum"],
  ["HTTPCode_Target_5XX_Count", "Sum"],
  ["RejectedConnectionCount", "Sum"],
  ["TargetResponseTime", "Average"],
];

/**
 * AWS's own metrics of the environment's infrastructure: cluster, services, nodes, load balancers.
 * Nodes and load balancers are chosen by their tag, so that a replaced node changes nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function cloudwatchMetrics(environment: Environment): CloudwatchMetric[] {
  const { name, fleet, autopilotSites } = environment;
  const cluster = { aws_dimension_select: { ClusterName: [clusterName(name)] } };
  const tagged = (resource_type_selection: string, resource_id_dimension: string) => ({
    aws_tag_select: {
      tag_selections: { [ENVIRONMENT_TAG]: [name] },
      resource_type_selection,
      resource_id_dimension,
    },
  });
  const of = (
    series: number,
    aws_namespace: string,
    aws_dimensions: readonly string[],
    select: object,
    metrics: readonly Name[],
  ): CloudwatchMetric[] =>
    metrics.map(([aws_metric_name, statistic]) => ({
      config: {
        aws_namespace,
        aws_metric_name,
        aws_dimensions,
        ...select,
        aws_statistics: [statistic],
      },
      series,
    }));
  return [
    ...of(1, "AWS/ECS", ["ClusterName"], cluster, CLUSTER),
    ...of(autopilotSites.length, "AWS/ECS", ["ClusterName", "ServiceName"], cluster, SERVICE),
    ...of(fleet.nodes, "AWS/EC2", ["InstanceId"], tagged("ec2:instance", "InstanceId"), INSTANCE),
    ...of(
      1,
      "AWS/ApplicationELB",
      ["LoadBalancer"],
      tagged("elasticloadbalancing:loadbalancer", "LoadBalancer"),
      LOAD_BALANCER,
    ),
  ];
}
