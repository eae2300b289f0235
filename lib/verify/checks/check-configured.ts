import type { Declaration } from "../../terraform/stack";
import { isObject, isSameJson, listOf } from "../../terraform/values";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

/**
 * What Terraform was given is what was synthesized, argument by argument and word by word, data sources
 * and references too: a file beside the stack may override an argument whose value nobody knows before the
 * apply, such as the interface that a new EIP goes on.
 */
export function checkConfigured({ stack, terraformPlan }: VerifySubject): Violation[] {
  const given = terraformPlan.configured;
  if (given === null) return [];
  return [...stack.resources.values(), ...stack.data.values()].flatMap((declaration) => {
    const expressions = given.get(declaration.address);
    return expressions === undefined ? [] : checkBlock(declaration, expressions);
  });
}

function checkBlock(
  { address, values }: Declaration,
  expressions: Readonly<Record<string, unknown>>,
): Violation[] {
  const names = new Set([...Object.keys(values), ...Object.keys(expressions)]);
  return [...names]
    .filter((name) => !isSame(values[name], expressions[name]))
    .map((name) => ({
      rule: "declared",
      addresses: [address],
      attributes: [name],
      what: `Terraform was given another ${name}`,
      why: "the synthesized stack says something else",
      remedy: "synthesize and plan again, and let nobody edit what lies between",
    }));
}

/** Of JSON, Terraform tells what was written; of other files, only what is referred to. */
function isSame(declared: unknown, expression: unknown): boolean {
  if (isNothing(declared) || isNothing(expression)) {
    return isNothing(declared) && isNothing(expression);
  }
  if (isObject(expression) && "constant_value" in expression) {
    return isSameJson(declared, expression["constant_value"]);
  }
  const blocks = Array.isArray(declared) ? (declared as unknown[]) : [declared];
  const given = listOf(expression);
  return (
    given.length === blocks.length &&
    given.every((block, index) => {
      const own = blocks[index];
      if (!isObject(block) || !isObject(own) || "references" in block) return false;
      const names = new Set([...Object.keys(own), ...Object.keys(block)]);
      return [...names].every((name) => isSame(own[name], block[name]));
    })
  );
}

/** An argument that isn't given, and a block of which there is none. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (isObject(value) && "constant_value" in value) return isNothing(value["constant_value"]);
  return Array.isArray(value) && value.length === 0;
}
