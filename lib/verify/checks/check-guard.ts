import { ENVIRONMENT_TAG } from "../../config/naming";
import type { Declaration } from "../../terraform/stack";
import { isObject, listOf } from "../../terraform/values";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

/**
 * The guard is whole: Terraform looks, at this plan, whether the fleet is still the one that was
 * observed, node by node and empty slot by empty slot, and found that it is. A stack without it would be
 * applied to whatever the fleet has become.
 */
export function checkGuard(subject: VerifySubject): Violation[] {
  const { environment, upgradePlan } = subject;
  const { addresses = [], nodes, strays } = upgradePlan.observed;
  const taken = nodes.map(({ slot }) => slot);
  const ids = [...nodes.map(({ instanceId }) => instanceId), ...strays].sort();
  const ofEnvironment = JSON.stringify([
    { name: `tag:${ENVIRONMENT_TAG}`, values: [environment.name] },
  ]);
  return [
    ...checkData(
      subject,
      "the fleet's instances",
      "aws_instances",
      [`join(" ", sort(self.ids)) == "${ids.join(" ")}"`],
      { filter: (value) => JSON.stringify(value) === ofEnvironment },
    ),
    ...nodes.flatMap(({ slot, instanceId, launchTime, spec }) =>
      checkData(
        subject,
        `node ${slot}`,
        "aws_instance",
        [
          `self.ami == "${spec.amiId}"`,
          `self.instance_type == "${spec.instanceType}"`,
          `self.launch_time == "${launchTime.replace(/\.\d+Z$/, "Z")}"`,
        ],
        { instance_id: (value) => value === instanceId },
      ),
    ),
    ...addresses
      .filter(({ slot }) => !taken.includes(slot))
      .flatMap(({ slot, networkInterfaceId, heldBy }) =>
        checkData(
          subject,
          `the address of slot ${slot}, which has no node,`,
          "aws_network_interface",
          [`try(one(self.attachment).instance_id, "") == "${heldBy ?? ""}"`],
          { id: (value) => value === networkInterfaceId },
        ),
      ),
  ];
}

/** A data source that reads this, fails unless all of that holds, and has passed. */
function checkData(
  { stack, terraformPlan }: VerifySubject,
  whose: string,
  type: string,
  parts: readonly string[],
  reads: Readonly<Record<string, (value: unknown) => boolean>>,
): Violation[] {
  const found = [...stack.data.values()].filter(
    (each) =>
      each.type === type &&
      Object.entries(reads).every(([name, is]) => is(each.values[name])) &&
      holdsTo(each, parts),
  );
  if (found.length === 0) {
    return [violation([], `${whose} would not be looked at by Terraform before the apply`)];
  }
  if (found.some(({ address }) => terraformPlan.passedChecks.includes(address))) return [];
  const addresses = found.map(({ address }) => address);
  return [violation(addresses, `Terraform doesn't say that it looked at ${whose}`)];
}

/** A comparison with a text, or a state that is one of some: nothing that holds whatever is so. */
const CLAUSE =
  /^(self\.|sha256\(self\.|join\(|try\(one\(self\.).* == "[^"]*"$|^contains\(\["[a-z",]+\], self\.instance_state\)$/;

/** All of it together, and nothing that would do instead. */
function holdsTo({ meta }: Declaration, parts: readonly string[]): boolean {
  const lifecycle = isObject(meta["lifecycle"]) ? meta["lifecycle"] : {};
  const conditions = listOf(lifecycle["postcondition"]).map((each) =>
    isObject(each) ? String(each["condition"]) : "",
  );
  return conditions.some((condition) => {
    const clauses = (/^\$\{(.*)\}$/s.exec(condition)?.[1] ?? "").split(" && ");
    const isPlain = clauses.every((clause) => CLAUSE.test(clause) && !clause.includes("||"));
    return isPlain && parts.every((part) => clauses.includes(part));
  });
}

function violation(addresses: readonly string[], what: string): Violation {
  return {
    rule: "plan",
    addresses,
    attributes: [],
    what,
    why: "what this deploy changes was decided for the fleet as it was observed",
    remedy: "restore the fleet's guard in the stack, and synthesize and plan again",
  };
}
