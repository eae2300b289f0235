import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import type { AwsCallName, AwsCalls } from "../../../lib/aws/calls";
import { DEFAULT_LIMITS } from "../../../lib/aws/limits";
import { fakeCalls } from "./fake-account";
import type { FakeAccount } from "./fake-account";

/**
 * Two attempts suffice to tell "once" from "for good". The waiting is ended by `timingOut` and
 * `stalling`, and never by the clock: a busy machine may take its time to answer.
 */
export const PATIENT_LIMITS = {
  ...DEFAULT_LIMITS,
  attempts: 2,
  connectMilliseconds: 600_000,
  answerMilliseconds: 600_000,
  callMilliseconds: 600_000,
};

/**
 * One call over HTTP and AWS's SDK, and the others answered at once, as they would be: what goes wrong
 * with the one has nothing to do with them.
 *
 * @param call by its name or its IAM action
 */
export function partlyOnWire(
  wire: AwsCalls,
  call: string,
  account: FakeAccount,
  pageSize?: number,
): AwsCalls {
  const names = Object.keys(OBSERVE_CALLS) as AwsCallName[];
  const name = names.find((each) => each === call || OBSERVE_CALLS[each] === call);
  if (name === undefined) throw new Error(`there is no call ${call}`);
  return { ...fakeCalls(account, pageSize), [name]: wire[name] };
}
