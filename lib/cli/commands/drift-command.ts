import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { RoutedError } from "../../errors";
import { readRecordedPlan } from "../../synthesis/recorded-plan";
import { driftOf } from "../../verify/drift/drift";
import { renderDrift, renderDriftJson } from "../../verify/drift/render-drift";
import { planStack, readPlanFile } from "../../terraform/run-plan";
import { terraformRunner } from "../../terraform/runner";
import type { TerraformRunner } from "../../terraform/runner";
import { renderViolation } from "../../verify/verdict";
import { verifyPlan } from "../../verify/verify-plan";
import type { CliWorld } from "../cli-world";
import { readObservation } from "./verify-command";
import { synthesisFolder } from "../../synthesis/synthesis-folder";
import { readStack } from "../../terraform/stack";

/** Exit status where somebody changed something by hand. */
const DRIFTED = 2;

export interface DriftCommandOptions {
  readonly json?: boolean;
  /** A plan file, or the output of `terraform show -json`; undefined makes a plan. */
  readonly plan?: string;
}

/**
 * `routed drift <environment>`: what was changed in AWS behind Terraform's back, and what the next
 * deploy does about it, from Terraform's plan of the last synthesis; changes nothing.
 *
 * @returns 0 none, 2 drift
 * @throws RoutedError for bad config, a missing synthesis, and a plan that can't be made, can't be
 *   read, or may lack something
 */
export async function driftCommand(
  name: string,
  options: DriftCommandOptions,
  world: CliWorld,
  runTerraform: TerraformRunner = terraformRunner(world.variables),
): Promise<number> {
  const { configDirectory, outputDirectory, observationsDirectory } = readSettings(world.variables);
  const folder = synthesisFolder(outputDirectory);
  const environment = loadEnvironment(configDirectory, name);
  const upgradePlan = await readRecordedPlan(folder.plans, name);
  const stackDirectory = folder.stack(name);
  const terraformPlan =
    options.plan === undefined
      ? await planStack({ stackDirectory, runTerraform })
      : await readPlanFile(options.plan, { stackDirectory, runTerraform });
  if (terraformPlan.errored) {
    const observation = await readObservation(
      environment,
      observationsDirectory ?? folder.observations,
    );
    const stack = await readStack(stackDirectory);
    const { violations } = verifyPlan({
      ...{ environment, upgradePlan, observation, terraformPlan, stack },
    });
    throw new RoutedError(
      "not-proved",
      [
        `${name}: Terraform's plan ended in an error, so drift may be missing:`,
        ...violations.map(renderViolation),
      ].join("\n"),
    );
  }
  if (!terraformPlan.complete) {
    throw new RoutedError(
      "invalid-plan",
      `${name}: Terraform's plan is not complete, so drift may be missing; plan again, without -target`,
    );
  }
  const drift = driftOf(terraformPlan);
  world.print(
    options.json === true
      ? renderDriftJson(drift, upgradePlan)
      : `${renderDrift(drift, upgradePlan)}\n`,
  );
  return drift.resources.length + drift.lost.length === 0 ? 0 : DRIFTED;
}
