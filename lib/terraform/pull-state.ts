import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertEndedWell, initializeStack } from "./run-plan";
import type { PlanStackOptions } from "./run-plan";
import type { TerraformRunner } from "./runner";
import { parseState } from "./state";
import type { TerraformState } from "./state";
import { STACK_FILE } from "../synthesis/synthesis-folder";

const STATE_TIMEOUT_MS = 2 * 60_000;

/**
 * Reads the state of a synthesized stack, wherever its backend keeps it.
 *
 * @returns null where nothing was deployed yet
 * @throws RoutedError `terraform-failed`
 */
export async function pullState(
  options: Pick<PlanStackOptions, "stackDirectory" | "runTerraform">,
): Promise<TerraformState | null> {
  await initializeStack(options);
  const { stackDirectory: cwd, runTerraform } = options;
  const pulled = await runTerraform(["state", "pull"], { cwd, timeoutMs: STATE_TIMEOUT_MS });
  assertEndedWell("terraform state pull", pulled);
  return parseState(pulled.stdout);
}

/**
 * The same, from nothing but the settings of a stack's backend: it takes no provider.
 *
 * @param settings the `terraform` block of a synthesized stack
 */
export async function pullStateOf(
  settings: Readonly<Record<string, unknown>>,
  runTerraform: TerraformRunner,
): Promise<TerraformState | null> {
  const { backend, cloud } = settings;
  const stackDirectory = await mkdtemp(join(tmpdir(), "routed-state-"));
  try {
    const terraform = { ...(backend ? { backend } : {}), ...(cloud ? { cloud } : {}) };
    await writeFile(join(stackDirectory, STACK_FILE), JSON.stringify({ terraform }));
    return await pullState({ stackDirectory, runTerraform });
  } finally {
    await rm(stackDirectory, { recursive: true, force: true });
  }
}
