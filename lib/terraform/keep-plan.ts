import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireOwn, writeOwn } from "../files/own-file";
import type { OwnFile } from "../files/own-file";
import { planStack } from "./run-plan";
import type { PlanStackOptions } from "./run-plan";
import type { TerraformPlan } from "./plan";

/** How Terraform writes a plan file: an archive whose first member is the plan, or a run's bookmark. */
const PLAN_FILE = /^(PK[^]{28}tfplan|{"remote_plan_format":)/;

/**
 * Plans, and keeps the plan file where somebody asked for it, so that exactly what was verified can
 * be applied.
 *
 * @throws RoutedError `unwritable-file` where something else lies there, before anything is planned;
 *   and as `planStack`
 */
export async function planAndKeep(
  path: string,
  options: Omit<PlanStackOptions, "keepAs">,
): Promise<TerraformPlan> {
  const kept: OwnFile = {
    path,
    kind: "a plan file of Terraform's",
    isPrivate: true,
    isOwn: (content) => PLAN_FILE.test(content.subarray(0, 100).toString("latin1")),
  };
  await requireOwn(kept);
  // A plan holds whatever the configuration holds, so nobody else may read it.
  const folder = await mkdtemp(join(tmpdir(), "routed-plan-"));
  try {
    const file = join(folder, "plan");
    const plan = await planStack({ ...options, keepAs: file });
    if (!plan.errored) await writeOwn(kept, await readFile(file));
    return plan;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
