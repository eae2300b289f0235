import { countOf, someOf } from "../../words";
import { nodesOf } from "../../config/slots";
import type { PlacementPlan, PopMove } from "../placement-plan";

/** "start pop1 and pop2 in the new place", of what the deploy does. */
export function renderMoves(moves: readonly PopMove[]): string[] {
  const words = [
    ["start", "start", "in the new place"],
    ["finish", "stop", "outside the new place"],
  ] as const;
  return words.flatMap(([step, verb, where]) => {
    const pops = popsAt(moves, step);
    return pops.length === 0 ? [] : [`${verb} ${someOf(pops)} ${where}`];
  });
}

/** Why moves don't go on; empty where none waits. */
export function renderWaitingMoves(moves: readonly PopMove[]): string {
  const pops = popsAt(moves, "wait");
  if (pops.length === 0) return "";
  return `${someOf(pops)} ${pops.length === 1 ? "has" : "have"} too few healthy tasks in the new place to stop in the old one`;
}

/** "cell a: nodes 0, 1 and 2 serve 22 PoPs", for each cell. */
export function renderCells(placement: PlacementPlan | undefined): string[] {
  return (placement?.cells ?? []).map(
    ({ name, slots, pops }) =>
      `cell ${name}: ${nodesOf(slots)} serve ${countOf(pops.length, "PoP")}`,
  );
}

function popsAt(moves: readonly PopMove[], step: PopMove["step"]): string[] {
  return moves.filter((move) => move.step === step).map(({ pop }) => pop);
}
