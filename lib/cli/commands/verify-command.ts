import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../config/environment";
import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import type { Observation } from "../../observe/observation";
import { RecordedObservationReader } from "../../observe/recorded";
import { readRecordedPlan } from "../../synthesis/recorded-plan";
import { renderVerdict, renderVerdictJson } from "../../verify/render-verdict";
import { planAndKeep } from "../../terraform/keep-plan";
import { planStack, readPlanFile } from "../../terraform/run-plan";
import type { PlanStackOptions } from "../../terraform/run-plan";
import type { TerraformPlan } from "../../terraform/plan";
import { readStack } from "../../terraform/stack";
import { terraformRunner } from "../../terraform/runner";
import type { TerraformRunner } from "../../terraform/runner";
import { parseDuration, renderDuration } from "../../rollout/duration";
import type { Violation } from "../../verify/verdict";
import { refuseTainted } from "../../verify/refuse-tainted";
import { verifyPlan } from "../../verify/verify-plan";
import type { CliWorld } from "../cli-world";
import { synthesisFolder } from "../../synthesis/synthesis-folder";

/** Exit status of a plan that may not be applied. */
const NOT_PROVED = 1;

export interface VerifyOptions {
  readonly json: boolean;
  /** A plan file, or the output of `terraform show -json`; undefined makes a plan. */
  readonly plan: string | undefined;
  /** Where to keep the plan that is made. */
  readonly out: string | undefined;
  /**
   * How old the plan may be, e.g. `30m`.
   * @default - it may be of any age
   */
  readonly maxPlanAge?: string;
}

/**
 * `routed verify <environment>`: proves, from Terraform's own plan of the synthesized stack, that
 * applying it does no more than the upgrade plan decided; changes nothing.
 *
 * @returns 0 proved, 1 not
 * @throws RoutedError for bad config, a missing synthesis, and a plan that can't be made or read
 */
export async function verifyCommand(
  name: string,
  options: VerifyOptions,
  world: CliWorld,
  runTerraform: TerraformRunner = terraformRunner(world.variables),
  now: number = Date.now(),
): Promise<number> {
  const { configDirectory, outputDirectory, observationsDirectory } = readSettings(world.variables);
  const folder = synthesisFolder(outputDirectory);
  const { maxPlanAge } = options;
  const maxSeconds = maxPlanAge === undefined ? null : parseDuration(maxPlanAge, "--max-plan-age");
  const environment = loadEnvironment(configDirectory, name);
  const upgradePlan = await readRecordedPlan(folder.plans, name);
  const stackDirectory = folder.stack(name);
  if (options.plan === undefined)
    await refuseTainted(upgradePlan, { stackDirectory, runTerraform });
  const terraformPlan = await planOf(options, { stackDirectory, runTerraform });
  const observation = await readObservation(
    environment,
    observationsDirectory ?? folder.observations,
  );
  const stack = await readStack(stackDirectory);
  const proof = verifyPlan({ environment, upgradePlan, observation, terraformPlan, stack });
  const { plannedAt } = terraformPlan;
  const tooOld = violationOfAge(plannedAt, maxSeconds, now);
  const violations = [...proof.violations, ...(tooOld === null ? [] : [tooOld])];
  const verdict = {
    ...proof,
    proved: proof.proved && tooOld === null,
    violations,
    plannedAt,
    maxPlanAgeSeconds: maxSeconds,
  };
  const most = maxSeconds === null ? "" : `; may be ${renderDuration(maxSeconds)} old`;
  world.print(
    options.json
      ? renderVerdictJson(verdict)
      : `${renderVerdict(verdict)}\nplanned at ${plannedAt ?? "an unknown time"}${most}\n`,
  );
  return verdict.proved ? 0 : NOT_PROVED;
}

/** What a plan was proved from goes on; one whose age isn't known is too old. */
function violationOfAge(
  plannedAt: string | null,
  maxSeconds: number | null,
  now: number,
): Violation | null {
  if (maxSeconds === null) return null;
  const seconds = plannedAt === null ? null : (now - Date.parse(plannedAt)) / 1000;
  if (seconds !== null && seconds <= maxSeconds) return null;
  const age = seconds === null ? "of an unknown time" : `${renderDuration(seconds)} old`;
  return {
    rule: "plan",
    addresses: [],
    attributes: [],
    what: `a plan would be applied that is ${age}`,
    why: `it may be ${renderDuration(maxSeconds)} old (--max-plan-age), and nodes may have died since`,
    remedy: "plan again",
  };
}

function planOf(
  { plan, out }: VerifyOptions,
  stack: Pick<PlanStackOptions, "stackDirectory" | "runTerraform">,
): Promise<TerraformPlan> {
  if (plan !== undefined) return readPlanFile(plan, stack);
  return out === undefined ? planStack(stack) : planAndKeep(out, stack);
}

/** What the synthesis observed, or null where it left no record of it. */
export async function readObservation(
  environment: Environment,
  directory: string,
): Promise<Observation | null> {
  if (!existsSync(join(directory, `${environment.name}.json`))) return null;
  return new RecordedObservationReader(directory).read(environment);
}
