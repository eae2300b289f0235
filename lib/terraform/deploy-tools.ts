import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Environment } from "../config/environment";
import { messageOf, RoutedError } from "../errors";
import { hasMovedOn } from "./moved-on";
import { terraformEnvironment } from "./environment";
import type { TerraformRunner } from "./runner";
import type { RunSubprocess, SubprocessRequest, SubprocessResult } from "./subprocess";

/** Of what a program wrote, so many lines of the end are quoted where it fails. */
const QUOTED_LINES = 30;

const VERSION_TIMEOUT_MS = 30_000;

/** What the backends need of Terraform: saved plans in HCP Terraform, S3's own lock. */
const OLDEST_TERRAFORM: Readonly<
  Record<Environment["backend"]["type"], readonly [number, number]>
> = {
  cloud: [1, 6],
  s3: [1, 10],
  local: [1, 5],
};

const GET_TERRAFORM =
  "install it from https://developer.hashicorp.com/terraform/install and put it on the PATH, or name it by TERRAFORM_BINARY_NAME";

export interface DeployToolsOptions {
  readonly variables: NodeJS.ProcessEnv;
  readonly run: RunSubprocess;
  /** All output is appended here. */
  readonly logFile: string;
}

/** What a step of a deploy may be limited by. */
export interface StepLimits {
  readonly timeoutMs: number;
  /** @default - nothing but the time-out ends it */
  readonly signal?: AbortSignal;
  readonly report?: (line: string) => void;
}

/** The two programs that a deploy consists of, run as a person would, with all output in one log. */
export class DeployTools {
  private readonly terraform: string;

  constructor(private readonly options: DeployToolsOptions) {
    this.terraform = options.variables["TERRAFORM_BINARY_NAME"] || "terraform";
  }

  /**
   * `cdktf <arguments>` in the project's folder.
   *
   * @throws RoutedError `missing-tool`, `terraform-failed`
   */
  async cdktf(
    args: readonly string[],
    cwd: string,
    variables: NodeJS.ProcessEnv,
    limits: StepLimits,
  ): Promise<void> {
    const request = { command: process.execPath, args: [cdktfCommand(), ...args], cwd, ...limits };
    const result = await this.run(request, variables);
    this.requireSuccess(`cdktf ${args[0] ?? ""}`, result);
  }

  /**
   * `terraform <arguments>`, which must end well.
   *
   * @throws RoutedError `missing-tool`, `terraform-failed`
   */
  async runTerraform(
    args: readonly string[],
    cwd: string,
    limits: StepLimits & { readonly capture?: boolean },
  ): Promise<string> {
    const result = await this.run({ command: this.terraform, args, cwd, ...limits });
    const words = args.filter((arg) => /^[a-z]+$/.test(arg));
    this.requireSuccess(["terraform", ...words].join(" "), result);
    return result.stdout;
  }

  /** For those who run Terraform by themselves: everything that it writes is in the log as well. */
  terraformRunner(signal: AbortSignal): TerraformRunner {
    return async (args, { cwd, timeoutMs }) => {
      const capture = args[0] === "show" || args[0] === "state";
      const result = await this.run({
        command: this.terraform,
        args,
        cwd,
        timeoutMs,
        signal,
        capture,
      });
      if (result.ended === "interrupted") this.requireSuccess(`terraform ${args[0] ?? ""}`, result);
      const { status, stdout, logged } = result;
      const words = this.withAdvice(logged);
      return {
        status,
        stdout: capture ? stdout : words,
        stderr: capture ? words : "",
        timedOut: result.ended === "timed out",
      };
    };
  }

  /** @throws RoutedError `missing-tool` where Terraform is missing, or too old for the backend */
  async requireTerraform(backend: Environment["backend"]["type"], cwd: string): Promise<void> {
    const limits = { timeoutMs: VERSION_TIMEOUT_MS, capture: true };
    const version = versionOf(await this.runTerraform(["version", "-json"], cwd, limits));
    const [major, minor] = OLDEST_TERRAFORM[backend];
    const [isMajor = 0, isMinor = 0] = version.split(".").map(Number);
    if (isMajor > major || (isMajor === major && isMinor >= minor)) return;
    throw new RoutedError(
      "missing-tool",
      `Terraform must be ${major}.${minor} or later for a backend of type ${backend}, got ${version}; ${GET_TERRAFORM}`,
    );
  }

  private async run(
    request: Omit<SubprocessRequest, "env" | "logFile">,
    variables: NodeJS.ProcessEnv = {},
  ): Promise<SubprocessResult> {
    const { run, logFile } = this.options;
    await mkdir(dirname(logFile), { recursive: true });
    const env = {
      ...terraformEnvironment(this.options.variables),
      FORCE_COLOR: "0",
      ...variables,
    };
    try {
      return await run({ ...request, env, logFile });
    } catch (error) {
      throw new RoutedError(
        "missing-tool",
        `${request.command} can't be run: ${messageOf(error)}; ${GET_TERRAFORM}`,
        { cause: error },
      );
    }
  }

  private requireSuccess(what: string, { ended, logged, status }: SubprocessResult): void {
    if (ended === "interrupted") {
      throw new RoutedError(
        "terraform-failed",
        `${what} was interrupted; nothing was changed by it`,
      );
    }
    if (status === 0) return;
    const how = ended === "timed out" ? "took too long" : `failed (${status ?? "killed"})`;
    const lines = this.withAdvice(logged).trim().split("\n").slice(-QUOTED_LINES);
    throw new RoutedError(
      hasMovedOn(logged) ? "stale-plan" : "terraform-failed",
      [`${what} ${how}; all that it wrote is in ${this.options.logFile}:`, ...lines].join("\n"),
    );
  }

  /** A Terraform that was killed leaves its lock behind, wherever that doesn't end with its holder. */
  private withAdvice(words: string): string {
    if (!words.includes("Error acquiring the state lock")) return words;
    return `${words.trimEnd()}\nA deploy of the environment is still running, or was killed: wait for its end. If none is, release the lock: terraform force-unlock <ID> in the stack's folder (cdktf.out/stacks/…).`;
  }
}

function versionOf(output: string): string {
  try {
    const { terraform_version: version } = JSON.parse(output) as { terraform_version?: string };
    return version ?? "unknown";
  } catch {
    return "unknown";
  }
}

/**
 * The script behind `npx cdktf`, which npx would take a second longer to find: what is installed as
 * cdktf-cli has one command, be it CDKTF's or CDK Terrain's.
 *
 * @param project the folder of the project that it is looked for in
 */
export function cdktfCommand(project: string = __dirname): string {
  try {
    const file = require.resolve("cdktf-cli/package.json", { paths: [project] });
    const { bin } = JSON.parse(readFileSync(file, "utf8")) as { bin: Record<string, string> };
    const [command = ""] = Object.values(bin);
    return join(dirname(file), command);
  } catch (error) {
    const message = "cdktf-cli is not installed; run npm ci in the project's folder";
    throw new RoutedError("missing-tool", message, { cause: error });
  }
}
