import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import type { AwsCallName, AwsCalls } from "../../../lib/aws/calls";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import { aFakeAccount, fakeCalls } from "../../support/fake-aws/fake-account";

const NODES = 10;

/** How often each call is made to observe so many nodes, with a task of each PoP on each. */
async function callsFor(nodes: number, pops: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const calls = Object.fromEntries(
    Object.entries(fakeCalls(aFakeAccount(nodes, pops))).map(([name, call]) => [
      name,
      (input: never) => {
        counts[name] = (counts[name] ?? 0) + 1;
        return (call as (input: never) => Promise<unknown>)(input);
      },
    ]),
  ) as unknown as AwsCalls;
  await new AwsObservationReader(() => Promise.resolve(calls)).read(anEnvironment());
  return counts;
}

/** The calls that a batch or page more is made of; all others must not depend on PoPs. */
const BATCHED: Partial<Record<AwsCallName, (pops: number) => number>> = {
  listServices: (pops) => Math.ceil(pops / 100),
  describeServices: (pops) => Math.ceil(pops / 10),
  listTasks: (pops) => Math.ceil((pops * NODES) / 100),
  describeTasks: (pops) => Math.ceil((pops * NODES) / 100),
};

it.each([50, 500])("observes %d PoPs with the same calls but for ECS's batches", async (pops) => {
  const fewest = await callsFor(NODES, 1);
  const expected = { ...fewest };
  for (const [name, count] of Object.entries(BATCHED)) expected[name] = count(pops);
  expect(await callsFor(NODES, pops)).toEqual(expected);
});
