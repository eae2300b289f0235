import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { buildSync } from "esbuild";
import type { SynthResult } from "../benchmarks/merge-results";
import { PRODUCT, resourcesIn, sum } from "./graph";
import { measureNode, median } from "./measure-node";
import type { MeasuredProcess } from "./measure-node";

const FOLDER = "scripts/bench-synth/aws-cdk";
const POPS = 100;
const RUNS = 5;
const LEAST_GAIN = 5;

/** A program, and how many resources its run made. */
interface Program {
  readonly name: string;
  readonly run: () => MeasuredProcess & { readonly resources: number };
}

/** Runs all programs in turn, `RUNS` times, so that what else the machine does meets all alike. */
export function compareWithOthers(): { results: SynthResult[]; isFast: boolean } {
  install();
  const directory = mkdtempSync(join(tmpdir(), "routed-bench-others-"));
  try {
    const programs = programsIn(directory);
    const runs = programs.map(() => [] as (MeasuredProcess & { readonly resources: number })[]);
    for (let round = 0; round < RUNS; round += 1) {
      programs.forEach(({ run }, index) => runs[index]?.push(run()));
    }
    const results = programs.map(({ name }, index) => {
      const measured = runs[index] ?? [];
      return {
        program: name,
        pops: POPS,
        seconds: median(measured.map(({ seconds }) => seconds)),
        cpuSeconds: median(measured.map(({ cpuSeconds }) => cpuSeconds)),
        peakMiB: median(measured.map(({ peakMiB }) => peakMiB)),
        resources: measured[0]?.resources ?? 0,
      };
    });
    return { results, isFast: report(results) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function install(): void {
  console.log(`installing what is compared with into ${FOLDER} …`);
  const args = ["ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, stderr } = spawnSync("npm", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed:\n${stderr}`);
}

function programsIn(directory: string): Program[] {
  const product = bundle(join("node_modules/.cache/routed", "bench-product.cjs"));
  // Beside the other packages, so that it finds `cdktf` there: CDK Terrain under that name.
  const terrain = bundle(join(FOLDER, "node_modules/.cache/cdk-terrain.cjs"));
  const graph = join(directory, "graph.json");
  const synthesize = (file: string, name: string) => () => {
    const output = join(directory, name);
    const measured = measureNode([file, String(POPS)], {
      CDKTF_OUTDIR: output,
      NODE_PATH: join(process.cwd(), "node_modules"),
    });
    const counts = resourcesIn(output);
    writeFileSync(graph, JSON.stringify(counts));
    return { ...measured, resources: sum(Object.values(counts)) };
  };
  const awsCdk = (library: string) => () => {
    const output = join(directory, library);
    const args = [join(FOLDER, "aws-cdk.cjs"), graph, library];
    const measured = measureNode(args, { CDK_OUTDIR: output });
    return { ...measured, resources: templateResources(join(output, "bench.template.json")) };
  };
  return [
    { name: PRODUCT, run: synthesize(product, "product") },
    { name: `CDK Terrain ${versionOf("cdktf")}`, run: synthesize(terrain, "terrain") },
    { name: `AWS CDK ${versionOf("aws-cdk-lib")}`, run: awsCdk("aws-cdk-lib") },
    {
      name: `AWS CDK ${versionOf("aws-cdk-lib-without-rules")}, which checks no rules`,
      run: awsCdk("aws-cdk-lib-without-rules"),
    },
  ];
}

/** The product's generated environment as one file; packages stay outside. */
function bundle(file: string): string {
  buildSync({
    entryPoints: ["scripts/bench-synth-generated.ts"],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    outfile: file,
    logLevel: "silent",
  });
  return file;
}

function versionOf(library: string): string {
  const file = join(FOLDER, "node_modules", library, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function templateResources(file: string): number {
  const { Resources } = JSON.parse(readFileSync(file, "utf8")) as { readonly Resources: object };
  return Object.keys(Resources).length;
}

function report(results: readonly SynthResult[]): boolean {
  const own = results[0]?.seconds ?? NaN;
  const table = new Table({
    head: [`${POPS} PoPs in`, "resources", "seconds", "CPU s", "peak MiB", "times ours"],
    style: { head: [], border: [] },
  });
  for (const { program, resources, seconds, cpuSeconds, peakMiB } of results) {
    const times = (seconds / own).toFixed(1);
    table.push([
      program,
      resources,
      seconds.toFixed(2),
      cpuSeconds.toFixed(2),
      peakMiB.toFixed(0),
      times,
    ]);
  }
  const gain = (results.find(({ program }) => program.startsWith("AWS CDK"))?.seconds ?? NaN) / own;
  console.log(
    `${table.toString()}\nagainst AWS CDK as it comes: ${gain.toFixed(1)} times faster (at least ${LEAST_GAIN})`,
  );
  return gain >= LEAST_GAIN;
}
