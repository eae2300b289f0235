import { plannedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { blocksOf } from "../verify/written/block-names";
import { listOf } from "../words";

/** Terraform breaks its lines anywhere between words, and names the resource below its error. */
const REFUSED_LAUNCH =
  /Error: (?:(?!Error: )[\s\S])*?InsufficientInstanceCapacity(?:(?!Error: )[\s\S])*?with (aws_instance\.[\w-]+)/g;

/**
 * What EC2 could not launch for want of capacity, from all that Terraform wrote in an apply.
 *
 * @returns a clause, e.g. "EC2 has no r6i.32xlarge in us-east-2a now, for node 1
 *   (InsufficientInstanceCapacity)"; null where it was something else
 */
export function lackOfCapacity(words: string, plan: UpgradePlan): string | null {
  const refused = new Set([...words.matchAll(REFUSED_LAUNCH)].map(([, address]) => address));
  const lacking = plannedNodes(plan)
    .filter(({ slot }) => refused.has(blocksOf(slot).instance))
    .map(
      ({ slot, spec, availabilityZone }) =>
        `${spec.instanceType} in ${availabilityZone} now, for node ${slot}`,
    );
  if (lacking.length === 0) return null;
  return `EC2 has no ${listOf(lacking)} (InsufficientInstanceCapacity)`;
}
