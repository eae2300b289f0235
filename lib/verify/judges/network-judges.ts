import { daemonTags, NEVER, ONCE, ONE_FOR_LIFE, prefixed, tags } from "./common";
import { all, asTold, changes, harmless, harms, may, needs, where } from "./judge";
import type { Judge } from "./judge";
import { anything, fromConfig, is, law, referent, refersTo, refersToNamed } from "./law";
import { areBgpRules, groupNames, isOwnBlock, isOwnPort, isWayOut, nodesAndApi } from "./group-law";
import type { LawContext } from "./law";
import { ROUTER_PORT } from "../../config/naming";
import { daemonMetricsPorts } from "../../config/node-daemons";
import { emptySlots, plannedNodes } from "../../plan/upgrade-plan";

type Stacked = Omit<LawContext, "declaration" | "node">;

/** The zones that the config names, or that a slot's address is in. */
export function zonesOf({ environment, upgradePlan }: Stacked): string[] {
  const slots = [...plannedNodes(upgradePlan), ...emptySlots(upgradePlan)];
  const taken = slots.map(({ availabilityZone }) => availabilityZone);
  return [...new Set([...environment.aws.availabilityZones, ...taken])];
}

const zones = (context: Stacked): number => zonesOf(context).length;
const vpc = needs(refersTo("aws_vpc"));

/** What tells a rule of a security group from the others. */
const RULE = [
  "security_group_id",
  "from_port",
  "to_port",
  "cidr_ipv4",
  "cidr_ipv6",
  "referenced_security_group_id",
];

