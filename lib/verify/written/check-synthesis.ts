import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, RoutedError } from "../../errors";
import type { Settings } from "../../config/settings";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { STACK_FILE, synthesisFolder } from "../../synthesis/synthesis-folder";
import { terraformRunner } from "../../terraform/runner";
import type { TerraformRunner } from "../../terraform/runner";
import { isObject } from "../../terraform/values";
import { checkWrittenStack } from "./check-written-stack";
import { refuseProtectedDestroy } from "./refuse-protected-destroy";

/**
 * Looks at what a synthesis wrote, as whoever deploys it will find it: every way in synthesizes, so this
 * holds for all of them.
 *
 * @param planned what the stacks were made from; a stack of anything else is refused
 * @throws RoutedError `not-proved` with everything for which a stack may not be deployed, and why one
 *   can't be destroyed; the caller leaves nothing behind then
 */
export async function checkSynthesis(
  planned: readonly PlannedEnvironment[],
  { destroy, outputDirectory }: Pick<Settings, "destroy" | "outputDirectory">,
  runTerraform: TerraformRunner = terraformRunner(process.env),
): Promise<void> {
  const folder = synthesisFolder(outputDirectory);
  for (const name of writtenStacks(folder.root)) {
    const directory = folder.stack(name);
    const file = join(directory, STACK_FILE);
    const made = planned.find(({ environment }) => environment.name === name);
    if (made === undefined) throw refusal(file, ["nobody planned it"]);
    const json = readJson(file);
    if (name === destroy) {
      await refuseProtectedDestroy(name, json, runTerraform);
      continue;
    }
    const { observation, plan } = made;
    const problems = checkWrittenStack({ files: readdirSync(directory), json, plan, observation });
    if (problems.length > 0) throw refusal(file, problems);
  }
}

function writtenStacks(root: string): string[] {
  const file = join(root, "manifest.json");
  const manifest = readJson(file);
  const stacks = isObject(manifest) ? manifest["stacks"] : undefined;
  if (!isObject(stacks)) throw refusal(file, ["it names no stacks"]);
  return Object.keys(stacks);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw refusal(file, [`it can't be read: ${messageOf(error)}`], error);
  }
}

function refusal(file: string, problems: readonly string[], cause?: unknown): RoutedError {
  const lines = problems.map((problem) => `  - ${problem}`);
  const head = `${file} was written, and may not be deployed:`;
  const advice = "take the change out of the constructs, or make it as docs/contributing.md says";
  return new RoutedError("not-proved", [head, ...lines, advice].join("\n"), { cause });
}
