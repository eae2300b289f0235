/** The environment that is benchmarked: three nodes, and PoPs of two peers each. */

export const ENVIRONMENT = "bench";
const NODES = 3;
export const FIRST_IMAGE = "registry.example/autopilot-routed:1";
export const SECOND_IMAGE = "registry.example/autopilot-routed:2";

/**
 * - `plain`: a plain single stack (make-plain.ts): a task definition and a target group for each PoP,
 *   and the provider as it comes. Its tasks map a port each, so each PoP has 2 rather than one on every
 *   node, and no more than 140 PoPs fit.
 * - `product`: what the project deploys with its defaults
 */
const VARIANTS = ["plain", "product"] as const;
export type Variant = (typeof VARIANTS)[number];

/** Those that can be built with so many PoPs. */
export function variantsOf(pops: number): readonly Variant[] {
  return VARIANTS.filter((variant) => variant !== "plain" || pops <= MOST_PLAIN_POPS);
}

export interface BenchEnvironment {
  readonly pops: number;
  readonly variant: Variant;
  readonly image: string;
}

const PLAIN_TASKS_PER_POP = 2;
/** Three nodes' ports for tasks, of which ECS takes 100 with the agent's 6, less one PoP that a case adds. */
const MOST_PLAIN_POPS = Math.floor((NODES * 94) / PLAIN_TASKS_PER_POP) - 1;

/** Ingress rules that a security group takes. */
const PEERS_PER_SECURITY_GROUP = 60;
/** `network.bgpSecurityGroups` where the config doesn't say it. */
const DEFAULT_SECURITY_GROUPS = 4;

/** The content of the environment's config file. */
export function benchConfig({ pops, variant, image }: BenchEnvironment): object {
  return {
    aws: {
      accountId: "123456789012",
      region: "us-east-1",
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    },
    backend: { type: "local" },
    network: {
      vpcCidr: "10.64.0.0/16",
      apiClientCidrs: ["10.0.0.0/8"],
      prometheusCidrs: ["10.1.0.0/16"],
      // Enough for one PoP more: another number would move the PoPs that are there.
      bgpSecurityGroups: Math.max(
        DEFAULT_SECURITY_GROUPS,
        Math.ceil((pops + 1) / PEERS_PER_SECURITY_GROUP),
      ),
    },
    fleet: {
      nodes: NODES,
      instanceType: "r6i.32xlarge",
      rootVolumeGiB: 30,
      protectAddresses: false,
    },
    routed: {
      image,
      cpuUnits: 512,
      memoryMiB: 1024,
      stateRebuildMinutes: 12,
      ...(variant === "plain" ? { placement: "spread", tasksPerPop: PLAIN_TASKS_PER_POP } : {}),
    },
    autopilotSites: Array.from({ length: pops }, (_, index) => ({
      id: index + 1,
      name: `pop${index + 1}`,
      bgpPeers: [`2001:db8:${(index + 1).toString(16)}::/48`],
    })),
  };
}
