import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { ipv4Subnet, parseIpv4Cidr } from "./ipv4-cidr";

/**
 * A slot's host number in its subnet, in both families, is this and the slot's number. The first four
 * addresses of a subnet are AWS's own; 16 leaves room and reads well in IPv6.
 */
export const FIRST_SLOT_HOST = 16;

/**
 * The blocks that hold the hosts 16 to 223 of a subnet: the slots 0 to 199, which `fleet.nodes` may
 * have, and 200 to 207, which it never reaches. In the smallest subnet, a /24, 43 addresses are left
 * to choose from; a load balancer wants 8.
 */
const BLOCKS: readonly { readonly firstHost: number; readonly hostBits: number }[] = [
  { firstHost: FIRST_SLOT_HOST, hostBits: 4 },
  { firstHost: 32, hostBits: 5 },
  { firstHost: 64, hostBits: 6 },
  { firstHost: 128, hostBits: 6 },
  { firstHost: 192, hostBits: 5 },
];

export interface SlotAddressesProps {
  /** Changing it replaces the reservations; no address that is in use changes. */
  readonly subnet: Subnet;
  /** The subnet's IPv4 block, at least a /24. */
  readonly ipv4Cidr: string;
}

/**
 * What the slots of a subnet have or may come to have, kept from all that lets AWS choose: without it
 * a load balancer may take the address of a slot that is to be added. Addresses in use stay in use,
 * whoever has them, when a reservation is made and when it goes.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html
 */
export class SlotAddresses extends Construct {
  readonly reservations: readonly Ec2SubnetCidrReservation[];

  constructor(scope: Construct, id: string, { subnet, ipv4Cidr }: SlotAddressesProps) {
    super(scope, id);
    const cidr = parseIpv4Cidr(ipv4Cidr);
    const reserve = (host: number, family: string, cidrBlock: string): Ec2SubnetCidrReservation =>
      new Ec2SubnetCidrReservation(this, `${family}-${host}`, {
        subnetId: subnet.id,
        cidrBlock,
        reservationType: "explicit",
      });
    this.reservations = BLOCKS.flatMap(({ firstHost, hostBits }) => {
      const index = firstHost / 2 ** hostBits;
      if (cidr === undefined) return [];
      const ipv4 = ipv4Subnet(cidr, 32 - hostBits - cidr.prefixLength, index);
      // A subnet's block is a /64.
      const ipv6 = Fn.cidrsubnet(subnet.ipv6CidrBlock, 64 - hostBits, index);
      return [reserve(firstHost, "ipv4", ipv4), reserve(firstHost, "ipv6", ipv6)];
    });
  }
}
