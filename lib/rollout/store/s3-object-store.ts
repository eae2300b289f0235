import type { PutObjectRequest } from "@aws-sdk/client-s3";
import { clusterName, snapshotBucketName } from "../../config/naming";
import { RoutedError } from "../../errors";
import { awsFailure } from "../../aws/failure";
import { allPages } from "../../aws/call-table";
import { ROLLOUT_CALLS } from "../../aws/rollout-calls";
import type { RolloutSession, RolloutTable } from "../../aws/rollout-calls";
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

  constructor(private readonly session: RolloutSession) {
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
    const pages = await allPages(
      async (input) => (await this.send("listObjects", input)) ?? {},
      { Bucket: this.bucket, Prefix: prefix },
      () => this.incomplete("listObjects", "its pages have no end"),
    );
    return pages
      .flatMap(({ Contents: contents = [] }) => contents)
      .flatMap(({ Key: key }) => (key ? [key] : []))
      .sort();
  }

  private write(
    key: string,
    body: string,
    condition: Pick<PutObjectRequest, "IfMatch" | "IfNoneMatch">,
    expected: readonly string[] = [],
  ): Promise<RolloutTable["putObject"]["output"] | null> {
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
  private async send<Name extends keyof RolloutTable>(
    name: Name,
    input: RolloutTable[Name]["input"],
    expected: readonly string[] = [],
  ): Promise<RolloutTable[Name]["output"] | null> {
    try {
      return await this.session.send(name, input);
    } catch (error) {
      const code = (error as { readonly name?: string }).name ?? "";
      if (expected.includes(code)) return null;
      if (code === "NoSuchBucket") throw new MissingStore(this.location, { cause: error });
      throw awsFailure(this.session.environment, ROLLOUT_CALLS[name], error);
    }
  }

  private required(name: keyof RolloutTable, value: string | undefined): string {
    if (value === undefined || value === "") throw this.incomplete(name, "a part of it is missing");
    return value;
  }

  private incomplete(name: keyof RolloutTable, why: string): RoutedError {
    return new RoutedError(
      "unreadable-aws",
      `${this.session.environment.name}: the answer to ${ROLLOUT_CALLS[name]} can't be used: ${why}; run again`,
    );
  }
}
