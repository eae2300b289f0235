import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { SecurityGroupConfig } from "@cdktf/provider-aws/lib/security-group";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { BgpSecurityGroup } from "./pop/bgp-security-group";
import { Violations } from "./violations";
import { cidrId, cidrOf } from "./ipv4-cidr";

/** A range of TCP ports, both ends included, each between 1 and 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface FleetSecurityGroupsProps {
  /** Prefix of the groups' names. Changing it replaces the groups. */
  readonly name: string;
  readonly vpc: Vpc;
  /**
   * How many groups hold the PoPs' BGP rules, 1 to 15. More add groups to the nodes, which takes a
   * raised quota above 4.
   */
  readonly bgpGroups: number;
  /** The TCP port that the API's load balancer listens on: 80 or 443. */
  readonly apiListenerPort: number;
  /** IPv4 and IPv6 blocks whose clients may call the API through the load balancer. */
  readonly apiClientCidrs: readonly string[];
  /** The port of the router on each node: the load balancer may reach it. Changing it restarts nothing. */
  readonly routerPort: number;
  /** The nodes' ports that the routers of all nodes may reach. Changing it restarts nothing. */
  readonly apiPorts: PortRange;
  /** IPv4 and IPv6 blocks that Prometheus scrapes the nodes from. */
  readonly prometheusCidrs: readonly string[];
  /** The nodes' ports that Prometheus may reach. Changing it restarts nothing. */
  readonly metricsPorts: PortRange;
}

type GroupConfig = Pick<SecurityGroupConfig, "name" | "description" | "vpcId" | "tags">;

/**
 * Who may talk to the load balancer and to the nodes. Nothing else may come in: no SSH (SSM does
 * that), no ICMP. BGP ports are opened PoP by PoP, in the `bgp` groups.
 *
 * A node's ENI is in `nodes` and in all `bgp` groups: with 4 of them five together, AWS's default
 * limit.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export class FleetSecurityGroups extends Construct {
  readonly loadBalancer: SecurityGroup;
  readonly nodes: SecurityGroup;
  /** By `shardOf`: a group takes 60 rules, which is too few for all PoPs. */
  readonly bgp: readonly BgpSecurityGroup[];

  constructor(scope: Construct, id: string, props: FleetSecurityGroupsProps) {
    validate(scope, id, props);
    super(scope, id);
    const group = <T>(
      Group: new (scope: Construct, id: string, config: GroupConfig) => T,
      groupId: string,
      description: string,
    ): T =>
      new Group(this, groupId, {
        name: `${props.name}-${groupId}`,
        // It can't change without replacing the group, and EC2 takes no apostrophe in it.
        description,
        vpcId: props.vpc.id,
        tags: { Name: `${props.name}-${groupId}` },
      });
    this.loadBalancer = group(SecurityGroup, "load-balancer", "Load balancer of the routed API");
    this.nodes = group(
      SecurityGroup,
      "nodes",
      "Nodes: API from the load balancer, metrics from Prometheus",
    );
    this.bgp = Array.from({ length: props.bgpGroups }, (_, index) =>
      group(BgpSecurityGroup, `bgp-${index}`, "Nodes: BGP, from the peers of each PoP to its port"),
    );
    this.addLoadBalancerRules(props);
    this.addNodeRules(props);
  }

  /** The groups of a node's ENI. */
  get ofNode(): SecurityGroup[] {
    return [this.nodes, ...this.bgp];
  }

  private addLoadBalancerRules(props: FleetSecurityGroupsProps): void {
    for (const cidr of props.apiClientCidrs) {
      new VpcSecurityGroupIngressRule(this, `api-clients-${cidrId(cidr)}`, {
        securityGroupId: this.loadBalancer.id,
        description: "API clients",
        ipProtocol: "tcp",
        fromPort: props.apiListenerPort,
        toPort: props.apiListenerPort,
        ...cidrOf(cidr),
      });
    }
    new VpcSecurityGroupEgressRule(this, "load-balancer-to-routers", {
      securityGroupId: this.loadBalancer.id,
      ipProtocol: "tcp",
      fromPort: props.routerPort,
      toPort: props.routerPort,
      referencedSecurityGroupId: this.nodes.id,
    });
  }

  private addNodeRules(props: FleetSecurityGroupsProps): void {
    const router = { from: props.routerPort, to: props.routerPort };
    for (const [id, { from, to }, source] of [
      ["routers-from-load-balancer", router, this.loadBalancer],
      ["nodes-from-routers", props.apiPorts, this.nodes],
    ] as const) {
      new VpcSecurityGroupIngressRule(this, id, {
        securityGroupId: this.nodes.id,
        ipProtocol: "tcp",
        fromPort: from,
        toPort: to,
        referencedSecurityGroupId: source.id,
      });
    }
    for (const cidr of props.prometheusCidrs) {
      new VpcSecurityGroupIngressRule(this, `prometheus-${cidrId(cidr)}`, {
        securityGroupId: this.nodes.id,
        description: "Metrics for Prometheus",
        ipProtocol: "tcp",
        fromPort: props.metricsPorts.from,
        toPort: props.metricsPorts.to,
        ...cidrOf(cidr),
      });
    }
    for (const [version, cidr] of [
      ["ipv4", "0.0.0.0/0"],
      ["ipv6", "::/0"],
    ] as const) {
      new VpcSecurityGroupEgressRule(this, `nodes-to-all-${version}`, {
        securityGroupId: this.nodes.id,
        description: "BGP peers, AWS and registries",
        ipProtocol: "-1",
        ...cidrOf(cidr),
      });
    }
  }
}

function validate(scope: Construct, id: string, props: FleetSecurityGroupsProps): void {
  const violations = new Violations().requireInteger("bgpGroups", props.bgpGroups, 1, 15);
  for (const field of ["apiPorts", "metricsPorts"] as const) {
    const { from, to } = props[field];
    violations.requireInteger(`${field}.from`, from, 1, 65535);
    violations.requireInteger(`${field}.to`, to, from, 65535);
  }
  violations.throwIfAny(scope, id);
}
