import { readFile } from "node:fs/promises";
import type { Settings } from "../config/settings";
import { messageOf, RoutedError } from "../errors";
import { parseJson, requireShape } from "../files/record-shape";
import type { Shape } from "../files/record-shape";
import type { NodeSpec } from "../plan/node-spec";
import type { PlanOptions } from "../plan/plan-upgrade";
import { NODE_SPEC_SHAPE } from "../plan/upgrade-plan-shape";

const TARGETS: Shape<Record<string, NodeSpec>> = { values: NODE_SPEC_SHAPE };

/**
 * The planner's options of a run, from its settings. Slots and their targets are one environment's,
 * so they may be given for one environment only.
 *
 * @param environments how many are planned
 * @throws RoutedError `invalid-argument`
 */
export async function readPlanOptions(
  settings: Pick<
    Settings,
    "acceptNewAddress" | "amiId" | "ignoreHealth" | "noCapacity" | "onlyNodes" | "targetsFile"
  >,
  environments = 1,
): Promise<PlanOptions> {
  const { acceptNewAddress, amiId, ignoreHealth, noCapacity, onlyNodes, targetsFile } = settings;
  const ofOne = [onlyNodes, targetsFile, amiId, acceptNewAddress, noCapacity];
  if (environments !== 1 && ofOne.some((setting) => setting !== undefined)) {
    throw new RoutedError(
      "invalid-argument",
      `ROUTED_ONLY_NODES, ROUTED_TARGETS, ROUTED_AMI_ID, ROUTED_ACCEPT_NEW_ADDRESS and ROUTED_NO_CAPACITY are ` +
        `for one environment, got ${environments}; name it in ROUTED_ENVIRONMENTS, or unset them`,
    );
  }
  const targets = targetsFile === undefined ? undefined : await readTargets(targetsFile);
  return { ignoreHealth, onlyNodes, targets, amiId, acceptNewAddress, noCapacity };
}

/** Reads a JSON object of slot → node spec. */
async function readTargets(file: string): Promise<Record<number, NodeSpec>> {
  let targets: Record<string, NodeSpec>;
  try {
    targets = await requireShape(TARGETS, parseJson(await readFile(file, "utf8")));
  } catch (error) {
    throw invalid(
      `a file with an object of slot → node spec, got ${file}: ${messageOf(error)}`,
      error,
    );
  }
  const strange = Object.keys(targets).find((slot) => !/^(0|[1-9]\d*)$/.test(slot));
  if (strange !== undefined) {
    throw invalid(`a file with slots' numbers as keys, got "${strange}" in ${file}`);
  }
  return targets;
}

function invalid(allowed: string, cause?: unknown): RoutedError {
  const message = `ROUTED_TARGETS must name ${allowed}; unset it to follow the config`;
  return new RoutedError("invalid-argument", message, { cause });
}
