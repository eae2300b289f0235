import { describeAwsError } from "../aws/failure";
import { PREFLIGHT_CALLS } from "../aws/preflight-calls";
import type { PreflightCalls } from "../aws/preflight-calls";

/** What keeps nodes from being launched for sure, and what couldn't be learnt. */
export interface Found {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/** AWS's own key, which can always be used; told by its alias, with or without the account before it. */
const AWS_MANAGED = /(^|:)alias\/aws\/ebs$/;

/**
 * In none of these states does KMS do anything with a key; what they are called otherwise isn't known.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
const UNUSABLE: readonly string[] = [
  "Creating",
  "Disabled",
  "PendingDeletion",
  "PendingImport",
  "PendingReplicaDeletion",
  "Unavailable",
];

/**
 * Checks the key that EC2 encrypts new nodes' volumes with: the account's default one, since they name
 * none. With one that can't be used EC2 takes the launch, and ends the instance at once: the node before
 * it is gone by then, and a dry run doesn't look at keys.
 *
 * Whether the deploying role may use the key isn't asked: keys let roles in through EC2 (`kms:ViaService`)
 * and not by calls of their own, so a denial of one would say nothing.
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html
 */
export async function checkEbsKey(calls: PreflightCalls): Promise<Found> {
  let action: string = PREFLIGHT_CALLS.getEbsDefaultKmsKeyId;
  try {
    const { KmsKeyId: key } = await calls.getEbsDefaultKmsKeyId({});
    if (key === undefined || AWS_MANAGED.test(key)) return { problems: [], notes: [] };
    action = PREFLIGHT_CALLS.describeKey;
    const state = await stateOf(key, calls);
    const isUsable = state !== "deleted" && !UNUSABLE.includes(state);
    return { problems: isUsable ? [] : [problemOf(key, state)], notes: [] };
  } catch (error) {
    const told = `${action} failed with ${describeAwsError(error)}`;
    const what = "so whether the account's default EBS key can be used was not checked";
    return { problems: [], notes: [`${told}, ${what}`] };
  }
}

/** E.g. `Enabled`; `deleted` where KMS knows no such key. */
async function stateOf(key: string, calls: PreflightCalls): Promise<string> {
  try {
    return (await calls.describeKey({ KeyId: key })).KeyMetadata?.KeyState ?? "unknown";
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") return "deleted";
    throw error;
  }
}

function problemOf(key: string, state: string): string {
  return (
    `${key}, the account's default EBS key, is ${state}, so EC2 would end each node as soon as it is launched; ` +
    "make it usable again (aws kms enable-key, cancel-key-deletion), or choose another " +
    "(aws ec2 modify-ebs-default-kms-key-id, reset-ebs-default-kms-key-id)"
  );
}
