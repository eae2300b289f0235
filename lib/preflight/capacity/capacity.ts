import type { InstanceTypeInfo } from "@aws-sdk/client-ec2";
import type { Environment } from "../../config/environment";
import { nodeDaemons } from "../../config/node-daemons";
import type { DaemonLimits } from "../../config/node-daemons";
import { RoutedError } from "../../errors";
import { describeAwsError } from "../../aws/failure";
import { allPages } from "../../aws/call-table";
import { plannedNodes } from "../../plan/upgrade-plan";
import type { UpgradePlan } from "../../plan/upgrade-plan";
import { candidateFamilies, fittingTypes } from "./fitting-types";
import type { FittingType } from "./fitting-types";
import { coreSetsBySlot, tasksBySlot, useOf } from "./instance-capacity";
import type { InstanceType, NodeUse } from "./instance-capacity";
import type { PreflightCalls, PreflightTable } from "../../aws/preflight-calls";
import { listOf } from "../../words";
import { nodesOf } from "../../config/slots";

/** What one node holds and can hold. */
export interface NodeCapacity {
  readonly slot: number;
  readonly cell: string | null;
  readonly instanceType: string;
  /** Null where EC2 doesn't tell of the type. */
  readonly use: NodeUse | null;
}

/** Whether every node can hold what it must. */
export interface CapacityReport {
  readonly environment: string;
  /** The type that the config wants, and the most tasks that a node of it must hold. */
  readonly instanceType: string;
  readonly tasks: number;
  /** What runs on every node beside them; `usable` is less by that much. */
  readonly daemons: readonly DaemonLimits[];
  /** Of a node of that type with that many tasks; null where EC2 doesn't tell of the type. */
  readonly use: NodeUse | null;
  /** After the next deploy, by slot. */
  readonly nodes: readonly NodeCapacity[];
  /** The least waste first; empty where they weren't asked for. */
  readonly fitting: readonly FittingType[];
  readonly notes: readonly string[];
}

export interface CapacitySubject {
  readonly environment: Environment;
  readonly plan: UpgradePlan;
}

type Input = PreflightTable["describeInstanceTypes"]["input"];

/** How many fitting types an error names. */
const NAMED_TYPES = 3;

/**
 * Sets what the nodes must hold against what EC2 says that their types have. What can't be read is
 * told in a note; that alone fails nothing.
 *
 * @param withFitting whether to look for fitting types where the config's type fits, too
 */
export async function readCapacity(
  { environment, plan }: CapacitySubject,
  calls: PreflightCalls,
  withFitting = false,
): Promise<CapacityReport> {
  const notes: string[] = [];
  const { instanceType } = environment.fleet;
  const planned = plannedNodes(plan);
  const bySlot = tasksBySlot(environment, plan);
  const tasks = Math.max(0, ...bySlot.values());
  const sets = coreSetsBySlot(plan);
  const coreSets = Math.max(tasks, ...sets.values());
  const names = [...new Set([instanceType, ...planned.map(({ spec }) => spec.instanceType)])];
  const input = { InstanceTypes: names.sort() as Input["InstanceTypes"] };
  const known = await read(calls, input, notes, "whether nodes hold their tasks was not checked");
  const types = new Map(known.map((type) => [type.name, type]));
  const useIn = (name: string, count: number, numbers: number) => {
    const type = types.get(name);
    return type ? useOf(type, count, environment, numbers) : null;
  };
  const nodes = planned.map(({ slot, spec }): NodeCapacity => {
    const decision = plan.decisions.find((each) => each.slot === slot);
    const count = bySlot.get(slot) ?? 0;
    const use = useIn(spec.instanceType, count, Math.max(count, sets.get(slot) ?? 0));
    return { slot, cell: decision?.cell ?? null, instanceType: spec.instanceType, use };
  });
  const use = useIn(instanceType, tasks, coreSets);
  const isShort = (use?.short.length ?? 0) > 0;
  const fitting =
    isShort || withFitting ? await readFitting(environment, tasks, coreSets, calls, notes) : [];
  return {
    environment: environment.name,
    instanceType,
    tasks,
    daemons: nodeDaemons(environment),
    use,
    nodes,
    fitting,
    notes: [...notes, ...notesOnOldNodes(nodes, instanceType)],
  };
}

