import { readFile } from "node:fs/promises";
import type { Settings } from "../config/settings";
import { messageOf, RoutedError } from "../errors";
import { NODE_SPEC_PARTS, partViolation, specOf } from "./node-spec";
import type { NodeSpec } from "./node-spec";
import type { PlanOptions } from "./plan-upgrade";

/**
 * The planner's options of a run, from its settings. Slots and their targets are one environment's,
 * so they may be given for one environment only.
 *
 * @param environments how many are planned
 * @throws RoutedError `invalid-argument`
 */
export async function readPlanOptions(
  settings: Pick<Settings, "ignoreHealth" | "onlyNodes" | "targetsFile">,
  environments = 1,
): Promise<PlanOptions> {
  const { ignoreHealth, onlyNodes, targetsFile } = settings;
  if (environments !== 1 && (onlyNodes !== undefined || targetsFile !== undefined)) {
    throw new RoutedError(
      "invalid-argument",
      `ROUTED_ONLY_NODES and ROUTED_TARGETS are for one environment, got ${environments}; name it ` +
        `in ROUTED_ENVIRONMENTS, or unset them`,
    );
  }
  const targets = targetsFile === undefined ? undefined : await readTargets(targetsFile);
  return { ignoreHealth, onlyNodes, targets };
}

/** Reads a JSON object of slot → node spec. */
async function readTargets(file: string): Promise<Record<number, NodeSpec>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw invalid(`a readable JSON file, got ${file}: ${messageOf(error)}`, error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(`a file with an object of slot → node spec, got ${file}`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([slot, spec]) => {
      if (!/^(0|[1-9]\d*)$/.test(slot)) {
        throw invalid(`a file with slots' numbers as keys, got "${slot}" in ${file}`);
      }
      return [Number(slot), toSpec(spec, `${file}: ${slot}`)];
    }),
  );
}

/** Exactly a spec's parts: what is passed on to AWS holds nothing else. */
function toSpec(value: unknown, where: string): NodeSpec {
  const parts = (typeof value === "object" && value !== null ? value : {}) as Partial<NodeSpec>;
  for (const part of NODE_SPEC_PARTS) {
    const violation = partViolation(part, parts[part]);
    if (violation !== null) throw invalid(`${violation} in each spec, see ${where}`);
  }
  return specOf(parts as NodeSpec);
}

function invalid(allowed: string, cause?: unknown): RoutedError {
  const message = `ROUTED_TARGETS must name ${allowed}; unset it to follow the config`;
  return new RoutedError("invalid-argument", message, { cause });
}
