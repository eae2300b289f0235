import { ALARM_KINDS, alarmName, alarmTopicName } from "../../lib/config/alarm-names";
import { ADDRESS_RECORD, clusterName, snapshotBucketName } from "../../lib/config/naming";
import { ACCOUNT, ENVIRONMENT, REGION } from "./placeholders";
import type { Scope } from "./policy";

const NAME = clusterName(ENVIRONMENT);
const at = (service: string): string => `arn:*:${service}:${REGION}:${ACCOUNT}:`;
const ELB = at("elasticloadbalancing");
const ECS = at("ecs");
const BUCKETS = [`${NAME}-${ACCOUNT}-access-logs`, snapshotBucketName(NAME, ACCOUNT)].map(
  (bucket) => `arn:*:s3:::${bucket}`,
);

/** All but EC2 and IAM: what has a name of this environment's, and nothing else. */
export const SERVICE_SCOPES: readonly Scope[] = [
  {
    // AWS limits few of these to resources; the provider asks for alarms by name, which needs all of
    // them too where one is composite.
    Sid: "ReadServices",
    fits: /^(elasticloadbalancing|cloudwatch):Describe|^ecs:DescribeTaskDefinition$|^logs:Describe/,
    Resource: "*",
  },
  {
    Sid: "LoadBalancer",
    fits: /^elasticloadbalancing:/,
    Resource: [
      `${ELB}listener/app/${NAME}/*`,
      `${ELB}loadbalancer/app/${NAME}/*`,
      `${ELB}targetgroup/${NAME}-api/*`,
    ],
  },
  {
    // No environment's name has two hyphens in a row.
    Sid: "Cluster",
    fits: /^ecs:/,
    Resource: [
      `${ECS}cluster/${NAME}`,
      `${ECS}service/${NAME}/*`,
      `${ECS}task-definition/${NAME}--*`,
    ],
  },
  {
    Sid: "Alarms",
    fits: /^cloudwatch:/,
    Resource: ALARM_KINDS.map((kind) => `${at("cloudwatch")}alarm:${alarmName(NAME, kind)}*`),
  },
  { Sid: "AlarmTopic", fits: /^sns:/, Resource: `${at("sns")}${alarmTopicName(NAME)}` },
  {
    Sid: "Logs",
    fits: /^logs:/,
    Resource: [`${at("logs")}log-group:/ecs/${NAME}`, `${at("logs")}log-group:/ecs/${NAME}:*`],
  },
  {
    Sid: "BucketContents",
    fits: /^s3:DeleteObject/,
    Resource: BUCKETS.map((bucket) => `${bucket}/*`),
  },
  {
    Sid: "AddressRecord",
    fits: /^s3:(Get|Put)Object/,
    Resource: `arn:*:s3:::${snapshotBucketName(NAME, ACCOUNT)}/${ADDRESS_RECORD}`,
  },
  { Sid: "Buckets", fits: /^s3:/, Resource: BUCKETS },
];
