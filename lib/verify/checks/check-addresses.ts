import { attributeChanges } from "../attribute-changes";
import type { AttributeChange } from "../attribute-changes";
import { describeEffect, inPlaceDisruption } from "../disruption";
import { rulesOfGroup } from "../group-rules";
import { slotOf } from "../identity";
import { repairedPart } from "../repairs";
import { causeOf, causingAttributes, decisionOf, fateOf, goes, renderAttributes } from "../subject";
import type { VerifySubject } from "../subject";
import type { ResourceChange } from "../../terraform/plan";
import type { Violation } from "../verdict";

const NOUNS: Readonly<Record<string, string>> = {
  aws_network_interface: "ENI",
  aws_eip: "EIP",
};

const KEEP = "restore it in the stack; only removing a node from the config may remove its address";

/** Whether `checkAddresses` judges this resource. */
function isAddress({ type }: ResourceChange): boolean {
  return type in NOUNS;
}

/** Addresses outlive nodes: those of a slot that stays are neither replaced, destroyed nor changed. */
export function checkAddresses(subject: VerifySubject): Violation[] {
  return subject.terraformPlan.changes.filter(isAddress).flatMap((change) => {
    const { slot, moves } = slotOf(change);
    const noun = NOUNS[change.type] ?? change.type;
    const held = heldAs(subject, change);
    if (held !== null && held !== change.before?.["id"]) {
      const what = `node ${slot}'s ${noun} is ${String(change.before?.["id"])} in Terraform's state`;
      return [violation(change, what, `AWS holds ${held} as it`, ["id"])];
    }
    const whose = slot === null ? `an ${noun} without a node's tag` : `node ${slot}'s ${noun}`;
    if (moves) {
      const what = `${whose} would no longer be tagged as node ${slot}'s`;
      const why = "the tag routed:node tells whose an address is";
      return [violation(change, what, why, ["tags"])];
    }
    if (goes(change)) {
      if (decisionOf(subject, slot)?.action === "remove" && change.effect === "delete") return [];
      const what = `${whose} would be ${fateOf(change)}${causeOf(change)}`;
      return [violation(change, what, "addresses outlive nodes", causingAttributes(change))];
    }
    return change.effect === "update" ? checkInPlace(subject, change, whose) : [];
  });
}

/** What was observed as the slot's; null where nothing was, and where the plan makes one. */
function heldAs({ observation }: VerifySubject, change: ResourceChange): string | null {
  const { slot } = slotOf(change);
  if (change.before === null || change.deposed !== null) return null;
  if (change.type === "aws_eip") {
    return observation?.elasticIps.find((each) => each.slot === slot)?.allocationId ?? null;
  }
  const eni = observation?.networkInterfaces.find((each) => each.slot === slot);
  return eni?.networkInterfaceId ?? null;
}

function checkInPlace(subject: VerifySubject, change: ResourceChange, whose: string): Violation[] {
  const changes = attributeChanges(change);
  if (repairedPart(subject, change) !== null) return [];
  const disruption = inPlaceDisruption(change.type, changes);
  if (disruption) {
    const what = `${whose} would be ${describeEffect(disruption.effect)}`;
    const paths = disruption.attributes.map(({ path }) => path);
    return [
      violation(
        change,
        `${what}${renderAttributes(disruption.attributes)}`,
        "an address stays where and what it is",
        paths,
      ),
    ];
  }
  return checkSecurityGroups(subject, change, changes, whose);
}

/** A group that is taken off an ENI takes its rules along: the peers of its PoPs are shut out. */
function checkSecurityGroups(
  { terraformPlan }: VerifySubject,
  change: ResourceChange,
  changes: readonly AttributeChange[],
  whose: string,
): Violation[] {
  const changed = changes.filter(({ name }) => name === "security_groups");
  if (changed.length === 0 || changed.some(({ known }) => !known)) return [];
  const after = new Set(stringsOf(change.after?.["security_groups"]));
  const inUse = new Set(terraformPlan.changes.map(groupWithRules));
  const lost = stringsOf(change.before?.["security_groups"]).filter(
    (group) => !after.has(group) && inUse.has(group),
  );
  if (lost.length === 0) return [];
  const what = `${whose} would leave the security groups ${lost.join(", ")}`;
  return [violation(change, what, "their rules let traffic in", ["security_groups"])];
}

/** The id of the group that has rules because of a resource: one of its rules, or the group itself. */
function groupWithRules({ type, after }: ResourceChange): unknown {
  switch (type) {
    case "aws_vpc_security_group_egress_rule":
    case "aws_vpc_security_group_ingress_rule":
      return after?.["security_group_id"];
    case "aws_security_group":
      return rulesOfGroup(after, "ingress").length > 0 ? after?.["id"] : undefined;
    default:
      return undefined;
  }
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function violation(
  change: ResourceChange,
  what: string,
  why: string,
  attributes: readonly string[],
): Violation {
  const { address } = change;
  return { rule: "addresses", addresses: [address], attributes, what, why, remedy: KEEP };
}
