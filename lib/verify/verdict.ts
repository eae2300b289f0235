import type { SlotDecision } from "../plan/upgrade-plan";
import type { ChangeEffect } from "../terraform/plan";

/**
 * What a violation is of:
 *
 * - `plan`: Terraform's plan itself can't be relied on.
 * - `agreement`: it does something else than the upgrade plan decided.
 * - `budget`: it disrupts more nodes than may be unavailable at once.
 * - `addresses`: a slot that stays would lose its address, or the way to it.
 * - `foundation`: something that all nodes or PoPs stand on would go.
 * - `redundancy`: a PoP would lose its last task, or the means to run it.
 * - `declared`: Terraform would make or change something that the synthesized stack doesn't declare,
 *   or that the config doesn't let it declare.
 * - `drift`: somebody changed what nodes stand on by hand, and the plan doesn't put it back.
 */
export type VerifyRule =
  | "plan"
  | "agreement"
  | "budget"
  | "addresses"
  | "foundation"
  | "redundancy"
  | "declared"
  | "drift";

/** One thing for which the plan may not be applied. */
export interface Violation {
  readonly rule: VerifyRule;
  /** Terraform's addresses of the resources; empty where it is the plan as a whole. */
  readonly addresses: readonly string[];
  /** The attributes that do it, e.g. `instance_type`; empty where it is the whole resource. */
  readonly attributes: readonly string[];
  /** What would happen; a clause, e.g. "node 1 would be stopped and started again (…)". */
  readonly what: string;
  /** Why that is refused; a clause. */
  readonly why: string;
  /** What to do instead; a clause. */
  readonly remedy: string;
}

/** What was decided for a slot, and what Terraform plans for its instance. */
export interface NodeFact {
  readonly slot: number;
  readonly decision: SlotDecision["action"];
  /** Null where Terraform's plan has no instance of the slot. */
  readonly effect: ChangeEffect | null;
  readonly address: string | null;
  /** Whether applying the plan makes the node unavailable for a time. */
  readonly disrupted: boolean;
}

export interface VerdictFacts {
  readonly terraformVersion: string;
  /** How many nodes may be unavailable at once because of a deploy. */
  readonly maxUnavailableNodes: number;
  /** Whether an operator overrode the health gate: then no PoP's tasks were looked at. */
  readonly healthIgnored: boolean;
  /** By slot. */
  readonly nodes: readonly NodeFact[];
  /** How many managed resources the plan treats how. */
  readonly resources: Readonly<Record<ChangeEffect, number>>;
  /** PoPs whose tasks a rolling deployment replaces, by name. */
  readonly deployments: readonly string[];
  /** What is allowed since the config asks for it, and what somebody outside notices of; a sentence each. */
  readonly told: readonly string[];
  /** What somebody changed behind Terraform's back, one sentence each. */
  readonly drift: readonly string[];
}

/** Whether Terraform's plan may be applied. */
export interface Verdict {
  readonly environment: string;
  readonly proved: boolean;
  /** Empty where it is proved. */
  readonly violations: readonly Violation[];
  readonly facts: VerdictFacts;
}

/**
 * On one line.
 *
 * @example
 * renderViolation({ rule: "pops", addresses: ["aws_eip.x"], attributes: [], what: "it would go", why: "it is needed", remedy: "keep it" }) // → "aws_eip.x: it would go, but it is needed; keep it"
 */
export function renderViolation({ addresses, what, why, remedy }: Violation): string {
  const where = addresses.length === 0 ? "" : `${addresses.join(", ")}: `;
  return `${where}${what}, but ${why}; ${remedy}`;
}
