import Table from "cli-table3";
import type { DaemonLimits } from "../../config/node-daemons";
import type { CapacityReport, NodeCapacity } from "./capacity";
import type { Amount, NodeUse } from "./instance-capacity";

/** How many fitting types are shown. */
const SHOWN_TYPES = 10;

/** Use per node, what the ratio of CPU to memory strands, and the types that fit; for people. */
export function renderCapacity(report: CapacityReport): string {
  const { environment, instanceType, tasks, daemons, nodes, fitting, notes } = report;
  const pinned = nodes.some(({ use }) => use?.coreSets !== undefined);
  const head = ["node", "cell", "type", "tasks", "CPU", "memory", "stranded"];
  const table = tableOf(pinned ? [...head, "core sets"] : head);
  table.push(...nodes.map((node) => (pinned ? [...rowOf(node), coreSetsIn(node)] : rowOf(node))));
  const lines = [
    `${environment}: a node of ${instanceType} must hold ${tasks} tasks: ${verdictOf(report.use)}`,
    table.toString(),
    ...daemonLines(daemons),
  ];
  if (fitting.length > 0) {
    const types = tableOf(["fitting type", "vCPUs", "GiB", "CPU idle", "memory idle"]);
    types.push(
      ...fitting
        .slice(0, SHOWN_TYPES)
        .map(({ type, use }) => [
          type.name,
          type.vcpus,
          type.memoryMiB / 1024,
          percent(1 - use.needed.cpuUnits / use.usable.cpuUnits),
          percent(1 - use.needed.memoryMiB / use.usable.memoryMiB),
        ]),
    );
    lines.push(types.toString());
    const rest = fitting.length - SHOWN_TYPES;
    if (rest > 0) lines.push(`and ${rest} more that are larger`);
  }
  return [...lines, ...notes.map((note) => `note: ${note}`)].join("\n");
}

/** The same as data. */
export function renderCapacityJson(report: CapacityReport): string {
  const nodes = report.nodes.map((node) => ({
    ...node,
    stranded: node.use === null ? null : strandedOf(node.use),
  }));
  return `${JSON.stringify({ ...report, nodes }, null, 2)}\n`;
}

/**
 * What no further task could use, since the other dimension is used up first: 0 in that one.
 * A node that is full of CPU with half of its memory free strands that half.
 */
export function strandedOf({ tasks, needed, usable }: NodeUse): Amount {
  if (tasks === 0) return { cpuUnits: 0, memoryMiB: 0 };
  const each = { cpuUnits: needed.cpuUnits / tasks, memoryMiB: needed.memoryMiB / tasks };
  const most = Math.floor(
    Math.min(usable.cpuUnits / each.cpuUnits, usable.memoryMiB / each.memoryMiB),
  );
  const cpuUnits = usable.cpuUnits - most * each.cpuUnits;
  const memoryMiB = usable.memoryMiB - most * each.memoryMiB;
  // What is left of the dimension that ends first is less than a task, and no fault of the ratio.
  return {
    cpuUnits: cpuUnits < each.cpuUnits ? 0 : cpuUnits,
    memoryMiB: memoryMiB < each.memoryMiB ? 0 : memoryMiB,
  };
}

/** What is missing from the nodes' CPU and memory above. */
function daemonLines(daemons: readonly DaemonLimits[]): string[] {
  const each = daemons.map(
    ({ name, cpuUnits, memoryMiB }) => `${name} (${vcpus(cpuUnits)} vCPU, ${gib(memoryMiB)} GiB)`,
  );
  return each.length === 0 ? [] : [`beside them on every node: ${each.join(", ")}`];
}

function vcpus(units: number): string {
  return (units / 1024).toFixed(1);
}

function gib(mib: number): string {
  return (mib / 1024).toFixed(1);
}

function verdictOf(use: NodeUse | null): string {
  if (use === null) return "not known, since EC2 doesn't tell of the type";
  return use.short.length === 0 ? "it fits" : `it is short of ${use.short.join(" and ")}`;
}

function rowOf({ slot, cell, instanceType, use }: NodeCapacity): string[] {
  const head = [String(slot), cell ?? "", instanceType];
  if (use === null) return [...head, "", "", "", ""];
  const { needed, usable } = use;
  const stranded = strandedOf(use);
  const lost = [
    stranded.cpuUnits > 0 ? `${(stranded.cpuUnits / 1024).toFixed(1)} vCPU` : "",
    stranded.memoryMiB > 0 ? `${(stranded.memoryMiB / 1024).toFixed(1)} GiB` : "",
  ].filter((text) => text !== "");
  return [
    ...head,
    String(use.tasks),
    `${vcpus(needed.cpuUnits)} of ${vcpus(usable.cpuUnits)} vCPU (${percent(needed.cpuUnits / usable.cpuUnits)})`,
    `${gib(needed.memoryMiB)} of ${gib(usable.memoryMiB)} GiB (${percent(needed.memoryMiB / usable.memoryMiB)})`,
    lost.length > 0 ? lost.join(", ") : "nothing",
  ];
}

function coreSetsIn({ use }: NodeCapacity): string {
  if (use?.coreSets === undefined) return "";
  return `${use.coreSets.needed} of ${use.coreSets.usable}`;
}

function tableOf(head: string[]) {
  return new Table({ head, style: { head: [], border: [] } });
}

function percent(part: number): string {
  return `${Math.round(part * 100)}%`;
}
