/**
 * `npm run bench:observe [-- --write]`: how long observing takes at AWS's rates.
 *
 * The product's own reader and AWS's SDK look at fleets behind a loopback server that answers in
 * 50 ms and throttles what is above AWS's documented rates. Several environments are looked at side
 * by side, as a synthesis does, in one account and region: they share the buckets.
 *
 * Ends with status 1 where a look takes a minute or more, or what exists could not be read.
 */
import { performance } from "node:perf_hooks";
import { aFakeAccount } from "../__tests__/support/fake-aws/fake-account";
import { anEnvironment } from "../__tests__/support/fake-aws/an-environment";
import { LoopbackAws } from "../__tests__/support/fake-aws/loopback-aws";
import { prepareSdk } from "../__tests__/support/fake-aws/prepare-sdk";
import { messageOf } from "../lib/errors";
import { AwsObservationReader } from "../lib/observe/readers/aws-reader";
import { awsSdkCalls } from "../lib/aws/observe-sdk-calls";
import type { ObserveResult } from "./benchmarks/merge-results";
import { machine, recordBenchmark } from "./benchmarks/record";
import { TokenBuckets } from "./benchmarks/token-buckets";
import { readOptions } from "./options";

const LATENCY_MILLISECONDS = 50;
const MOST_SECONDS = 60;

/** Nodes, PoPs with a task on each of them, and environments side by side. */
const FLEETS = [
  { nodes: 3, pops: 100, environments: 1 },
  { nodes: 10, pops: 50, environments: 1 },
  { nodes: 10, pops: 500, environments: 1 },
  { nodes: 200, pops: 25, environments: 1 },
  { nodes: 6, pops: 100, environments: 8 },
  { nodes: 50, pops: 50, environments: 4 },
] as const;

async function observe({ nodes, pops, environments }: (typeof FLEETS)[number]) {
  const buckets = new TokenBuckets(() => performance.now() / 1000);
  const gate = (call: string) => ({
    milliseconds: LATENCY_MILLISECONDS,
    admitted: buckets.admits(call),
  });
  const aws = await LoopbackAws.start(aFakeAccount(nodes, pops), 1000, gate);
  process.env["AWS_ENDPOINT_URL"] = aws.endpoint;
  try {
    const start = performance.now();
    const looks = await Promise.all(
      Array.from({ length: environments }, () =>
        new AwsObservationReader((region) => Promise.resolve(awsSdkCalls(region))).read(
          anEnvironment(),
        ),
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    for (const { health } of looks) {
      if (health.source === "unreadable") throw new Error(health.reason);
    }
    const calls = aws.requests.length;
    const tasks = nodes * pops;
    const { throttled } = buckets;
    return { environments, nodes, pops, tasks, seconds, calls, throttled };
  } finally {
    await aws.stop();
  }
}

async function main(): Promise<void> {
  const { write } = readOptions(process.argv.slice(2), { flags: ["write"] });
  const { random } = Math;
  const restore = prepareSdk();
  // The back-off's chance is part of what is measured.
  Math.random = random;
  const results: ObserveResult[] = [];
  for (const fleet of FLEETS) {
    const result = await observe(fleet);
    results.push(result);
    const { environments, nodes, pops, tasks, seconds, calls, throttled } = result;
    console.log(
      `${environments} × ${nodes} nodes, ${pops} PoPs, ${tasks} tasks: ${seconds.toFixed(1)} s, ` +
        `${calls} calls, ${throttled} of them throttled`,
    );
    if (seconds >= MOST_SECONDS) process.exitCode = 1;
  }
  restore();
  if (write) recordBenchmark("observe", { machine: machine(), results });
}

main().catch((error: unknown) => {
  console.error(`bench-observe: ${messageOf(error)}`);
  process.exitCode = 1;
});
