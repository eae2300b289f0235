import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import type { AwsCallName, AwsCalls } from "../../../lib/aws/calls";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import type { Observation } from "../../../lib/observe/observation";
import { anEnvironment } from "./an-environment";
import { aFakeAccount, fakeCalls } from "./fake-account";
import type { FakeAccount } from "./fake-account";

/** The calls that tell only whether what exists is well; without them nothing is refused. */
export const HEALTH_CALLS = [
  "listContainerInstances",
  "describeContainerInstances",
  "listServices",
  "describeServices",
  "describeTaskDefinition",
  "listTasks",
  "describeTasks",
] as const satisfies readonly AwsCallName[];

/** The others: they tell what exists. */
export const EXISTENCE_CALLS = (Object.keys(OBSERVE_CALLS) as AwsCallName[]).filter(
  (name) => !HEALTH_CALLS.some((health) => health === name),
);

/** Pauses take no time in tests. */
export const noSleep = (): Promise<void> => Promise.resolve();

export async function observe(
  calls: AwsCalls,
  environment = anEnvironment(),
): Promise<Observation> {
  return new AwsObservationReader(() => Promise.resolve(calls), noSleep).read(environment);
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

/** Calls that note what they are asked, in order. */
export function spied(calls: AwsCalls): { calls: AwsCalls; asked: [AwsCallName, never][] } {
  const asked: [AwsCallName, never][] = [];
  const entries = Object.entries(calls).map(([name, call]) => [
    name,
    (input: never) => {
      asked.push([name as AwsCallName, input]);
      return call(input);
    },
  ]);
  return { calls: Object.fromEntries(entries) as AwsCalls, asked };
}
