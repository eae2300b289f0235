import { assertNever } from "../../errors";
import { countOf, listOf, someOf } from "../../words";
import { nodesOf } from "../../config/slots";
import { holdsOf } from "../holds";
import type { Hold } from "../holds";
import type { SlotTrouble } from "../reasons";
import type { AddressRepair, SlotDecision, UpgradePlan } from "../upgrade-plan";
import { renderImageHold, renderRolls } from "./render-images";
import { renderMoves, renderWaitingMoves } from "./render-placement";
import { renderBudget, renderSlotTrouble } from "./render-unavailability";
import { describeParts } from "./render-address-parts";

/** One sentence that says what a deploy does to nodes and PoPs, or why it does nothing. */
export function renderSummary(plan: UpgradePlan): string {
  switch (plan.status) {
    case "converged": {
      const troubles = listOf(troublesIn(plan.decisions).map(renderSlotTrouble));
      return troubles === ""
        ? "every node is as the config wants it"
        : `every node has the spec that the config wants, but ${troubles}`;
    }
    case "held":
      return renderHolds(holdsOf(plan));
    case "staged":
      return [
        ...CHANGES.map(({ action, words }) => ({ words, slots: slotsOf(plan.decisions, action) }))
          .filter(({ slots }) => slots.length > 0)
          .map(({ words, slots }) => words(slots)),
        ...(plan.repairs ?? []).map(renderRepair),
        ...renderMoves(plan.placement?.moves ?? []),
        ...renderRolls(plan.images),
      ].join("; ");
  }
}

/** What a deploy does to slots, in the order in which it is told. */
const CHANGES: readonly {
  readonly action: SlotDecision["action"];
  readonly words: (slots: readonly number[]) => string;
}[] = [
  { action: "allocate", words: (slots) => `make the address of ${nodesOf(slots)}` },
  { action: "fill", words: (slots) => `fill ${nodesOf(slots)}` },
  { action: "create", words: (slots) => `create ${nodesOf(slots)}` },
  { action: "upgrade", words: (slots) => `upgrade ${nodesOf(slots)}` },
  { action: "remove", words: (slots) => `remove ${nodesOf(slots)}` },
  { action: "park", words: (slots) => `park ${nodesOf(slots)}` },
];

/** "mend the address of node 1 (its EIP is not on its ENI)"; a new EIP is no mending, and said so. */
function renderRepair({ slot, parts }: AddressRepair): string {
  const isOther = parts.includes("elastic-ip");
  const what = isOther
    ? `GIVE NODE ${slot} A NEW ADDRESS`
    : `mend the address of ${nodesOf([slot])}`;
  return `${what} (${describeParts(parts)})`;
}

/** "no node is changed, because node 1 is stopped; 2 of 3 nodes available, 1 may be unavailable". */
export function renderHolds(holds: readonly Hold[]): string {
  const [first] = holds;
  const head = first === undefined ? "nothing is changed" : HEADS[first.kind];
  return `${head}, because ${holds.map(renderHold).join("; ")}`;
}

const NO_NODE = "no node is changed";
const NO_IMAGE = "no PoP gets another image";

const HEADS: Readonly<Record<Hold["kind"], string>> = {
  budget: NO_NODE,
  "broken-predecessor": NO_NODE,
  going: NO_NODE,
  cell: NO_NODE,
  "last-healthy-task": NO_NODE,
  "health-unknown": NO_NODE,
  "too-few-tasks": NO_NODE,
  "spare-first": NO_NODE,
  "stands-in": NO_NODE,
  "pop-place": "no PoP is moved",
  "images-unknown": NO_IMAGE,
  "nodes-first": NO_IMAGE,
  "moves-first": NO_IMAGE,
  "node-unavailable": NO_IMAGE,
  "pops-unwell": NO_IMAGE,
};

/** A clause that says what holds. */
function renderHold(hold: Hold): string {
  switch (hold.kind) {
    case "budget":
      return `${listOf(hold.holders.map(renderSlotTrouble))}; ${renderBudget(hold.budget)}`;
    case "broken-predecessor":
      return `${listOf(hold.holders.map(renderSlotTrouble))}, with what the others are to get`;
    case "going":
      return `the ${hold.slots.length === 1 ? "instance" : "instances"} of ${nodesOf(hold.slots)} must shut down first`;
    case "cell":
      return `${listOf(hold.holders.map(renderSlotTrouble))}, and a cell never lacks two nodes`;
    case "last-healthy-task": {
      const { slots, pops } = hold;
      const verb = slots.length === 1 ? "runs" : "run";
      return `${nodesOf(slots)} ${verb} the last healthy task of ${someOf(pops)}`;
    }
    case "too-few-tasks":
      return `${someOf(hold.pops)} would have fewer than ${countOf(hold.least, "healthy task")}`;
    case "spare-first":
      return `${listOf(hold.spares.map(renderSlotTrouble))}, and a spare goes first`;
    case "stands-in": {
      const verb = hold.spares.length === 1 ? "stands" : "stand";
      return `${nodesOf(hold.spares)} ${verb} in while ${listOf(hold.down.map(renderSlotTrouble))}`;
    }
    case "health-unknown":
      return listOf(hold.nodes.map(renderSlotTrouble));
    case "pop-place":
      return renderWaitingMoves(hold.moves);
    case "images-unknown":
    case "nodes-first":
    case "moves-first":
    case "node-unavailable":
    case "pops-unwell":
      return renderImageHold(hold);
    default:
      return assertNever(hold);
  }
}

/** "; 3 waves to go"; empty where there is nothing to do. */
export function renderWavesToGo({
  status,
  wavesRemaining,
}: Pick<UpgradePlan, "status" | "wavesRemaining">): string {
  if (status === "converged") return "";
  return wavesRemaining === 0
    ? "; no wave can follow until that changes"
    : `; ${countOf(wavesRemaining, "wave")} to go`;
}

function troublesIn(decisions: readonly SlotDecision[]): SlotTrouble[] {
  return decisions.flatMap(({ slot, unavailable }) =>
    unavailable === null ? [] : [{ slot, unavailable }],
  );
}

function slotsOf(decisions: readonly SlotDecision[], action: SlotDecision["action"]): number[] {
  return decisions.filter((d) => d.action === action).map((d) => d.slot);
}
