import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { runProcess } from "../../sandbox/processes";
import { evaluate, fill, holds } from "./workflow-expression";
import type { Contexts, Status, Value } from "./workflow-expression";

type Texts = Readonly<Record<string, string>>;

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Texts;
  readonly "timeout-minutes"?: number;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly with?: Texts;
  readonly secrets?: Texts;
  readonly outputs?: Texts;
  readonly if?: string;
  readonly env?: Texts;
  readonly permissions?: Texts;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string };
  readonly "timeout-minutes"?: number;
  readonly strategy?: {
    readonly "max-parallel"?: number;
    readonly "fail-fast"?: boolean;
    readonly matrix?: { readonly include: string };
  };
}

export interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: Inputs } | null>>;
  readonly permissions?: Texts;
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

type Inputs = Readonly<Record<string, { readonly default?: string }>>;

export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(file, "utf8")) as Workflow;
}

/** A job's machine: what is different in each job. */
export interface Machine {
  /** Where the steps run. */
  readonly directory: string;
  readonly permissions: Texts;
  readonly github: Readonly<Record<string, Value>>;
  /** For the steps; an action may add some for those after it. */
  readonly variables: Record<string, string | undefined>;
}

/** What an action does, instead of it. @returns what it wrote; an error is its failure */
export type Action = (inputs: Texts, machine: Machine, env: Texts) => Promise<string> | string;

export interface Runner {
  /** By an action without its commit, or by a step's name where that can't be run here. */
  readonly actions: Readonly<Record<string, Action>>;
  /** What the machines have from the beginning. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The token of a job with these permissions. */
  readonly token: (permissions: Texts) => string;
}

export interface Play {
  readonly runner: Runner;
  /** The context `github`, without the token. */
  readonly github: Readonly<Record<string, Value>>;
  readonly inputs?: Texts;
  readonly secrets?: Texts;
}

export interface PlayedJob {
  readonly result: Status | "skipped";
  /** The step that failed first. */
  readonly failed?: string;
  readonly log: string;
  readonly outputs: Texts;
  readonly summary: string;
}

const SKIPPED: PlayedJob = { result: "skipped", log: "", outputs: {}, summary: "" };
const STEP_TIMEOUT_MS = 600_000;

/**
 * Plays a workflow's jobs as GitHub would: in the order of their needs, where their conditions hold,
 * once for each of their matrix, each on a machine of its own, one after the other.
 *
 * @returns by job; of a matrix, all but the last one only where it failed before
 */
export async function playWorkflow(
  file: string,
  play: Play,
): Promise<Readonly<Record<string, PlayedJob>>> {
  const workflow = readWorkflow(join(".github/workflows", file));
  const played: Record<string, PlayedJob> = {};
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const needs = [job.needs ?? []].flat();
    const contexts: Contexts = {
      github: play.github,
      inputs: { ...play.inputs },
      secrets: { ...play.secrets },
      needs: Object.fromEntries(
        needs.map((need) => {
          const { result, outputs } = played[need] ?? SKIPPED;
          return [need, { result, outputs: { ...outputs } }];
        }),
      ),
    };
    const results = needs.map((need) => played[need]?.result ?? "skipped");
    const status = results.includes("failure") ? "failure" : "success";
    const runs = holds(job.if, contexts, status);
    // Without a condition that asks for it, nothing runs after what was skipped.
    const isCutOff = results.includes("skipped") && !/(failure|always)\(\)/.test(job.if ?? "");
    played[name] = runs && !isCutOff ? await playMatrix(workflow, job, contexts, play) : SKIPPED;
  }
  return played;
}

async function playMatrix(
  workflow: Workflow,
  job: Job,
  contexts: Contexts,
  play: Play,
): Promise<PlayedJob> {
  const include = job.strategy?.matrix?.include;
  if (include === undefined) return playJob(workflow, job, contexts, play);
  const expression = include.replace(/^\$\{\{|\}\}$/g, "");
  const all: PlayedJob[] = [];
  for (const matrix of evaluate(expression, contexts, "success") as readonly Value[]) {
    all.push(await playJob(workflow, job, { ...contexts, matrix }, play));
    if (all.at(-1)?.result === "failure" && job.strategy?.["fail-fast"] !== false) break;
  }
  const log = all.map((one) => one.log).join("");
  return { ...(all.find(({ result }) => result === "failure") ?? all.at(-1) ?? SKIPPED), log };
}

