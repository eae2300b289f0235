import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STACK_FILE, synthesisFolder } from "../../lib/synthesis/synthesis-folder";

/** The name of this project's program in results. */
export const PRODUCT = "this project (CDKTF)";

/** Resources by Terraform type in a synthesis' stacks. */
export function resourcesIn(output: string): Record<string, number> {
  const stacks = synthesisFolder(output).stacks;
  const counts: Record<string, number> = {};
  for (const stack of readdirSync(stacks)) {
    const text = readFileSync(join(stacks, stack, STACK_FILE), "utf8");
    const { resource } = JSON.parse(text) as { resource: Readonly<Record<string, object>> };
    for (const [type, byName] of Object.entries(resource)) {
      counts[type] = (counts[type] ?? 0) + Object.keys(byName).length;
    }
  }
  return counts;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
