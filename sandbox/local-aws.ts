import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { RoutedError } from "../lib/errors";
import { SandboxControl } from "./control";
import { findProjectRoot } from "./project-root";
import type { Toolchain } from "./toolchain";

const FORK_TIMEOUT_MS = 20_000;

/** The account that a sandbox's environments belong to, unless other credentials say otherwise. */
export const SANDBOX_ACCOUNT_ID = "123456789012";

export interface LocalAwsOptions {
  readonly toolchain: Pick<Toolchain, "python">;
  /** @default 0: any free port */
  readonly port?: number;
  /** The region of `environment` and of the AMI ids that are told. @default us-east-1 */
  readonly region?: string;
  /** Milliseconds until it must answer. @default 60,000 */
  readonly startTimeoutMs?: number;
}

/** A running local AWS. It ends with `stop`, or with this process, however that ends. */
export interface LocalAws extends SandboxControl {
  /** For everything that is to use it: Terraform, cdktf, the SDK. Undefined takes a variable away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  /** The server's log. */
  readonly logFile: string;
  /**
   * A second local AWS that holds all that this one holds now, and shares nothing with it from then
   * on: a built fleet for each test at the price of one. It starts without faults of calls and with
   * an empty log of them, with the same faults of nodes and settings of their agents, and ends at
   * the latest when the one ends that was started first.
   */
  fork(): Promise<LocalAws>;
  /** Ends it and forgets all that it held. */
  stop(): Promise<void>;
}

/**
 * Starts a local AWS that holds nothing yet.
 *
 * @throws RoutedError sandbox-failed with the end of its log if it doesn't answer in time
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const folder = mkdtempSync(join(tmpdir(), "routed-local-aws-"));
  const logFile = join(folder, "log");
  const portFile = join(folder, "port.json");
  const log = openSync(logFile, "a");
  const args = ["-m", "sandbox_aws", "--until-stdin-closes", "--port-file", portFile];
  const child = spawn(
    options.toolchain.python,
    [...args, "--port", String(options.port ?? 0)],
    // Its standard input closes when this process ends, and then it ends too.
    { cwd: join(findProjectRoot(), "sandbox/aws"), stdio: ["pipe", log, log] },
  );
  closeSync(log);
  const failed = new Promise<never>((_, reject) => {
    child.once("error", (error) => reject(startFailed(error.message, logFile)));
    child.once("exit", (status) => reject(startFailed(`it ended with ${status}`, logFile)));
  });
  try {
    const endpoint = await Promise.race([
      failed,
      waitForEndpoint(portFile, logFile, options.startTimeoutMs ?? 60_000),
    ]);
    return new StartedAws(endpoint, options.region ?? "us-east-1", child, folder);
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  } finally {
    failed.catch(() => undefined);
  }
}

/** How another process finds a local AWS, as JSON. */
export interface LocalAwsAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly pid: number;
  readonly logFile: string;
}

/** A local AWS that another process started, and alone can stop. */
export function attachLocalAws(address: LocalAwsAddress): LocalAws {
  return new AttachedAws(address.endpoint, address.region, address.pid, dirname(address.logFile));
}

/**
 * The variables that lead AWS clients to a local AWS and nowhere else: no profile, no endpoint of
 * one service, no instance metadata of this machine.
 *
 * @param accountId the local AWS takes a 12-digit access key for the account itself
 */
export function localAwsEnvironment(
  endpoint: string,
  region: string,
  accountId: string = SANDBOX_ACCOUNT_ID,
): Readonly<Record<string, string | undefined>> {
  const inherited = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accountId,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}

abstract class RunningAws extends SandboxControl implements LocalAws {
  readonly environment: LocalAws["environment"];
  readonly logFile: string;

  constructor(
    endpoint: string,
    region: string,
    readonly pid: number,
    protected readonly folder: string,
  ) {
    super(endpoint, region);
    this.environment = localAwsEnvironment(endpoint, region);
    this.logFile = join(folder, "log");
  }

  async fork(): Promise<LocalAws> {
    const portFile = join(this.folder, `fork-${randomUUID()}.json`);
    const pid = await this.forkTo(portFile);
    const endpoint = await waitForEndpoint(portFile, this.logFile, FORK_TIMEOUT_MS);
    return new ForkedAws(endpoint, this.region, pid, this.folder);
  }

  abstract stop(): Promise<void>;
}

class StartedAws extends RunningAws {
  constructor(
    endpoint: string,
    region: string,
    private readonly child: ChildProcess,
    folder: string,
  ) {
    super(endpoint, region, child.pid ?? 0, folder);
    // Waiting for it must not keep a finished test run alive.
    child.unref();
    const input = child.stdin as { unref?: () => void } | null;
    input?.unref?.();
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      this.child.ref();
      this.child.kill("SIGKILL");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class AttachedAws extends RunningAws {
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

class ForkedAws extends RunningAws {
  stop(): Promise<void> {
    try {
      process.kill(this.pid, "SIGKILL");
    } catch {
      // It has ended with the one that was started first.
    }
    return Promise.resolve();
  }
}

async function waitForEndpoint(portFile: string, logFile: string, ms: number): Promise<string> {
  for (const end = Date.now() + ms; Date.now() < end;) {
    const port = readPort(portFile);
    if (port !== undefined) return `http://127.0.0.1:${port}`;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw startFailed(`it didn't answer within ${ms / 1000} s`, logFile);
}

function readPort(portFile: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(portFile, "utf8")) as { readonly port: number }).port;
  } catch {
    return undefined;
  }
}

function startFailed(reason: string, logFile: string): RoutedError {
  let log = "";
  try {
    log = readFileSync(logFile, "utf8").trim().split("\n").slice(-15).join("\n");
  } catch {
    // It ended before it wrote anything.
  }
  const quoted = log === "" ? "its log is empty" : `the end of its log:\n${log}`;
  return new RoutedError("sandbox-failed", `the local AWS didn't start: ${reason}; ${quoted}`);
}
