import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { assertNever, RoutedError } from "../../lib/errors";
import {
  deployEnvironment,
  destroyEnvironment,
  localStateResources,
  synthesize,
  terraformInit,
} from "../../sandbox/deploy";
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
import {
  benchConfig,
  ENVIRONMENT,
  FIRST_IMAGE,
  SECOND_IMAGE,
  variantsOf,
} from "./bench-environment";
import type { Variant } from "./bench-environment";
import { FASTEST_OF } from "./result";
import type { Case, CaseResult } from "./result";
import { nodeAddress } from "./terraform-state";

const CASE_TIMEOUT_MS = 45 * 60_000;
/** The fastest counts: a bound is what can't be beaten. */
const STARTS = 3;
const HEALTHY_TIMEOUT_MS = 10 * 60_000;

export interface BenchSubject {
  readonly toolchain: Toolchain;
  readonly pops: number;
  readonly cases: readonly Case[];
  /** Gets each result as soon as it is there. */
  readonly report: (result: CaseResult) => void;
}

interface World {
  readonly aws: LocalAws;
  readonly workspace: Workspace;
}

/** The environment as one variant builds it, to be forked for every other case. */
interface Built extends World {
  readonly variant: Variant;
  /** What the command takes on an empty account for a stack of nothing but the provider. */
  readonly startSeconds: number;
}

type Costs = Pick<CaseResult, "seconds" | "cpuSeconds" | "peakMiB">;

/**
 * Builds the environment once for each variant, and measures every other case on forks of it. The
 * variants take turns: a machine has faster and slower hours.
 */
export async function measureCases(subject: BenchSubject): Promise<void> {
  const opened: World[] = [];
  try {
    const built: Built[] = [];
    for (const variant of variantsOf(subject.pops)) {
      const aws = await startLocalAws({ toolchain: subject.toolchain });
      const config = benchConfig({ pops: subject.pops, variant, image: FIRST_IMAGE });
      const world = { aws, workspace: createWorkspace({ configs: { [ENVIRONMENT]: config } }) };
      opened.push(world);
      built.push(await build(subject, variant, world));
    }
    for (const name of subject.cases) {
      if (name === "cold create") continue;
      for (const result of await measureInTurns(subject, built, name)) subject.report(result);
    }
  } finally {
    for (const world of opened) await leave(world);
  }
}

/** The case `cold create`, from which all others start. */
async function build(subject: BenchSubject, variant: Variant, world: World): Promise<Built> {
  const startSeconds = await measureStart(subject, world);
  const built = { ...world, variant, startSeconds };
  const result = await measure(subject, built, "cold create");
  if (subject.cases.includes("cold create")) subject.report(result);
  await world.aws.configureRates({ enabled: false });
  await world.aws.waitUntilHealthy(ENVIRONMENT, { timeoutMs: HEALTHY_TIMEOUT_MS });
  return built;
}

async function measureStart(subject: BenchSubject, empty: World): Promise<number> {
  const world = await fork(empty);
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

/** The fastest run of each variant, in their order; a single variant runs once. */
async function measureInTurns(
  subject: BenchSubject,
  built: readonly Built[],
  name: Case,
): Promise<CaseResult[]> {
  const fastest: CaseResult[] = [];
  const runs = built.length > 1 ? (FASTEST_OF[name] ?? 1) : 1;
  for (let run = 0; run < runs; run += 1) {
    for (const [index, each] of built.entries()) {
      const result = await measureOnFork(subject, each, name);
      if (result.seconds < (fastest[index]?.seconds ?? Infinity)) fastest[index] = result;
    }
  }
  return fastest;
}

async function measureOnFork(subject: BenchSubject, built: Built, name: Case): Promise<CaseResult> {
  const world = { ...built, ...(await fork(built)) };
  try {
    await initialize(subject, world);
    return await measure(subject, world, name);
  } finally {
    await leave(world);
  }
}

/** A fork's workspace has a backend of its own, which an earlier deploy would have initialized. */
async function initialize(subject: BenchSubject, world: World): Promise<void> {
  const run = runIn(subject, world, {});
  for (const step of [synthesize, terraformInit]) {
    const { status, output } = await step(run);
    if (status !== 0) throw new RoutedError("sandbox-failed", `${step.name} failed:\n${output}`);
  }
}

async function fork({ aws, workspace }: World): Promise<World> {
  return { aws: await aws.fork(), workspace: copyWorkspace(workspace) };
}

async function leave({ aws, workspace }: World): Promise<void> {
  removeWorkspace(workspace);
  await aws.stop();
}

async function measure(subject: BenchSubject, world: Built, name: Case): Promise<CaseResult> {
  const { pops } = subject;
  const { aws, workspace, variant, startSeconds } = world;
  const variables = await prepare(subject, world, name);
  await aws.configureRates({ enabled: true });
  await aws.clearCalls();
  const costs = await cost(
    subject.toolchain,
    runIn(subject, world, {
      ...(variant === "plain" ? { BENCH_STACK: "plain" } : {}),
      ...variables,
    }),
    name,
  );
  const load = loadavg()[0];
  const day = new Date().toISOString().slice(0, 10);
  const { counts, throttled } = await aws.calls();
  const resources = localStateResources({ workspace, environment: ENVIRONMENT }).length;
  const calls = { calls: counts, throttled };
  return { pops, variant, case: name, ...costs, resources, ...calls, startSeconds, load, day };
}

/** Changes what the case is about; returns the variables that its command gets. */
async function prepare(
  { pops }: BenchSubject,
  { aws, workspace, variant }: Built,
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
  const app = `node ${JSON.stringify(join(findProjectRoot(), "bin/run.cjs"))} scripts/bench-deploy/app.ts`;
  return {
    workspace,
    environment: ENVIRONMENT,
    aws,
    toolchain,
    extraEnv: variables,
    args: useApp ? ["--app", app] : [],
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
