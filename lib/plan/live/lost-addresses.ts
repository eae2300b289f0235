import { RoutedError } from "../../errors";
import type { Observation } from "../../observe/observation";
import { listOf, someOf } from "../../words";
import { isWantedSlot } from "../desired/desired-fleet";
import type { DesiredFleet } from "../desired/desired-fleet";
import type { LostElasticIp } from "./address-parts";
import { tagCommand } from "./check-witnesses";
import type { SlotState } from "./slot-state";

/**
 * The EIPs that are gone and of which a person said that others may take their place, as findings.
 *
 * @param accepted slots
 * @throws RoutedError `address-lost` where one is gone of a slot that stays and isn't accepted
 */
export function acceptedLosses(
  desired: Pick<DesiredFleet, "nodes" | "spareNodes" | "frozenNodes">,
  observation: Observation,
  slots: readonly SlotState[],
  accepted: readonly number[] = [],
): string[] {
  const losses = slots.flatMap(({ slot, lost }) => {
    return lost !== null && isWantedSlot(desired, slot) ? [{ slot, lost }] : [];
  });
  const refused = losses.filter(({ slot }) => !accepted.includes(slot));
  if (refused.length > 0) {
    const lines = refused.map(({ slot, lost }) => `  - ${lossOf(observation, slot, lost)}`);
    throw new RoutedError(
      "address-lost",
      `${observation.environment}: an address that a node had is gone, so nothing is changed:\n` +
        lines.join("\n"),
    );
  }
  return losses.map(({ slot, lost }) => {
    const now = lost.now === null ? "a new one" : lost.now.publicIpv4;
    return (
      `node ${slot} gets another address on an operator's word: ${nameOf(lost)} is given up for ${now}; ` +
      `every BGP peer's filter must be changed`
    );
  });
}

function nameOf({ last }: LostElasticIp): string {
  return last === null ? "an EIP that nobody knows" : `${last.publicIpv4} (${last.allocationId})`;
}

function lossOf(observation: Observation, slot: number, lost: LostElasticIp): string {
  const { last, now, saidBy } = lost;
  const instead =
    now === null ? "is gone" : `is not its own, but ${now.publicIpv4} (${now.allocationId})`;
  const address = last?.publicIpv4 ?? "<address>";
  const free = now === null ? "" : `take the tags off ${now.allocationId}, then `;
  return (
    `the EIP of node ${slot} ${instead}: it was ${nameOf(lost)} by ${listOf([someOf(saidBy)])}; ` +
    `to bring it back: ${free}aws ec2 allocate-address --region ${observation.region} ` +
    `--domain vpc --address ${address}, then ` +
    `${tagCommand(observation, ["<its allocation id>"], slot)}; ` +
    `to take a new one: ROUTED_ACCEPT_NEW_ADDRESS=${slot}`
  );
}
