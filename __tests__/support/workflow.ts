import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string };
  readonly strategy?: { readonly "max-parallel"?: number; readonly "fail-fast"?: boolean };
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(file, "utf8")) as Workflow;
}

export interface Play {
  /** Where the steps run. */
  readonly directory: string;
  /** The values of `${{ … }}`, by expression; one that is missing is an error. */
  readonly expressions: Readonly<Record<string, string>>;
  readonly variables: NodeJS.ProcessEnv;
  /** By a step's name, or its action without the commit: what is done instead of it. */
  readonly stubs: Readonly<Record<string, () => void>>;
}

export interface Played {
  /** The step that failed; undefined where none did. */
  readonly failed: string | undefined;
  readonly log: string;
  /** By step id, then by name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly summary: string;
}

/** Plays a job's steps as a runner would, up to the first that fails; then those `if: failure()`. */
export function playJob(job: Job, play: Play): Played {
  const temp = join(play.directory, ".runner");
  mkdirSync(temp, { recursive: true });
  const summaryFile = join(temp, "summary");
  writeFileSync(summaryFile, "");
  const outputs: Record<string, Record<string, string>> = {};
  let failed: string | undefined;
  let log = "";
  const fill = (text: string): string =>
    text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
      const value = play.expressions[expression];
      if (value === undefined) throw new Error(`no value for the expression ${expression}`);
      return value;
    });
  for (const step of job.steps ?? []) {
    const name = step.name ?? step.uses?.split("@")[0] ?? step.run ?? "";
    if ((failed !== undefined) !== (step.if === "failure()")) continue;
    const stub = play.stubs[name];
    if (stub) {
      stub();
      continue;
    }
    if (step.run === undefined) throw new Error(`no stub for ${name}`);
    const outputFile = join(temp, "output");
    writeFileSync(outputFile, "");
    const env = Object.entries({ ...job.env, ...step.env }).map(([key, value]) => [
      key,
      fill(value),
    ]);
    // GitHub's `shell: bash`.
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", fill(step.run)];
    const run = spawnSync("bash", args, {
      cwd: play.directory,
      env: {
        ...play.variables,
        ...(Object.fromEntries(env) as NodeJS.ProcessEnv),
        RUNNER_TEMP: temp,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
      },
      encoding: "utf8",
      timeout: 120_000,
    });
    log += `=== ${name}\n${run.stdout}${run.stderr}`;
    if (run.status !== 0) failed = name;
    if (step.id !== undefined) outputs[step.id] = readOutputs(outputFile);
  }
  return { failed, log, outputs, summary: readFileSync(summaryFile, "utf8") };
}

function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
