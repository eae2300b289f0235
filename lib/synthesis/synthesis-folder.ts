import { join } from "node:path";

/** cdktf's name for a synthesized stack's file. */
export const STACK_FILE = "cdk.tf.json";

/**
 * Where a synthesis leaves what, below its output directory (`cdktf.out` unless CDKTF_OUTDIR says
 * another). The only place that knows the layout.
 */
export interface SynthesisFolder {
  readonly root: string;
  /** The upgrade plans that the stacks were made from, `<environment>.json`. */
  readonly plans: string;
  /** What was observed for them, `<environment>.json`. */
  readonly observations: string;
  /** All stacks, a folder for each environment. */
  readonly stacks: string;
  /** The folder of an environment's stack, where Terraform runs. */
  readonly stack: (environment: string) => string;
}

export function synthesisFolder(outputDirectory: string): SynthesisFolder {
  const stacks = join(outputDirectory, "stacks");
  return {
    root: outputDirectory,
    plans: join(outputDirectory, "plans"),
    observations: join(outputDirectory, "observations"),
    stacks,
    stack: (environment) => join(stacks, environment),
  };
}
