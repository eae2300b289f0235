import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf, RoutedError } from "../errors";
import { writeWhole } from "../write-whole";
import { NODE_SPEC_PARTS, partViolation } from "./node-spec";
import type { UpgradePlan } from "./upgrade-plan";

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
  const plan = parse(file, text);
  const violations = violationsOf(plan);
  if (violations.length > 0) {
    const what = `a recorded upgrade plan must have ${violations.join(", ")}`;
    throw invalid(file, `${what}; synthesize again`);
  }
  const recorded = plan as UpgradePlan;
  if (recorded.environment !== environment) {
    const what = `environment must be ${environment}, got ${recorded.environment}`;
    throw invalid(file, `${what}; synthesize again`);
  }
  return recorded;
}

function recordedFile(directory: string, environment: string): string {
  return join(directory, `${environment}.json`);
}

function invalid(file: string, message: string, cause?: unknown): RoutedError {
  return new RoutedError("invalid-plan", `${file}: ${message}`, { cause });
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = `a recorded upgrade plan must be JSON: ${messageOf(error)}`;
    throw invalid(file, `${what}; synthesize again`, error);
  }
}

type Fields = Readonly<Record<string, unknown>>;

const SPEC_OF: Readonly<Record<string, string | undefined>> = {
  keep: "spec",
  create: "spec",
  upgrade: "to",
  remove: undefined,
};

/** What is missing or of another type, among all that is relied on. */
function violationsOf(plan: unknown): string[] {
  if (!isFields(plan)) return ["an object"];
  const violations: string[] = [];
  for (const name of ["environment", "status", "summary"]) {
    if (typeof plan[name] !== "string") violations.push(`a string ${name}`);
  }
  if (typeof plan["wavesRemaining"] !== "number") violations.push("a number wavesRemaining");
  if (typeof plan["healthIgnored"] !== "boolean") violations.push("a boolean healthIgnored");
  for (const name of ["popsTouched", "findings"]) {
    if (!Array.isArray(plan[name])) violations.push(`a list ${name}`);
  }
  const { decisions } = plan;
  if (!Array.isArray(decisions)) return [...violations, "a list decisions"];
  return [...violations, ...decisions.flatMap(decisionViolations)];
}

function decisionViolations(decision: unknown, index: number): string[] {
  const field = `decisions[${index}]`;
  if (!isFields(decision)) return [`an object ${field}`];
  const violations: string[] = [];
  const { action, instanceId } = decision;
  if (!Number.isInteger(decision["slot"])) violations.push(`an integer ${field}.slot`);
  for (const name of ["availabilityZone", "reason"]) {
    if (typeof decision[name] !== "string") violations.push(`a string ${field}.${name}`);
  }
  if (typeof action !== "string" || !(action in SPEC_OF)) {
    return [...violations, `${field}.action keep, create, upgrade or remove`];
  }
  const mayLackInstance = action === "create" || (action === "remove" && instanceId === null);
  if (typeof instanceId !== "string" && !mayLackInstance) {
    violations.push(`a string ${field}.instanceId`);
  }
  const specName = SPEC_OF[action];
  if (specName !== undefined && !isSpec(decision[specName])) {
    violations.push(`a node spec ${field}.${specName}`);
  }
  return violations;
}

function isSpec(spec: unknown): boolean {
  return (
    isFields(spec) && NODE_SPEC_PARTS.every((part) => partViolation(part, spec[part]) === null)
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
