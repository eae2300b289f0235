import type { StaticNode } from "../constructs/node/static-node";
import type { KnownAddress } from "../plan/live/address-parts";

/** A top-level block that takes something that exists into Terraform's state. */
export interface ImportBlock {
  /** E.g. `aws_eip.fleet_node-0_address_elastic-ip_F92831E1`. */
  readonly to: string;
  readonly id: string;
}

/**
 * Brings the addresses of all slots that stay back into a state that has lost them, whatever becomes of
 * their instances: without this, Terraform would see blocks that nothing exists for, and make new
 * addresses. Where the state holds them, which is the rule, Terraform passes over the blocks.
 *
 * An instance isn't imported: the provider reads neither its ENI nor its user data as they were given,
 * and would have it replaced, which the pin refuses.
 * @see https://developer.hashicorp.com/terraform/language/import
 */
export function addressImports(
  nodes: ReadonlyMap<number, StaticNode>,
  known: readonly KnownAddress[],
): ImportBlock[] {
  return known.flatMap(({ slot, networkInterfaceId, allocationId }) => {
    const address = nodes.get(slot)?.address;
    if (address === undefined) return [];
    const { elasticIp, networkInterface } = address;
    return [
      ...(networkInterfaceId === undefined
        ? []
        : [{ to: fqnOf(networkInterface), id: networkInterfaceId }]),
      ...(allocationId === undefined ? [] : [{ to: fqnOf(elasticIp), id: allocationId }]),
    ];
  });
}

function fqnOf(resource: {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}
