import { NODE_TAG } from "../config/naming";
import { RoutedError } from "../errors";
import { isObject } from "../terraform/values";
import { pullState } from "../terraform/pull-state";
import type { PlanStackOptions } from "../terraform/run-plan";
import type { StateObject, TerraformState } from "../terraform/state";
import type { UpgradePlan } from "../plan/upgrade-plan";

/** What outlives every deploy, whatever becomes of nodes. */
const OUTLIVES = ["aws_vpc", "aws_ecs_cluster", "aws_s3_bucket"];

/**
 * An apply that fails after it launched a node leaves the node tainted: Terraform's next plan would
 * replace it, which a node that the upgrade plan keeps doesn't allow, and so no deploy goes on. That is
 * told before anything is planned, since Terraform's own words name neither the cause nor the way out.
 *
 * @returns the state; null where nothing was deployed yet
 * @throws RoutedError `terraform-failed`
 */
export async function refuseTainted(
  upgradePlan: UpgradePlan,
  stack: Pick<PlanStackOptions, "stackDirectory" | "runTerraform">,
): Promise<TerraformState | null> {
  const state = await pullState(stack);
  const tainted = (state?.objects() ?? []).filter(
    (object) => object.tainted && isKept(object, upgradePlan),
  );
  if (tainted.length === 0) return state;
  const lines = tainted.map(
    (object) =>
      `  ${nameOf(object)}: if it is well, (cd ${stack.stackDirectory} && terraform untaint ${object.address})`,
  );
  throw new RoutedError(
    "terraform-failed",
    [
      `${upgradePlan.environment}: an earlier deploy failed after it had made what this one keeps, and ` +
        "left it tainted, for which Terraform would replace it; take the mark away:",
      ...lines,
    ].join("\n"),
  );
}

function isKept(object: StateObject, { decisions }: UpgradePlan): boolean {
  if (OUTLIVES.includes(object.type)) return true;
  const action = decisions.find(({ slot }) => slot === slotOf(object))?.action;
  switch (object.type) {
    case "aws_instance":
      return action === "keep";
    case "aws_network_interface":
    case "aws_eip":
      return action !== undefined && action !== "remove";
    default:
      return false;
  }
}

function nameOf(object: StateObject): string {
  const slot = slotOf(object);
  const owner = slot === null ? object.type : `node ${slot}'s ${object.type}`;
  return `${owner} ${String(object.attributes["id"])}`;
}

function slotOf({ attributes }: StateObject): number | null {
  const tags = attributes["tags"];
  const slot = isObject(tags) ? tags[NODE_TAG] : undefined;
  return typeof slot === "string" && slot !== "" ? Number(slot) : null;
}
