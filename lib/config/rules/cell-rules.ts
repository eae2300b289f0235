import type { AutopilotSite } from "../environment";
import type { Cell } from "../environment-file.generated";
import { nearest } from "../file/nearest";
import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const CELLS: FieldPath = ["fleet", "cells"];
const SITES: FieldPath = ["autopilotSites"];
const NODES: FieldPath = ["fleet", "nodes"];

export const cellRules: readonly Rule[] = [
  { reads: [CELLS, ["routed", "placement"]], check: cellsAreOfDaemons },
  { reads: [CELLS], check: namesAreUnique },
  { reads: [CELLS, NODES], check: slotsAreInOneCell },
  {
    reads: [CELLS, ["routed", "tasksPerPop"], ["aws", "availabilityZones"]],
    check: cellsHoldAllTasksOfPop,
  },
  { reads: [CELLS], check: sitesNameCells },
];

function cellsAreOfDaemons({ environment, report }: Subject): void {
  const { placement } = environment.routed;
  if (environment.fleet.cells === undefined || placement === "daemon") return;
  const fix = "set it to daemon or remove fleet.cells";
  report(
    ["routed", "placement"],
    `must be daemon when fleet.cells is given, got "${placement}"; ${fix}`,
  );
}

function namesAreUnique({ environment, report }: Subject): void {
  const { cells = [] } = environment.fleet;
  cells.forEach(({ name }, index) => {
    const first = cells.findIndex((cell) => cell.name === name);
    if (first === index) return;
    const which = `got "${name}", which is item [${first}]'s too`;
    report([...CELLS, index, "name"], `must be unique in its environment, ${which}; rename it`);
  });
}

function slotsAreInOneCell({ environment, report }: Subject): void {
  const { cells, nodes } = environment.fleet;
  if (cells === undefined) return;
  const owners = new Map<number, Cell>();
  cells.forEach((cell, index) => {
    cell.nodes.forEach((slot, position) => {
      const path = [...CELLS, index, "nodes", position];
      const owner = owners.get(slot);
      if (slot >= nodes) {
        const allowed = `must be between 0 and ${nodes - 1} when fleet.nodes is ${nodes}`;
        report(path, `${allowed}, got ${slot}; raise fleet.nodes or take it off the cell`);
      } else if (owner !== undefined) {
        const got = `got ${slot}, which is in cell ${owner.name} too`;
        report(path, `must be in one cell only, ${got}; take it off one of them`);
      } else owners.set(slot, cell);
    });
  });
  const missing = Array.from({ length: nodes }, (_, slot) => slot).filter((s) => !owners.has(s));
  if (missing.length === 0) return;
  const what = `must have every slot from 0 to ${nodes - 1}, and lacks ${missing.join(", ")}`;
  report(CELLS, `${what}; add ${missing.length === 1 ? "it" : "them"} to a cell`);
}

/** A PoP's tasks run on distinct nodes of its cell, in distinct zones. */
function cellsHoldAllTasksOfPop({ environment, report }: Subject): void {
  const { cells = [] } = environment.fleet;
  const { tasksPerPop } = environment.routed;
  cells.forEach(({ nodes }, index) => {
    if (nodes.length >= tasksPerPop) return;
    const allowed = `must have at least ${tasksPerPop} slots when routed.tasksPerPop is ${tasksPerPop}`;
    const fix = "add slots or lower routed.tasksPerPop";
    report([...CELLS, index, "nodes"], `${allowed}, got ${nodes.length}; ${fix}`);
  });
  const zones = environment.aws.availabilityZones.length;
  if (cells.length === 0 || zones >= tasksPerPop) return;
  const allowed = `must have at least ${tasksPerPop} zones when fleet.cells is given and routed.tasksPerPop is ${tasksPerPop}`;
  report(
    ["aws", "availabilityZones"],
    `${allowed}, got ${zones}; add zones or lower routed.tasksPerPop`,
  );
}

function sitesNameCells({ environment, soundItems, report }: Subject): void {
  const { cells } = environment.fleet;
  const names = (cells ?? []).map(({ name }) => name);
  for (const { index, value } of soundItems<AutopilotSite>(SITES)) {
    const { cell } = value;
    if (cell === undefined || names.includes(cell)) continue;
    const path = [...SITES, index, "cell"];
    if (cells === undefined) {
      report(path, `must not be given without fleet.cells, got "${cell}"; remove it or add cells`);
      continue;
    }
    const meant = nearest(cell, names);
    const fix = meant === undefined ? "name one of them" : `did you mean "${meant}"?`;
    report(path, `must be a cell of fleet.cells (${names.join(", ")}), got "${cell}"; ${fix}`);
  }
}
