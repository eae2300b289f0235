/**
 * How long a rollout takes against what no rollout could do without: `npm run bench:rollout`, or
 * with `-- --rebuild 60 --bake 30`, in seconds; how long each node was out of service, and would have
 * been with the drain before the proof; and how long a PoP had a task fewer, also with `--spares 1`.
 * `--write` puts that into docs/benchmarks.md.
 *
 * Real Terraform upgrades three nodes on a local AWS with emulated ECS agents. The lower bound of a
 * wave is the replacement (from the old instance's end to the new one's launch, the provider's
 * waiting included, by the emulator's own timeline), the boot, the rebuild and the bake. The rest is
 * overhead: looks, drain, synthesis, plan, proof, Terraform's start, polling. It ends with 1 where
 * the whole takes more than 1.25 times the bound.
 */
import Table from "cli-table3";
import { messageOf, RoutedError } from "../lib/errors";
import type { RolloutEvent } from "../lib/rollout/events";
import type { WavePhase } from "../lib/rollout/wave-steps";
import { deployEnvironment } from "../sandbox/deploy";
import type { RunInWorkspace } from "../sandbox/deploy";
import { startLocalAws } from "../sandbox/local-aws";
import type { TimelineEvent } from "../sandbox/control";
import { secondsBelow } from "../sandbox/health-timeline";
import { startRouted } from "../sandbox/routed";
import { requireToolchain } from "../sandbox/toolchain";
import { createWorkspace, removeWorkspace } from "../sandbox/workspace";
import type { ReleaseResult, RolloutResult } from "./benchmarks/merge-results";
import { machine, recordBenchmark } from "./benchmarks/record";
import { readOptions, wholeNumber } from "./options";

const ENVIRONMENT = "bench";
const NODES = 3;
const MOST_SPARE_NODES = 8;
const BOOT_SECONDS = 5;
/** Of a rebuild, and of a bake. */
const MOST_SECONDS = 3_600;
const TARGET = 1.25;
const BUILD_TIMEOUT_MS = 300_000;

interface BenchOptions {
  readonly rebuildSeconds: number;
  readonly bakeSeconds: number;
  readonly spares: number;
}

interface WaveTimes {
  readonly wave: number;
  /** Whether it replaces a node, and doesn't fill or park a spare. */
  readonly replaces: boolean;
  readonly replacement: number;
  readonly bound: number;
  readonly measured: number;
  /** By phase, e.g. `drain`. */
  readonly phases: ReadonlyMap<WavePhase, number>;
}

async function main(): Promise<void> {
  const {
    rebuild = "60",
    bake = "30",
    spares = "0",
    write,
  } = readOptions(process.argv.slice(2), {
    valued: ["rebuild", "bake", "spares"],
    flags: ["write"],
  });
  const options = {
    rebuildSeconds: wholeNumber("--rebuild", rebuild, 0, MOST_SECONDS),
    bakeSeconds: wholeNumber("--bake", bake, 0, MOST_SECONDS),
    spares: wholeNumber("--spares", spares, 0, MOST_SPARE_NODES),
  };
  const toolchain = await requireToolchain();
  const aws = await startLocalAws({ toolchain });
  const workspace = createWorkspace({ configs: { [ENVIRONMENT]: config(options) } });
  try {
    const run = { workspace, environment: ENVIRONMENT, aws, toolchain };
    console.log("building three nodes, which takes 2 minutes …");
    const built = await deployEnvironment(run);
    if (built.status !== 0) throw new RoutedError("sandbox-failed", built.output.slice(-4_000));
    await aws.waitUntilHealthy(ENVIRONMENT, { timeoutMs: BUILD_TIMEOUT_MS });
    const { rebuildSeconds } = options;
    await aws.configureAgent({ bootSeconds: BOOT_SECONDS, rebuildSeconds });
    await aws.releaseImage();
    console.log(
      `rolling out: boot ${BOOT_SECONDS} s, rebuild ${rebuildSeconds} s, bake ${options.bakeSeconds} s …`,
    );
    const events = await rollOut(run, options);
    const timeline = await aws.timeline();
    const waves = wavesOf(events, timeline, options);
    report(events, waves);
    const results = waves.filter(({ replaces }) => replaces).map(outOfService);
    for (const { wave, prepare, drain, apply, wait } of results) {
      const now = drain + apply + wait;
      const ratio = now / (now + prepare);
      console.log(
        `wave ${wave}: node out of service for ${now.toFixed(1)} s, ` +
          `${(now + prepare).toFixed(1)} s with the drain before the proof: ratio ${ratio.toFixed(2)}`,
      );
    }
    const release = releaseOf(events, waves, timeline, options);
    console.log(
      `a PoP had a task fewer for ${(release.below / NODES).toFixed(1)} s a node, ` +
        `${release.below.toFixed(1)} s in all, of ${release.seconds.toFixed(1)} s`,
    );
    if (!write) return;
    if (options.spares === 0) recordBenchmark("rollout", { machine: machine(), results });
    recordBenchmark("release", { machine: machine(), results: [release] });
  } finally {
    removeWorkspace(workspace);
    await aws.stop();
  }
}

