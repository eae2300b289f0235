import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { messageOf, RoutedError } from "../lib/errors";
import { countOf } from "../lib/words";
import { scoreOf } from "./mutants/score";
import { readOptions } from "./options";
import type { Equivalent, MutationReport } from "./mutants/score";

/**
 * Changes conditions, operators and texts of lib/plan and lib/verify one by one, and tells how many
 * of the changes the unit tests of both folders notice; fails below the goal.
 *
 *     npm run mutants                                       # the files that differ from main; on main, of the last day
 *     npm run mutants -- --files lib/plan/decide/budget.ts  # these files, separated by commas
 */
const GOAL = 0.95;
const FOLDERS = /^lib\/(plan|verify)\/.+\.ts$/;
const REPORT = ".cache/mutants/report.json";
const EQUIVALENTS = "scripts/mutants/equivalents.json";

function main(): void {
  const options = readOptions(process.argv.slice(2), { valued: ["files"] });
  const given = options.files?.split(",") ?? [];
  for (const file of given) requireMutable(file);
  const files = given.length > 0 ? given : changedFiles();
  if (files.length === 0) {
    console.log("no file of lib/plan or lib/verify was changed");
    return;
  }
  rmSync(REPORT, { force: true });
  const args = ["stryker", "run", "--mutate", files.join(",")];
  const { status } = spawnSync("npx", args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0 || !existsSync(REPORT)) {
    throw new RoutedError("invalid-argument", "Stryker failed; read what it says above");
  }
  judge(JSON.parse(readFileSync(REPORT, "utf8")) as MutationReport);
}

function judge(report: MutationReport): void {
  const equivalents = JSON.parse(readFileSync(EQUIVALENTS, "utf8")) as Equivalent[];
  const { noticed, all, survivors, stale } = scoreOf(report, equivalents);
  for (const survivor of survivors) console.log(`no test notices ${survivor}`);
  for (const { file, original, replacement } of stale) {
    console.log(`${EQUIVALENTS}: ${file}: nothing survives as ${original} → ${replacement}`);
  }
  const share = all === 0 ? 1 : noticed / all;
  const percent = `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
  console.log(`tests notice ${noticed} of ${countOf(all, "mutant")}, ${percent}; the goal is 95 %`);
  if (share < GOAL || stale.length > 0) process.exitCode = 1;
}

function requireMutable(file: string): void {
  if (FOLDERS.test(file) && existsSync(file)) return;
  throw new RoutedError(
    "invalid-argument",
    `a file must be one of lib/plan or lib/verify, got "${file}"`,
  );
}

function changedFiles(): string[] {
  const head = git("rev-parse", "HEAD");
  const fork = git("merge-base", "main", "HEAD");
  const since = fork === head ? git("rev-list", "-1", "--before=1 day ago", "HEAD") : fork;
  if (since === "") return [];
  const changed = git("diff", "--name-only", "--diff-filter=d", since, "HEAD").split("\n");
  return changed.filter((file) => FOLDERS.test(file) && !file.includes(".generated."));
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  throw new RoutedError("invalid-argument", `git ${args[0]} failed: ${stderr.trim()}`);
}

try {
  main();
} catch (error) {
  console.error(`mutants: ${messageOf(error)}`);
  process.exitCode = 1;
}
