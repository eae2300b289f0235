import { attributeChanges } from "./attribute-changes";
import { inPlaceDisruption } from "./disruption";
import { slotOf } from "./identity";
import type { VerifySubject } from "./subject";
import type { ResourceChange } from "../terraform/plan";
import type { AddressPart } from "../plan/live/address-parts";

/**
 * The part of a slot's address that a change makes whole again; null where it does anything else. It is
 * a repair only where the upgrade plan declares it and the observation, too, lacks that part: the
 * slot's own EIP goes back on the slot's own ENI, or what is gone is made.
 */
export function repairedPart(subject: VerifySubject, change: ResourceChange): AddressPart | null {
  const { slot, moves } = slotOf(change);
  const { observation, upgradePlan } = subject;
  const parts = upgradePlan.repairs?.find((repair) => repair.slot === slot)?.parts ?? [];
  if (observation === null || parts.length === 0 || moves || change.deposed !== null) return null;
  const eni = observation.networkInterfaces.find((each) => each.slot === slot);
  const eip = observation.elasticIps.find((each) => each.slot === slot);
  const makes = (part: AddressPart): AddressPart | null =>
    change.effect === "create" && parts.includes(part) ? part : null;
  if (change.type === "aws_network_interface") {
    if (eni === undefined) return makes("network-interface");
    return parts.includes("ipv6") && getsIpv6Back(change, eni.networkInterfaceId) ? "ipv6" : null;
  }
  if (change.type !== "aws_eip") return null;
  if (eip === undefined) return makes("elastic-ip");
  const own = eni?.networkInterfaceId ?? null;
  const isOff = eip.networkInterfaceId === null || eip.networkInterfaceId !== own;
  const declared = parts.includes(own === null ? "network-interface" : "association");
  return isOff && declared && isPutOn(subject, change, own, eip.allocationId)
    ? "association"
    : null;
}

/** Nothing of the ENI changes but its IPv6; which it gets is judged apart. */
function getsIpv6Back(change: ResourceChange, networkInterfaceId: string): boolean {
  if (change.effect !== "update" || change.before?.["id"] !== networkInterfaceId) return false;
  const attributes = inPlaceDisruption(change.type, attributeChanges(change))?.attributes ?? [];
  return (
    attributes.length > 0 &&
    attributes.every(({ name, known }) => known && name === "ipv6_addresses")
  );
}

/** Nothing of the EIP changes but where it is: on this ENI, or on the slot's new one. */
function isPutOn(
  { stack, terraformPlan }: VerifySubject,
  change: ResourceChange,
  networkInterfaceId: string | null,
  allocationId: string,
): boolean {
  if (change.effect !== "update" || change.before?.["id"] !== allocationId) return false;
  const disruption = inPlaceDisruption(change.type, attributeChanges(change));
  const [moved, ...others] = disruption?.attributes ?? [];
  if (moved?.name !== "network_interface" || others.length > 0) return false;
  if (networkInterfaceId !== null) return moved.known && moved.to === networkInterfaceId;
  const { slot } = slotOf(change);
  const made = terraformPlan.changes.find(
    (each) => each.type === "aws_network_interface" && slotOf(each).slot === slot,
  );
  const reference = stack.resources.get(change.address)?.values["network_interface"];
  return !moved.known && made?.effect === "create" && reference === `\${${made.address}.id}`;
}
