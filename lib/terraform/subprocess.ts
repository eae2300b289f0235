import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { signalGroup } from "./signal-group";
import { LogTail } from "./log-tail";

export interface SubprocessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** After this it is interrupted, and soon after killed. */
  readonly timeoutMs: number;
  /**
   * Interrupts it as Ctrl-C does, once: Terraform then gives its state lock back. What hasn't ended
   * `GRACE_MS` later is killed.
   * @default - nothing but the time-out ends it, not even the end of this process
   */
  readonly signal?: AbortSignal;
  /** Everything that it writes is appended here, unless it is captured. */
  readonly logFile: string;
  /** Standard output is data: it is returned as a whole, and isn't logged. @default false */
  readonly capture?: boolean;
  /** Is told what it writes to the log, line by line. */
  readonly report?: (line: string) => void;
}

export interface SubprocessResult {
  /** Exit status; null if it was killed. */
  readonly status: number | null;
  /** What was captured. */
  readonly stdout: string;
  /** The end of what it wrote to the log. */
  readonly logged: string;
  readonly ended: "by itself" | "interrupted" | "timed out";
}

/** Runs a program to its end; the port that tests fake. Rejects only where it can't be started. */
export type RunSubprocess = (request: SubprocessRequest) => Promise<SubprocessResult>;

/** From the interrupt until it is killed: Terraform ends its calls that are under way first. */
export const GRACE_MS = 60_000;

/**
 * The real one. The program has a process group of its own, so that a terminal's Ctrl-C doesn't
 * reach it. It writes to the log itself, not to a pipe: a Terraform that outlives this process
 * would be ended by the first line that it writes to a broken pipe, in the middle of an apply.
 */
export const runSubprocess: RunSubprocess = async (request) => {
  const tail = new LogTail(request.logFile, request.report);
  const log = openSync(request.logFile, "a");
  const command = [request.command, ...request.args].join(" ");
  writeSync(log, `--- ${new Date().toISOString()} ${command}\n`);
  await tail.skip();
  const child = spawn(request.command, request.args, {
    cwd: request.cwd,
    env: request.env,
    detached: true,
    stdio: ["ignore", request.capture === true ? "pipe" : log, log],
  });
  closeSync(log);
  tail.follow();
  try {
    const { status, stdout, ended } = await untilEnd(child, request);
    return { status, stdout, ended, logged: await tail.end() };
  } finally {
    await tail.end();
  }
};

function untilEnd(
  child: ChildProcess,
  { timeoutMs, signal }: SubprocessRequest,
): Promise<Omit<SubprocessResult, "logged">> {
  return new Promise((resolve, reject) => {
    let ended: SubprocessResult["ended"] = "by itself";
    let killer: NodeJS.Timeout | undefined;
    const output: Buffer[] = [];
    child.stdout?.on("data", (data: Buffer) => output.push(data));
    const interrupt = (why: SubprocessResult["ended"]): void => {
      if (ended !== "by itself") return;
      ended = why;
      child.kill("SIGINT");
      killer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), GRACE_MS);
    };
    const timer = setTimeout(() => interrupt("timed out"), timeoutMs);
    const abort = (): void => interrupt("interrupted");
    const endWithThisProcess = (): void => {
      if (signal !== undefined) child.kill("SIGINT");
    };
    signal?.addEventListener("abort", abort, { once: true });
    process.once("exit", endWithThisProcess);
    if (signal?.aborted === true) abort();
    const settle = (): void => {
      clearTimeout(timer);
      clearTimeout(killer);
      signal?.removeEventListener("abort", abort);
      process.removeListener("exit", endWithThisProcess);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (status) => {
      settle();
      // What it started may have been left behind by the interrupt.
      if (ended !== "by itself") signalGroup(child.pid, "SIGKILL");
      resolve({ status, stdout: Buffer.concat(output).toString("utf8"), ended });
    });
  });
}
