import { createHash } from "node:crypto";
import type { RolloutCalls } from "../../../../lib/aws/rollout-calls";

/** What a call meets: an error before it is carried out, or after, so that its answer is lost. */
export interface S3Fault {
  readonly call: "getObject" | "putObject" | "listObjects";
  /** Calls of that kind that pass first. */
  readonly skip?: number;
  /** Whether the call is carried out all the same. */
  readonly after?: boolean;
  /** @default a time-out */
  readonly error?: Error;
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = "", status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

/** S3's conditional writes over a map, as two processes share it. */
export class FakeS3 {
  readonly objects = new Map<string, string>();
  readonly calls: string[] = [];
  hasBucket = true;
  /** Runs before a call is carried out, e.g. to let somebody else be faster. */
  before: (call: string) => void = () => undefined;
  private faults: { fault: S3Fault; skip: number }[] = [];

  order(fault: S3Fault): void {
    this.faults.push({ fault, skip: fault.skip ?? 0 });
  }

  etag(key: string): string | undefined {
    const body = this.objects.get(key);
    return body === undefined ? undefined : `"${createHash("md5").update(body).digest("hex")}"`;
  }

  /** All that the adapters may call; ECS isn't here. */
  readonly connection = (): Promise<RolloutCalls> => {
    const missing = (name: string) => () => Promise.reject(new Error(`${name} is not faked`));
    return Promise.resolve({
      describeAlarms: missing("describeAlarms"),
      listContainerInstances: missing("listContainerInstances"),
      describeContainerInstances: missing("describeContainerInstances"),
      updateContainerInstancesState: missing("updateContainerInstancesState"),
      putAttributes: missing("putAttributes"),
      listTasks: missing("listTasks"),
      describeTasks: missing("describeTasks"),
      getObject: ({ Key: key }) =>
        this.meet("getObject", () => {
          const Body = this.objects.get(key);
          if (Body === undefined) throw awsError("NoSuchKey", "", 404);
          return { Body, ETag: this.etag(key) };
        }),
      putObject: ({ Key: key = "", Body, IfMatch, IfNoneMatch }) =>
        this.meet("putObject", () => {
          const exists = this.objects.has(key);
          if (IfMatch !== undefined && !exists) throw awsError("NoSuchKey", "", 404);
          const fails =
            (IfNoneMatch === "*" && exists) ||
            (IfMatch !== undefined && IfMatch !== this.etag(key));
          if (fails) throw awsError("PreconditionFailed", "", 412);
          this.objects.set(key, Body);
          return { ETag: this.etag(key) };
        }),
      listObjects: ({ Prefix: prefix = "", ContinuationToken: token }) =>
        this.meet("listObjects", () => {
          const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
          const start = Number(token ?? 0);
          const end = start + 2;
          return {
            Contents: keys.slice(start, end).map((Key) => ({ Key })),
            IsTruncated: end < keys.length,
            ...(end < keys.length ? { NextContinuationToken: String(end) } : {}),
          };
        }),
    });
  };

  private async meet<T>(call: keyof RolloutCalls, act: () => T): Promise<T> {
    await Promise.resolve();
    this.calls.push(call);
    this.before(call);
    const index = this.faults.findIndex(({ fault }) => fault.call === call);
    const found = this.faults[index];
    if (found && found.skip > 0) found.skip -= 1;
    else if (found) {
      this.faults.splice(index, 1);
      if (found.fault.after === true && this.hasBucket)
        await Promise.resolve()
          .then(act)
          .catch(() => undefined);
      throw found.fault.error ?? awsError("TimeoutError", "no answer within 60 s");
    }
    if (!this.hasBucket) throw awsError("NoSuchBucket", "", 404);
    return act();
  }
}
