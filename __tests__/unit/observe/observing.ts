import type { AwsCalls } from "../../../lib/observe/aws-calls";
import { AwsObservationReader } from "../../../lib/observe/aws-reader";
import type { Observation } from "../../../lib/observe/observation";
import { anEnvironment } from "./an-environment";
import { aFakeAccount, fakeCalls } from "./fake-account";
import type { FakeAccount } from "./fake-account";

export async function observe(
  calls: AwsCalls,
  environment = anEnvironment(),
): Promise<Observation> {
  return new AwsObservationReader(() => Promise.resolve(calls)).read(environment);
}

/** Observes three healthy nodes after `change`. */
export async function observeChanged(change: (account: FakeAccount) => void): Promise<Observation> {
  const account = aFakeAccount();
  change(account);
  return observe(fakeCalls(account));
}

export async function refusal(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string }> {
  const error: unknown = await promise.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  return { code: (error as { code: string }).code, message: (error as Error).message };
}

export function aws(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: code });
}
