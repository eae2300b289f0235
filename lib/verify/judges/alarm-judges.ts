import { partitionOf } from "../../config/arn";
import { isRecoverable } from "../../config/instance-type";
import { NODE_TAG } from "../../config/naming";
import { plannedNodes } from "../../plan/upgrade-plan";
import { isObject, isSameJson } from "../../terraform/values";
import type { Values } from "../../terraform/values";
import { prefixed, tags } from "./common";
import { all, asTold, harmless, may, needs, where } from "./judge";
import type { InPlace, Judge } from "./judge";
import { anything, declared, fromConfig, law } from "./law";
import type { Law, LawContext } from "./law";

type Stacked = Pick<LawContext, "environment" | "upgradePlan">;

const WATCHES: InPlace = asTold("an alarm changes nothing of what it watches", "an alarm changes");

/** What an alarm says of one thing: what its kind does, whether it tells people or recovers a node. */
function watched(name: string): Law {
  return law("be what an alarm of its name says", (value, context) => {
    const own = wantedOf(context);
    return own !== null && isSameJson(value, own[name]);
  });
}

/** By all of it an alarm that never sounds, and one that recovers nodes that are well, are told apart. */
const SAID = [
  "alarm_actions",
  "comparison_operator",
  "datapoints_to_alarm",
  "dimensions",
  "evaluation_periods",
  "insufficient_data_actions",
  "metric_name",
  "metric_query",
  "namespace",
  "ok_actions",
  "period",
  "statistic",
  "threshold",
  "treat_missing_data",
];

function alarms({ environment, upgradePlan }: Stacked): number {
  const nodes = plannedNodes(upgradePlan);
  const recovered = nodes.filter(({ spec }) => isRecoverable(spec.instanceType)).length;
  return (
    (environment.fleet.autoRecovery ? recovered : 0) +
    // One for each node, and three for the whole.
    (environment.alarms.enabled ? nodes.length + 3 : 0)
  );
}

