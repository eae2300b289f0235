import type { Environment } from "../config/environment";
import { nodeDaemons } from "../config/node-daemons";
import type { UpgradePlan } from "../plan/upgrade-plan";

/** What EC2 tells of an instance type. */
export interface InstanceType {
  readonly name: string;
  readonly vcpus: number;
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
  /** The dimensions in which the node is too small; empty where it fits. */
  readonly short: readonly ShortDimension[];
}

export type ShortDimension = "architecture" | "ENIs" | "CPU" | "memory";

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
  const { reservedCpuUnits, reservedMemoryMiB } = environment.fleet;
  const daemons = daemonsOf(environment);
  const registered = registeredMemoryMiB(type.memoryMiB);
  return {
    cpuUnits: Math.max(0, 1024 * type.vcpus - reservedCpuUnits - daemons.cpuUnits),
    memoryMiB: Math.max(0, registered - reservedMemoryMiB - daemons.memoryMiB),
  };
}

/** What the node daemons take of each node. */
function daemonsOf(environment: Environment): Amount {
  const daemons = nodeDaemons(environment);
  return {
    cpuUnits: daemons.reduce((sum, { cpuUnits }) => sum + cpuUnits, 0),
    memoryMiB: daemons.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
  };
}

/** Whether a node of the type holds so many tasks. */
export function useOf(type: InstanceType, tasks: number, environment: Environment): NodeUse {
  const { routed, fleet } = environment;
  const needed = { cpuUnits: tasks * routed.cpuUnits, memoryMiB: tasks * routed.memoryMiB };
  const usable = usableOf(type, environment);
  const short: ShortDimension[] = [];
  if (!type.architectures.includes(fleet.image.architecture)) short.push("architecture");
  if (type.networkInterfaces < NEEDED_INTERFACES) short.push("ENIs");
  if (needed.cpuUnits > usable.cpuUnits) short.push("CPU");
  if (needed.memoryMiB > usable.memoryMiB) short.push("memory");
  return { tasks, needed, usable, short };
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
