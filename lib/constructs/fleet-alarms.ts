import type { Instance } from "@cdktf/provider-aws/lib/instance";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type {
  CloudwatchMetricAlarmConfig,
  CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import type { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Construct } from "constructs";
import { alarmName, alarmTopicName } from "../config/alarm-names";
import type { AlarmKind } from "../config/alarm-names";
import type { StaticNode } from "./node/static-node";
import { Violations } from "./violations";

export interface FleetAlarmsProps {
  /** Prefix of the alarms' and the topic's names, e.g. `routed-prd-na`. Changing it replaces them. */
  readonly name: string;
  /** By slot: one alarm each, whose instance follows the slot's. Changing them restarts nothing. */
  readonly nodes: ReadonlyMap<number, StaticNode>;
  /** The API's. Changing it restarts nothing. */
  readonly loadBalancer: Lb;
  /** Where the load balancer sends the API's requests. Changing it restarts nothing. */
  readonly targetGroup: LbTargetGroup;
  /** The cluster of the PoPs' services. Container Insights must be on: it counts their tasks. */
  readonly cluster: EcsCluster;
  /**
   * From how many of 100 requests on that are answered 5xx, 1 to 100. Changing it
   * restarts nothing.
   * @default 5
   */
  readonly api5xxPercent?: number;
  /**
   * ARN of an SNS topic of the same region that is told, at each alarm and at its end. One of
   * another account must let CloudWatch publish.
   * @default - a topic of its own
   */
  readonly topicArn?: string;
}

const PERIOD_SECONDS = 60;
/** Fewer requests in a minute say nothing of a share. */
const LEAST_REQUESTS = 20;
/** A router that is replaced, with its node or without, is back or out of the group sooner. */
const UNHEALTHY_MINUTES = 5;

/**
 * What must page without Prometheus: a node fails its status checks, the API answers 5xx or keeps
 * an unhealthy host, a PoP has no task. All tell one SNS topic.
 *
 * PoPs are watched by one Metrics Insights query, whatever their number: each is a contributor with a
 * state and notifications of its own.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/multi-time-series-alarm.html
 */
export class FleetAlarms extends Construct {
  readonly topicArn: string;
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FleetAlarmsProps,
  ) {
    validate(scope, id, props);
    super(scope, id);
    this.topicArn =
      props.topicArn ?? new SnsTopic(this, "topic", { name: alarmTopicName(props.name) }).arn;
    const nodes = [...props.nodes].sort(([a], [b]) => a - b);
    this.alarms = [
      ...nodes.flatMap(([slot, { instance }]) =>
        instance === undefined ? [] : this.nodeStatus(slot, instance),
      ),
      this.api5xx(),
      this.apiUnhealthy(),
      this.popWithoutTasks(),
    ];
  }

  private nodeStatus(slot: number, instance: Instance): CloudwatchMetricAlarm {
    return this.alarm("node-status", slot, {
      alarmDescription: `Node ${slot} fails its EC2 status checks`,
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { InstanceId: instance.id },
      statistic: "Maximum",
      period: PERIOD_SECONDS,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 5,
      // While the node is replaced there is nothing of it; no data is no failure then.
      treatMissingData: "missing",
    });
  }

  /** Requests that found no host are in the load balancer's own 5xx alone, and not in the requests. */
  private api5xx(): CloudwatchMetricAlarm {
    const { loadBalancer } = this.props;
    const all = "(FILL(requests, 0) + FILL(own, 0))";
    const share = `100 * (FILL(hosts, 0) + FILL(own, 0)) / ${all}`;
    return this.alarm("api-5xx", undefined, {
      alarmDescription: `The API answers 5xx to ${this.api5xxPercent} % of its requests or more`,
      metricQuery: [
        {
          id: "share",
          expression: `IF(${all} >= ${LEAST_REQUESTS}, ${share}, 0)`,
          label: "5xx answers in percent",
          returnData: true,
        },
        sumOf("requests", "RequestCount", loadBalancer),
        sumOf("hosts", "HTTPCode_Target_5XX_Count", loadBalancer),
        sumOf("own", "HTTPCode_ELB_5XX_Count", loadBalancer),
      ],
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: this.api5xxPercent,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: "notBreaching",
    });
  }

  private apiUnhealthy(): CloudwatchMetricAlarm {
    const { loadBalancer, targetGroup } = this.props;
    return this.alarm("api-unhealthy", undefined, {
      alarmDescription: `A router of the API has been unhealthy for ${UNHEALTHY_MINUTES} minutes`,
      namespace: "AWS/ApplicationELB",
      metricName: "UnHealthyHostCount",
      dimensions: { LoadBalancer: loadBalancer.arnSuffix, TargetGroup: targetGroup.arnSuffix },
      statistic: "Maximum",
      period: PERIOD_SECONDS,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: UNHEALTHY_MINUTES,
      treatMissingData: "notBreaching",
    });
  }

  private popWithoutTasks(): CloudwatchMetricAlarm {
    return this.alarm("pop-without-tasks", undefined, {
      alarmDescription: "A PoP has no running task",
      metricQuery: [
        insights(
          "SELECT MIN(RunningTaskCount) " +
            'FROM SCHEMA("ECS/ContainerInsights", ClusterName, ServiceName) ' +
            `WHERE ClusterName = '${this.props.cluster.name}' ` +
            "GROUP BY ServiceName ORDER BY MIN() ASC",
        ),
      ],
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 3,
      // Without data of any PoP nobody watches: that is told too.
      treatMissingData: "missing",
      insufficientDataActions: [this.topicArn],
    });
  }

  private get api5xxPercent(): number {
    return this.props.api5xxPercent ?? 5;
  }

  private alarm(
    kind: AlarmKind,
    slot: number | undefined,
    config: Omit<CloudwatchMetricAlarmConfig, "alarmName">,
  ): CloudwatchMetricAlarm {
    const constructId = slot === undefined ? kind : `${kind}-${slot}`;
    return new CloudwatchMetricAlarm(this, constructId, {
      ...config,
      alarmName: alarmName(this.props.name, kind, slot),
      alarmDescription: `${config.alarmDescription}; see docs/runbooks/alarm-${kind}.md`,
      alarmActions: [this.topicArn],
      okActions: [this.topicArn],
    });
  }
}

function sumOf(
  id: string,
  metricName: string,
  { arnSuffix }: Lb,
): CloudwatchMetricAlarmMetricQuery {
  return {
    id,
    metric: {
      namespace: "AWS/ApplicationELB",
      metricName,
      dimensions: { LoadBalancer: arnSuffix },
      stat: "Sum",
      period: PERIOD_SECONDS,
    },
  };
}

/** A Metrics Insights query; a GROUP BY needs an ORDER BY to make an alarm of each series. */
function insights(expression: string): CloudwatchMetricAlarmMetricQuery {
  return { id: "query", expression, period: PERIOD_SECONDS, returnData: true };
}

function validate(scope: Construct, id: string, props: FleetAlarmsProps): void {
  new Violations()
    .requireInteger("api5xxPercent", props.api5xxPercent ?? 5, 1, 100)
    .require(
      props.topicArn === undefined || /^\$\{|^arn:aws[a-z-]*:sns:/.test(props.topicArn),
      "topicArn",
      "be the ARN of an SNS topic",
      props.topicArn,
    )
    .throwIfAny(scope, id);
}
