import { plannedNodes } from "../../plan/upgrade-plan";
import { referent, anything, law, fromConfig } from "./law";
import type { Law, LawContext } from "./law";
import { listOf } from "../../terraform/values";
import { once, prefixed, tags } from "./common";
import { all, asTold, may, needs } from "./judge";
import type { InPlace, Judge } from "./judge";

/** What an alarm that recovers a node says: whatever else it said would move nodes that are well. */
const RECOVERY: Readonly<Record<string, string>> = {
  namespace: "AWS/EC2",
  metric_name: "StatusCheckFailed_System",
  statistic: "Maximum",
  comparison_operator: "GreaterThanThreshold",
  threshold: "0",
  period: "60",
  evaluation_periods: "2",
  treat_missing_data: "missing",
};

const WATCHES: InPlace = asTold("an alarm changes nothing of what it watches", "an alarm changes");

/** A part of an alarm: free where it only tells people, fixed where it recovers a node. */
function watched(name: string): Law {
  const fixed = RECOVERY[name];
  if (fixed === undefined) return anything("an alarm changes nothing of what it watches");
  return law(
    `be ${fixed} where it recovers a node, and anything where it only tells`,
    (value, context) => (recovers(context) ? String(value) === fixed : true),
  );
}

const alarms = ({ environment, upgradePlan }: Pick<LawContext, "environment" | "upgradePlan">) =>
  // Per node recovery and status, and three for the whole.
  2 * plannedNodes(upgradePlan).length + 3 + environment.autopilotSites.length;

/** Who is told what: none of it may act on what it watches, but for the recovery of a broken node. */
export const ALARM_JUDGES = {
  aws_cloudwatch_metric_alarm: {
    noun: "an alarm",
    by: "foundation",
    most: alarms,
    create: "always, as its laws have it",
    replace: "always: it watches again at once",
    remove: "always: what it watched goes on; told",
    attributes: {
      ...tags,
      alarm_name: needs(
        law("begin with routed-<environment>-", (value, context) =>
          String(value).startsWith(prefixed(context, "-")[0] ?? ""),
        ),
      ),
      alarm_actions: may(
        law("tell the topic, or recover the node on other hardware", areActions),
        WATCHES,
      ),
      ok_actions: may(law("tell the topic", areActions), WATCHES),
      insufficient_data_actions: may(law("tell the topic", areActions), WATCHES),
      ...Object.fromEntries(
        [
          "alarm_description",
          "comparison_operator",
          "datapoints_to_alarm",
          "dimensions",
          "evaluation_periods",
          "metric_name",
          "metric_query",
          "namespace",
          "period",
          "statistic",
          "threshold",
          "treat_missing_data",
        ].map((name) => [name, may(watched(name), WATCHES)]),
      ),
      ...all(["dimensions.InstanceId"], { inPlace: WATCHES }),
    },
  },
  aws_sns_topic: {
    noun: "the alarms' topic",
    by: "foundation",
    most: once,
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

const RECOVER = /^arn:aws[\w-]*:automate:([\w-]+):ec2:recover$/;

function recovers({ declaration }: LawContext): boolean {
  return listOf(declaration.values["alarm_actions"]).some((action) => RECOVER.test(String(action)));
}

function areActions(value: unknown, context: LawContext): boolean {
  const { aws, alarms: config } = context.environment;
  return listOf(value).every(
    (action) =>
      referent(action, "aws_sns_topic", "arn", context) !== undefined ||
      (config.topicArn !== undefined && action === config.topicArn) ||
      RECOVER.exec(String(action))?.[1] === aws.region,
  );
}
