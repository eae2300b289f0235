/**
 * `npm run bench:cpu [-- --rounds 5 --seconds 8 --patience 600 --write]`: what two busy processes do to a
 * latency-sensitive one on the same two CPUs, with each way to keep them apart.
 *
 * The latency-sensitive process may use one CPU and the busy ones half a CPU each, as
 *
 * - shares: weights of control groups, and no limit;
 * - quota: limits of control groups over periods of 100 ms, as ECS sets them for a task;
 * - cpuset: the same limits, and affinity as `routed.cpuIsolation` `cpuset` sets it: a CPU of its own,
 *   and the busy ones on the other.
 *
 * The busy processes have two threads each, as programs have that count a node's CPUs. Rounds of all ways
 * alternate, and all run within a control group of a hundred times the usual weight, whose idle time is
 * filled by processes that give way at once to the measured ones: so other processes of the machine
 * hardly run on the two CPUs. A round in which they took more than a tenth of them doesn't count, and is
 * tried again, for `--patience` seconds. Where this process may not make control groups,
 * that is said, and measured is what needs none: alone, and affinity without limits.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import Table from "cli-table3";
import { messageOf, RoutedError } from "../lib/errors";
import { findProjectRoot } from "../sandbox/project-root";
import { CpuGroup, HIGHEST_WEIGHT } from "./bench-cpu/cgroups";
import type { CpuLimits } from "./bench-cpu/cgroups";
import { OthersMeter } from "./bench-cpu/cpu-time";
import { summarize } from "./bench-cpu/summary";
import type { CpuRound } from "./bench-cpu/summary";
import type { CpuResult } from "./benchmarks/merge-results";
import { machine, recordBenchmark } from "./benchmarks/record";
import { cpuRows } from "./benchmarks/render-benchmarks";
import { readOptions, wholeNumber } from "./options";

const BUSY_THREADS = 2;
/** More of the two CPUs than this, used by other processes, spoils a round. */
const MOST_OTHERS = 0.1;

interface Isolation {
  readonly name: CpuResult["isolation"];
  readonly limits: { readonly latency: CpuLimits; readonly busy: CpuLimits };
  /** Whether it is nothing without control groups. */
  readonly needsGroups: boolean;
  /** By index into the two CPUs. */
  readonly cpus: { readonly latency: readonly number[]; readonly busy: readonly number[] };
  readonly busyProcesses: number;
}

const BOTH = { latency: [0, 1], busy: [0, 1] };
const QUOTAS = { latency: { cpus: 1 }, busy: { cpus: 0.5 } };
const ISOLATIONS: readonly Isolation[] = [
  { name: "alone", limits: QUOTAS, needsGroups: false, cpus: BOTH, busyProcesses: 0 },
  {
    name: "shares",
    limits: { latency: { weight: 1 }, busy: { weight: 0.5 } },
    needsGroups: true,
    cpus: BOTH,
    busyProcesses: 2,
  },
  { name: "quota", limits: QUOTAS, needsGroups: true, cpus: BOTH, busyProcesses: 2 },
  {
    name: "cpuset",
    limits: QUOTAS,
    needsGroups: false,
    cpus: { latency: [0], busy: [1] },
    busyProcesses: 2,
  },
];

/** What latency.ts prints. */
interface LatencyOutput {
  readonly delays: readonly number[];
  readonly cpuSeconds: number;
}

interface Started {
  readonly child: ChildProcess;
  /** What it prints after its first line. */
  readonly result: Promise<string>;
}

async function start(program: string, args: readonly string[], cpus: string): Promise<Started> {
  const root = findProjectRoot();
  const script = ["bin/run.cjs", `scripts/bench-cpu/${program}.ts`, ...args];
  const child = spawn("taskset", ["-c", cpus, process.execPath, ...script], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  let output = "";
  const ready = new Promise<void>((resolve, reject) => {
    child.once("error", (error) => {
      reject(
        new RoutedError("missing-tool", `taskset is missing (util-linux): ${messageOf(error)}`),
      );
    });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("\n")) resolve();
    });
  });
  const result = once(child, "close").then(() => output.split("\n")[1] ?? "");
  result.catch(() => undefined);
  await ready;
  return { child, result };
}

