/**
 * `npm run bench:synth [-- --write]`: what a synthesis costs, as a whole process without the cdktf
 * command.
 *
 * 1. prd-na from its recorded observation, against a node that only loads cdktf and the same
 *    provider resources: side by side, alternating, medians. Target: a ratio of at most 2.5.
 * 2. Growth: generated environments of up to 10,000 PoPs; time and memory for each PoP beyond the
 *    start must not grow with their number, and stay below 3 ms.
 * 3. The same graph of 100 PoPs in AWS CDK (as it comes, and the last version that didn't check
 *    templates against rules), and with CDK Terrain in CDKTF's place. They are installed on demand
 *    into scripts/bench-synth/aws-cdk (0.9 GB) and no part of the project's own packages. Target: 5 times faster
 *    than AWS CDK as it comes.
 *
 * Ends with status 1 where a target is missed.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { measureNode, median } from "./bench-synth/measure-node";
import { compareWithOthers } from "./bench-synth/others";
import { PRODUCT, resourcesIn, sum } from "./bench-synth/graph";
import type { SynthResult } from "./benchmarks/merge-results";
import { machine, recordBenchmark } from "./benchmarks/record";
import { readOptions } from "./options";

const RUNS = 9;
const MOST_RATIO = 2.5;
const SIZES = [100, 500, 1000, 2500, 5000, 10000];
const MOST_MILLISECONDS_PER_POP = 3;
/** The time of a PoP at the largest size against that at the second smallest. */
const MOST_GROWTH = 1.5;
/** The same for memory. Peak memory holds what V8 hasn't collected yet, more of it in larger heaps. */
const MOST_MEMORY_GROWTH = 2;
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
  measureNode(["bin/app.cjs"], app);
  const bases: number[] = [];
  const apps: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    bases.push(measureNode(base, {}).seconds);
    apps.push(measureNode(["bin/app.cjs"], app).seconds);
  }
  rmSync(output, { recursive: true, force: true });
  const ratio = median(apps) / median(bases);
  console.log(
    `prd-na, whole process: ${median(apps).toFixed(2)} s; require of cdktf and ${paths.length - 1} provider ` +
      `resources alone: ${median(bases).toFixed(2)} s; ratio ${ratio.toFixed(2)} (at most ${MOST_RATIO})`,
  );
  return ratio <= MOST_RATIO;
}

function benchGrowth(results: SynthResult[]): boolean {
  const directory = mkdtempSync(join(tmpdir(), "routed-bench-growth-"));
  const table = new Table({
    head: [
      "PoPs",
      "seconds",
      "CPU seconds",
      "CPU ms per further PoP",
      "peak MiB",
      "KiB per further PoP",
    ],
    style: { head: [], border: [] },
  });
  const measured = SIZES.map((pops) => {
    const output = join(directory, String(pops));
    const run = measureNode(["bin/run.cjs", "scripts/bench-synth-generated.ts", String(pops)], {
      CDKTF_OUTDIR: output,
    });
    const resources = resourcesIn(output);
    results.push({ program: PRODUCT, pops, ...run, resources: sum(Object.values(resources)) });
    return { pops, ...run };
  });
  rmSync(directory, { recursive: true, force: true });
  const [first] = measured;
  // By CPU time: what else the machine does is no cost of a PoP's.
  const slopes = measured.map(({ pops, cpuSeconds, peakMiB }) => ({
    ms:
      first && pops > first.pops
        ? ((cpuSeconds - first.cpuSeconds) / (pops - first.pops)) * 1000
        : NaN,
    kib:
      first && pops > first.pops ? ((peakMiB - first.peakMiB) / (pops - first.pops)) * 1024 : NaN,
  }));
  measured.forEach(({ pops, seconds, cpuSeconds, peakMiB }, index) => {
    const { ms = NaN, kib = NaN } = slopes[index] ?? {};
    const perPop = (value: number, digits: number) =>
      Number.isNaN(value) ? "" : value.toFixed(digits);
    table.push([
      pops,
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      perPop(ms, 2),
      peakMiB.toFixed(0),
      perPop(kib, 0),
    ]);
  });
  console.log(table.toString());
  const [, second] = slopes;
  const last = slopes.at(-1);
  const milliseconds = last?.ms ?? NaN;
  const growth = (last?.ms ?? NaN) / (second?.ms ?? NaN);
  const memory = (last?.kib ?? NaN) / (second?.kib ?? NaN);
  console.log(
    `cost of a PoP at ${SIZES.at(-1)} against ${SIZES[1]}: time ${growth.toFixed(2)}, memory ${memory.toFixed(2)} ` +
      `(at most ${MOST_GROWTH} and ${MOST_MEMORY_GROWTH}: linear); ` +
      `${milliseconds.toFixed(2)} ms (at most ${MOST_MILLISECONDS_PER_POP})`,
  );
  return (
    growth <= MOST_GROWTH &&
    memory <= MOST_MEMORY_GROWTH &&
    milliseconds <= MOST_MILLISECONDS_PER_POP
  );
}

const { write } = readOptions(process.argv.slice(2), { flags: ["write"] });
const results: SynthResult[] = [];
const growthIsLinear = benchGrowth(results);
const compared = compareWithOthers();
results.push(...compared.results);
const startIsFast = benchStart();
if (write) recordBenchmark("synth", { machine: machine(), results });
if (!startIsFast || !growthIsLinear || !compared.isFast) process.exitCode = 1;