async function rollOut(
  run: RunInWorkspace,
  { bakeSeconds }: BenchOptions,
): Promise<readonly RolloutEvent[]> {
  const args = ["rollout", ENVIRONMENT, "--yes", "--json", "--bake", `${bakeSeconds}s`];
  const child = startRouted(run, [...args, "--poll", "1s"], ["ignore", "pipe", "inherit"]);
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const status = await new Promise((resolve) => child.once("close", resolve));
  const events = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RolloutEvent);
  if (status === 0) return events;
  const last = JSON.stringify(events.at(-1));
  throw new RoutedError("sandbox-failed", `the rollout ended with ${String(status)}: ${last}`);
}

function wavesOf(
  events: readonly RolloutEvent[],
  timeline: readonly TimelineEvent[],
  { rebuildSeconds, bakeSeconds }: BenchOptions,
): WaveTimes[] {
  return events.flatMap((started) => {
    if (started.type !== "wave-started") return [];
    const { wave, slots } = started;
    const ended = events.find((event) => event.type === "wave-ended" && event.wave === wave);
    const from = Date.parse(started.at);
    const to = Date.parse(ended?.at ?? "");
    const within = timeline.filter(
      ({ at, slot }) => slot === slots[0] && Date.parse(at) >= from && Date.parse(at) <= to,
    );
    const [launched, terminated] = [timeOf(within, "launched"), timeOf(within, "terminated")];
    const replaces = launched !== null && terminated !== null;
    const replacement = replaces ? (launched - terminated) / 1000 : 0;
    const rebuild = launched === null ? 0 : BOOT_SECONDS + rebuildSeconds;
    const phases = events.flatMap((event) =>
      event.type === "phase-ended" && event.wave === wave
        ? [[event.phase, event.seconds] as const]
        : [],
    );
    return [
      {
        wave,
        replaces,
        replacement,
        bound: replacement + rebuild + bakeSeconds,
        measured: (to - from) / 1000,
        phases: new Map(phases),
      },
    ];
  });
}

/** From the drain until the tasks have rebuilt; the proof went in between, and goes before. */
function outOfService({ wave, phases }: WaveTimes): RolloutResult {
  const of = (phase: WavePhase): number => phases.get(phase) ?? 0;
  const drain = of("drain") + of("look-again");
  return { wave, prepare: of("prepare"), drain, apply: of("apply"), wait: of("wait") };
}

function releaseOf(
  events: readonly RolloutEvent[],
  waves: readonly WaveTimes[],
  timeline: readonly TimelineEvent[],
  { spares }: BenchOptions,
): ReleaseResult {
  const below = Object.values(secondsBelow(timeline, ENVIRONMENT, NODES));
  return {
    spares,
    nodes: NODES,
    waves: waves.length,
    seconds: secondsBetween(events[0], events.at(-1)),
    below: Math.max(...below),
  };
}

function secondsBetween(from: RolloutEvent | undefined, to: RolloutEvent | undefined): number {
  return (Date.parse(to?.at ?? "") - Date.parse(from?.at ?? "")) / 1000;
}

/** Null where there was none in a wave: a spare that is filled replaces nothing. */
function timeOf(events: readonly TimelineEvent[], kind: TimelineEvent["event"]): number | null {
  const found = events.find(({ event }) => event === kind);
  return found === undefined ? null : Date.parse(found.at);
}

function report(events: readonly RolloutEvent[], waves: readonly WaveTimes[]): void {
  const phases = [...new Set(waves.flatMap((wave) => [...wave.phases.keys()]))];
  const table = new Table({
    head: ["wave", "replacement", "lower bound", "measured", "ratio", ...phases],
    style: { head: [], border: [] },
  });
  for (const { wave, replacement, bound, measured, phases: taken } of waves) {
    const times = phases.map((phase) => (taken.get(phase) ?? 0).toFixed(1));
    const ratio = (measured / bound).toFixed(2);
    table.push([
      wave,
      replacement.toFixed(1),
      bound.toFixed(1),
      measured.toFixed(1),
      ratio,
      ...times,
    ]);
  }
  console.log(`${table.toString()}\nseconds`);
  const bound = waves.reduce((sum, wave) => sum + wave.bound, 0);
  const total = secondsBetween(events[0], events.at(-1));
  const ratio = total / bound;
  const verdict = ratio <= TARGET ? "within" : "above";
  console.log(
    `rollout: ${total.toFixed(1)} s against a lower bound of ${bound.toFixed(1)} s: ratio ${ratio.toFixed(3)}, ${verdict} the target of ${TARGET}`,
  );
  if (ratio > TARGET) process.exitCode = 1;
}

function config({ rebuildSeconds, spares }: BenchOptions): object {
  return {
    aws: {
      accountId: "123456789012",
      region: "us-east-1",
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    },
    backend: { type: "local" },
    network: {
      vpcCidr: "10.99.0.0/20",
      apiClientCidrs: ["10.0.0.0/8"],
      prometheusCidrs: ["10.1.0.0/16"],
    },
    fleet: {
      ...{ nodes: NODES, spareNodes: spares },
      ...{ instanceType: "t3.xlarge", rootVolumeGiB: 30, protectAddresses: false },
    },
    routed: {
      image: "registry.example/autopilot-routed:1",
      cpuUnits: 512,
      memoryMiB: 1024,
      stateRebuildMinutes: Math.max(1, Math.ceil(rebuildSeconds / 60)),
      tasksPerPop: 2,
    },
    autopilotSites: [1, 2].map((id) => ({
      id,
      name: `pop${id}`,
      bgpPeers: [`2001:db8:${id}::/48`],
    })),
  };
}

main().catch((error: unknown) => {
  console.error(`bench-rollout: ${messageOf(error)}`);
  process.exitCode = 1;
});
