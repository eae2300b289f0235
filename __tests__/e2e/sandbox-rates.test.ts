import {
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
} from "@aws-sdk/client-ecs";
import { DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import { startLocalAws, type LocalAws } from "../../sandbox/local-aws";
import { runProcess } from "../../sandbox/processes";
import { findProjectRoot } from "../../sandbox/project-root";
import { findPython } from "../../sandbox/python";

let python: string;
let aws: LocalAws;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "routed-sandbox-test-"));
  const found = await findPython(directory);
  rmSync(directory, { recursive: true, force: true });
  if ("missing" in found) throw new RoutedError("missing-tool", found.missing);
  python = found.value;
  aws = await startLocalAws({ toolchain: { python } });
}, 400_000);

afterAll(() => aws?.stop());
afterEach(async () => {
  await aws.configureRates({ enabled: false });
  await aws.clearCalls();
});

const client = () => ({
  region: "us-east-1",
  endpoint: aws.endpoint,
  credentials: { accessKeyId: "123456789012", secretAccessKey: "local" },
  maxAttempts: 1,
});

/** What each of so many calls at once ended with, counted. */
async function outcomes(
  count: number,
  call: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const ended = await Promise.all(
    Array.from({ length: count }, () =>
      call().then(
        () => "answered",
        (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
          `${error.name} ${error.$metadata?.httpStatusCode}`,
      ),
    ),
  );
  const counts: Record<string, number> = {};
  for (const outcome of ended) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

it("keeps the buckets as its own unit tests say", async () => {
  const cwd = join(findProjectRoot(), "sandbox/aws");
  const args = ["-m", "unittest", "discover", "-s", "tests", "-t", "."];
  const { status, output } = await runProcess(python, args, { cwd, timeoutMs: 60_000 });
  expect({ status, end: output.trim().split("\n").at(-1) }).toEqual({ status: 0, end: "OK" });
});

it("throttles nothing unless it is told to", async () => {
  const ecs = new ECSClient(client());
  expect(await outcomes(60, () => ecs.send(new DescribeClustersCommand({})))).toEqual({
    answered: 60,
  });
});

it("throttles as ECS does, and counts what it throttled", async () => {
  await aws.configureRates({ enabled: true, readMilliseconds: 0 });
  const ecs = new ECSClient(client());
  const ended = await outcomes(120, () => ecs.send(new ListTaskDefinitionsCommand({})));
  const { answered = 0, "ThrottlingException 400": throttled = 0 } = ended;
  expect(answered).toBeGreaterThanOrEqual(50);
  expect(throttled).toBeGreaterThan(0);
  expect(answered + throttled).toBe(120);
  const calls = await aws.calls();
  expect(calls.counts["ecs"]).toEqual({ ListTaskDefinitions: 120 });
  expect(calls.throttled["ecs"]).toEqual({ ListTaskDefinitions: throttled });
});

it("throttles as EC2 does, each action apart", async () => {
  await aws.configureRates({ enabled: true, readMilliseconds: 0 });
  const ec2 = new EC2Client(client());
  const ended = await outcomes(400, () => ec2.send(new DescribeVpcsCommand({})));
  expect(ended["answered"]).toBeGreaterThanOrEqual(100);
  expect(ended["RequestLimitExceeded 503"]).toBeGreaterThan(0);
});

it("lets calls wait side by side", async () => {
  await aws.configureRates({ enabled: true, readMilliseconds: 1_000 });
  const ecs = new ECSClient(client());
  const call = () =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "none" })).catch(() => undefined);
  const start = Date.now();
  await Promise.all(Array.from({ length: 20 }, call));
  const took = Date.now() - start;
  expect(took).toBeGreaterThanOrEqual(1_000);
  expect(took).toBeLessThan(10_000);
});

it("gives a fork the same rates with full buckets", async () => {
  await aws.configureRates({ enabled: true, readMilliseconds: 3 });
  const fork = await aws.fork();
  try {
    expect(await fork.configureRates({ readMilliseconds: 3 })).toEqual({
      enabled: true,
      readMilliseconds: 3,
      changeMilliseconds: 150,
    });
  } finally {
    await fork.stop();
  }
});
