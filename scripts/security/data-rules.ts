import type { ScannerRule } from "./rule";
import { all, block, isReferredTo, statementsOf, unless } from "./stack-of";
import type { Resource, Stack } from "./stack-of";

const BLOCKS = "aws_s3_bucket_public_access_block";

/** Each bucket has a resource of a type, of which something holds. */
function eachBucketHas(
  type: string,
  holds: (resource: Resource) => boolean = () => true,
): (stack: Stack) => string[] {
  return (stack) => [
    ...unless(stack, ["aws_s3_bucket"], (_, address) => isReferredTo(stack, [type], address)),
    ...unless(stack, [type], holds),
  ];
}

function algorithmOf(encryption: Resource): unknown {
  return block(block(encryption, "rule"), "apply_server_side_encryption_by_default")[
    "sse_algorithm"
  ];
}

const KEYS =
  "What AWS holds is encrypted with its own keys. A key of one's own would have to be there before the first " +
  "deploy, let the service in by its own policy, and outlive all that it encrypts; the load balancer writes no " +
  "access logs to a bucket that has one.";

/** Buckets, logs, alarms and topics. */
export const DATA_RULES: readonly ScannerRule[] = [
  {
    ids: ["CKV_AWS_19", "AWS-0088"],
    asks: "buckets are encrypted",
    breaks: eachBucketHas("aws_s3_bucket_server_side_encryption_configuration", (each) =>
      Boolean(algorithmOf(each)),
    ),
  },
  {
    ids: ["CKV_AWS_145", "AWS-0132"],
    asks: "buckets are encrypted with a key of one's own",
    breaks: eachBucketHas(
      "aws_s3_bucket_server_side_encryption_configuration",
      (each) => algorithmOf(each) === "aws:kms",
    ),
    because: KEYS,
  },
  {
    ids: ["CKV_AWS_158", "AWS-0017"],
    asks: "logs are encrypted with a key of one's own",
    breaks: (stack) =>
      unless(stack, ["aws_cloudwatch_log_group"], (each) => each["kms_key_id"] !== undefined),
    because: KEYS,
  },
  {
    ids: ["CKV_AWS_26", "AWS-0095", "AWS-0136"],
    asks: "topics are encrypted with a key of one's own",
    breaks: (stack) =>
      unless(stack, ["aws_sns_topic"], (each) => each["kms_master_key_id"] !== undefined),
    because:
      "An alarm's text is no secret, and CloudWatch can't publish to a topic with AWS's own key. `alarms.topicArn` names one of yours.",
  },
  {
    ids: ["CKV_AWS_66"],
    asks: "logs are kept for a number of days",
    breaks: (stack) =>
      unless(stack, ["aws_cloudwatch_log_group"], (each) => Number(each["retention_in_days"]) > 0),
  },
  {
    ids: ["CKV_AWS_338"],
    asks: "logs are kept for a year or longer",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_cloudwatch_log_group"],
        (each) => Number(each["retention_in_days"]) >= 365,
      ),
    because:
      "They are kept for 30 days, as those of BGP daemons are large and soon stale; `routed.logRetentionDays` says how long.",
  },
  {
    ids: ["CKV_AWS_319"],
    asks: "alarms act",
    breaks: (stack) =>
      unless(stack, ["aws_cloudwatch_metric_alarm"], (each) => each["actions_enabled"] !== false),
  },
  {
    ids: ["CKV_AWS_18", "AWS-0089"],
    asks: "access to buckets is logged",
    breaks: eachBucketHas("aws_s3_bucket_logging"),
    because:
      "Tasks' snapshots are rebuilt from what peers say, and the access logs of an access log would be without end. CloudTrail's data events log both where an account wants that.",
  },
  {
    ids: ["CKV_AWS_20", "CKV_AWS_57", "CKV2_AWS_65", "AWS-0092"],
    asks: "no access control list opens a bucket: there are none",
    breaks: eachBucketHas(
      "aws_s3_bucket_ownership_controls",
      (each) => block(each, "rule")["object_ownership"] === "BucketOwnerEnforced",
    ),
  },
  {
    ids: ["CKV_AWS_21", "AWS-0090"],
    asks: "buckets keep versions",
    breaks: eachBucketHas(
      "aws_s3_bucket_versioning",
      (each) => block(each, "versioning_configuration")["status"] === "Enabled",
    ),
  },
  ...(
    [
      ["block_public_acls", "CKV_AWS_53", "AWS-0086"],
      ["block_public_policy", "CKV_AWS_54", "AWS-0087"],
      ["ignore_public_acls", "CKV_AWS_55", "AWS-0091"],
      ["restrict_public_buckets", "CKV_AWS_56", "AWS-0093"],
    ] as const
  ).map(([argument, ...ids]): ScannerRule => ({
    ids,
    asks: `buckets have \`${argument}\``,
    breaks: (stack) => unless(stack, [BLOCKS], (each) => each[argument] === true),
  })),
  {
    ids: ["CKV2_AWS_6", "AWS-0094"],
    asks: "each bucket has its public access blocked",
    breaks: eachBucketHas(BLOCKS),
  },
  {
    ids: ["CKV_AWS_70", "AWS-0346"],
    asks: "no bucket's policy allows something to everybody",
    breaks: (stack) =>
      unless(stack, ["aws_s3_bucket_policy"], (each) =>
        statementsOf(each).every(({ Effect, Principal }) => Effect === "Deny" || Principal !== "*"),
      ),
  },
  {
    ids: ["CKV_AWS_93"],
    asks: "no bucket's policy locks everybody out",
    breaks: (stack) =>
      unless(stack, ["aws_s3_bucket_policy"], (each) =>
        statementsOf(each).every(
          ({ Effect, Condition }) => Effect === "Allow" || Condition !== undefined,
        ),
      ),
  },
  {
    ids: ["CKV2_AWS_61"],
    asks: "each bucket has a lifecycle",
    breaks: eachBucketHas("aws_s3_bucket_lifecycle_configuration"),
  },
  {
    ids: ["CKV_AWS_300"],
    asks: "uploads that were broken off are removed",
    breaks: (stack) =>
      unless(stack, ["aws_s3_bucket_lifecycle_configuration"], (each) =>
        JSON.stringify(each).includes("abort_incomplete_multipart_upload"),
      ),
  },
  {
    ids: ["CKV_AWS_143", "AWS-0170"],
    asks: "buckets are locked: objects can't be deleted, or by MFA only",
    breaks: eachBucketHas("aws_s3_bucket_object_lock_configuration"),
    because:
      "Snapshots are overwritten every few minutes. What matters, the record of addresses, has versions, and no deploy may destroy it.",
  },
  {
    ids: ["CKV_AWS_144"],
    asks: "buckets are replicated to another region",
    breaks: eachBucketHas("aws_s3_bucket_replication_configuration"),
    because: "A fleet is of one region, and what is in its buckets is of no use without it.",
  },
  {
    ids: ["CKV2_AWS_62"],
    asks: "buckets tell events",
    breaks: eachBucketHas("aws_s3_bucket_notification"),
    because: "Nothing listens to them.",
  },
  {
    ids: ["AWS-0320"],
    asks: "buckets' names have no dots",
    breaks: (stack) =>
      all(stack, "aws_s3_bucket").flatMap(([address, { bucket }]) =>
        String(bucket).includes(".") ? [address] : [],
      ),
  },
];
