import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const TOPIC: FieldPath = ["alarms", "topicArn"];

export const alarmRules: readonly Rule[] = [
  { reads: [["aws", "region"], TOPIC], check: topicIsOfRegion },
];

/** CloudWatch tells topics of the alarm's own region only; their account may be another one. */
function topicIsOfRegion({ environment, report }: Subject): void {
  const { topicArn } = environment.alarms;
  const { region } = environment.aws;
  if (topicArn === undefined || topicArn.split(":")[3] === region) return;
  report(TOPIC, `must be of aws.region ${region}, got "${topicArn}"; name a topic there`);
}
