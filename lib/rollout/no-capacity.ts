import { launchedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { blocksOf } from "../verify/written/block-names";
import { listOf } from "../words";
import { isSpareSlot, nodesOf } from "../config/slots";

/** Terraform breaks its lines anywhere between words, and names the resource below its error. */
const REFUSED_LAUNCH =
  /Error: (?:(?!Error: )[\s\S])*?InsufficientInstanceCapacity(?:(?!Error: )[\s\S])*?with (aws_instance\.[\w-]+)/g;

/** What EC2 could not launch for want of capacity. */
export interface LackOfCapacity {
  readonly slots: readonly number[];
  /** A clause, e.g. "EC2 has no r6i.32xlarge in us-east-2a now, for node 1 (InsufficientInstanceCapacity)". */
  readonly message: string;
}

/**
 * What EC2 could not launch for want of capacity, from all that Terraform wrote in an apply.
 *
 * @returns null where it was something else
 */
export function lackOfCapacity(words: string, plan: UpgradePlan): LackOfCapacity | null {
  const refused = new Set([...words.matchAll(REFUSED_LAUNCH)].map(([, address]) => address));
  const lacking = launchedNodes(plan).filter(({ slot }) => refused.has(blocksOf(slot).instance));
  if (lacking.length === 0) return null;
  const launches = lacking.map(
    ({ slot, spec, availabilityZone }) =>
      `${spec.instanceType} in ${availabilityZone} now, for ${nodesOf([slot])}`,
  );
  return {
    slots: lacking.map(({ slot }) => slot),
    message: `EC2 has no ${listOf(launches)} (InsufficientInstanceCapacity)`,
  };
}

/**
 * Whether the fleet can do without what couldn't be launched: spares, while there is another one.
 *
 * @param lacking slots that EC2 has no capacity for
 */
export function hasOtherSpare({ decisions }: UpgradePlan, lacking: readonly number[]): boolean {
  return (
    lacking.every(isSpareSlot) &&
    decisions.some(
      ({ action, slot, why }) =>
        isSpareSlot(slot) &&
        !lacking.includes(slot) &&
        (action === "fill" || action === "keep" || why.kind === "parked"),
    )
  );
}
