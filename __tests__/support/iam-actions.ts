/**
 * IAM's action for a call as the local AWS names it: by the service's signing name. They are the
 * same but for CloudWatch, and for S3, where the local AWS tells a call from its method and
 * sub-resource.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function iamActionOf(service: string, call: string): string {
  if (service === "monitoring") return `cloudwatch:${call}`;
  if (service !== "s3") return `${service}:${call}`;
  const action = S3_ACTIONS[call];
  if (action === undefined) throw new Error(`no IAM action is known for the S3 call ${call}`);
  return `s3:${action}`;
}

const S3_ACTIONS: Readonly<Record<string, string>> = {
  CreateBucket: "CreateBucket",
  DeleteBucket: "DeleteBucket",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketLifecycle: "PutLifecycleConfiguration",
  DeleteBucketOwnershipControls: "PutBucketOwnershipControls",
  DeleteBucketPolicy: "DeleteBucketPolicy",
  DeleteBucketPublicAccessBlock: "PutBucketPublicAccessBlock",
  DeleteObject: "DeleteObject",
  GetObject: "GetObject",
  GetObjectTagging: "GetObjectTagging",
  HeadObject: "GetObject",
  PutObject: "PutObject",
  PutObjectTagging: "PutObjectTagging",
  GetBucketAccelerate: "GetAccelerateConfiguration",
  GetBucketAcl: "GetBucketAcl",
  GetBucketCors: "GetBucketCORS",
  GetBucketEncryption: "GetEncryptionConfiguration",
  GetBucketLifecycle: "GetLifecycleConfiguration",
  GetBucketLogging: "GetBucketLogging",
  "GetBucketObject-lock": "GetBucketObjectLockConfiguration",
  GetBucketOwnershipControls: "GetBucketOwnershipControls",
  GetBucketPolicy: "GetBucketPolicy",
  GetBucketPublicAccessBlock: "GetBucketPublicAccessBlock",
  GetBucketReplication: "GetReplicationConfiguration",
  GetBucketRequestPayment: "GetBucketRequestPayment",
  GetBucketTagging: "GetBucketTagging",
  GetBucketVersioning: "GetBucketVersioning",
  GetBucketVersions: "ListBucketVersions",
  GetBucketWebsite: "GetBucketWebsite",
  HeadBucket: "ListBucket",
  ListObjects: "ListBucket",
  PostBucketDelete: "DeleteObject",
  PutBucketEncryption: "PutEncryptionConfiguration",
  PutBucketLifecycle: "PutLifecycleConfiguration",
  PutBucketOwnershipControls: "PutBucketOwnershipControls",
  PutBucketPolicy: "PutBucketPolicy",
  PutBucketPublicAccessBlock: "PutBucketPublicAccessBlock",
  PutBucketTagging: "PutBucketTagging",
  PutBucketVersioning: "PutBucketVersioning",
};
