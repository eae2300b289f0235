import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
import type { RolloutTable } from "./rollout-calls";

/** The SDK tries a request again, not an answer that breaks after its beginning. */
const ATTEMPTS = 2;

/** Reads an object to its end. */
export async function readObject(
  s3: S3Client,
  input: RolloutTable["getObject"]["input"],
  options: { readonly abortSignal: AbortSignal },
): Promise<RolloutTable["getObject"]["output"]> {
  for (let attempt = 1; ; attempt += 1) {
    const { Body: body, ETag } = await s3.send(new GetObjectCommand(input), options);
    try {
      return { Body: await body?.transformToString("utf-8"), ETag };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}
