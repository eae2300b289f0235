import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type {
  SecurityGroupConfig,
  SecurityGroupIngress,
} from "@cdktf/provider-aws/lib/security-group";
import type { Construct } from "constructs";
import { cidrBlock } from "../../config/cidr";
import { bgpRuleDescription } from "../../config/naming";

/** The way of a PoP's BGP peers to its tasks. */
export interface BgpAccess {
  readonly pop: string;
  /** The TCP port that the PoP's tasks listen on: its own, in the whole cluster. */
  readonly port: number;
  /** IPv4 and IPv6 blocks of the peers; without any, nobody is let in. */
  readonly peers: readonly string[];
}

/**
 * A security group of the nodes that lets PoPs' BGP peers in, each PoP's to its own port.
 *
 * Its rules are arguments of the group, not resources of their own: AWS takes only 5 changes of rules
 * in a second, whoever asks, and a resource costs a call at every plan. So the group holds all that may
 * come in, and the next deploy takes away what was added by hand.
 */
export class BgpSecurityGroup extends SecurityGroup {
  private rules: readonly SecurityGroupIngress[] = [];

  constructor(scope: Construct, id: string, config: Omit<SecurityGroupConfig, "ingress">) {
    super(scope, id, { ...config, ingress: [] });
  }

  /** Lets the peers of one PoP more in. */
  admit({ pop, port, peers }: BgpAccess): void {
    if (peers.length === 0) return;
    const blocks = peers.map((peer) => cidrBlock(peer));
    const ofFamily = (wanted: 4 | 6): string[] =>
      blocks
        .filter(({ family }) => family === wanted)
        .map(({ text }) => text)
        .sort();
    const rule: SecurityGroupIngress = {
      description: bgpRuleDescription(pop),
      protocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrBlocks: ofFamily(4),
      ipv6CidrBlocks: ofFamily(6),
      // Terraform's JSON wants them all.
      prefixListIds: [],
      securityGroups: [],
      selfAttribute: false,
    };
    this.rules = [...this.rules, rule].sort((a, b) => (a.fromPort ?? 0) - (b.fromPort ?? 0));
    this.putIngress([...this.rules]);
  }
}