/** @throws RoutedError `too-small` where a node of the config's type can't hold what it must */
export function requireCapacity(environment: Environment, report: CapacityReport): void {
  const { use, instanceType, tasks, fitting } = report;
  if (use === null || use.short.length === 0) return;
  const { routed } = environment;
  const each = `${tasks} tasks of ${routed.cpuUnits} CPU units and ${routed.memoryMiB} MiB each`;
  const fix =
    fitting.length === 0
      ? `no type of ${candidateFamilies(environment).join(", ")} fits; divide the fleet into more cells`
      : `types that fit, the least waste first: ${listOf(fitting.slice(0, NAMED_TYPES).map(named))}`;
  throw new RoutedError(
    "too-small",
    `${report.environment}: fleet.instanceType must hold ${each} on a node, got ${instanceType}, ` +
      `which is short of ${listOf(use.short.map((dimension) => shortage(dimension, use)))}; ${fix}`,
  );
}

function shortage(
  dimension: NodeUse["short"][number],
  { needed, usable, coreSets }: NodeUse,
): string {
  switch (dimension) {
    case "CPU":
      return `CPU (${needed.cpuUnits} of ${usable.cpuUnits} units)`;
    case "core sets":
      return `core sets (${coreSets?.needed} of ${coreSets?.usable})`;
    case "memory":
      return `memory (${needed.memoryMiB} of ${usable.memoryMiB} MiB)`;
    case "architecture":
      return "fleet.image.architecture";
    case "ENIs":
      return "network interfaces (1 of 0)";
  }
}

function named({ type, waste }: FittingType): string {
  return `${type.name} (${Math.round(waste * 100)}% idle)`;
}

/** Nodes that still have another type may be too small; the deploys to come mend that. */
function notesOnOldNodes(nodes: readonly NodeCapacity[], wanted: string): string[] {
  const small = nodes.filter(
    ({ instanceType, use }) => instanceType !== wanted && (use?.short.length ?? 0) > 0,
  );
  if (small.length === 0) return [];
  const slots = nodesOf(small.map(({ slot }) => slot));
  return [
    `${slots} can't hold all tasks until ${small.length === 1 ? "it has" : "they have"} the type ${wanted}`,
  ];
}

async function readFitting(
  environment: Environment,
  tasks: number,
  coreSets: number,
  calls: PreflightCalls,
  notes: string[],
): Promise<FittingType[]> {
  const patterns = candidateFamilies(environment).map((family) => `${family}.*`);
  const input = { Filters: [{ Name: "instance-type", Values: patterns }], MaxResults: 100 };
  const types = await read(calls, input, notes, "fitting types are not known");
  return fittingTypes(types, tasks, environment, coreSets);
}

async function read(
  calls: PreflightCalls,
  input: Input,
  notes: string[],
  consequence: string,
): Promise<InstanceType[]> {
  const endless = (field: string) => new Error(`the same ${field} came twice`);
  try {
    const pages = await allPages(calls.describeInstanceTypes, input, endless);
    return pages.flatMap(({ InstanceTypes: types = [] }) => types.flatMap(instanceTypeOf));
  } catch (error) {
    notes.push(
      `ec2:DescribeInstanceTypes failed with ${describeAwsError(error)}, so ${consequence}`,
    );
    return [];
  }
}

function instanceTypeOf(found: InstanceTypeInfo): InstanceType[] {
  const { InstanceType: name, VCpuInfo: cpu, MemoryInfo: memory } = found;
  if (!name || !cpu?.DefaultVCpus || !memory?.SizeInMiB) return [];
  return [
    {
      name,
      vcpus: cpu.DefaultVCpus,
      threadsPerCore: cpu.DefaultThreadsPerCore ?? 1,
      memoryMiB: memory.SizeInMiB,
      networkInterfaces: found.NetworkInfo?.MaximumNetworkInterfaces ?? 0,
      architectures: found.ProcessorInfo?.SupportedArchitectures ?? [],
    },
  ];
}
