import { snapshotBucketName } from "../../config/naming";
import { isObject } from "../../terraform/values";
import { NEVER, ONCE, prefixed, tags } from "./common";
import { asTold, may, needs } from "./judge";
import type { Judge } from "./judge";
import { anything, block, fromConfig, is, law, refersTo, statementsOf, textsOf } from "./law";
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
      force_destroy: may(
        fromConfig(
          "be the opposite of fleet.protectAddresses, where it isn't left out",
          ({ environment }) => !environment.fleet.protectAddresses,
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
      rule: needs(anything("of a new bucket nothing is lost; one that is there keeps its rules")),
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
        law("encrypt by AES256 or KMS", (value) =>
          /"sse_algorithm":"(AES256|aws:kms)"/.test(JSON.stringify(value)),
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

function isOwnPolicy(value: unknown): boolean {
  const statements = statementsOf(value);
  return (
    statements.length > 0 &&
    statements.every(({ Effect, Principal, Action, Condition }) => {
      const text = JSON.stringify(Condition ?? {});
      if (Effect === "Deny") return text === '{"Bool":{"aws:SecureTransport":"false"}}';
      const service = isObject(Principal) ? textsOf(Principal["Service"]).join() : "";
      return (
        Effect === "Allow" &&
        service === "logdelivery.elasticloadbalancing.amazonaws.com" &&
        textsOf(Action).join() === "s3:PutObject" &&
        text.includes("aws:SourceArn")
      );
    })
  );
}
