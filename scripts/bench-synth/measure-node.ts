import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface MeasuredProcess {
  /** Wall time. */
  readonly seconds: number;
  /** Of all its threads. */
  readonly cpuSeconds: number;
  /** Resident. */
  readonly peakMiB: number;
}

const TIMEOUT_MS = 600_000;

/** Runs node on `args` and tells what it took; `stdout` is what it wrote. */
export function measureNode(
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
): MeasuredProcess & { readonly stdout: string } {
  const directory = mkdtempSync(join(tmpdir(), "routed-bench-"));
  const preload = join(directory, "usage.cjs");
  const usage = join(directory, "usage");
  writeFileSync(
    preload,
    `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())));`,
  );
  try {
    const start = process.hrtime.bigint();
    const run = spawnSync(process.execPath, ["-r", preload, ...args], {
      env: { ...process.env, ...variables },
      encoding: "utf8",
      timeout: TIMEOUT_MS,
      maxBuffer: 64 << 20,
    });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (run.status !== 0) throw new Error(`node ${args.join(" ")} failed:\n${run.stderr}`);
    const { maxRSS, systemCPUTime, userCPUTime } = JSON.parse(
      readFileSync(usage, "utf8"),
    ) as NodeJS.ResourceUsage;
    const cpuSeconds = (systemCPUTime + userCPUTime) / 1e6;
    return { seconds, cpuSeconds, peakMiB: maxRSS / 1024, stdout: run.stdout };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
