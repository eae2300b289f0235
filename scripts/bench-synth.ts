/**
 * `npm run bench:synth`: what a synthesis costs, as a whole process without the cdktf command.
 *
 * 1. prd-na from its recorded observation, against a node that only loads cdktf and the same
 *    provider resources: side by side, alternating, medians. Target: a ratio of at most 2.5.
 * 2. Growth: generated environments of up to 5,000 PoPs; time and memory for each PoP beyond the
 *    start must not grow with their number.
 *
 * Ends with status 1 where a target is missed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";

const RUNS = 9;
const MOST_RATIO = 2.5;
const SIZES = [100, 500, 1000, 2500, 5000];
/** The time of a PoP at the largest size against that at the second smallest. */
const MOST_GROWTH = 1.5;
/** The same for memory. Peak memory holds what V8 hasn't collected yet, more of it in larger heaps. */
const MOST_MEMORY_GROWTH = 2;

interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
}

/** Runs node on `args`; what it took in wall time and peak resident memory. */
function measure(args: readonly string[], variables: NodeJS.ProcessEnv): Measured {
  const directory = mkdtempSync(join(tmpdir(), "routed-bench-"));
  const preload = join(directory, "peak.cjs");
  const peak = join(directory, "peak");
  writeFileSync(
    preload,
    `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`,
  );
  const start = process.hrtime.bigint();
  const run = spawnSync(process.execPath, ["-r", preload, ...args], {
    env: { ...process.env, ...variables },
    encoding: "utf8",
    timeout: 300_000,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (run.status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${run.stderr}`);
  const peakMiB = Number(readFileSync(peak, "utf8")) / 1024;
  rmSync(directory, { recursive: true, force: true });
  return { seconds, peakMiB };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** The provider paths that lib/ imports at run time. */
function deepImports(): string[] {
  const found = new Set<string>();
  for (const folder of ["lib/constructs", "lib/stack"]) {
    for (const file of readdirSync(folder)) {
      const source = readFileSync(join(folder, file), "utf8");
      for (const [, path] of source.matchAll(
        /^import \{[^}]*\} from "(@cdktf\/provider-aws\/[^"]+)"/gm,
      )) {
        if (path) found.add(path);
      }
    }
  }
  return [...found].sort();
}

function benchStart(): boolean {
  const paths = ["cdktf", ...deepImports()];
  const base = ["-e", paths.map((path) => `require(${JSON.stringify(path)})`).join(";")];
  const output = mkdtempSync(join(tmpdir(), "routed-bench-out-"));
  const app = {
    ROUTED_ENVIRONMENTS: "prd-na",
    ROUTED_OBSERVATIONS: "__tests__/fixtures/observations",
    CDKTF_OUTDIR: output,
  };
  measure(["bin/app.cjs"], app);
  const bases: number[] = [];
  const apps: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    bases.push(measure(base, {}).seconds);
    apps.push(measure(["bin/app.cjs"], app).seconds);
  }
  rmSync(output, { recursive: true, force: true });
  const ratio = median(apps) / median(bases);
  console.log(
    `prd-na, whole process: ${median(apps).toFixed(2)} s; require of cdktf and ${paths.length - 1} provider ` +
      `resources alone: ${median(bases).toFixed(2)} s; ratio ${ratio.toFixed(2)} (at most ${MOST_RATIO})`,
  );
  return ratio <= MOST_RATIO;
}

function benchGrowth(): boolean {
  const directory = mkdtempSync(join(tmpdir(), "routed-bench-growth-"));
  const table = new Table({
    head: ["PoPs", "seconds", "ms per further PoP", "peak MiB", "KiB per further PoP"],
    style: { head: [], border: [] },
  });
  const measured = SIZES.map((pops) => {
    const run = measure(["bin/run.cjs", "scripts/bench-synth-generated.ts", String(pops)], {
      CDKTF_OUTDIR: join(directory, String(pops)),
    });
    return { pops, ...run };
  });
  rmSync(directory, { recursive: true, force: true });
  const [first] = measured;
  const slopes = measured.map(({ pops, seconds, peakMiB }) => ({
    ms: first && pops > first.pops ? ((seconds - first.seconds) / (pops - first.pops)) * 1000 : NaN,
    kib:
      first && pops > first.pops ? ((peakMiB - first.peakMiB) / (pops - first.pops)) * 1024 : NaN,
  }));
  measured.forEach(({ pops, seconds, peakMiB }, index) => {
    const { ms = NaN, kib = NaN } = slopes[index] ?? {};
    const perPop = (value: number, digits: number) =>
      Number.isNaN(value) ? "" : value.toFixed(digits);
    table.push([pops, seconds.toFixed(2), perPop(ms, 2), peakMiB.toFixed(0), perPop(kib, 0)]);
  });
  console.log(table.toString());
  const [, second] = slopes;
  const last = slopes.at(-1);
  const growth = (last?.ms ?? NaN) / (second?.ms ?? NaN);
  const memory = (last?.kib ?? NaN) / (second?.kib ?? NaN);
  console.log(
    `cost of a PoP at ${SIZES.at(-1)} against ${SIZES[1]}: time ${growth.toFixed(2)}, memory ${memory.toFixed(2)} ` +
      `(at most ${MOST_GROWTH} and ${MOST_MEMORY_GROWTH}: linear)`,
  );
  return growth <= MOST_GROWTH && memory <= MOST_MEMORY_GROWTH;
}

const startIsFast = benchStart();
const growthIsLinear = benchGrowth();
if (!startIsFast || !growthIsLinear) process.exitCode = 1;
