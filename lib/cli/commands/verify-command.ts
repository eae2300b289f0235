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
): Promise<number> {
  const { configDirectory, outputDirectory, observationsDirectory } = readSettings(world.variables);
  const folder = synthesisFolder(outputDirectory);
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
  const verdict = verifyPlan({ environment, upgradePlan, observation, terraformPlan, stack });
  world.print(options.json ? renderVerdictJson(verdict) : `${renderVerdict(verdict)}\n`);
  return verdict.proved ? 0 : NOT_PROVED;
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
