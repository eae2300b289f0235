import { attributeChanges } from "../attribute-changes";
import type { AttributeChange } from "../attribute-changes";
import { popOf, slotOf } from "../identity";
import { unexplained } from "./drift-explained";
import type { ResourceChange, TerraformPlan } from "../../terraform/plan";

/**
 * What differs between what Terraform left behind and what AWS holds now: somebody changed it by hand, or
 * took it out of the state.
 */
export interface Drift {
  /** In Terraform's order. */
  readonly resources: readonly DriftedResource[];
  /** What AWS holds and Terraform's state has lost: the next deploy takes it back as it is. */
  readonly lost: readonly LostByState[];
}

export interface LostByState {
  /** E.g. `aws_eip.fleet_node-1_address_elastic-ip_456E541E`. */
  readonly address: string;
  /** E.g. `eipalloc-0f`. */
  readonly id: string;
}

export interface DriftedResource {
  /** E.g. `aws_instance.fleet_node-1_F28E9597`. */
  readonly address: string;
  readonly type: string;
  /** Null where it belongs to no slot. */
  readonly node: number | null;
  /** Null where it belongs to no PoP. */
  readonly pop: string | null;
  /** `deleted`: AWS no longer has it. */
  readonly what: "changed" | "deleted";
  /** Empty where it was deleted. */
  readonly attributes: readonly DriftedAttribute[];
  /** What the next deploy does to the resource, if it was deleted or is replaced anyway. */
  readonly nextDeploy:
    "leaves-it" | "creates-it-again" | "replaces-it" | "destroys-it" | "puts-back";
}

export interface DriftedAttribute {
  /** E.g. `tags["routed:node"]`. */
  readonly path: string;
  /** What Terraform left. */
  readonly from: unknown;
  /** What AWS holds. */
  readonly to: unknown;
  /** Whether the next deploy changes it again. */
  readonly putBack: boolean;
}

/**
 * The changes that nobody made with Terraform. Pending ones are none of them, staged upgrades least of
 * all: it goes by what differs between Terraform's state and AWS, not by what the config wants.
 *
 * Left out is what AWS fills in later by itself, or what another resource of the stack has made of it,
 * e.g. the rules in a security group; a rule that no resource has made is drift.
 */
export function driftOf(plan: TerraformPlan): Drift {
  const planned = new Map(
    plan.changes
      .filter(({ deposed }) => deposed === null)
      .map((change) => [change.address, change]),
  );
  return {
    resources: plan.drift.flatMap((drift) =>
      drift.deposed === null ? driftedResource(drift, planned.get(drift.address), plan) : [],
    ),
    lost: [...plan.imports].map(([address, id]) => ({ address, id })),
  };
}

function driftedResource(
  drift: ResourceChange,
  next: ResourceChange | undefined,
  plan: TerraformPlan,
): DriftedResource[] {
  const { address, type } = drift;
  const identity = { address, type, node: slotOf(drift).slot, pop: popOf(drift) };
  if (drift.effect === "delete") {
    const nextDeploy = next?.effect === "create" ? "creates-it-again" : "leaves-it";
    return [{ ...identity, what: "deleted", attributes: [], nextDeploy }];
  }
  const changed = attributeChanges(drift).filter((change) => !isSameNothing(change));
  const attributes = withoutEchoes(unexplained(drift, changed, plan)).map(({ path, from, to }) => ({
    path,
    from,
    to: to ?? null,
    putBack: next !== undefined && isPutBack(next, path),
  }));
  if (attributes.length === 0) return [];
  return [{ ...identity, what: "changed", attributes, nextDeploy: fate(next, attributes) }];
}

function fate(
  next: ResourceChange | undefined,
  attributes: readonly DriftedAttribute[],
): DriftedResource["nextDeploy"] {
  if (next?.effect === "replace") return "replaces-it";
  if (next?.effect === "delete") return "destroys-it";
  return attributes.some(({ putBack }) => putBack) ? "puts-back" : "leaves-it";
}

/** A list that has grown differs as a whole on one side and in an item on the other. */
function isPutBack(next: ResourceChange, path: string): boolean {
  if (next.effect !== "update") return next.effect === "replace";
  return attributeChanges(next).some(
    (change) => isOrIsIn(path, change.path) || isOrIsIn(change.path, path),
  );
}

/** Of a path, the same or a part of it: `private_ips` is none of `private_ip`. */
function isOrIsIn(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);
}

/** `tags_all` are `tags` and the provider's defaults: a tag of the resource itself is told once. */
function withoutEchoes(changed: readonly AttributeChange[]): AttributeChange[] {
  const paths = new Set(changed.map(({ path }) => path));
  return changed.filter(
    ({ path }) => !paths.has(path.replace(/^tags_all\b/, "tags")) || !path.startsWith("tags_all"),
  );
}

/** The provider writes nothing in several ways, and not always in the same one. */
function isSameNothing({ from, to }: AttributeChange): boolean {
  return isNothing(from) && isNothing(to);
}

function isNothing(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === "object" && Object.keys(value).length === 0)
  );
}
