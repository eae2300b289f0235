import type { Environment } from "../../config/environment";
import { CPU_UNITS_PER_VCPU } from "../../config/limits";
import { keptCpuUnits, nodeDaemons } from "../../config/node-daemons";
import type { UpgradePlan } from "../../plan/upgrade-plan";

/** What EC2 tells of an instance type. */
export interface InstanceType {
  readonly name: string;
  readonly vcpus: number;
  /** The vCPUs of one core. */
  readonly threadsPerCore: number;
  readonly memoryMiB: number;
  readonly networkInterfaces: number;
  readonly architectures: readonly string[];
}

/** CPU units (1024 are one vCPU) and MiB. */
export interface Amount {
  readonly cpuUnits: number;
  readonly memoryMiB: number;
}

/** What one node is to hold, and what it can. */
export interface NodeUse {
  readonly tasks: number;
  readonly needed: Amount;
  /** What ECS can give to PoPs' tasks, after what is kept for the system and taken by node daemons. */
  readonly usable: Amount;
  /** Left out where tasks have no cores of their own. */
  readonly coreSets?: CoreSetUse;
  /** The dimensions in which the node is too small; empty where it fits. */
  readonly short: readonly ShortDimension[];
}

/** Of a node whose tasks have cores of their own. */
export interface CoreSetUse {
  /** One more than the highest number of a core set that a PoP has there. */
  readonly needed: number;
  /** The core sets that the node's cores make, after those that are kept. */
  readonly usable: number;
}

export type ShortDimension = "architecture" | "ENIs" | "CPU" | "core sets" | "memory";

/** A node needs its slot's own interface; with host networking tasks need none. */
const NEEDED_INTERFACES = 1;

/**
 * What the ECS agent registers of an instance's memory is what the kernel leaves: by rule of thumb
 * 400 MiB and 1.5% less than the type has.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html
 */
export function registeredMemoryMiB(memoryMiB: number): number {
  return Math.max(0, memoryMiB - 400 - Math.ceil(memoryMiB * 0.015));
}

/** What PoPs' tasks can use of a node of the type. */
export function usableOf(type: InstanceType, environment: Environment): Amount {
  const registered = registeredMemoryMiB(type.memoryMiB);
  const daemons = nodeDaemons(environment).reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
  return {
    cpuUnits: Math.max(0, CPU_UNITS_PER_VCPU * type.vcpus - keptCpuUnits(environment)),
    memoryMiB: Math.max(0, registered - environment.fleet.reservedMemoryMiB - daemons),
  };
}

/**
 * How many core sets the cores of a node make. A set is of whole cores, of one NUMA node while they
 * last and then of what is left of several, so only the number of cores counts.
 */
export function coreSetsOf(type: InstanceType, environment: Environment): number {
  const coresFor = (cpuUnits: number) =>
    Math.ceil(Math.ceil(cpuUnits / CPU_UNITS_PER_VCPU) / type.threadsPerCore);
  const cores = type.vcpus / type.threadsPerCore - coresFor(keptCpuUnits(environment));
  return Math.max(0, Math.floor(cores / coresFor(environment.routed.cpuUnits)));
}

/**
 * Whether a node of the type holds so many tasks.
 *
 * @param coreSets one more than the highest number of a core set that they have
 */
export function useOf(
  type: InstanceType,
  tasks: number,
  environment: Environment,
  coreSets = tasks,
): NodeUse {
  const { routed, fleet } = environment;
  const needed = { cpuUnits: tasks * routed.cpuUnits, memoryMiB: tasks * routed.memoryMiB };
  const usable = usableOf(type, environment);
  const short: ShortDimension[] = [];
  if (!type.architectures.includes(fleet.image.architecture)) short.push("architecture");
  if (type.networkInterfaces < NEEDED_INTERFACES) short.push("ENIs");
  if (needed.cpuUnits > usable.cpuUnits) short.push("CPU");
  const sets = coreSetsOf(type, environment);
  const pinned = routed.cpuIsolation === "cpuset";
  if (pinned && coreSets > sets) short.push("core sets");
  if (needed.memoryMiB > usable.memoryMiB) short.push("memory");
  const use = { tasks, needed, usable, short };
  return pinned ? { ...use, coreSets: { needed: coreSets, usable: sets } } : use;
}

/**
 * How many tasks the node of each slot must be able to hold once all PoPs are in their place: the
 * daemons that run there, and of the PoPs that ECS spreads as many as make sure that it can always
 * place the next task, also with one node lost and in whatever order it places them.
 *
 * @returns slot → tasks, ascending
 */
export function tasksBySlot(
  { routed, autopilotSites }: Environment,
  plan: UpgradePlan,
): Map<number, number> {
  const slots = plan.decisions.filter((d) => d.action !== "remove").map(({ slot }) => slot);
  const { placement } = plan;
  const places = new Map(placement?.pops.map((place) => [place.pop, place]));
  const perSlot = new Map(slots.map((slot) => [slot, 0]));
  let spread = 0;
  for (const { name } of autopilotSites) {
    const place = places.get(name);
    const isSpread =
      place === undefined
        ? routed.placement === "spread"
        : place.scheduling === "REPLICA" && !place.everywhere;
    if (isSpread) {
      spread += 1;
      continue;
    }
    const cell = placement?.cells.find((each) => each.name === place?.cell);
    const on = cell?.slots ?? place?.slots ?? slots;
    for (const slot of on) {
      const tasks = perSlot.get(slot);
      if (tasks !== undefined) perSlot.set(slot, tasks + 1);
    }
  }
  const spreadTasks = spreadRoom(spread, routed.tasksPerPop, slots.length);
  return new Map([...perSlot].map(([slot, tasks]) => [slot, tasks + spreadTasks]));
}

/**
 * One more than the highest number of a core set that a PoP has on the node of each slot, once all
 * are in their place. PoPs keep their numbers, so it may be more than there are tasks. A PoP that ECS
 * spreads may come to any node.
 *
 * @returns slot → count; 0 where numbers aren't known
 */
export function coreSetsBySlot(plan: UpgradePlan): Map<number, number> {
  const slots = plan.decisions.filter((d) => d.action !== "remove").map(({ slot }) => slot);
  const { cells = [], pops = [] } = plan.placement ?? {};
  const counts = new Map(slots.map((slot) => [slot, 0]));
  for (const { cell: name, slots: own, coreSet } of pops) {
    const cell = cells.find((each) => each.name === name);
    for (const slot of cell?.slots ?? own ?? slots) {
      const count = counts.get(slot);
      if (count !== undefined) counts.set(slot, Math.max(count, (coreSet ?? -1) + 1));
    }
  }
  return counts;
}

/**
 * The tasks that each of `nodes` must have room for so that `pops` PoPs of `tasks` tasks each, on
 * distinct nodes, can always be placed while one node is lost.
 *
 * The last task of a PoP finds no node only if all others that are left are full: those are
 * `nodes - tasks`, and the other PoPs have `(pops - 1) * tasks` tasks to fill them with. No node ever
 * holds more than one task of each PoP.
 */
export function spreadRoom(pops: number, tasks: number, nodes: number): number {
  if (pops === 0) return 0;
  const others = nodes - tasks;
  if (others <= 0) return pops;
  return Math.min(pops, Math.floor(((pops - 1) * tasks) / others) + 1);
}
