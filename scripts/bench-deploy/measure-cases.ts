import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { assertNever, RoutedError } from "../../lib/errors";
import { deployEnvironment, destroyEnvironment, localStateResources } from "../../sandbox/deploy";
import type { RunInWorkspace } from "../../sandbox/deploy";
import { startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { findProjectRoot } from "../../sandbox/project-root";
import type { Toolchain } from "../../sandbox/toolchain";
import {
  copyWorkspace,
  createWorkspace,
  removeWorkspace,
  writeConfig,
} from "../../sandbox/workspace";
import type { Workspace } from "../../sandbox/workspace";
import { benchConfig, ENVIRONMENT, FIRST_IMAGE, SECOND_IMAGE } from "./bench-environment";
import type { Variant } from "./bench-environment";
import type { Case, CaseResult } from "./result";
import { nodeAddress } from "./terraform-state";

const CASE_TIMEOUT_MS = 45 * 60_000;
/** The fastest counts: a bound is what can't be beaten. */
const STARTS = 3;
/**
 * Of the short cases, of which the machine's own ups and downs are a large part, the fastest of so
 * many runs counts, each on a fork of its own.
 */
const RUNS: Partial<Readonly<Record<Case, number>>> = { "no-op": 3, "one node's AMI": 3 };
const HEALTHY_TIMEOUT_MS = 10 * 60_000;

export interface BenchSubject {
  readonly toolchain: Toolchain;
  readonly pops: number;
  readonly variant: Variant;
  readonly cases: readonly Case[];
  readonly report: (result: CaseResult) => void;
}

interface World {
  readonly aws: LocalAws;
  readonly workspace: Workspace;
}

type Costs = Pick<CaseResult, "seconds" | "cpuSeconds" | "peakMiB">;

/** Builds the environment once, and measures every other case on a fork of it. */
export async function measureCases(subject: BenchSubject): Promise<void> {
  const { toolchain, pops, variant, cases, report } = subject;
  const aws = await startLocalAws({ toolchain });
  const workspace = createWorkspace({
    configs: { [ENVIRONMENT]: benchConfig({ pops, variant, image: FIRST_IMAGE }) },
  });
  try {
    const startSeconds = await measureStart(subject, { aws, workspace });
    const measured = { ...subject, startSeconds };
    const cold = await measure(measured, { aws, workspace }, "cold create");
    if (cases.includes("cold create")) report(cold);
    await aws.configureRates({ enabled: false });
    await aws.waitUntilHealthy(ENVIRONMENT, { timeoutMs: HEALTHY_TIMEOUT_MS });
    for (const name of cases) {
      if (name !== "cold create") {
        report(await measureOnForks(measured, { aws, workspace }, name));
      }
    }
  } finally {
    removeWorkspace(workspace);
    await aws.stop();
  }
}

const VARIABLES: Readonly<Record<Variant, NodeJS.ProcessEnv>> = {
  plain: { BENCH_STACK: "plain" },
  product: {},
  "product-p30": { CDKTF_TERRAFORM_PARALLELISM: "30" },
};

type Measured = BenchSubject & { readonly startSeconds: number };

/** What the command takes on an empty account for a stack of nothing but the provider. */
async function measureStart(subject: BenchSubject, { aws, workspace }: World): Promise<number> {
  const world = { aws: await aws.fork(), workspace: copyWorkspace(workspace) };
  try {
    const run = runIn(subject, world, { BENCH_STACK: "start" });
    await cost(subject.toolchain, run, "cold create"); // fetches the provider, writes its lock file
    const starts: number[] = [];
    while (starts.length < STARTS) {
      starts.push((await cost(subject.toolchain, run, "no-op")).seconds);
    }
    return Math.min(...starts);
  } finally {
    await leave(world);
  }
}

async function measureOnForks(subject: Measured, built: World, name: Case): Promise<CaseResult> {
  let fastest = await measureOnFork(subject, built, name);
  for (let run = 1; run < (RUNS[name] ?? 1); run += 1) {
    const result = await measureOnFork(subject, built, name);
    if (result.seconds < fastest.seconds) fastest = result;
  }
  return fastest;
}

async function measureOnFork(subject: Measured, built: World, name: Case): Promise<CaseResult> {
  const world = { aws: await built.aws.fork(), workspace: copyWorkspace(built.workspace) };
  try {
    return await measure(subject, world, name);
  } finally {
    await leave(world);
  }
}

async function leave({ aws, workspace }: World): Promise<void> {
  removeWorkspace(workspace);
  await aws.stop();
}

async function measure(subject: Measured, world: World, name: Case): Promise<CaseResult> {
  const { pops, variant, startSeconds } = subject;
  const { aws, workspace } = world;
  const variables = await prepare(subject, world, name);
  await aws.configureRates({ enabled: true });
  await aws.clearCalls();
  const costs = await cost(
    subject.toolchain,
    runIn(subject, world, { ...VARIABLES[variant], ...variables }),
    name,
  );
  const load = loadavg()[0];
  const { counts, throttled } = await aws.calls();
  const resources = localStateResources({ workspace, environment: ENVIRONMENT }).length;
  const calls = { calls: counts, throttled };
  return { pops, variant, case: name, ...costs, resources, ...calls, startSeconds, load };
}

/** Changes what the case is about; returns the variables that its command gets. */
async function prepare(
  { pops, variant }: BenchSubject,
  { aws, workspace }: World,
  name: Case,
): Promise<NodeJS.ProcessEnv> {
  const configure = (change: { readonly pops?: number; readonly image?: string }): void =>
    writeConfig(
      workspace,
      ENVIRONMENT,
      benchConfig({ pops, variant, image: FIRST_IMAGE, ...change }),
    );
  switch (name) {
    case "new image":
      configure({ image: SECOND_IMAGE });
      return {};
    case "one new PoP":
      configure({ pops: pops + 1 });
      return {};
    case "one node's AMI":
      await aws.releaseImage();
      return {};
    case "one node's AMI, -refresh=false":
      await aws.releaseImage();
      return { TF_CLI_ARGS_apply: "-refresh=false" };
    case "one node's AMI, -target":
      await aws.releaseImage();
      return { TF_CLI_ARGS_apply: `-target=${nodeAddress(workspace, ENVIRONMENT, 0)}` };
    case "cold create":
    case "no-op":
    case "destroy":
      return {};
    default:
      return assertNever(name);
  }
}

function runIn(
  { toolchain }: BenchSubject,
  { aws, workspace }: World,
  variables: NodeJS.ProcessEnv,
): RunInWorkspace {
  const useApp = variables["BENCH_STACK"] !== undefined;
  const app = join(findProjectRoot(), "scripts/bench-deploy/app.cjs");
  return {
    workspace,
    environment: ENVIRONMENT,
    aws,
    toolchain,
    extraEnv: variables,
    args: useApp ? ["--app", `node ${JSON.stringify(app)}`] : [],
    timeoutMs: CASE_TIMEOUT_MS,
  };
}

/** Runs the case's command, which must end well. */
async function cost(toolchain: Toolchain, run: RunInWorkspace, name: Case): Promise<Costs> {
  const folder = mkdtempSync(join(tmpdir(), "routed-bench-"));
  const file = join(folder, "costs.json");
  const measuring = join(findProjectRoot(), "sandbox/aws/measure.py");
  try {
    const command = name === "destroy" ? destroyEnvironment : deployEnvironment;
    const through = [toolchain.python, measuring, file];
    const { status, output, timedOut } = await command({ ...run, through });
    if (status !== 0) {
      const how = timedOut ? "took too long" : `ended with ${status}`;
      const end = output.trim().split("\n").slice(-40).join("\n");
      throw new RoutedError("sandbox-failed", `${name}: the command ${how}:\n${end}`);
    }
    return JSON.parse(readFileSync(file, "utf8")) as Costs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