async function playJob(
  workflow: Workflow,
  job: Job,
  contexts: Contexts,
  play: Play,
): Promise<PlayedJob> {
  if (job.uses !== undefined) {
    const inputs = filled(job.with, contexts);
    const secrets = filled(job.secrets, contexts);
    const called = await playWorkflow(job.uses.replace("./.github/workflows/", ""), {
      ...play,
      inputs,
      secrets,
    });
    const jobs = Object.values(called);
    const log = jobs.map((one) => one.log).join("");
    return { ...(jobs.find(({ result }) => result === "failure") ?? jobs.at(-1) ?? SKIPPED), log };
  }
  const root = mkdtempSync(join(tmpdir(), "routed-runner-"));
  try {
    return await playSteps(workflow, job, contexts, play, root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function playSteps(
  workflow: Workflow,
  job: Job,
  jobContexts: Contexts,
  { runner, github }: Play,
  root: string,
): Promise<PlayedJob> {
  const [directory = "", temp = ""] = ["work", "temp"].map((name) => join(root, name));
  for (const folder of [directory, temp]) mkdirSync(folder);
  const files = Object.fromEntries(
    ["event", "output", "summary"].map((name) => [name, join(temp, `.${name}`)]),
  );
  const permissions = job.permissions ?? workflow.permissions ?? {};
  const token = runner.token(permissions);
  writeFileSync(files["event"] ?? "", JSON.stringify(github["event"] ?? {}));
  writeFileSync(files["summary"] ?? "", "");
  const machine: Machine = {
    directory,
    permissions,
    github,
    variables: {
      ...runner.variables,
      HOME: root,
      RUNNER_TEMP: temp,
      GITHUB_EVENT_PATH: files["event"],
      GITHUB_OUTPUT: files["output"],
      GITHUB_STEP_SUMMARY: files["summary"],
      GITHUB_RUN_ID: "1",
    },
  };
  const steps: Record<string, Value> = {};
  const contexts = { ...jobContexts, github: { ...github, token }, steps };
  const jobEnv = filled(job.env, contexts);
  let status: Status = "success";
  let failed: string | undefined;
  let log = "";
  for (const step of job.steps ?? []) {
    const name = step.name ?? step.uses?.split("@")[0] ?? step.run ?? "";
    if (!holds(step.if, contexts, status)) continue;
    const env = { ...jobEnv, ...filled(step.env, contexts) };
    writeFileSync(files["output"] ?? "", "");
    const action = runner.actions[step.uses?.split("@")[0] ?? name];
    const ended = action
      ? await playAction(() => action(filled(step.with, contexts), machine, env))
      : await playScript(step, fill(step.run ?? "", contexts), machine, env, workflow);
    log += `=== ${name}\n${ended.log}\n`;
    if (!ended.good) {
      failed ??= name;
      status = "failure";
    }
    if (step.id !== undefined) steps[step.id] = { outputs: readOutputs(files["output"] ?? "") };
  }
  return {
    result: status,
    failed,
    log,
    outputs: filled(job.outputs, contexts, ""),
    summary: readFileSync(files["summary"] ?? "", "utf8"),
  };
}

interface EndedStep {
  readonly good: boolean;
  readonly log: string;
}

async function playAction(run: () => Promise<string> | string): Promise<EndedStep> {
  try {
    return { good: true, log: await run() };
  } catch (error) {
    return { good: false, log: error instanceof Error ? error.message : String(error) };
  }
}

async function playScript(
  step: Step,
  script: string,
  machine: Machine,
  env: Texts,
  workflow: Workflow,
): Promise<EndedStep> {
  if (step.run === undefined) throw new Error(`nothing stands in for ${step.uses ?? ""}`);
  const { shell } = workflow.defaults?.run ?? { shell: "" };
  if (shell !== "bash") throw new Error("only the shell bash is played");
  // What GitHub makes of `shell: bash`.
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  const { status, output } = await runProcess("bash", args, {
    cwd: machine.directory,
    // Nothing of this process's own: a machine has only what it is given.
    env: { ...nothingOf(process.env), ...machine.variables, ...env },
    timeoutMs: STEP_TIMEOUT_MS,
  });
  return { good: status === 0, log: output };
}

function nothingOf(variables: NodeJS.ProcessEnv): Record<string, undefined> {
  return Object.fromEntries(Object.keys(variables).map((name) => [name, undefined]));
}

function filled(
  texts: Readonly<Record<string, string | number | boolean>> | undefined,
  contexts: Contexts,
  otherwise?: string,
): Texts {
  const entries = Object.entries(texts ?? {}).map(([name, text]) => {
    try {
      return [name, fill(String(text), contexts)];
    } catch (error) {
      // A job's output of a step that didn't run is empty.
      if (otherwise === undefined) throw error;
      return [name, otherwise];
    }
  });
  return Object.fromEntries(entries) as Texts;
}

function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
