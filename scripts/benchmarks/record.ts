import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { findProjectRoot } from "../../sandbox/project-root";
import { mergeResults } from "./merge-results";
import type { Recorded, RecordedBenchmarks } from "./merge-results";
import { renderBenchmarks } from "./render-benchmarks";

const RESULTS = "docs/benchmarks.json";
const DOCUMENT = "docs/benchmarks.md";

/** What the figures depend on. */
export function machine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  const model = (cpus()[0]?.model ?? "unknown processor").trim();
  const load = loadavg()[0] ?? 0;
  return `${availableParallelism()} cores (${model}), ${gib} GiB, Node ${process.versions.node}, load ${load.toFixed(1)} at the time`;
}

/** Puts results in the place of earlier ones of the same subject, and writes the document anew. */
export function recordBenchmark<Name extends keyof RecordedBenchmarks>(
  name: Name,
  recorded: Recorded<NonNullable<RecordedBenchmarks[Name]>["results"][number]>,
): void {
  const root = findProjectRoot();
  const file = join(root, RESULTS);
  const before: RecordedBenchmarks = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as RecordedBenchmarks)
    : {};
  const after = mergeResults(before, name, recorded);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(after, undefined, 1)}\n`);
  writeFileSync(join(root, DOCUMENT), renderBenchmarks(after));
}
