import { isSpareSlot, nodesOf } from "../config/slots";
import type { Report } from "./report-model";
import type { ReportNode } from "./report-nodes";
import type { WaveChange } from "./report-waves";

/** What a slot looks like before, in and after a wave; each is a letter wide. */
export const MARKS = {
  old: "○",
  wanted: "●",
  upgrade: "↻",
  create: "+",
  remove: "×",
  allocate: "·",
  fill: "+",
  park: "−",
  none: " ",
} as const;

type Mark = (typeof MARKS)[keyof typeof MARKS];

/** Nodes and waves that a screen can still show. */
const MOST_ROWS = 40;
const MOST_COLUMNS = 12;

/**
 * The waves to come as text: a row for each node, by zone, a column for each wave. Empty where there
 * is no wave to come, and where there are more nodes than anybody reads.
 */
export function waveDiagram({ nodes, waves }: Report): string {
  if (waves.list.length === 0 || nodes.length > MOST_ROWS) return "";
  const shown = waves.list.slice(0, MOST_COLUMNS);
  const titles = shown.map(({ number }) => `wave ${number}`);
  const rows = [...nodes].sort(byPlace).map((node) => {
    const name = [node.cell, node.availabilityZone].filter((part) => part !== null).join(" ");
    const own = waves.list.map(({ changes }) => changes.find(({ slot }) => slot === node.slot));
    return {
      name,
      slot: nodesOf([node.slot]),
      marks: marksOf(node, own).slice(0, shown.length + 1),
    };
  });
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const slotWidth = Math.max(...rows.map(({ slot }) => slot.length));
  let previous = "";
  const lines = rows.map(({ name, slot, marks }) => {
    const shownName = name === previous ? "" : name;
    previous = name;
    const cells = marks.map((mark, index) => mark.padEnd(["now", ...titles][index]?.length ?? 0));
    return `${shownName.padEnd(nameWidth)}  ${slot.padEnd(slotWidth)}  ${cells.join("  ")}`;
  });
  const head = `${" ".repeat(nameWidth + slotWidth + 4)}${["now", ...titles].join("  ")}`;
  const spares = nodes.some(({ slot }) => isSpareSlot(slot))
    ? `  ${MARKS.allocate} address made  ${MARKS.park} parked`
    : "";
  const more = waves.list.length - shown.length;
  return [
    more > 0 ? `${head}  … ${more} more` : head,
    ...lines.map((line) => line.trimEnd()),
    "",
    `${MARKS.old} outdated  ${MARKS.wanted} as wanted  ${MARKS.upgrade} replaced  ` +
      `${MARKS.create} created  ${MARKS.remove} removed${spares}`,
  ].join("\n");
}

export function byPlace(a: ReportNode, b: ReportNode): number {
  return (
    compare(a.cell ?? "", b.cell ?? "") ||
    compare(a.availabilityZone, b.availabilityZone) ||
    a.slot - b.slot
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** After these a slot has no instance. */
const EMPTY: ReadonlySet<WaveChange["action"]> = new Set(["allocate", "park", "remove"]);

/** Now, and in each wave. */
function marksOf(node: ReportNode, own: readonly (WaveChange | undefined)[]): Mark[] {
  // What is only to be parked is as it should be.
  const isToChange = (change: WaveChange | undefined) =>
    change !== undefined && change.action !== "park";
  const changes = own.some(isToChange);
  let mark: Mark = node.runs === null ? MARKS.none : changes ? MARKS.old : MARKS.wanted;
  const marks: Mark[] = [mark];
  own.forEach((change, index) => {
    if (change) {
      marks.push(MARKS[change.action]);
      const again = own.slice(index + 1).some(isToChange);
      mark = EMPTY.has(change.action) ? MARKS.none : again ? MARKS.old : MARKS.wanted;
    } else marks.push(mark);
  });
  return marks;
}