/** Who is told what: none of it may act on what it watches, but for the recovery of a broken node. */
export const ALARM_JUDGES = {
  aws_cloudwatch_metric_alarm: {
    noun: "an alarm",
    by: "foundation",
    most: alarms,
    key: ["alarm_name"],
    create: "always, as its laws have it",
    replace: "always: it watches again at once",
    remove: "where the config asks for none, or its node goes; told",
    attributes: {
      ...tags,
      alarm_name: needs(
        law(
          "be routed-<environment>-<its kind, and its node>",
          (_, context) => wantedOf(context) !== null,
        ),
      ),
      alarm_description: may(anything("it is for people"), harmless("it is for people")),
      ...Object.fromEntries(SAID.map((name) => [name, where(watched(name), WATCHES)])),
      ...all(["dimensions.InstanceId"], { inPlace: WATCHES }),
    },
  },
  aws_sns_topic: {
    noun: "the alarms' topic",
    by: "foundation",
    most: ({
      environment: {
        alarms: { enabled, topicArn },
      },
    }) => (enabled && topicArn === undefined ? 1 : 0),
    key: ["name"],
    create: "where alarms are on and alarms.topicArn names no other",
    replace: "never: who is subscribed would be told nothing",
    remove: "where alarms are off or alarms.topicArn names another",
    attributes: {
      ...tags,
      name: needs(
        fromConfig("be routed-<environment>-alarms", (context) => prefixed(context, "-alarms")[0]),
      ),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

/** What an alarm says, by its name; null where the config has none of that name. */
function wantedOf(context: LawContext): Values | null {
  const { environment, declaration } = context;
  const name = String(declaration.values["alarm_name"]);
  const [prefix = ""] = prefixed(context, "-");
  if (!name.startsWith(prefix)) return null;
  const [, kind = name.slice(prefix.length), slot] =
    /^(node-recovery|node-status)-(\d+)$/.exec(name.slice(prefix.length)) ?? [];
  if (kind === "node-recovery") {
    const instance = instanceOf(slot, context);
    if (!environment.fleet.autoRecovery || instance === null) return null;
    return { ...statusOf(instance, "StatusCheckFailed_System", 2), ...recoversIn(environment.aws) };
  }
  if (!environment.alarms.enabled) return null;
  const tells = { alarm_actions: [topicOf(context)], ok_actions: [topicOf(context)] };
  const balancer = referenceTo("aws_lb", "arn_suffix", context);
  switch (kind) {
    case "node-status": {
      const instance = instanceOf(slot, context);
      return instance === null ? null : { ...statusOf(instance, "StatusCheckFailed", 5), ...tells };
    }
    case "api-5xx":
      return {
        ...tells,
        comparison_operator: "GreaterThanOrEqualToThreshold",
        datapoints_to_alarm: 3,
        evaluation_periods: 5,
        metric_query: failures(balancer),
        threshold: environment.alarms.api5xxPercent,
        treat_missing_data: "notBreaching",
      };
    case "api-unhealthy":
      return {
        ...tells,
        ...BY_THE_MINUTE,
        dimensions: {
          LoadBalancer: balancer,
          TargetGroup: referenceTo("aws_lb_target_group", "arn_suffix", context),
        },
        evaluation_periods: 5,
        metric_name: "UnHealthyHostCount",
        namespace: "AWS/ApplicationELB",
        treat_missing_data: "notBreaching",
      };
    case "pop-without-tasks":
      return {
        ...tells,
        comparison_operator: "LessThanThreshold",
        evaluation_periods: 3,
        insufficient_data_actions: [topicOf(context)],
        metric_query: tasksOfPops(referenceTo("aws_ecs_cluster", "name", context)),
        threshold: 1,
        treat_missing_data: "missing",
      };
    default:
      return null;
  }
}

const BY_THE_MINUTE = {
  comparison_operator: "GreaterThanThreshold",
  period: 60,
  statistic: "Maximum",
  threshold: 0,
};

function statusOf(instance: string, metric: string, minutes: number): Values {
  return {
    ...BY_THE_MINUTE,
    dimensions: { InstanceId: instance },
    evaluation_periods: minutes,
    metric_name: metric,
    namespace: "AWS/EC2",
    treat_missing_data: "missing",
  };
}

/** EC2 moves the instance to other hardware; another action would stop it, or end it. */
function recoversIn({ region }: LawContext["environment"]["aws"]): Values {
  return { alarm_actions: [`arn:${partitionOf(region)}:automate:${region}:ec2:recover`] };
}

/** The share of failed requests, where there are enough to speak of one. */
function failures(balancer: string): Values[] {
  const all = "(FILL(requests, 0) + FILL(own, 0))";
  const share = `100 * (FILL(hosts, 0) + FILL(own, 0)) / ${all}`;
  const sum = (id: string, name: string): Values => ({
    id,
    metric: {
      dimensions: { LoadBalancer: balancer },
      metric_name: name,
      namespace: "AWS/ApplicationELB",
      period: 60,
      stat: "Sum",
    },
  });
  return [
    {
      expression: `IF(${all} >= 20, ${share}, 0)`,
      id: "share",
      label: "5xx answers in percent",
      return_data: true,
    },
    sum("requests", "RequestCount"),
    sum("hosts", "HTTPCode_Target_5XX_Count"),
    sum("own", "HTTPCode_ELB_5XX_Count"),
  ];
}

function tasksOfPops(cluster: string): Values[] {
  const expression =
    'SELECT MIN(RunningTaskCount) FROM SCHEMA("ECS/ContainerInsights", ClusterName, ServiceName) ' +
    `WHERE ClusterName = '${cluster}' GROUP BY ServiceName ORDER BY MIN() ASC`;
  return [{ expression, id: "query", period: 60, return_data: true }];
}

/** `${aws_lb.x.arn_suffix}` of the one that the stack declares. */
function referenceTo(type: string, attribute: string, context: LawContext): string {
  const [one] = declared(context, type);
  return `\${${one?.address ?? type}.${attribute}}`;
}

function topicOf(context: LawContext): string {
  const { topicArn } = context.environment.alarms;
  return topicArn ?? referenceTo("aws_sns_topic", "arn", context);
}

function instanceOf(slot: string | undefined, context: LawContext): string | null {
  const found = declared(context, "aws_instance").find(({ values: { tags: own } }) =>
    isObject(own) ? own[NODE_TAG] === slot : false,
  );
  return found === undefined ? null : `\${${found.address}.id}`;
}
