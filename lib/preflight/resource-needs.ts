import { cidrBlock } from "../config/cidr";
import type { AutopilotSite, Environment } from "../config/environment";
import { MAPPED_PORTS, RESERVED_PORTS_SETTING, countReservedPorts } from "../config/host-ports";
import { MAX_RULES_PER_SECURITY_GROUP, ROUTER_RULES, shardOf } from "../config/limits";
import { clusterName } from "../config/naming";
import { daemonMetricsPorts, nodeDaemons } from "../config/node-daemons";
import type { QuotaNeed } from "./quota-need";

/**
 * What the fullest resource of each kind needs in all. These are the environment's own, so nobody
 * else uses any of it, and the config alone tells.
 *
 * @param nodes the most nodes that the fleet has on its way to what the config wants
 */
export function resourceNeeds(environment: Environment, nodes: number): QuotaNeed[] {
  return [
    ...securityGroupNeeds(environment),
    ...loadBalancerNeeds(nodes),
    ...clusterNeeds(environment, nodes),
  ];
}

interface Group {
  readonly name: string;
  readonly rules: number;
}

function securityGroupNeeds(environment: Environment): QuotaNeed[] {
  const { bgpSecurityGroups } = environment.network;
  const groups = securityGroups(environment);
  const fullest = groups.reduce((most, group) => (group.rules > most.rules ? group : most));
  const perInterface = bgpSecurityGroups + 1;
  const rules = Math.max(fullest.rules, MAX_RULES_PER_SECURITY_GROUP);
  const own = 0;
  return [
    {
      quota: "rulesPerSecurityGroup",
      of: `security group ${fullest.name}`,
      needed: fullest.rules,
      own,
      why: "inbound rules of one IP version, in the fullest group",
      instead: "join blocks, or raise network.bgpSecurityGroups",
    },
    {
      quota: "securityGroupsPerNetworkInterface",
      of: "each node's network interface",
      needed: perInterface,
      own,
      why: `1 of the nodes and ${bgpSecurityGroups} of network.bgpSecurityGroups`,
      instead: "lower network.bgpSecurityGroups",
    },
    {
      quota: "rulesPerNetworkInterface",
      of: "each node's network interface",
      needed: rules * perInterface,
      own,
      why: `${rules} rules in each of ${perInterface} groups`,
      instead: "lower network.bgpSecurityGroups",
    },
  ];
}

/** The groups with the inbound rules that each has of the IP version that it has more of. */
function securityGroups(environment: Environment): Group[] {
  const { network, routed, autopilotSites } = environment;
  const prometheusRules = 1 + daemonMetricsPorts(routed.daemons).length;
  const name = clusterName(environment.name);
  const bgp = Array.from({ length: network.bgpSecurityGroups }, (_, index) => ({
    name: `${name}-bgp-${index}`,
    rules: mostOfOneVersion(
      inShard(autopilotSites, network.bgpSecurityGroups, index).flatMap((site) => site.bgpPeers),
    ),
  }));
  return [
    ...bgp,
    // Further rules let the load balancer and the routers in, and count for both versions.
    {
      name: `${name}-nodes`,
      rules: mostOfOneVersion(network.prometheusCidrs) * prometheusRules + ROUTER_RULES,
    },
    { name: `${name}-load-balancer`, rules: mostOfOneVersion(network.apiClientCidrs) },
  ];
}

function mostOfOneVersion(blocks: readonly string[]): number {
  const ipv4 = blocks.filter((block) => cidrBlock(block).family === 4).length;
  return Math.max(ipv4, blocks.length - ipv4);
}

/** One target group, with the router on each node as a target. */
function loadBalancerNeeds(nodes: number): QuotaNeed[] {
  const of = "the load balancer";
  const own = 0;
  const why = "the router on each node";
  const instead = "lower fleet.nodes";
  return [
    {
      quota: "targetGroupsPerLoadBalancer",
      of,
      needed: 1,
      own,
      why: "one for all routers",
      instead,
    },
    { quota: "listenersPerLoadBalancer", of, needed: 1, own, why: "one for the API", instead },
    { quota: "targetsPerLoadBalancer", of, needed: nodes, own, why, instead },
    { quota: "targetsPerTargetGroup", of: "its target group", needed: nodes, own, why, instead },
  ];
}

function clusterNeeds(environment: Environment, nodes: number): QuotaNeed[] {
  const of = `cluster ${clusterName(environment.name)}`;
  const instead = "serve some PoPs from another environment";
  return [
    {
      quota: "servicesPerCluster",
      of,
      needed: environment.autopilotSites.length + nodeDaemons(environment).length,
      own: 0,
      why: "one for each PoP and each node daemon",
      instead,
    },
    {
      quota: "containerInstancesPerCluster",
      of,
      needed: nodes,
      own: 0,
      why: "one for each node",
      instead: "lower fleet.nodes",
    },
    hostPortNeed(environment),
  ];
}

/** The config's rules refuse more than there are; here it is told how many. */
function hostPortNeed({ fleet }: Environment): QuotaNeed {
  const agent = countReservedPorts(fleet.ecsAgentSettings);
  return {
    quota: "reservedPortsPerContainerInstance",
    of: "each node",
    needed: agent + MAPPED_PORTS.length,
    own: 0,
    why: `${agent} of the ECS agent and ${MAPPED_PORTS.length} of the router`,
    instead: `reserve fewer by ${RESERVED_PORTS_SETTING} in fleet.ecsAgentSettings`,
  };
}

function inShard(
  sites: readonly AutopilotSite[],
  shards: number,
  index: number,
): readonly AutopilotSite[] {
  return sites.filter(({ id }) => shardOf(id, shards) === index);
}
