import { plannedNodes } from "../../plan/upgrade-plan";
import { textsOf, referent, anything, law, fromConfig } from "./law";
import type { Law, LawContext } from "./law";
import { isObject, listOf } from "../../terraform/values";
import { once, prefixed, tags } from "./common";
import { all, asTold, harmless, may, needs, where } from "./judge";
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
  const fixed = RECOVERY[name] ?? "left out";
  return law(
    `be ${fixed} where it recovers a node, and anything where it only tells`,
    (value, context) => (recovers(context) ? textsOf(value ?? "left out").join() === fixed : true),
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
    remove: "where the config asks for none, or its node goes; told",
    attributes: {
      ...tags,
      alarm_name: needs(
        law("begin with routed-<environment>-", (value, context) =>
          String(value).startsWith(prefixed(context, "-")[0] ?? ""),
        ),
      ),
      alarm_actions: needs(
        law(
          "tell the topic, or recover the node on other hardware and nothing else",
          (value, context) =>
            recovers(context) || (listOf(value).length > 0 && tells(value, context)),
        ),
        WATCHES,
      ),
      ...all(
        ["ok_actions", "insufficient_data_actions"],
        where(law("tell the topic, where they do anything", tells), WATCHES),
      ),
      alarm_description: may(anything("it is for people"), harmless("it is for people")),
      dimensions: where(
        law(
          "be a node of the stack where it recovers one, and anything where it only tells",
          (value, context) =>
            !recovers(context) ||
            (isObject(value) &&
              Object.keys(value).join() === "InstanceId" &&
              referent(value["InstanceId"], "aws_instance", "id", context) !== undefined),
        ),
        WATCHES,
      ),
      ...Object.fromEntries(
        [
          "comparison_operator",
          "datapoints_to_alarm",
          "evaluation_periods",
          "metric_name",
          "metric_query",
          "namespace",
          "period",
          "statistic",
          "threshold",
          "treat_missing_data",
        ].map((name) => [name, where(watched(name), WATCHES)]),
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

/** By the one action; an alarm with another beside it does something that nobody has looked at. */
function recovers({ declaration, environment }: LawContext): boolean {
  const [action, ...more] = listOf(declaration.values["alarm_actions"]);
  return more.length === 0 && RECOVER.exec(String(action))?.[1] === environment.aws.region;
}

function tells(value: unknown, context: LawContext): boolean {
  const { topicArn } = context.environment.alarms;
  return listOf(value).every(
    (action) =>
      referent(action, "aws_sns_topic", "arn", context) !== undefined ||
      (topicArn !== undefined && action === topicArn),
  );
}
