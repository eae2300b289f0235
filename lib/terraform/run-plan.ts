import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { messageOf, RoutedError } from "../errors";
import { PRIVATE } from "../files/own-file";
import { hasMovedOn } from "./moved-on";
import { parseTerraformPlan } from "./plan";
import type { TerraformPlan } from "./plan";
import type { TerraformResult, TerraformRunner } from "./runner";
import { erroredState } from "../synthesis/errored-state";
import { STACK_FILE } from "../synthesis/synthesis-folder";

/** Fleets of 100 PoPs are refreshed in 1 to 2 minutes; AWS's throttling can take it to several. */
const PLAN_TIMEOUT_MS = 20 * 60_000;
const INIT_TIMEOUT_MS = 5 * 60_000;
const SHOW_TIMEOUT_MS = 2 * 60_000;

/** A zip archive, which a plan file is; or the bookmark of a Terraform Cloud run. */
const ZIP_MAGIC = "PK";
const CLOUD_BOOKMARK = "remote_plan_format";

export interface PlanStackOptions {
  /** The environment's synthesized stack, e.g. `cdktf.out/stacks/prd-na`. */
  readonly stackDirectory: string;
  readonly runTerraform: TerraformRunner;
  /**
   * Keep the plan file here, so that exactly what was verified can be applied.
   * @default - it is deleted
   */
  readonly keepAs?: string;
  /**
   * Whether Terraform reads all resources again before it plans. Data sources are read either way,
   * the checks of what was observed among them.
   * @default true
   */
  readonly refresh?: boolean;
  /**
   * Whether the state is locked meanwhile, as for a plan that is applied next. A plan that only
   * answers a question reads without the lock: it needs no right to write one, keeps nobody from
   * deploying, and leaves none behind where it is cut off.
   * @default false
   */
  readonly lock?: boolean;
}

/**
 * Runs `terraform init` on a synthesized stack where that wasn't run yet.
 *
 * @throws RoutedError `terraform-failed`, `invalid-plan` where nothing was synthesized
 */
export async function initializeStack({
  stackDirectory: cwd,
  runTerraform,
}: Pick<PlanStackOptions, "stackDirectory" | "runTerraform">): Promise<void> {
  if (!existsSync(join(cwd, STACK_FILE))) {
    const what = `${cwd}: there is no synthesized stack`;
    throw new RoutedError("invalid-plan", `${what}; synthesize first (cdktf synth)`);
  }
  const errored = erroredState(cwd);
  if (errored !== null) throw new RoutedError("terraform-failed", errored);
  if (existsSync(join(cwd, ".terraform"))) return;
  const init = await runTerraform(["init", "-input=false", "-no-color"], {
    cwd,
    timeoutMs: INIT_TIMEOUT_MS,
  });
  assertEndedWell("terraform init", init);
}

/**
 * Runs `terraform plan` on a synthesized stack, after `terraform init` where that wasn't run yet.
 *
 * A plan that Terraform refuses because of a pin is one that ended in an error: it may lack changes,
 * can't be applied and isn't kept, but what it has says why it was refused.
 *
 * @throws RoutedError `terraform-failed` with Terraform's own words where planning fails or takes
 *   too long, `stale-plan` where the environment changed after the synthesis or changes now, `invalid-plan` where nothing was synthesized
 */
export async function planStack(options: PlanStackOptions): Promise<TerraformPlan> {
  const { stackDirectory: cwd, runTerraform } = options;
  await initializeStack(options);
  // A plan holds whatever the configuration holds, so nobody else may read it.
  const folder = await mkdtemp(join(tmpdir(), "routed-verify-"));
  try {
    const file = options.keepAs === undefined ? join(folder, "plan") : resolve(options.keepAs);
    // Said either way, since what TF_CLI_ARGS_plan says comes before it.
    const lock = options.lock === true ? ["-lock=true", "-lock-timeout=60s"] : ["-lock=false"];
    const refresh = options.refresh === false ? ["-refresh=false"] : [];
    // Terraform writes into what is there, and keeps its mode.
    await rm(file, { force: true });
    await writeFile(file, "", { flag: "wx", mode: PRIVATE });
    const planned = await runTerraform(
      ["plan", "-input=false", "-no-color", ...lock, ...refresh, `-out=${file}`],
      { cwd, timeoutMs: PLAN_TIMEOUT_MS },
    );
    if (!wasRefusedByPin(planned)) {
      if (planned.status !== 0) await rm(file, { force: true });
      assertEndedWell("terraform plan", planned);
      return await showPlan(file, "terraform plan", options);
    }
    try {
      const refused = await showPlan(file, "terraform plan", options);
      if (refused.errored) return refused;
      // Not what Terraform itself says of it: nothing of it is believed.
      throw ended("terraform plan", planned);
    } finally {
      await rm(file, { force: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Reads a plan that somebody made: the JSON of `terraform show -json`, or a plan file, which
 * Terraform then shows.
 *
 * @throws RoutedError `invalid-plan` where the file is missing or is neither, `terraform-failed`
 *   where Terraform can't show it
 */
export async function readPlanFile(
  file: string,
  options: Pick<PlanStackOptions, "stackDirectory" | "runTerraform">,
): Promise<TerraformPlan> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    const what = `${file}: the plan can't be read: ${messageOf(error)}`;
    const how = "give a plan file, or the output of terraform show -json";
    throw new RoutedError("invalid-plan", `${what}; ${how}`, { cause: error });
  }
  const isPlanFile =
    content.subarray(0, 2).toString("latin1") === ZIP_MAGIC || content.includes(CLOUD_BOOKMARK);
  return isPlanFile
    ? await showPlan(resolve(file), file, options)
    : parseTerraformPlan(content.toString("utf8"), file);
}

async function showPlan(
  file: string,
  source: string,
  options: Pick<PlanStackOptions, "stackDirectory" | "runTerraform">,
): Promise<TerraformPlan> {
  const shown = await options.runTerraform(["show", "-json", file], {
    cwd: options.stackDirectory,
    timeoutMs: SHOW_TIMEOUT_MS,
  });
  assertEndedWell("terraform show", shown);
  return parseTerraformPlan(shown.stdout, source);
}

const LAST_LINES = 30;

/** @throws RoutedError `terraform-failed` or `stale-plan`, with Terraform's words */
export function assertEndedWell(what: string, result: TerraformResult): void {
  if (result.status !== 0) throw ended(what, result);
}

function ended(what: string, result: TerraformResult): RoutedError {
  const how = result.timedOut ? "took too long" : `failed (${result.status ?? "killed"})`;
  const words = result.stderr.trim() || result.stdout.trim();
  const lines = words.split("\n").slice(-LAST_LINES);
  const code = hasMovedOn(words) ? "stale-plan" : "terraform-failed";
  return new RoutedError(code, [`${what} ${how}:`, ...lines].join("\n"));
}

/** By `prevent_destroy`, and not because the environment has changed since, which is told first. */
function wasRefusedByPin({ status, stderr, stdout }: TerraformResult): boolean {
  const words = `${stdout}\n${stderr}`;
  return (
    status === 1 && words.includes("Error: Instance cannot be destroyed") && !hasMovedOn(words)
  );
}
