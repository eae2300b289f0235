import { spawn } from "node:child_process";
import { messageOf, RoutedError } from "../errors";
import { signalGroup } from "./signal-group";
import { terraformEnvironment } from "./environment";

export interface TerraformResult {
  /** Exit status; null if it was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Runs `terraform <args>` in a folder; the port that tests fake. */
export type TerraformRunner = (
  args: readonly string[],
  options: { readonly cwd: string; readonly timeoutMs: number },
) => Promise<TerraformResult>;

/**
 * The real one: the `terraform` on the PATH, or the program that TERRAFORM_BINARY_NAME names, as
 * for cdktf. It runs in a process group of its own, which ends with it, providers included.
 *
 * @throws RoutedError `missing-tool` where there is no such program
 */
export function terraformRunner(variables: NodeJS.ProcessEnv): TerraformRunner {
  const command = variables["TERRAFORM_BINARY_NAME"] || "terraform";
  const env = terraformEnvironment(variables);
  return (args, { cwd, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd,
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let timedOut = false;
      const end = (): void => signalGroup(child.pid, "SIGKILL");
      const timer = setTimeout(() => {
        timedOut = true;
        end();
      }, timeoutMs);
      process.once("exit", end);
      const settle = (): void => {
        clearTimeout(timer);
        process.removeListener("exit", end);
      };
      child.stdout.on("data", (data: Buffer) => out.push(data));
      child.stderr.on("data", (data: Buffer) => err.push(data));
      child.once("error", (error) => {
        settle();
        const what = `${command} can't be run: ${messageOf(error)}`;
        const how = "install Terraform and put it on the PATH, or name it by TERRAFORM_BINARY_NAME";
        reject(new RoutedError("missing-tool", `${what}; ${how}`, { cause: error }));
      });
      child.once("close", (status) => {
        settle();
        resolve({ status, stdout: textOf(out), stderr: textOf(err), timedOut });
      });
    });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
