import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument } from "./policy-document";
import type { PolicyStatement } from "./policy-document";
import { Violations } from "./violations";

export interface PrivateBucketProps {
  /** The bucket's name, 3 to 63 characters. Changing it replaces the bucket, which protection refuses. */
  readonly bucketName: string;
  /**
   * What the bucket's policy allows besides refusing everything that isn't TLS; `bucketArn` is
   * known only inside.
   * @default - nothing
   */
  readonly statements?: (bucketArn: string) => readonly PolicyStatement[];
  /**
   * Days after which objects expire; 0 keeps them for ever.
   * @default 0
   */
  readonly expireAfterDays?: number;
  /**
   * Days after which an overwritten or deleted object's old version goes, 1 or more.
   * @default 30
   */
  readonly expireOldVersionsAfterDays?: number;
  /**
   * Whether S3 refuses to delete the bucket while something is in it. Where false, destroying it
   * deletes its objects as well. It counts as it was deployed last.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Whether Terraform refuses to destroy the bucket. It counts for this synthesis alone.
   * @default true
   */
  readonly pinned?: boolean;
}

/**
 * An S3 bucket as all should be: encrypted, versioned, closed to the public, owned by the account
 * with ACLs disabled, and reachable over TLS only.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  /** Depend on it where a permission of `statements` is needed. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    validate(scope, id, props);
    super(scope, id);
    this.bucket = new S3Bucket(this, "Resource", {
      bucket: props.bucketName,
      forceDestroy: !(props.protect ?? true),
      lifecycle: { preventDestroy: props.pinned ?? true },
    });
    const bucket = this.bucket.id;
    new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    // S3 takes rules of old versions before a bucket has any. The provider reads both until answers
    // agree, half a second and more each: one after the other, they were the tail of every plan.
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: lifecycleRules(props),
    });
    this.policy = new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyDocument(
        tlsOnly(this.bucket.arn),
        ...(props.statements?.(this.bucket.arn) ?? []),
      ),
      // S3 refuses two changes of a bucket's access settings at a time.
      dependsOn: [publicAccessBlock],
    });
  }
}

function validate(scope: Construct, id: string, props: PrivateBucketProps): void {
  new Violations()
    .require(
      /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(props.bucketName),
      "bucketName",
      "be 3 to 63 lower-case letters, digits and hyphens",
      props.bucketName,
    )
    .requireInteger("expireAfterDays", props.expireAfterDays ?? 0, 0, 36500)
    .requireInteger("expireOldVersionsAfterDays", props.expireOldVersionsAfterDays ?? 30, 1, 36500)
    .throwIfAny(scope, id);
}

function lifecycleRules(props: PrivateBucketProps) {
  const days = props.expireAfterDays ?? 0;
  const oldVersions = {
    id: "old-versions",
    status: "Enabled",
    filter: [{ prefix: "" }],
    noncurrentVersionExpiration: [{ noncurrentDays: props.expireOldVersionsAfterDays ?? 30 }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  };
  if (days === 0) return [oldVersions];
  const expire = {
    id: "expire",
    status: "Enabled",
    filter: [{ prefix: "" }],
    expiration: [{ days }],
  };
  return [oldVersions, expire];
}

function tlsOnly(bucketArn: string): PolicyStatement {
  return {
    sid: "TlsOnly",
    effect: "Deny",
    principal: "*",
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
    condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
