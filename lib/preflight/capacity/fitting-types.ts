import type { Environment } from "../../config/environment";
import { useOf } from "./instance-capacity";
import type { InstanceType, NodeUse } from "./instance-capacity";

/** A type that holds what a node must, and how much of it would lie idle. */
export interface FittingType {
  readonly type: InstanceType;
  readonly use: NodeUse;
  /** Part of what tasks could use that none needs, 0 to 1: the mean of CPU's and memory's. */
  readonly waste: number;
}

/** Families whose types are suggested, by architecture. */
const FAMILIES = {
  x86_64: ["c6i", "c7i", "c7a", "m6i", "m7i", "m7a", "r6i", "r7i", "r7a", "x2idn", "x2iedn"],
  arm64: ["c7g", "c8g", "m7g", "m8g", "r7g", "r8g", "x2gd", "x8g"],
} as const;

export function candidateFamilies({ fleet }: Environment): readonly string[] {
  return FAMILIES[fleet.image.architecture];
}

/** Of `types` those that hold `tasks` tasks, and so many core sets, the least waste first. */
export function fittingTypes(
  types: readonly InstanceType[],
  tasks: number,
  environment: Environment,
  coreSets = tasks,
): FittingType[] {
  return types
    .filter(({ name }) => !name.includes(".metal"))
    .map((type) => ({ type, use: useOf(type, tasks, environment, coreSets) }))
    .filter(({ use }) => use.short.length === 0)
    .map(({ type, use }) => ({ type, use, waste: wasteOf(use) }))
    .sort((a, b) => a.waste - b.waste || (a.type.name < b.type.name ? -1 : 1));
}

function wasteOf({ needed, usable }: NodeUse): number {
  const idle = (part: number, whole: number) => (whole === 0 ? 1 : 1 - part / whole);
  return (idle(needed.cpuUnits, usable.cpuUnits) + idle(needed.memoryMiB, usable.memoryMiB)) / 2;
}
