import { snapshotBucketName } from "../../config/naming";
import { isSameJson } from "../../terraform/values";
import { NEVER, ONCE, prefixed, tags } from "./common";
import { asTold, needs, where } from "./judge";
import type { Judge } from "./judge";
import { block, is, law, referent, refersTo, statementsOf, textsOf } from "./law";
import type { LawContext } from "./law";

const two = (): number => 2;
const bucket = needs(refersTo("aws_s3_bucket"));
const part = {
  by: "foundation",
  most: two,
  key: ["bucket"],
  create: ONCE,
  replace: NEVER,
  remove: NEVER,
} as const;

/** How long versions of a snapshot that were replaced are kept, and logs, in days. */
const OLD_SNAPSHOTS = 30;
const LOGS = 90;

/** Where tasks keep snapshots and the load balancer its logs: nobody else reads or writes them. */
export const BUCKET_JUDGES = {
  aws_s3_bucket: {
    ...part,
    noun: "a bucket",
    attributes: {
      ...tags,
      bucket: needs(
        law("be the environment's bucket for snapshots or for access logs", (value, context) =>
          bucketNames(context).includes(String(value)),
        ),
      ),
      force_destroy: where(
        law(
          "be the opposite of fleet.protectAddresses",
          (value, { environment }) => (value ?? false) === !environment.fleet.protectAddresses,
        ),
        asTold(
          "fleet.protectAddresses asks for it",
          "whether it may be destroyed with its content changes",
        ),
      ),
    },
  },
  aws_s3_bucket_lifecycle_configuration: {
    ...part,
    noun: "a bucket's lifecycle configuration",
    attributes: {
      bucket,
      rule: needs(
        law(
          `keep snapshots, what they replaced for ${OLD_SNAPSHOTS} days, and logs for ${LOGS}`,
          isOwnLifecycle,
        ),
      ),
    },
  },
  aws_s3_bucket_ownership_controls: {
    ...part,
    noun: "a bucket's ownership controls",
    attributes: { bucket, rule: needs(block({ object_ownership: is("BucketOwnerEnforced") })) },
  },
  aws_s3_bucket_policy: {
    ...part,
    noun: "a bucket's policy",
    attributes: {
      bucket,
      policy: needs(
        law("deny what isn't TLS, and let nobody in but the load balancer's logs", isOwnPolicy),
      ),
    },
  },
  aws_s3_bucket_public_access_block: {
    ...part,
    noun: "a bucket's public access block",
    attributes: {
      bucket,
      block_public_acls: needs(is(true)),
      block_public_policy: needs(is(true)),
      ignore_public_acls: needs(is(true)),
      restrict_public_buckets: needs(is(true)),
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    ...part,
    noun: "a bucket's encryption",
    attributes: {
      bucket,
      rule: needs(
        law(
          "encrypt by AES256: of a key, nobody has looked at who may use it",
          (value) =>
            JSON.stringify(value) ===
            '[{"apply_server_side_encryption_by_default":{"sse_algorithm":"AES256"}}]',
        ),
      ),
    },
  },
  aws_s3_bucket_versioning: {
    ...part,
    noun: "a bucket's versioning",
    attributes: { bucket, versioning_configuration: needs(block({ status: is("Enabled") })) },
  },
} as const satisfies Readonly<Record<string, Judge>>;

/** The name of the bucket that tasks keep snapshots in. */
export function snapshotBucket(context: Pick<LawContext, "environment">): string {
  const [prefix = ""] = prefixed(context, "");
  return snapshotBucketName(prefix, context.environment.aws.accountId);
}

/** The bucket that the load balancer writes its logs to. */
export function isLogBucket(value: unknown, context: LawContext): boolean {
  const bucket = referent(value, "aws_s3_bucket", "bucket", context)?.values["bucket"];
  return bucketNames(context).slice(1).includes(String(bucket));
}

function bucketNames(context: Pick<LawContext, "environment">): string[] {
  const { accountId } = context.environment.aws;
  return [snapshotBucket(context), ...prefixed(context, `-${accountId}-access-logs`)];
}

/** All that isn't TLS is denied, and only the load balancer of this account and region is let in, to its logs. */
function isOwnPolicy(value: unknown, context: LawContext): boolean {
  const { accountId, region } = context.environment.aws;
  const bucket = referent(context.declaration.values["bucket"], "aws_s3_bucket", "id", context);
  const arn = `\${${bucket?.address ?? ""}.arn}`;
  const [prefix = ""] = prefixed(context, "");
  const isLogs = bucket?.values["bucket"] === `${prefix}-${accountId}-access-logs`;
  const statements = statementsOf(value);
  return (
    statements.some(({ Effect }) => Effect === "Deny") &&
    statements.some(({ Effect }) => Effect === "Allow") === isLogs &&
    statements.every(({ Sid: _, Effect, Principal, Action, Resource, Condition, ...rest }) => {
      if (Object.keys(rest).length > 0) return false;
      const [who, what, on] = [Principal, textsOf(Action), textsOf(Resource)].map((part) =>
        JSON.stringify(part),
      );
      const when = JSON.stringify(Condition ?? {});
      if (Effect === "Deny") {
        return (
          when === '{"Bool":{"aws:SecureTransport":"false"}}' &&
          who === '"*"' &&
          what === '["s3:*"]' &&
          on === JSON.stringify([arn, `${arn}/*`])
        );
      }
      const logs =
        /^\{"ArnLike":\{"aws:SourceArn":"arn:aws[\w-]*:elasticloadbalancing:([\w-]+):(\d+):loadbalancer\/\*"\}\}$/;
      const [, ofRegion, ofAccount] = logs.exec(when) ?? [];
      return (
        isLogs &&
        Effect === "Allow" &&
        /^\{"Service":"logdelivery\.elasticloadbalancing\.amazonaws\.com(\.cn)?"\}$/.test(
          who ?? "",
        ) &&
        what === '["s3:PutObject"]' &&
        on === JSON.stringify([`${arn}/AWSLogs/${accountId}/*`]) &&
        ofRegion === region &&
        ofAccount === accountId
      );
    })
  );
}

/** Of snapshots old versions go, and nothing that is current does. */
function isOwnLifecycle(value: unknown, context: LawContext): boolean {
  const bucket = referent(context.declaration.values["bucket"], "aws_s3_bucket", "id", context);
  const isSnapshots = bucket?.values["bucket"] === snapshotBucket(context);
  const rule = (id: string, days: object) => ({
    id,
    status: "Enabled",
    filter: [{ prefix: "" }],
    ...days,
  });
  const old = rule("old-versions", {
    noncurrent_version_expiration: [{ noncurrent_days: isSnapshots ? OLD_SNAPSHOTS : 1 }],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  });
  const wanted = isSnapshots ? [old] : [old, rule("expire", { expiration: [{ days: LOGS }] })];
  return isSameJson(value, wanted);
}
