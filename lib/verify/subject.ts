import type { Environment } from "../config/environment";
import type { Observation } from "../observe/observation";
import type { SlotDecision, UpgradePlan } from "../plan/upgrade-plan";
import { attributeChanges, renderAttributeChange, renderKeys } from "./attribute-changes";
import type { AttributeChange } from "./attribute-changes";
import type { ResourceChange, TerraformPlan } from "../terraform/plan";
import type { SynthesizedStack } from "../terraform/stack";
import { judgeOf } from "./judges/judges";
import { nodeDaemonOf, popOf, slotOf } from "./identity";

/** All that a verdict is made from. */
export interface VerifySubject {
  readonly environment: Environment;
  /** The one that the stack was synthesized with. */
  readonly upgradePlan: UpgradePlan;
  /** What the upgrade plan was made from; null where that isn't known, and the worst is assumed. */
  readonly observation: Observation | null;
  readonly terraformPlan: TerraformPlan;
  /** What the plan was made from: the stack as the synthesis wrote it. */
  readonly stack: SynthesizedStack;
}

export function decisionOf(subject: VerifySubject, slot: number | null): SlotDecision | undefined {
  return subject.upgradePlan.decisions.find((decision) => decision.slot === slot);
}

/** Whether a resource of this type belongs to a slot. */
export function isOfNode({ type }: ResourceChange): boolean {
  return ["aws_instance", "aws_network_interface", "aws_eip"].includes(type);
}

/** Whose or what a resource is: `node 1`, `pop1's service`, `the VPC`. */
export function nodeLabel(change: ResourceChange): string {
  const noun = judgeOf(change.type)?.noun ?? "it";
  const { slot } = slotOf(change);
  if (slot !== null) {
    return change.type === "aws_instance"
      ? `node ${slot}`
      : `node ${slot}'s ${noun.replace(/^an? /, "")}`;
  }
  const owner = popOf(change) ?? nodeDaemonOf(change);
  return owner === null ? noun : `${owner}'s ${noun.replace(/^an? /, "")}`;
}

/** Whether the object that is there now is gone, or out of Terraform's hands, after the change. */
export function goes({ effect }: ResourceChange): boolean {
  return effect === "replace" || effect === "delete" || effect === "forget";
}

/** What becomes of it: a participle, after "would be". */
export function fateOf({ effect, deposed }: ResourceChange): string {
  if (deposed !== null) return "destroyed as the leftover of an earlier replacement";
  switch (effect) {
    case "replace":
      return "replaced";
    case "delete":
      return "destroyed";
    case "forget":
      return "forgotten by Terraform";
    case "create":
      return "created";
    case "update":
      return "changed in place";
    case "none":
      return "left as it is";
  }
}

const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is marked as tainted",
  replace_by_request: "by -replace",
  replace_by_triggers: "by replace_triggered_by",
  delete_because_no_resource_config: "it is not in the synthesized stack",
  delete_because_no_module: "its module is not in the synthesized stack",
};

/** The attributes that force a replacement, with their values; or Terraform's reason. */
export function causeOf(change: ResourceChange): string {
  const parts = [...causingChanges(change).map(renderAttributeChange)];
  const reason = change.reason === null ? undefined : REASONS[change.reason];
  if (reason !== undefined) parts.push(reason);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** The paths of the attributes that force a replacement. */
export function causingAttributes(change: ResourceChange): string[] {
  return causingChanges(change).map(({ path }) => path);
}

function causingChanges(change: ResourceChange): AttributeChange[] {
  if (change.effect !== "replace") return [];
  const forcing = new Set(change.replacePaths.map(renderKeys));
  return attributeChanges(change).filter(({ path }) =>
    [...forcing].some((force) => path === force || path.startsWith(`${force}[`)),
  );
}

/**
 * In brackets, after what they belong to; nothing where there are none.
 *
 * @example
 * renderAttributes([]) // → ""
 * renderAttributes([{ path: "ami", name: "ami", from: "a", to: "b", known: true }]) // → " (ami a → b)"
 */
export function renderAttributes(changes: readonly AttributeChange[]): string {
  return changes.length === 0 ? "" : ` (${changes.map(renderAttributeChange).join(", ")})`;
}
