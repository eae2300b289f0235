import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { join } from "node:path";
import type { RunInWorkspace } from "./deploy";
import type { ProcessResult } from "./processes";
import { findProjectRoot } from "./project-root";

/** Settings of another run, and of a jest worker, which change what the program does. */
const NOT_PASSED_ON = /^(ROUTED_|CDKTF_OUTDIR$|NODE_ENV$|JEST_WORKER_ID$)/;

/**
 * Starts what a person types in a workspace: `npx routed <arguments>`. With `inherit` it has this
 * process's terminal, live view and Ctrl-C included.
 */
export function startRouted(
  { workspace, aws, toolchain }: Pick<RunInWorkspace, "workspace" | "aws" | "toolchain">,
  args: readonly string[],
  stdio: StdioOptions,
): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name));
  return spawn(process.execPath, [join(findProjectRoot(), "bin/routed.cjs"), ...args], {
    cwd: workspace.directory,
    env: { ...Object.fromEntries(inherited), ...toolchain.environment, ...aws.environment },
    stdio,
  });
}

/** What a person types in a workspace, to its end: `npx routed <arguments>`. */
export async function runRouted(
  run: Pick<RunInWorkspace, "workspace" | "aws" | "toolchain">,
  args: readonly string[],
): Promise<Pick<ProcessResult, "status" | "output" | "stdout">> {
  const child = startRouted(run, args, ["ignore", "pipe", "pipe"]);
  let output = "";
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { status, output, stdout };
}
