import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { addressDescription } from "../../config/naming";
import type { ZoneSubnet } from "../dual-stack-network";
import { ipv4Host, ipv4Size, parseIpv4Cidr } from "../ipv4-cidr";
import { FIRST_SLOT_HOST } from "../slot-addresses";
import { Violations } from "../violations";

export interface NodeAddressProps {
  /** The slot's number, 0 or more: it decides the host number of both private addresses. */
  readonly slot: number;
  /** The subnet that the slot was born in. Changing it replaces the address, which protection refuses. */
  readonly subnet: ZoneSubnet;
  /** At most 5 (AWS's default limit). Changing them restarts nothing. */
  readonly securityGroups: readonly SecurityGroup[];
  /** Tags of the ENI and the EIP. Changing them restarts nothing. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * The public address that the slot has. Where its EIP is gone, Terraform asks EC2 for this very
   * address and fails where it can't be had; an EIP that is there doesn't change.
   * @default - EC2 chooses one
   */
  readonly publicIpv4?: string;
  /** Whether Terraform refuses to destroy the ENI and the EIP of a slot that exists. */
  readonly protect: boolean;
}

/**
 * The address of a slot, which outlives every instance that sits in the slot: an ENI with a fixed
 * private IPv4 and a fixed IPv6, and an EIP.
 *
 * The EIP is tied to the ENI, not to the instance: replacing the instance changes neither of them
 * and re-associates nothing.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
 */
export class NodeAddress extends Construct {
  readonly networkInterface: NetworkInterface;
  readonly elasticIp: Eip;
  /** As text, e.g. `10.64.0.16`. */
  readonly privateIpv4: string;
  /** A Terraform expression: the subnet's IPv6 block is Amazon's to choose. */
  readonly ipv6: string;

  constructor(scope: Construct, id: string, props: NodeAddressProps) {
    const privateIpv4 = privateIpv4Of(scope, id, props);
    super(scope, id);
    const { subnet } = props.subnet;
    const lifecycle = { preventDestroy: props.protect };
    this.privateIpv4 = privateIpv4;
    this.ipv6 = Fn.cidrhost(subnet.ipv6CidrBlock, FIRST_SLOT_HOST + props.slot);
    this.networkInterface = new NetworkInterface(this, "Resource", {
      subnetId: subnet.id,
      privateIps: [privateIpv4],
      ipv6Addresses: [this.ipv6],
      securityGroups: props.securityGroups.map((group) => group.id),
      description: addressDescription(props.slot),
      tags: { ...props.tags },
      lifecycle,
    });
    this.elasticIp = new Eip(this, "elastic-ip", {
      domain: "vpc",
      networkInterface: this.networkInterface.id,
      tags: { ...props.tags },
      ...(props.publicIpv4 === undefined ? {} : { address: props.publicIpv4 }),
      // EC2 refuses a public address where there is no internet gateway.
      dependsOn: [...props.subnet.internetAccess],
      // An argument of the allocation alone: for an EIP that is there it would mean another one.
      lifecycle: { ...lifecycle, ignoreChanges: ["address"] },
    });
  }
}

function privateIpv4Of(scope: Construct, id: string, props: NodeAddressProps): string {
  const { ipv4Cidr } = props.subnet;
  const cidr = parseIpv4Cidr(ipv4Cidr);
  const violations = new Violations().require(
    cidr !== undefined,
    "subnet.ipv4Cidr",
    "be an IPv4 block",
    ipv4Cidr,
  );
  // The last address is the broadcast address.
  const lastSlot = cidr === undefined ? 0 : ipv4Size(cidr) - 2 - FIRST_SLOT_HOST;
  violations.requireInteger("slot", props.slot, 0, lastSlot).throwIfAny(scope, id);
  return cidr === undefined ? "" : ipv4Host(cidr, FIRST_SLOT_HOST + props.slot);
}
