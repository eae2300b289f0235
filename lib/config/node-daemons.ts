import type { Environment } from "./environment";
import type { Daemon } from "./environment-file.generated";
import { nodeDaemonService, ROUTER_DAEMON } from "./naming";

/** A helper that runs on every node, with its hard limits. */
export interface DaemonLimits {
  readonly name: string;
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** The router's, whatever the number of PoPs. */
export const ROUTER_LIMITS = { cpuUnits: 512, memoryMiB: 512 } as const;

/** All that run on every node beside the PoPs' tasks, the router first. */
export function nodeDaemons({ routed }: Environment): DaemonLimits[] {
  return [
    { name: ROUTER_DAEMON, ...ROUTER_LIMITS },
    ...daemonsThatRunOn("node", routed.daemons).map(({ name, cpuUnits, memoryMiB }) => ({
      name,
      cpuUnits,
      memoryMiB,
    })),
  ];
}

/** Of the config's daemons those that have a task on each node, or a container in each PoP's task. */
export function daemonsThatRunOn(place: Daemon["runs"], daemons: readonly Daemon[]): Daemon[] {
  return daemons.filter(({ runs }) => runs === place);
}

/** The ECS services of those that a node needs to be available. */
export function neededDaemonServices(environment: Environment): string[] {
  const needed = environment.routed.daemons.filter((daemon) => daemon.needed).map((d) => d.name);
  return nodeDaemons(environment)
    .filter(({ name }) => name === ROUTER_DAEMON || needed.includes(name))
    .map(({ name }) => nodeDaemonService(name));
}

/** How many rules let Prometheus in to the daemons, for each of its blocks. */
export function daemonMetricsPorts(daemons: readonly Daemon[]): number[] {
  return daemons.flatMap(({ metricsPort }) => metricsPort ?? []);
}

/** CPU units of each node that are not for PoPs' tasks: the system's and the daemons'. */
export function keptCpuUnits(environment: Environment): number {
  const daemons = nodeDaemons(environment).reduce((sum, { cpuUnits }) => sum + cpuUnits, 0);
  return environment.fleet.reservedCpuUnits + daemons;
}
