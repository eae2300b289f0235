import { partitionOf, placeOfArn } from "../arn";
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
  if (topicArn === undefined) return;
  const place = placeOfArn(topicArn);
  const partition = partitionOf(region);
  if (place.region !== region) {
    report(TOPIC, `must be of aws.region ${region}, got "${topicArn}"; name a topic there`);
  } else if (place.partition !== partition) {
    const allowed = `must begin with arn:${partition}:, the partition of aws.region ${region}`;
    report(TOPIC, `${allowed}, got "${topicArn}"; correct it`);
  }
}
