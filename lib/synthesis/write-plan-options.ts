import { join } from "node:path";
import { writeWhole } from "../files/own-file";
import type { PlanOptions } from "../plan/plan-upgrade";

/**
 * What a synthesis takes from its environment to plan by the same options, and for one environment
 * only. The specs that nodes go back to are too long for a variable, so they go into a file.
 *
 * @param outputDirectory where the file is written: `rollouts/<environment>.targets.json`
 */
export async function synthesisVariables(
  environment: string,
  { acceptNewAddress, amiId, ignoreHealth, noCapacity, onlyNodes, targets }: PlanOptions,
  outputDirectory: string,
): Promise<NodeJS.ProcessEnv> {
  return {
    ROUTED_ENVIRONMENTS: environment,
    // The rollout looks at AWS, and so does what it synthesizes.
    ROUTED_OBSERVATIONS: undefined,
    // What destroys is never a rollout.
    ROUTED_DESTROY: undefined,
    ROUTED_IGNORE_HEALTH: ignoreHealth === true ? "1" : undefined,
    ROUTED_ONLY_NODES: onlyNodes?.join(),
    ROUTED_ACCEPT_NEW_ADDRESS: acceptNewAddress?.join(),
    ROUTED_NO_CAPACITY: noCapacity?.join(),
    ROUTED_TARGETS: targets === undefined ? undefined : await writeTargets(),
    ROUTED_AMI_ID: amiId,
    // `cdktf synth --output` sets it.
    CDKTF_OUTDIR: undefined,
  };

  async function writeTargets(): Promise<string> {
    const file = join(outputDirectory, "rollouts", `${environment}.targets.json`);
    await writeWhole(file, `${JSON.stringify(targets, null, 2)}\n`);
    return file;
  }
}
