import { spawn, spawnSync } from "node:child_process";
import { RoutedError } from "../lib/errors";

/** How a subprocess ended and what it wrote. */
export interface ProcessResult {
  /** Exit status; null if it was killed. */
  readonly status: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
  readonly stdout: string;
  readonly durationMs: number;
  /** True if it was killed for taking longer than allowed. */
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which the process and all its descendants are killed. */
  readonly timeoutMs: number;
  /** Kills the process and all its descendants when aborted, as `kill -9` would. */
  readonly signal?: AbortSignal;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

const PIPE_GRACE_MS = 5_000;
const running = new Set<number>();
let cleansUpAtExit = false;

/**
 * Runs a command to its end. Resolves whatever its exit status; rejects with a RoutedError only if
 * it can't be started. No descendant outlives a time-out, an abort or this process.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<ProcessResult> {
  cleanUpAtExit();
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let stdout = "";
    let timedOut = false;
    const kill = (): void => {
      if (child.pid !== undefined) killTree(child.pid);
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, options.timeoutMs);
    if (child.pid !== undefined) running.add(child.pid);
    options.signal?.addEventListener("abort", kill, { once: true });
    if (options.signal?.aborted) kill();
    const collect = (text: string): void => {
      output += text;
      options.onOutput?.(text);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      collect(text);
    });
    child.stderr.setEncoding("utf8").on("data", collect);
    const end = (): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", kill);
      if (child.pid !== undefined) running.delete(child.pid);
    };
    child.on("error", (error) => {
      end();
      reject(new RoutedError("sandbox-failed", `can't run ${command}: ${error.message}`));
    });
    // A process that got away may hold the pipes open; its output is not waited for.
    child.on("exit", () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, PIPE_GRACE_MS).unref();
    });
    child.on("close", (status) => {
      end();
      resolve({ status, output, stdout, timedOut, durationMs: Date.now() - startedAt });
    });
  });
}

/**
 * Kills a process and all its descendants. cdktf runs Terraform in a pseudo terminal outside of its
 * own process group, so they are found by their parents, before these are gone.
 */
export function killTree(root: number): void {
  const stopped = new Set<number>();
  // A process may start another one while the list is read; a stopped one can't.
  for (let round = 0; round < 5; round++) {
    const found = [root, ...descendantsOf(root, readProcesses())].filter(
      (pid) => !stopped.has(pid),
    );
    if (found.length === 0) break;
    for (const pid of found) {
      signalIfAlive(pid, "SIGSTOP");
      stopped.add(pid);
    }
  }
  for (const pid of stopped) signalIfAlive(pid, "SIGKILL");
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** Process id → parent's process id. */
export type ProcessTable = ReadonlyMap<number, number>;

/** Parses what `ps -A -o pid=,ppid=` writes. */
export function parseProcesses(listing: string): ProcessTable {
  const table = new Map<number, number>();
  for (const line of listing.split("\n")) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (pid !== undefined && parent !== undefined && pid > 0) table.set(pid, parent);
  }
  return table;
}

/** All descendants of `root`, nearest first; without `root`. */
export function descendantsOf(root: number, table: ProcessTable): readonly number[] {
  const found: number[] = [];
  for (let parents = [root]; parents.length > 0;) {
    const children = [...table].filter(([, parent]) => parents.includes(parent));
    parents = children.map(([pid]) => pid);
    found.push(...parents);
  }
  return found;
}

function readProcesses(): ProcessTable {
  return parseProcesses(spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).stdout);
}

function cleanUpAtExit(): void {
  if (cleansUpAtExit) return;
  cleansUpAtExit = true;
  process.on("exit", () => running.forEach(killTree));
}
