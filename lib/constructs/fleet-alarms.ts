import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type {
  CloudwatchMetricAlarmConfig,
  CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import type { Lb } from "@cdktf/provider-aws/lib/lb";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Construct } from "constructs";
import { alarmName, alarmTopicName } from "../config/alarm-names";
import type { AlarmKind } from "../config/alarm-names";
import { rebuildToleranceSeconds } from "./health-check";
import type { StaticNode } from "./static-node";
import { Violations } from "./violations";

export interface FleetAlarmsProps {
  /** Prefix of the alarms' and the topic's names, e.g. `routed-prd-na`. Changing it replaces them. */
  readonly name: string;
  /** By slot: one alarm each, whose instance follows the slot's. Changing them restarts nothing. */
  readonly nodes: ReadonlyMap<number, StaticNode>;
  /** The API's, by number: two alarms each. Changing them restarts nothing. */
  readonly loadBalancers: readonly Lb[];
  /** The cluster of the PoPs' services. Container Insights must be on: it counts their tasks. */
  readonly cluster: EcsCluster;
  /**
   * How long a task may take to rebuild its state, in minutes, more than 0 and at most 44: a host
   * of the API may be unhealthy for a quarter more, and 5 minutes. Changing it restarts nothing.
   */
  readonly stateRebuildMinutes: number;
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
/** On top of the rebuild: from a task's start until its health check is asked, and until it counts. */
const UNHEALTHY_MARGIN_MINUTES = 5;

/**
 * What must page without Prometheus: a node fails its status checks, the API answers 5xx or keeps
 * an unhealthy host, a PoP has no task. All tell one SNS topic.
 *
 * PoPs and target groups are watched by one Metrics Insights query each, whatever their number: each
 * PoP is a contributor with a state and notifications of its own.
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
      ...nodes.map(([slot, node]) => this.nodeStatus(slot, node)),
      ...props.loadBalancers.flatMap((loadBalancer, index) => [
        this.api5xx(index, loadBalancer),
        this.apiUnhealthy(index, loadBalancer),
      ]),
      this.popWithoutTasks(),
    ];
  }

  private nodeStatus(slot: number, { instance }: StaticNode): CloudwatchMetricAlarm {
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
  private api5xx(index: number, loadBalancer: Lb): CloudwatchMetricAlarm {
    const all = "(FILL(requests, 0) + FILL(own, 0))";
    const share = `100 * (FILL(hosts, 0) + FILL(own, 0)) / ${all}`;
    return this.alarm("api-5xx", index, {
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

  /** A rollout's new task is unhealthy while it rebuilds; longer than that is a fault. */
  private apiUnhealthy(index: number, loadBalancer: Lb): CloudwatchMetricAlarm {
    const rebuild = Math.ceil(rebuildToleranceSeconds(this.props.stateRebuildMinutes) / 60);
    const minutes = rebuild + UNHEALTHY_MARGIN_MINUTES;
    return this.alarm("api-unhealthy", index, {
      alarmDescription: `A target group of the API has had an unhealthy host for ${minutes} minutes`,
      metricQuery: [
        insights(
          "SELECT MAX(UnHealthyHostCount) " +
            'FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup) ' +
            `WHERE LoadBalancer = '${loadBalancer.arnSuffix}' ` +
            "GROUP BY TargetGroup ORDER BY MAX() DESC",
        ),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: minutes,
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
    index: number | undefined,
    config: Omit<CloudwatchMetricAlarmConfig, "alarmName">,
  ): CloudwatchMetricAlarm {
    const constructId = index === undefined ? kind : `${kind}-${index}`;
    return new CloudwatchMetricAlarm(this, constructId, {
      ...config,
      alarmName: alarmName(this.props.name, kind, index),
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
