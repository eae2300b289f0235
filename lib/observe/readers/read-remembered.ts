import { ADDRESS_RECORD, clusterName, snapshotBucketName } from "../../config/naming";
import { RoutedError, messageOf } from "../../errors";
import { awsFailure } from "../../aws/failure";
import { OBSERVE_CALLS } from "../../aws/calls";
import type { AwsSession } from "../../aws/session";
import { emptyObservation } from "../empty-observation";
import type { RememberedAddress } from "../observation";
import { validateObservation } from "../validate-observation";

/** S3's words for there being no record. */
const MISSING = ["NoSuchKey", "NoSuchBucket"];

/** What the record says, or why it can't be told; nobody wrote one where `addresses` is empty. */
export type ReadRemembered =
  { readonly addresses: readonly RememberedAddress[] } | { readonly unreadable: RoutedError };

/**
 * The environment's own record of its slots' addresses. That it can't be read is given back rather
 * than thrown: an environment of which nothing exists has no bucket, and credentials that don't
 * reach one.
 */
export async function readRemembered(session: AwsSession): Promise<ReadRemembered> {
  const { aws, name } = session.environment;
  const bucket = snapshotBucketName(clusterName(name), aws.accountId);
  let body: string;
  try {
    const answer = await session.send("getObject", { Bucket: bucket, Key: ADDRESS_RECORD });
    body = answer.Body ?? "";
  } catch (error) {
    if (MISSING.includes((error as { readonly name?: string }).name ?? "")) {
      return { addresses: [] };
    }
    return { unreadable: awsFailure(session.environment, OBSERVE_CALLS.getObject, error) };
  }
  let record: unknown;
  try {
    record = JSON.parse(body);
  } catch (error) {
    const cut = Object.assign(new SyntaxError(messageOf(error)), {
      $metadata: { httpStatusCode: 200 },
    });
    return { unreadable: awsFailure(session.environment, OBSERVE_CALLS.getObject, cut) };
  }
  const read = addressesIn(session, record);
  if ("addresses" in read) return read;
  return {
    unreadable: new RoutedError(
      "unreadable-aws",
      `${name}: s3:GetObject gave no record of addresses in s3://${bucket}/${ADDRESS_RECORD}: ` +
        `${read.problem}; restore an earlier version of the object`,
    ),
  };
}

function addressesIn(
  { environment }: AwsSession,
  record: unknown,
): { readonly addresses: readonly RememberedAddress[] } | { readonly problem: string } {
  const { formatVersion, environment: of, remembered } = (record ?? {}) as Record<string, unknown>;
  if (formatVersion !== 1) {
    return { problem: `formatVersion must be 1, got ${JSON.stringify(formatVersion)}` };
  }
  if (of !== environment.name) {
    return { problem: `environment must be ${environment.name}, got ${JSON.stringify(of)}` };
  }
  const checked = validateObservation({
    ...emptyObservation(environment, {}),
    remembered: remembered ?? null,
  });
  if (!checked.valid) return { problem: checked.violations.join("; ") };
  return { addresses: checked.observation.remembered ?? [] };
}
