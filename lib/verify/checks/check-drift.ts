import { isNothing } from "../declared/matches";
import { driftOf } from "../drift/drift";
import type { DriftedAttribute, DriftedResource } from "../drift/drift";
import { renderValue } from "../attribute-changes";
import { hasAddressOnly } from "../../plan/upgrade-plan";
import { decisionOf } from "../subject";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";

/** What somebody may not have changed by hand while a deploy is applied on top of it. */
const GUARDED =
  /^aws_(instance|network_interface|eip|vpc|subnet|internet_gateway|route|iam|.*security_group)/;

/** Changed by hand, and nobody notices: but tags by which this product finds what is its own. */
const TOLD = /^(tags|tags_all|description)\b(?!\["routed:)/;

/**
 * What AWS holds otherwise than Terraform left it. In addresses, nodes, network and IAM it is refused,
 * unless the plan puts it back as it is declared; elsewhere it is told.
 */
export function checkDrift(subject: VerifySubject): Violation[] {
  return driftOf(subject.terraformPlan).resources.flatMap((drifted) =>
    GUARDED.test(drifted.type) ? checkResource(subject, drifted) : [],
  );
}

function checkResource(subject: VerifySubject, drifted: DriftedResource): Violation[] {
  const { address, node, nextDeploy, what } = drifted;
  if (["creates-it-again", "replaces-it", "destroys-it"].includes(nextDeploy)) return [];
  if (what === "deleted") {
    // The slot's instance is gone, and the plan leaves the slot empty or removes it.
    const decision = decisionOf(subject, node);
    if (decision?.action === "remove") return [];
    if (drifted.type === "aws_instance" && decision && hasAddressOnly(decision)) return [];
    return [violation(address, "it was deleted outside of Terraform", [])];
  }
  const adopted = isAdopted(drifted);
  const left = drifted.attributes.filter(
    ({ path, putBack, from }) => !putBack && !TOLD.test(path) && !(adopted && isNothing(from)),
  );
  if (left.length === 0) return [];
  const changes = left.map(renderDrifted).join(", ");
  return [
    violation(
      address,
      `it was changed outside of Terraform (${changes})`,
      left.map(({ path }) => path),
    ),
  ];
}

/**
 * An instance that the state held little more of than its id, since a deploy was killed after its launch:
 * no instance that Terraform made is without its AMI there. What it is, is compared with the stack.
 */
function isAdopted({ type, attributes }: DriftedResource): boolean {
  return (
    type === "aws_instance" &&
    attributes.some(({ path, from }) => path === "ami" && isNothing(from))
  );
}

function renderDrifted({ path, from, to }: DriftedAttribute): string {
  return `${path} ${renderValue(from)} → ${renderValue(to)}`;
}

function violation(address: string, what: string, attributes: readonly string[]): Violation {
  return {
    rule: "drift",
    addresses: [address],
    attributes,
    what,
    why: "the plan doesn't put it back, and nodes or their addresses depend on it",
    remedy: "take back by hand what was changed by hand (routed drift tells it), and plan again",
  };
}

/** What is left as it was changed, a sentence each. */
export function describeDrift({ terraformPlan }: VerifySubject): string[] {
  return driftOf(terraformPlan).resources.map((drifted) => {
    const { address, node, what, attributes } = drifted;
    const name = node === null ? address : `${address}: node ${node}`;
    if (what === "deleted") {
      const gone = drifted.type === "aws_instance" ? "terminated" : "deleted";
      return `${name} was ${gone} outside of Terraform`;
    }
    return `${name} was changed outside of Terraform: ${attributes.map(renderDrifted).join(", ")}`;
  });
}
