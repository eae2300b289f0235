import { snapshotBucketName } from "../../config/naming";
import { isObject, listOf } from "../../terraform/values";
import { NEVER, ONCE, prefixed, tags } from "./common";
import { asTold, needs, where } from "./judge";
import type { Judge } from "./judge";
import { block, is, law, referent, refersTo, statementsOf, textsOf } from "./law";
import type { LawContext } from "./law";

const two = (): number => 2;
const bucket = needs(refersTo("aws_s3_bucket"));
const part = { by: "foundation", most: two, create: ONCE, replace: NEVER, remove: NEVER } as const;

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
          "keep snapshots, and what replaced them or was logged for 30 days or more",
          keepsSnapshots,
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

/** The shortest that a snapshot, or a version of one that was replaced, is kept. */
const LEAST_DAYS = 30;

/** Old versions go; of snapshots nothing that is current does. */
function keepsSnapshots(value: unknown, context: LawContext): boolean {
  const bucket = referent(context.declaration.values["bucket"], "aws_s3_bucket", "id", context);
  const isSnapshots = bucket?.values["bucket"] === snapshotBucket(context);
  const known = ["abort_incomplete_multipart_upload", "filter", "id", "status"];
  return listOf(value).every((rule) => {
    if (!isObject(rule)) return false;
    const { expiration, noncurrent_version_expiration: old, ...rest } = rule;
    if (!Object.keys(rest).every((key) => known.includes(key))) return false;
    if (!isSnapshots) return expiration === undefined || daysOf(expiration, "days") >= LEAST_DAYS;
    return (
      expiration === undefined &&
      (old === undefined || daysOf(old, "noncurrent_days") >= LEAST_DAYS)
    );
  });
}

function daysOf(block: unknown, name: string): number {
  const [item] = listOf(block);
  return isObject(item) ? Number(item[name]) : 0;
}