async function measure(
  { limits, cpus, busyProcesses }: Isolation,
  two: readonly number[],
  seconds: number,
  parent: CpuGroup | null,
): Promise<CpuRound> {
  const listOf = (indexes: readonly number[]) => indexes.map((index) => two[index]).join();
  const groups: CpuGroup[] = [];
  const groupOf = (name: string, wanted: CpuLimits) => {
    const group = parent?.child(name, wanted) ?? null;
    if (group !== null) groups.push(group);
    return group;
  };
  try {
    const busyGroups = Array.from({ length: busyProcesses }, (_, index) =>
      groupOf(`busy${index}`, limits.busy),
    );
    const latencyGroup = groupOf("latency", limits.latency);
    const fillerGroup = groupOf("fillers", { idle: true });
    // The busy ones begin earlier and end later than what is measured beside them.
    const busy = await Promise.all(
      busyGroups.map(() =>
        start("busy", [String(BUSY_THREADS), String(seconds + 1)], listOf(cpus.busy)),
      ),
    );
    const latency = await start("latency", [String(seconds)], listOf(cpus.latency));
    busy.forEach(({ child }, index) => busyGroups[index]?.add(child.pid ?? 0));
    latencyGroup?.add(latency.child.pid ?? 0);
    const fillers = await startFillers(fillerGroup, two, seconds + 1);
    for (const { child } of [...busy, ...fillers]) child.stdin?.write("go\n");
    const running = [...busy, ...fillers].map(({ child }) => child.pid ?? 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    latency.child.stdin?.write("go\n");
    const meter = new OthersMeter(two, [process.pid, ...running]);
    const { delays, cpuSeconds } = JSON.parse(await latency.result) as LatencyOutput;
    const others = meter.part(cpuSeconds);
    const work = await Promise.all(busy.map(async ({ result }) => Number(await result)));
    await Promise.all(fillers.map(({ result }) => result));
    const throttled = busyGroups.map((group) => group?.throttled() ?? 0);
    return {
      delays,
      others,
      busyWork: work.reduce((sum, each) => sum + each, 0),
      throttled: {
        latency: latencyGroup?.throttled() ?? 0,
        busy: throttled.reduce((sum, each) => sum + each, 0) / Math.max(1, throttled.length),
      },
    };
  } finally {
    for (const group of groups) group.remove();
  }
}

/** The first two CPUs that this process may use. */
function twoCpus(): number[] {
  const status = readFileSync("/proc/self/status", "utf8");
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "";
  const cpus = list.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  if (cpus.length < 2) {
    throw new RoutedError("missing-tool", `bench:cpu needs 2 CPUs, and may use ${list || "none"}`);
  }
  return cpus.slice(0, 2);
}

/** One on each CPU; none where there are no control groups. */
function startFillers(
  group: CpuGroup | null,
  cpus: readonly number[],
  seconds: number,
): Promise<Started[]> {
  if (group === null) return Promise.resolve([]);
  return Promise.all(
    cpus.map(async (cpu) => {
      const filler = await start("busy", ["1", String(seconds)], String(cpu));
      group.add(filler.child.pid ?? 0);
      return filler;
    }),
  );
}

/** Null where no moment before the deadline was quiet enough. */
async function measureQuietly(
  measureOnce: () => Promise<CpuRound>,
  deadline: number,
): Promise<CpuRound | null> {
  for (;;) {
    const round = await measureOnce();
    if (round.others <= MOST_OTHERS) return round;
    if (performance.now() > deadline) return null;
  }
}

/** The group that this process is in; null, and said, where it can't have groups. */
function homeGroup(): CpuGroup | null {
  try {
    const home = CpuGroup.home();
    home.child(`routed-bench-${process.pid}-probe`, { cpus: 1, idle: true }).remove();
    return home;
  } catch (error) {
    if (!(error instanceof RoutedError)) throw error;
    const unmeasured = ISOLATIONS.filter(({ needsGroups }) => needsGroups).map(({ name }) => name);
    console.log(`NOT measured: ${unmeasured.join(" and ")}, and no limits: ${error.message}`);
    return null;
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), {
    valued: ["rounds", "seconds", "patience"],
    flags: ["write"],
  });
  const rounds = wholeNumber("--rounds", options.rounds ?? "5", 1, 100);
  const seconds = wholeNumber("--seconds", options.seconds ?? "8", 1, 600);
  if (process.platform !== "linux") {
    throw new RoutedError("missing-tool", `bench:cpu needs Linux, got ${process.platform}`);
  }
  const two = twoCpus();
  const patience = wholeNumber("--patience", options.patience ?? "600", 0, 86400);
  const deadline = performance.now() + patience * 1000;
  const home = homeGroup();
  const parent = home?.child(`routed-bench-${process.pid}`, { weight: HIGHEST_WEIGHT }) ?? null;
  const own = parent?.child("main", {}) ?? null;
  // Else what is measured would wait for who measures.
  own?.add(process.pid);
  const measurable = ISOLATIONS.filter(({ needsGroups }) => parent !== null || !needsGroups);
  const measured = new Map<Isolation, CpuRound[]>(measurable.map((each) => [each, []]));
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [isolation, all] of measured) {
        const result = await measureQuietly(
          () => measure(isolation, two, seconds, parent),
          deadline,
        );
        if (result !== null) all.push(result);
      }
      console.log(`round ${round + 1} of ${rounds} is done`);
    }
  } finally {
    // The group of this process goes last, once it has left.
    home?.add(process.pid);
    own?.remove();
    parent?.remove();
  }
  const results = [...measured].flatMap(([{ name }, all]) => {
    if (all.length > 0) console.log(`${name}: ${all.length} of ${rounds} rounds count`);
    else console.log(`${name} was NOT measured: the machine was never quiet enough`);
    return all.length > 0 ? [summarize(name, all)] : [];
  });
  const [head = [], ...rows] = cpuRows(results);
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows);
  console.log(table.toString());
  if (options.write) recordBenchmark("cpu", { machine: machine(), results });
}

main().catch((error: unknown) => {
  console.error(`bench-cpu: ${messageOf(error)}`);
  process.exitCode = 1;
});
