import type { Rule, Subject } from "./rule";
import type { FieldPath } from "../file/violation";

const SPARES: FieldPath = ["fleet", "spareNodes"];

export const spareRules: readonly Rule[] = [
  { reads: [SPARES, ["fleet", "cells"]], check: sparesAreOfOneFleet },
  { reads: [SPARES, ["routed", "placement"]], check: sparesRunAllPops },
];

/** A spare would have to be of the cell that is upgraded, and of another one later. */
function sparesAreOfOneFleet({ environment, report }: Subject): void {
  const { cells, spareNodes } = environment.fleet;
  if (cells === undefined || spareNodes === 0) return;
  report(SPARES, `must be 0 when fleet.cells is given, got ${spareNodes}; remove one of the two`);
}

/** A daemon starts on a spare by itself; of other services ECS says where their tasks run. */
function sparesRunAllPops({ environment, report }: Subject): void {
  const { spareNodes } = environment.fleet;
  const { placement } = environment.routed;
  if (placement === "daemon" || spareNodes === 0) return;
  const fix = "set that to daemon or remove fleet.spareNodes";
  report(SPARES, `must be 0 when routed.placement is "${placement}", got ${spareNodes}; ${fix}`);
}
