import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { DualStackNetwork, FleetAlarms, StaticNodeFleet } from "../../../lib/index";
import type { FleetAlarmsProps } from "../../../lib/index";
import { aSpec } from "../../fixtures/a-routed-environment";
import { resourceAt, resourcesOf, synthesizeConstructs } from "../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../fixtures/synthesize";

function alarms(overrides: Partial<FleetAlarmsProps> = {}): SynthesizedStack {
  return synthesizeConstructs((stack) => {
    const network = new DualStackNetwork(stack, "network", {
      name: "n",
      vpcCidr: "10.64.0.0/16",
      availabilityZones: ["us-east-2a", "us-east-2b"],
    });
    const { nodes } = new StaticNodeFleet(stack, "fleet", {
      name: "routed-test",
      environment: "test",
      nodes: [
        { slot: 3, availabilityZone: "us-east-2b", spec: aSpec() },
        { slot: 0, availabilityZone: "us-east-2a", spec: aSpec() },
      ],
      subnets: network.subnets,
      securityGroups: [new SecurityGroup(stack, "group", { vpcId: network.vpc.id })],
      instanceProfile: new IamInstanceProfile(stack, "profile", { name: "node" }),
    });
    new FleetAlarms(stack, "alarms", {
      name: "routed-test",
      nodes,
      loadBalancer: new Lb(stack, "lb", {}),
      targetGroup: new LbTargetGroup(stack, "routers", {}),
      cluster: new EcsCluster(stack, "cluster", { name: "routed-test" }),
      ...overrides,
    });
  });
}

const stack = alarms();
const alarmAt = (path: string, of = stack): Arguments =>
  resourceAt(of, "aws_cloudwatch_metric_alarm", `alarms/${path}`);
const queriesOf = (alarm: Arguments) => alarm["metric_query"] as readonly Arguments[];

describe("an environment's alarms", () => {
  it("are one for each node, two for the load balancer, and one for all PoPs", () => {
    const names = resourcesOf(stack, "aws_cloudwatch_metric_alarm").map(
      (alarm) => alarm["alarm_name"],
    );
    expect(names.sort()).toEqual([
      "routed-test-api-5xx",
      "routed-test-api-unhealthy",
      "routed-test-node-status-0",
      "routed-test-node-status-3",
      "routed-test-pop-without-tasks",
    ]);
  });

  it("all tell one topic, of their beginning and their end, and where to read on", () => {
    expect(resourcesOf(stack, "aws_sns_topic")).toMatchObject([{ name: "routed-test-alarms" }]);
    const topic = expect.stringMatching(/^\$\{aws_sns_topic\.alarms_topic_\w+\.arn\}$/) as string;
    for (const alarm of resourcesOf(stack, "aws_cloudwatch_metric_alarm")) {
      expect(alarm).toMatchObject({
        alarm_actions: [topic],
        ok_actions: [topic],
        alarm_description: expect.stringMatching(
          /; see docs\/runbooks\/alarm-[a-z0-9-]+\.md$/,
        ) as string,
      });
    }
  });

  it("tell another topic where one is given, and make none", () => {
    const topicArn = "arn:aws:sns:us-east-2:123456789012:on-call";
    const other = alarms({ topicArn });
    expect(resourcesOf(other, "aws_sns_topic")).toEqual([]);
    for (const alarm of resourcesOf(other, "aws_cloudwatch_metric_alarm")) {
      expect(alarm).toMatchObject({ alarm_actions: [topicArn], ok_actions: [topicArn] });
    }
  });

  it("watch each node's status checks, whatever instance its slot holds", () => {
    expect(alarmAt("node-status-3")).toMatchObject({
      namespace: "AWS/EC2",
      metric_name: "StatusCheckFailed",
      dimensions: {
        InstanceId: expect.stringMatching(/^\$\{aws_instance\.fleet_node-3_\w+\.id\}$/) as string,
      },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluation_periods: 5,
      // A node that is being replaced has no data, and pages nobody.
      treat_missing_data: "missing",
    });
  });

  it("watch the share of 5xx answers, the load balancer's own included", () => {
    const alarm = alarmAt("api-5xx");
    expect(alarm).toMatchObject({
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 5,
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      treat_missing_data: "notBreaching",
    });
    const [share, ...metrics] = queriesOf(alarm);
    expect(share).toEqual({
      id: "share",
      expression:
        "IF((FILL(requests, 0) + FILL(own, 0)) >= 20, " +
        "100 * (FILL(hosts, 0) + FILL(own, 0)) / (FILL(requests, 0) + FILL(own, 0)), 0)",
      label: "5xx answers in percent",
      return_data: true,
    });
    expect(metrics.map(({ id, metric }) => [id, (metric as Arguments)["metric_name"]])).toEqual([
      ["requests", "RequestCount"],
      ["hosts", "HTTPCode_Target_5XX_Count"],
      ["own", "HTTPCode_ELB_5XX_Count"],
    ]);
    for (const { metric } of metrics) {
      expect(metric).toMatchObject({
        namespace: "AWS/ApplicationELB",
        stat: "Sum",
        period: 60,
        dimensions: { LoadBalancer: "${aws_lb.lb.arn_suffix}" },
      });
    }
    expect(alarmAt("api-5xx", alarms({ api5xxPercent: 1 }))).toMatchObject({ threshold: 1 });
  });

  it("watch the routers, of which none may be unhealthy for 5 minutes", () => {
    const alarm = alarmAt("api-unhealthy");
    expect(alarm).toMatchObject({
      namespace: "AWS/ApplicationELB",
      metric_name: "UnHealthyHostCount",
      dimensions: {
        LoadBalancer: "${aws_lb.lb.arn_suffix}",
        TargetGroup: "${aws_lb_target_group.routers.arn_suffix}",
      },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluation_periods: 5,
      treat_missing_data: "notBreaching",
    });
    // All of them must breach: one healthy minute between two waves starts it anew.
    expect(alarm).not.toHaveProperty("datapoints_to_alarm");
  });

  it("watch the tasks of all PoPs by one query, and say where it sees none", () => {
    const alarm = alarmAt("pop-without-tasks");
    expect(alarm).toMatchObject({
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      evaluation_periods: 3,
      treat_missing_data: "missing",
      insufficient_data_actions: [expect.stringContaining("aws_sns_topic") as string],
    });
    expect(queriesOf(alarm)).toEqual([
      {
        id: "query",
        expression:
          'SELECT MIN(RunningTaskCount) FROM SCHEMA("ECS/ContainerInsights", ClusterName, ServiceName) ' +
          "WHERE ClusterName = '${aws_ecs_cluster.cluster.name}' GROUP BY ServiceName ORDER BY MIN() ASC",
        period: 60,
        return_data: true,
      },
    ]);
  });

  it("refuse what CloudWatch would refuse, all at once", () => {
    expect(() => alarms({ api5xxPercent: 0, topicArn: "on-call" })).toThrow(
      "other/alarms: api5xxPercent must be an integer between 1 and 100, got 0; " +
        'topicArn must be the ARN of an SNS topic, got "on-call"',
    );
  });
});
