import { rolledPops } from "../../plan/image-plan";
import { popOf } from "../identity";
import type { VerifySubject } from "../subject";
import { isObject } from "../../terraform/values";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

/**
 * Where the config stages images: Terraform gives another task definition to no PoP but those that
 * the upgrade plan rolls.
 */
export function checkImages({ upgradePlan, terraformPlan }: VerifySubject): Violation[] {
  const { images } = upgradePlan;
  if (images === undefined) return [];
  const rolled = new Set(rolledPops(images).map(({ pop }) => pop));
  const kept = new Map(images.pops.map((each) => [each.pop, each.taskDefinitionArn]));
  return terraformPlan.changes.flatMap((change) => {
    const pop = popOf(change);
    if (change.type !== "aws_ecs_service" || pop === null || rolled.has(pop)) return [];
    return checkKept(pop, kept.get(pop) ?? null, change);
  });
}

/** ARNs differ at their ends. */
function show({ afterUnknown }: ResourceChange, arn: unknown): string {
  if (isObject(afterUnknown) && afterUnknown["task_definition"] === true) {
    return "that this deploy makes";
  }
  return typeof arn === "string" ? (arn.split("/").at(-1) ?? arn) : "none";
}

/** @param wanted null where the PoP is new, or isn't known to run anything */
function checkKept(pop: string, wanted: string | null, change: ResourceChange): Violation[] {
  const { before, after, effect } = change;
  const planned = after?.["task_definition"];
  if (effect === "delete" || (effect === "create" && wanted === null)) return [];
  const expected = wanted ?? before?.["task_definition"];
  if (planned === expected) return [];
  return [
    {
      rule: "agreement",
      addresses: [change.address],
      attributes: ["task_definition"],
      what: `${pop} would get the task definition ${show(change, planned)}, and so other tasks`,
      why: `the upgrade plan lets it keep ${show({ ...change, afterUnknown: {} }, expected)}`,
      remedy: "take the change out of the stack, or synthesize and plan again",
    },
  ];
}
