import type { Environment } from "../config/environment";
import type { Observation } from "../observe/observation";
import { launchedQuotas } from "./fleet-growth";
import type { FleetGrowth } from "./fleet-growth";
import type { VcpuQuotaId } from "./quota";
import type { QuotaNeed } from "./quota-need";
import { vcpuQuotaOf } from "./vcpus";

/** An instance type's vCPUs; null where that isn't known. */
export type VcpusOf = (instanceType: string) => number | null;

/** What the fleet's growth needs of the account's region. */
export function regionNeeds(
  environment: Environment,
  observation: Observation,
  growth: FleetGrowth,
  vcpusOf: VcpusOf,
): QuotaNeed[] {
  const of = environment.aws.region;
  const isNew = growth.networks === 1;
  const network = {
    of,
    needed: growth.networks,
    own: 1 - growth.networks,
    why: isNew ? "one for the new environment" : "the environment has one",
    instead: "remove one that nothing uses, or choose another region",
  };
  const slots = `${growth.elasticIps} more for slots that have none`;
  return [
    {
      quota: "elasticIps",
      of,
      needed: growth.elasticIps,
      own: observation.elasticIps.length,
      why: growth.elasticIps === 0 ? "every slot has one" : slots,
      instead: "release addresses that nothing uses, or lower fleet.nodes",
    },
    {
      quota: "networkInterfaces",
      of,
      needed: growth.networkInterfaces,
      own: observation.networkInterfaces.length,
      why: isNew
        ? "one for each slot, and one for the load balancer in each zone"
        : "one for each slot that has none",
      instead: "lower fleet.nodes",
    },
    { quota: "vpcs", ...network },
    { quota: "internetGateways", ...network },
    ...launchedQuotas(growth).map((quota) =>
      vcpuNeed(quota, environment, observation, growth, vcpusOf),
    ),
  ];
}

function vcpuNeed(
  quota: VcpuQuotaId,
  environment: Environment,
  observation: Observation,
  growth: FleetGrowth,
  vcpusOf: VcpusOf,
): QuotaNeed {
  const running = observation.instances
    .filter(({ state }) => state === "running" || state === "pending")
    .map(({ instanceType }) => instanceType)
    .filter((type) => vcpuQuotaOf(type) === quota);
  return {
    quota,
    of: environment.aws.region,
    needed: peakVcpus(quota, growth, vcpusOf),
    own: running.reduce((sum, type) => sum + (vcpusOf(type) ?? 0), 0),
    why: `vCPUs of what is launched: ${listTypes(quota, growth, vcpusOf)}`,
    instead: "lower fleet.nodes, or choose a smaller fleet.instanceType",
  };
}

/**
 * The most vCPUs on top of now. What a slot gives up makes room for what it launches itself, and
 * from the next wave on for others: slots change side by side.
 */
function peakVcpus(quota: VcpuQuotaId, { waves }: FleetGrowth, vcpusOf: VcpusOf): number | null {
  const count = (type: string | undefined) =>
    type === undefined || vcpuQuotaOf(type) !== quota ? 0 : vcpusOf(type);
  let before = 0;
  let peak = 0;
  for (const wave of waves) {
    let after = before;
    let during = before;
    for (const { launched, freed } of wave) {
      const [more, less] = [count(launched), count(freed)];
      if (more === null || less === null) return null;
      after += more - less;
      during += Math.max(more - less, 0);
    }
    peak = Math.max(peak, during);
    before = after;
  }
  return peak;
}

/** E.g. "3 × r7i.48xlarge with 192 each". */
function listTypes(quota: VcpuQuotaId, { waves }: FleetGrowth, vcpusOf: VcpusOf): string {
  const counts = new Map<string, number>();
  for (const { launched } of waves.flat()) {
    if (launched === undefined || vcpuQuotaOf(launched) !== quota) continue;
    counts.set(launched, (counts.get(launched) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `${count} × ${type} with ${vcpusOf(type) ?? "unknown"} each`)
    .join(", ");
}
