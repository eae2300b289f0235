import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RoutedError } from "../lib/errors";
import { cdktfCommand } from "../lib/terraform/deploy-tools";
import type { LocalAws } from "./local-aws";
import { runProcess, type ProcessResult, type RunOptions } from "./processes";
import type { Toolchain } from "./toolchain";
import { stackDirectory, type Workspace } from "./workspace";

export * from "./workspace";

/** What every run in a workspace needs. */
export interface RunInWorkspace {
  readonly workspace: Workspace;
  readonly environment: string;
  readonly aws: Pick<LocalAws, "environment">;
  readonly toolchain: Pick<Toolchain, "terraform" | "environment">;
  /** Added last; undefined takes a variable away. */
  readonly extraEnv?: Readonly<Record<string, string | undefined>>;
  /** More arguments, after the usual ones. */
  readonly args?: readonly string[];
  /** @default 600,000 for what deploys, 180,000 for what only reads */
  readonly timeoutMs?: number;
  /** Kills the run as `kill -9` would, Terraform included. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
  /** A command, with its first arguments, that runs the command given to it as its last ones. */
  readonly through?: readonly string[];
}

const DEPLOY_TIMEOUT_MS = 600_000;
const READ_TIMEOUT_MS = 180_000;

/**
 * Runs what a person types: `npx cdktf deploy <environment> --auto-approve`. Resolves whatever the
 * outcome: `status` 0 is a deploy that ended well.
 */
export function deployEnvironment(run: RunInWorkspace): Promise<ProcessResult> {
  return runCdktf("deploy", run);
}

/** Runs `ROUTED_DESTROY=<environment> npx cdktf destroy <environment> --auto-approve`. */
export function destroyEnvironment(run: RunInWorkspace): Promise<ProcessResult> {
  return runCdktf("destroy", {
    ...run,
    extraEnv: { ROUTED_DESTROY: run.environment, ...run.extraEnv },
  });
}

/** Runs what `npx cdktf synth` does for all environments of the workspace, without its slow start. */
export function synthesize(run: Omit<RunInWorkspace, "environment">): Promise<ProcessResult> {
  const cwd = run.workspace.directory;
  const settings = JSON.parse(readFileSync(join(cwd, "cdktf.json"), "utf8")) as { app: string };
  return runInWorkspace(run, "sh", ["-c", `exec ${settings.app}`], {
    cwd,
    timeoutMs: run.timeoutMs ?? READ_TIMEOUT_MS,
  });
}

/** Prepares the folder of the last synthesis for Terraform, and its backend. */
export function terraformInit(run: RunInWorkspace): Promise<ProcessResult> {
  return runTerraform(run, ["init", "-input=false", "-no-color", ...(run.args ?? [])]);
}

/** What a plan of the last synthesis would do: 0 nothing, 2 something, 1 it failed. */
export function terraformPlan(run: RunInWorkspace): Promise<ProcessResult> {
  const args = ["plan", "-detailed-exitcode", "-input=false", "-no-color", "-lock-timeout=30s"];
  return runTerraform(run, [...args, ...(run.args ?? [])]);
}

/**
 * Plans the last synthesis and returns Terraform's own JSON of the plan.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export async function terraformPlanJson(run: RunInWorkspace): Promise<unknown> {
  const file = join(stackDirectory(run.workspace, run.environment), "sandbox.tfplan");
  const planned = await terraformPlan({ ...run, args: [...(run.args ?? []), `-out=${file}`] });
  if (planned.status !== 0 && planned.status !== 2) throw failed("terraform plan", planned);
  const shown = await runTerraform({ ...run, args: [] }, ["show", "-json", file]);
  if (shown.status !== 0) throw failed("terraform show", shown);
  return JSON.parse(shown.stdout) as unknown;
}

/** A managed resource of the state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** All managed resources of the environment's state, wherever it lies; none before the first deploy. */
export async function stateResources(run: RunInWorkspace): Promise<readonly StateResource[]> {
  const pulled = await runTerraform({ ...run, args: [] }, ["state", "pull"]);
  if (pulled.status !== 0) throw failed("terraform state pull", pulled);
  return pulled.stdout.trim() === "" ? [] : resourcesOf(pulled.stdout);
}

/** The same of a state that lies in the workspace, without starting Terraform. */
export function localStateResources({
  workspace,
  environment,
}: Pick<RunInWorkspace, "workspace" | "environment">): readonly StateResource[] {
  const file = join(workspace.directory, `terraform.${environment}.tfstate`);
  return resourcesOf(readFileSync(file, "utf8"));
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: StateResource["values"] }[];
  }[];
}

function resourcesOf(state: string): readonly StateResource[] {
  const { resources } = JSON.parse(state) as StateFile;
  return resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ attributes }) => ({ address: `${type}.${name}`, type, values: attributes })),
    );
}

function runTerraform(run: RunInWorkspace, args: readonly string[]): Promise<ProcessResult> {
  return runInWorkspace(run, run.toolchain.terraform.command, args, {
    cwd: stackDirectory(run.workspace, run.environment),
    timeoutMs: run.timeoutMs ?? READ_TIMEOUT_MS,
  });
}

function runCdktf(command: "deploy" | "destroy", run: RunInWorkspace): Promise<ProcessResult> {
  const cdktf = cdktfCommand(run.workspace.project);
  const args = [cdktf, command, run.environment, "--auto-approve", ...(run.args ?? [])];
  return runInWorkspace(run, process.execPath, args, {
    cwd: run.workspace.directory,
    timeoutMs: run.timeoutMs ?? DEPLOY_TIMEOUT_MS,
  });
}

async function runInWorkspace(
  run: Omit<RunInWorkspace, "environment">,
  command: string,
  args: readonly string[],
  options: Pick<RunOptions, "cwd" | "timeoutMs">,
): Promise<ProcessResult> {
  const env = {
    // What another run or a test's own process may have set for this project's app.
    ROUTED_ENVIRONMENTS: undefined,
    ROUTED_OBSERVATIONS: undefined,
    ROUTED_IGNORE_HEALTH: undefined,
    ROUTED_DESTROY: undefined,
    CDKTF_OUTDIR: undefined,
    // A jest worker's variables change how node programs behave.
    NODE_ENV: undefined,
    JEST_WORKER_ID: undefined,
    FORCE_COLOR: "0",
    ...run.toolchain.environment,
    ...run.aws.environment,
    ...run.extraEnv,
  };
  const { signal, onOutput, through = [] } = run;
  const [first = command, ...rest] = [...through, command, ...args];
  const result = await runProcess(first, rest, { ...options, env, signal, onOutput });
  return { ...result, output: plainText(result.output), stdout: plainText(result.stdout) };
}

/** Without the terminal control sequences by which cdktf redraws its progress lines. */
export function plainText(output: string): string {
  // eslint-disable-next-line no-control-regex
  return output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}

function failed(what: string, result: ProcessResult): RoutedError {
  const end = result.output.trim().split("\n").slice(-20).join("\n");
  const how = result.timedOut ? "took too long" : `ended with ${result.status}`;
  return new RoutedError("sandbox-failed", `${what} ${how}:\n${end}`);
}
