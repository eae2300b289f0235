import type { Environment } from "../config/environment";
import { RoutedError } from "../errors";
import type { Observation } from "../observe/observation";
import { spareSlots } from "../plan/desired/desired-fleet";
import { reconcileAddresses } from "../plan/live/reconcile";

/** A slot as the outside reaches it: nothing of it changes while instances come and go. */
export interface ExportedNode {
  readonly slot: number;
  readonly availabilityZone: string;
  readonly privateIpv4: string;
  /** The Elastic IP. */
  readonly publicIpv4: string;
  readonly ipv6: string;
}

export interface ExportedNodes {
  /** By slot, ascending. */
  readonly nodes: readonly ExportedNode[];
  /** What was left out, as sentences. */
  readonly notes: readonly string[];
}

/**
 * The slots whose addresses exist, and those that the config wants and that have none yet as notes.
 *
 * @throws RoutedError `not-deployed` where no slot has its addresses, `contradiction`
 */
export function exportedNodes(environment: Environment, observation: Observation): ExportedNodes {
  const addresses = reconcileAddresses(observation);
  const nodes: ExportedNode[] = [];
  const notes: string[] = [];
  const { fleet } = environment;
  const nodesOf = Array.from({ length: fleet.nodes }, (_, slot) => slot);
  const wanted = [...nodesOf, ...spareSlots(fleet)];
  for (const slot of [...new Set([...wanted, ...addresses.keys()])].sort((a, b) => a - b)) {
    const address = addresses.get(slot);
    const ipv6 = address?.networkInterface.ipv6[0];
    const publicIpv4 = address?.elasticIp?.publicIpv4;
    if (!address || ipv6 === undefined || publicIpv4 === undefined) {
      const lacking = !address ? "address" : ipv6 === undefined ? "IPv6 address" : "Elastic IP";
      notes.push(`slot ${slot} has no ${lacking} yet and is left out; export again once it has`);
      continue;
    }
    const { availabilityZone, privateIpv4 } = address.networkInterface;
    nodes.push({ slot, availabilityZone, privateIpv4, publicIpv4, ipv6 });
  }
  if (nodes.length === 0) {
    const { name } = environment;
    throw new RoutedError(
      "not-deployed",
      `${name}: no node has its addresses yet, so there is nothing to export; deploy ${name} first`,
    );
  }
  return { nodes, notes };
}
