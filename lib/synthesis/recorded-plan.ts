import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, RoutedError } from "../errors";
import { writeWhole } from "../files/own-file";
import { parseJson, requireShape } from "../files/record-shape";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { UPGRADE_PLAN_SHAPE } from "../plan/upgrade-plan-shape";

/**
 * Writes `<directory>/<environment>.json`: the upgrade plan that a synthesis used, for whoever
 * verifies what Terraform makes of it. The file is there as a whole or not at all.
 *
 * @returns the file's path
 * @throws RoutedError `invalid-plan` where it can't be written
 */
export async function recordPlan(directory: string, plan: UpgradePlan): Promise<string> {
  const file = recordedFile(directory, plan.environment);
  try {
    await writeWhole(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (error) {
    const what = `the upgrade plan can't be recorded: ${messageOf(error)}`;
    throw invalid(file, `${what}; make the directory writable`, error);
  }
  return file;
}

/**
 * Reads what `recordPlan` wrote.
 *
 * @throws RoutedError `invalid-plan` where the file is missing, is not an upgrade plan, or is one
 *   of another environment
 */
export async function readRecordedPlan(
  directory: string,
  environment: string,
): Promise<UpgradePlan> {
  const file = recordedFile(directory, environment);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const what = missing
      ? `no upgrade plan of ${environment} is recorded`
      : `the recorded upgrade plan can't be read: ${messageOf(error)}`;
    throw invalid(
      file,
      `${what}; synthesize first (cdktf synth, cdktf diff ${environment})`,
      error,
    );
  }
  const plan = await parsePlan(text).catch((error: unknown) => {
    const what = `a recorded upgrade plan can't be this: ${messageOf(error)}`;
    throw invalid(file, `${what}; synthesize again`, error);
  });
  if (plan.environment !== environment) {
    const what = `environment must be ${environment}, got ${plan.environment}`;
    throw invalid(file, `${what}; synthesize again`);
  }
  return plan;
}

async function parsePlan(text: string): Promise<UpgradePlan> {
  return requireShape(UPGRADE_PLAN_SHAPE, parseJson(text));
}

function recordedFile(directory: string, environment: string): string {
  return join(directory, `${environment}.json`);
}

function invalid(file: string, message: string, cause?: unknown): RoutedError {
  return new RoutedError("invalid-plan", `${file}: ${message}`, { cause });
}
