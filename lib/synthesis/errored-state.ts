import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { RoutedError } from "../errors";

/** What Terraform writes beside the stack where the state's backend doesn't take it after an apply. */
const ERRORED_STATE = "errored.tfstate";

/**
 * Why nothing may be planned from a stack's folder: what an apply did is in no state but a file in it, and
 * the next apply would do it once more. Null where there is none.
 */
export function erroredState(stackDirectory: string): string | null {
  if (!existsSync(join(stackDirectory, ERRORED_STATE))) return null;
  return (
    `${basename(stackDirectory)}: an earlier deploy couldn't write Terraform's state, and left it in ` +
    `${join(stackDirectory, ERRORED_STATE)}; write it before anything else: (cd ${stackDirectory} && ` +
    `terraform state push ${ERRORED_STATE} && rm ${ERRORED_STATE})`
  );
}

/**
 * A synthesis removes the folders of stacks that it doesn't make, so it looks into all.
 *
 * @param stacks see `SynthesisFolder.stacks`
 * @throws RoutedError `terraform-failed`
 */
export function requireNoErroredState(stacks: string): void {
  if (!existsSync(stacks)) return;
  const found = readdirSync(stacks).flatMap((name) => erroredState(join(stacks, name)) ?? []);
  if (found.length > 0) throw new RoutedError("terraform-failed", found.join("\n"));
}
