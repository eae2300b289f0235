import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Fn } from "cdktf";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ipv4Subnet, parseIpv4Cidr, zoneIndex } from "./ipv4-cidr";
import type { Ipv4Cidr } from "./ipv4-cidr";
import { SlotAddresses } from "./slot-addresses";
import { Violations } from "./violations";

export interface DualStackNetworkProps {
  /** Prefix of the `Name` tags. Changing it changes tags only. */
  readonly name: string;
  /**
   * The VPC's IPv4 block, /16 to /20, canonical. Each zone's subnet is the sixteenth of it that
   * the zone's letter stands for. Changing it replaces the VPC and all in it, which protected
   * addresses refuse.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
   */
  readonly vpcCidr: string;
  /**
   * The zones that get a public subnet, at least one, e.g. `us-east-2a`; their order has no
   * meaning. Adding one moves no other; dropping one destroys its subnet, which must be empty.
   */
  readonly availabilityZones: readonly string[];
  /**
   * Whether Terraform refuses to destroy the VPC.
   * @default true
   */
  readonly pinned?: boolean;
}

/** A zone's subnet, with its IPv4 block as text: fixed addresses in it are known at synthesis. */
export interface ZoneSubnet {
  readonly availabilityZone: string;
  readonly subnet: Subnet;
  /** E.g. `10.64.16.0/20`. */
  readonly ipv4Cidr: string;
  /** What must be there before anything in the subnet reaches the internet. */
  readonly internetAccess: readonly ITerraformDependable[];
  /** What must be there before AWS may choose addresses in the subnet: it keeps the slots' from being taken. */
  readonly reservations: readonly ITerraformDependable[];
}

/**
 * A VPC with an IPv4 and an Amazon-provided IPv6 block, and a public subnet in each zone, in which the
 * slots' addresses are reserved. No NAT: nodes have public addresses of their own, which is what makes
 * them static.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
 */
export class DualStackNetwork extends Construct {
  readonly vpc: Vpc;
  readonly internetGateway: InternetGateway;
  /** By zone's name. */
  readonly subnets: ReadonlyMap<string, ZoneSubnet>;

  constructor(scope: Construct, id: string, props: DualStackNetworkProps) {
    const cidr = validate(scope, id, props);
    super(scope, id);

    this.vpc = new Vpc(this, "Resource", {
      cidrBlock: props.vpcCidr,
      assignGeneratedIpv6CidrBlock: true,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: props.name },
      lifecycle: { preventDestroy: props.pinned ?? true },
    });
    // Every VPC has a default group that lets its members talk to each other; this empties it.
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: this.vpc.id,
      tags: { Name: `${props.name}-unused` },
    });
    this.internetGateway = new InternetGateway(this, "internet-gateway", {
      vpcId: this.vpc.id,
      tags: { Name: props.name },
    });
    const routeTable = new RouteTable(this, "route-table", {
      vpcId: this.vpc.id,
      tags: { Name: `${props.name}-public` },
    });
    const route = { routeTableId: routeTable.id, gatewayId: this.internetGateway.id };
    const ipv4Route = new Route(this, "ipv4-route", {
      ...route,
      destinationCidrBlock: "0.0.0.0/0",
    });
    const ipv6Route = new Route(this, "ipv6-route", {
      ...route,
      destinationIpv6CidrBlock: "::/0",
    });

    this.subnets = new Map(
      [...props.availabilityZones].sort().map((availabilityZone) => {
        const ipv4Cidr = ipv4Subnet(cidr, SUBNET_BITS, zoneIndex(availabilityZone) ?? 0);
        const subnet = this.addSubnet(props.name, availabilityZone, ipv4Cidr);
        const association = new RouteTableAssociation(
          this,
          `route-table-association-${availabilityZone}`,
          { routeTableId: routeTable.id, subnetId: subnet.id },
        );
        const internetAccess = [ipv4Route, ipv6Route, association];
        const { reservations } = new SlotAddresses(this, `slot-addresses-${availabilityZone}`, {
          subnet,
          ipv4Cidr,
        });
        return [
          availabilityZone,
          { availabilityZone, subnet, ipv4Cidr, internetAccess, reservations },
        ];
      }),
    );
  }

  private addSubnet(name: string, availabilityZone: string, ipv4Cidr: string): Subnet {
    return new Subnet(this, `subnet-${availabilityZone}`, {
      vpcId: this.vpc.id,
      availabilityZone,
      cidrBlock: ipv4Cidr,
      // The VPC's block is a /56, a subnet's a /64.
      ipv6CidrBlock: Fn.cidrsubnet(this.vpc.ipv6CidrBlock, 8, zoneIndex(availabilityZone) ?? 0),
      assignIpv6AddressOnCreation: true,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${name}-${availabilityZone}` },
      // Of a dropped zone: the load balancer must leave the subnet before it is destroyed.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

/** A subnet is a sixteenth of the VPC. */
const SUBNET_BITS = 4;

function validate(scope: Construct, id: string, props: DualStackNetworkProps): Ipv4Cidr {
  const cidr = parseIpv4Cidr(props.vpcCidr);
  const zones = props.availabilityZones;
  const violations = new Violations()
    .require(
      cidr !== undefined && cidr.prefixLength >= 16 && cidr.prefixLength <= 20,
      "vpcCidr",
      "be an IPv4 block of /16 to /20 without host bits",
      props.vpcCidr,
    )
    .require(zones.length > 0, "availabilityZones", "name at least one zone", zones)
    .require(new Set(zones).size === zones.length, "availabilityZones", "be distinct", zones);
  for (const zone of zones) {
    violations.require(
      zoneIndex(zone) !== undefined,
      "availabilityZones",
      "be names of zones, e.g. us-east-2a",
      zone,
    );
  }
  violations.throwIfAny(scope, id);
  return cidr ?? { first: 0, prefixLength: 16 };
}
