import type { PutObjectRequest } from "@aws-sdk/client-s3";
import { clusterName, snapshotBucketName } from "../config/naming";
import { RoutedError } from "../errors";
import { awsActionFailure } from "../observe/aws-failure";
import { ROLLOUT_CALLS } from "./aws-rollout-calls";
import type { RolloutCallName, RolloutInput, RolloutOutput } from "./aws-rollout-calls";
import type { AwsRolloutSession } from "./aws-rollout-session";
import { MissingStore } from "./object-store";
import type { ObjectStore, StoredObject } from "./object-store";

/** S3's words for a condition that doesn't hold, and for two conditional writes at once. */
const CONDITION_FAILED = ["PreconditionFailed", "ConditionalRequestConflict"];

/**
 * The environment's own S3 bucket. S3 carries out conditional writes one after the other, and its
 * reads see every write that has ended.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3ObjectStore implements ObjectStore {
  readonly location: string;
  private readonly bucket: string;

  constructor(private readonly session: AwsRolloutSession) {
    const { aws, name } = session.environment;
    this.bucket = snapshotBucketName(clusterName(name), aws.accountId);
    this.location = `s3://${this.bucket}`;
  }

  async get(key: string): Promise<StoredObject | null> {
    const answer = await this.send("getObject", { Bucket: this.bucket, Key: key }, ["NoSuchKey"]);
    if (answer === null) return null;
    return {
      body: this.required("getObject", answer.Body),
      tag: this.required("getObject", answer.ETag),
    };
  }

  async put(key: string, body: string): Promise<void> {
    await this.write(key, body, {});
  }

  async putIfUnchanged(key: string, body: string, tag: string | null): Promise<string | null> {
    const condition = tag === null ? { IfNoneMatch: "*" } : { IfMatch: tag };
    // Where the object was to be replaced and is gone, somebody deleted it: it changed, too.
    const expected = tag === null ? CONDITION_FAILED : [...CONDITION_FAILED, "NoSuchKey"];
    const answer = await this.write(key, body, condition, expected);
    return answer === null ? null : this.required("putObject", answer.ETag);
  }

  async list(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    const tokens = new Set<string>();
    for (let token: string | undefined; ; tokens.add(token)) {
      const page = await this.send("listObjects", {
        Bucket: this.bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      keys.push(...(page?.Contents ?? []).flatMap(({ Key: key }) => (key ? [key] : [])));
      token = page?.IsTruncated === true ? page.NextContinuationToken : undefined;
      if (token === undefined) return keys.sort();
      if (tokens.has(token)) throw this.incomplete("listObjects", "its pages have no end");
    }
  }

  private write(
    key: string,
    body: string,
    condition: Pick<PutObjectRequest, "IfMatch" | "IfNoneMatch">,
    expected: readonly string[] = [],
  ): Promise<RolloutOutput<"putObject"> | null> {
    const input = {
      Bucket: this.bucket,
      Key: key,
      Body: body,
      ContentType: "application/json",
      ...condition,
    };
    return this.send("putObject", input, expected);
  }

  /** @returns null where S3 answers with one of the `expected` codes */
  private async send<Name extends RolloutCallName>(
    name: Name,
    input: RolloutInput<Name>,
    expected: readonly string[] = [],
  ): Promise<RolloutOutput<Name> | null> {
    try {
      return await this.session.send(name, input);
    } catch (error) {
      const code = (error as { readonly name?: string }).name ?? "";
      if (expected.includes(code)) return null;
      if (code === "NoSuchBucket") throw new MissingStore(this.location, { cause: error });
      throw awsActionFailure(this.session.environment, ROLLOUT_CALLS[name], error);
    }
  }

  private required(name: RolloutCallName, value: string | undefined): string {
    if (value === undefined || value === "") throw this.incomplete(name, "a part of it is missing");
    return value;
  }

  private incomplete(name: RolloutCallName, why: string): RoutedError {
    return new RoutedError(
      "unreadable-aws",
      `${this.session.environment.name}: the answer to ${ROLLOUT_CALLS[name]} can't be used: ${why}; run again`,
    );
  }
}