/** What the VPC is built from: all of it once, and a subnet for each zone. */
export const NETWORK_JUDGES = {
  aws_vpc: {
    noun: "the VPC",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      cidr_block: needs(
        fromConfig("be network.vpcCidr", ({ environment }) => environment.network.vpcCidr),
      ),
      assign_generated_ipv6_cidr_block: needs(is(true)),
      enable_dns_hostnames: needs(is(true)),
      enable_dns_support: needs(is(true)),
      enable_network_address_usage_metrics: changes(harmless("it only counts addresses")),
    },
  },
  aws_subnet: {
    noun: "a subnet",
    by: "foundation",
    most: zones,
    key: ["availability_zone"],
    create: "for a zone that the config names",
    replace: NEVER,
    remove: "of a zone that the config no longer names and no node is in",
    attributes: {
      ...tags,
      vpc_id: vpc,
      availability_zone: needs(
        law("be a zone of the config's, or of a node's", (value, context) =>
          zonesOf(context).includes(String(value)),
        ),
      ),
      cidr_block: needs(anything("AWS takes none that is in use, or outside of the VPC's")),
      ipv6_cidr_block: needs(
        law("be a part of the VPC's block", (value) =>
          /^\$\{cidrsubnet\(aws_vpc\.[\w-]+\.ipv6_cidr_block, 8, \d+\)\}$/.test(String(value)),
        ),
      ),
      assign_ipv6_address_on_creation: needs(
        is(true),
        harmless("it is what new interfaces get; those that exist keep what they have"),
      ),
      map_public_ip_on_launch: needs(
        is(false),
        harmless("it is what new interfaces get; those that exist keep what they have"),
      ),
      ...all(
        [
          "enable_resource_name_dns_a_record_on_launch",
          "enable_resource_name_dns_aaaa_record_on_launch",
          "private_dns_hostname_type_on_launch",
        ],
        changes(harmless("it is what new instances get; those that run keep what they have")),
      ),
    },
  },
  aws_ec2_subnet_cidr_reservation: {
    noun: "a reservation of slots' addresses",
    by: "foundation",
    // Five blocks of each family hold the hosts of all slots.
    most: (context) => 10 * zones(context),
    key: ["cidr_block"],
    create: "for a zone that the config names",
    replace: "never: in between, somebody else may take an address of a slot",
    remove: "of a zone that the config no longer names and no node is in",
    attributes: {
      subnet_id: needs(refersTo("aws_subnet")),
      reservation_type: needs(is("explicit")),
      cidr_block: needs(
        law("be one of the blocks that hold the hosts 16 to 223 of its subnet", isBlockOfSlots),
      ),
    },
  },
  aws_internet_gateway: {
    noun: "the internet gateway",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      vpc_id: needs(
        refersTo("aws_vpc"),
        harms("cuts-off", "all nodes are reached, and reach others, through it"),
      ),
    },
  },
  aws_route_table: {
    noun: "the route table",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      vpc_id: vpc,
      route: changes(harms("cuts-off", "its routes are resources of their own")),
    },
  },
  aws_route: {
    noun: "a route",
    by: "foundation",
    most: () => 2,
    key: ["destination_cidr_block"],
    create: ONCE,
    replace: NEVER,
    remove: NEVER,
    attributes: {
      destination_cidr_block: where(
        law(
          "be 0.0.0.0/0, or left out beside a destination_ipv6_cidr_block",
          (value, { declaration }) =>
            value === (declaration.values["destination_ipv6_cidr_block"] ? undefined : "0.0.0.0/0"),
        ),
      ),
      destination_ipv6_cidr_block: may(is("::/0")),
      gateway_id: needs(
        refersTo("aws_internet_gateway"),
        harms("cuts-off", "it leads to all peers and to AWS"),
      ),
      route_table_id: needs(refersTo("aws_route_table")),
    },
  },
  aws_route_table_association: {
    noun: "a subnet's route table association",
    by: "foundation",
    most: zones,
    key: ["subnet_id"],
    create: "for a zone that the config names",
    replace: NEVER,
    remove: "of a zone that the config no longer names and no node is in",
    attributes: {
      route_table_id: needs(
        refersTo("aws_route_table"),
        harms("cuts-off", "another table has no way to the internet"),
      ),
      subnet_id: needs(refersTo("aws_subnet")),
    },
  },
  aws_default_security_group: {
    noun: "the VPC's default security group",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      vpc_id: vpc,
      ...all(
        ["ingress", "egress"],
        changes(
          harms(
            "cuts-off",
            "the group lets nothing through, and what was opened by hand is closed by hand",
          ),
        ),
      ),
    },
  },
  aws_security_group: {
    noun: "a security group",
    by: "foundation",
    most: ({ environment }) => 2 + environment.network.bgpSecurityGroups,
    key: ["name"],
    create: "with a new environment, or as network.bgpSecurityGroups wants more",
    replace: NEVER,
    remove: NEVER,
    attributes: {
      ...tags,
      vpc_id: vpc,
      name: needs(
        law("be the load balancer's, the nodes' or one for BGP", (value, context) =>
          groupNames(context).includes(String(value)),
        ),
      ),
      description: needs(anything("it can't change in place, and does nothing")),
      ingress: may(law("hold the PoPs' BGP peers only, each at its PoP's port", areBgpRules), {
        effect: "cuts-off",
        why: "a group that holds its rules itself is judged rule by rule, in check-security-group-rules",
      }),
      egress: changes(harms("cuts-off", "nodes reach their peers and AWS by it")),
      revoke_rules_on_delete: changes(harmless("no group is deleted")),
    },
  },
  aws_vpc_security_group_ingress_rule: {
    noun: "a way in",
    by: "rules",
    most: ({ environment: { network, routed } }) =>
      2 +
      network.apiClientCidrs.length +
      network.prometheusCidrs.length * (1 + daemonMetricsPorts(routed.daemons).length),
    key: RULE,
    create: "for a block that the config names",
    replace: "never: the old one is closed before the new one is open",
    remove: "of a block that the config no longer names",
    attributes: {
      ...daemonTags,
      ip_protocol: needs(is("tcp")),
      description: may(anything("it is for people"), harmless("it is for people")),
      security_group_id: needs(
        refersToNamed(
          "aws_security_group",
          "id",
          nodesAndApi,
          "the nodes' group or the load balancer's",
        ),
      ),
      referenced_security_group_id: may(
        refersToNamed(
          "aws_security_group",
          "id",
          nodesAndApi,
          "the nodes' group or the load balancer's",
        ),
      ),
      ...all(
        ["cidr_ipv4", "cidr_ipv6"],
        may(
          law(
            "be a block of network.apiClientCidrs at the load balancer, of network.prometheusCidrs at the nodes",
            isOwnBlock,
          ),
        ),
      ),
      ...all(
        ["from_port", "to_port"],
        needs(
          law(
            "be a port that the config lets its group be asked at, or the ends of all PoPs' range",
            isOwnPort,
          ),
          asTold(
            "the API's port follows network.apiCertificateArn, and a daemon's its metricsPort",
            "the port that may be asked at moves",
          ),
        ),
      ),
    },
  },
  aws_vpc_security_group_egress_rule: {
    noun: "a way out",
    by: "rules",
    most: () => 3,
    key: RULE,
    create: ONCE,
    replace: "never: the old one is closed before the new one is open",
    remove: "never: nodes need it",
    attributes: {
      ...tags,
      ip_protocol: needs(
        law(
          "be -1 of the nodes, to everywhere, and tcp of the load balancer, to the routers",
          isWayOut,
        ),
      ),
      description: may(anything("it is for people"), harmless("it is for people")),
      security_group_id: needs(
        refersToNamed(
          "aws_security_group",
          "id",
          nodesAndApi,
          "the nodes' group or the load balancer's",
        ),
      ),
      referenced_security_group_id: may(
        refersToNamed(
          "aws_security_group",
          "id",
          (context) => prefixed(context, "-nodes"),
          "the nodes' group",
        ),
      ),
      cidr_ipv4: may(is("0.0.0.0/0")),
      cidr_ipv6: may(is("::/0")),
      from_port: may(is(ROUTER_PORT)),
      to_port: may(is(ROUTER_PORT)),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

/** Hosts 16 to 223 of the subnet, as five blocks of it; where they are in IPv6, Terraform says. */
function isBlockOfSlots(value: unknown, context: LawContext): boolean {
  const subnet = referent(context.declaration.values["subnet_id"], "aws_subnet", "id", context);
  if (subnet === undefined) return false;
  const ends = ["16/28", "32/27", "64/26", "128/26", "192/27"];
  const ipv6 = ["60, 1", "59, 1", "58, 1", "58, 2", "59, 6"];
  const [network = ""] = String(subnet.values["cidr_block"]).split(/0\/\d+$/);
  return (
    ends.some((end) => value === `${network}${end}`) ||
    ipv6.some((part) => value === `\${cidrsubnet(${subnet.address}.ipv6_cidr_block, ${part})}`)
  );
}
