import { describeParts } from "../../plan/render/render-address-parts";
import type { AddressPart } from "../../plan/live/address-parts";
import { listOf } from "../../terraform/values";
import type { ResourceChange } from "../../terraform/plan";
import { parseIpv6 } from "../declared/resolve";
import { slotOf } from "../identity";
import { repairedPart } from "../repairs";
import { decisionOf, nodeLabel } from "../subject";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";
import { disruptedNodes } from "./check-budget";

const AGAIN = "synthesize and plan again";

/**
 * Addresses that aren't whole: exactly what the upgrade plan declares is made whole, with the addresses
 * that it had, and no node is changed meanwhile. Nothing of an address that was there is made anew
 * otherwise.
 */
export function checkRepairs(subject: VerifySubject): Violation[] {
  const { changes } = subject.terraformPlan;
  const repairs = changes.flatMap((change) => {
    const part = repairedPart(subject, change);
    return part === null ? [] : [{ change, part }];
  });
  return [
    ...checkDone(subject, repairs),
    ...checkAlone(subject, repairs),
    ...repairs.flatMap(({ change }) => checkFixed(subject, change)),
    ...changes.flatMap((change) => checkMade(subject, change)),
  ];
}

interface Repair {
  readonly change: ResourceChange;
  readonly part: AddressPart;
}

/** What is declared, and what Terraform does of it. */
function checkDone({ upgradePlan }: VerifySubject, done: readonly Repair[]): Violation[] {
  return (upgradePlan.repairs ?? []).flatMap(({ slot, parts }) => {
    const left = parts.filter(
      (part) => !done.some((repair) => repair.part === part && slotOf(repair.change).slot === slot),
    );
    if (left.length === 0) return [];
    const what = `node ${slot}'s address would not be made whole (${describeParts(left)})`;
    return [violation([], what, "the upgrade plan mends it")];
  });
}

function checkAlone(subject: VerifySubject, repairs: readonly Repair[]): Violation[] {
  const others = disruptedNodes(subject);
  const [first] = repairs;
  if (first === undefined || others.length === 0) return [];
  const what = `node ${slotOf(first.change).slot}'s address would be mended while other nodes are changed`;
  const addresses = [first.change.address, ...others.flatMap((node) => node.addresses)];
  return [violation(addresses, what, "a node that lacks a part of its address is down already")];
}

/** An ENI that is made again has the private addresses that it had. */
function checkFixed({ observation }: VerifySubject, change: ResourceChange): Violation[] {
  const { slot } = slotOf(change);
  const was = observation?.remembered?.find((each) => each.slot === slot);
  if (change.type !== "aws_network_interface" || was === undefined) return [];
  const [ipv4] = listOf(change.after?.["private_ips"]);
  const [ipv6] = listOf(change.after?.["ipv6_addresses"]);
  const wrong = [
    ...(ipv4 === was.privateIpv4 ? [] : ["private_ips"]),
    ...(typeof ipv6 === "string" && parseIpv6(ipv6) === parseIpv6(was.ipv6)
      ? []
      : ["ipv6_addresses"]),
  ];
  if (wrong.length === 0) return [];
  const what = `${nodeLabel(change)} would be made again with other addresses (${wrong.join(", ")})`;
  return [violation([change.address], what, `it had ${was.privateIpv4} and ${was.ipv6}`, wrong)];
}

/** What a slot had and AWS no longer holds is made by a declared repair, or not at all. */
function checkMade(subject: VerifySubject, change: ResourceChange): Violation[] {
  const { observation } = subject;
  const { slot } = slotOf(change);
  if (change.effect !== "create" || change.deposed !== null || !had(subject, change)) return [];
  if (repairedPart(subject, change) !== null) return [];
  const held = change.type === "aws_eip" ? observation?.elasticIps : observation?.networkInterfaces;
  // Of one that AWS holds still, check-lost tells.
  if (held?.some((each) => each.slot === slot) === true) return [];
  const what = `${nodeLabel(change)} would be made anew`;
  return [violation([change.address], what, "the slot had one, and the upgrade plan mends none")];
}

function had(subject: VerifySubject, change: ResourceChange): boolean {
  if (change.type !== "aws_eip" && change.type !== "aws_network_interface") return false;
  const { slot } = slotOf(change);
  const decision = decisionOf(subject, slot);
  if (decision === undefined) return false;
  if (subject.observation?.remembered?.some((each) => each.slot === slot) === true) return true;
  if (decision.action === "allocate") return false;
  if (decision.action !== "create") return true;
  const { why } = decision;
  switch (why.kind) {
    case "new-environment":
    case "new-slot":
      return false;
    case "address-without-instance":
      // A first deploy that ended between the two.
      return change.type === "aws_network_interface";
    case "missing-part":
      return true;
  }
}

function violation(
  addresses: readonly string[],
  what: string,
  why: string,
  attributes: readonly string[] = [],
): Violation {
  return { rule: "addresses", addresses, attributes, what, why, remedy: AGAIN };
}
