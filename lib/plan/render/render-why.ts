import { assertNever } from "../../errors";
import { countOf, listOf, someOf } from "../../words";
import { nodesOf } from "../../config/slots";
import { NODE_SPEC_PARTS } from "../node-spec";
import type { NodeSpecPart } from "../node-spec";
import type { SlotReason, StandsInReason, Unavailability } from "../reasons";
import type { KeepDecision } from "../upgrade-plan";
import { renderBudget, renderSlotTrouble } from "./render-unavailability";
import { describeParts } from "./render-address-parts";

/** What is told of why a slot is changed, or isn't. */
export interface Why {
  readonly slot: number;
  readonly why: SlotReason;
  /** Why its node isn't available; null where it is. */
  readonly unavailable: Unavailability | null;
  /** The parts of its spec that are outdated; left out where it has none. */
  readonly outdated?: readonly NodeSpecPart[];
  /** What a later deploy does to it; left out where this one changes it. */
  readonly pending?: KeepDecision["pending"];
}

const TODO: Partial<Record<KeepDecision["pending"], string>> = {
  remove: "to be removed",
  park: "to be parked",
};

/** "outdated AMI; 3 of 3 nodes available, 1 may be unavailable", "up to date; node 2 is stopped". */
export function renderWhy(decision: Why): string {
  const { why, outdated = [], pending } = decision;
  const parts = namesOf(outdated);
  const todo = TODO[pending ?? "nothing"] ?? `outdated ${parts}`;
  const state = stateOf(decision);
  const broken = state === "" ? "" : `; ${state}`;
  const andBroken = state === "" ? "" : `, and ${state}`;
  const left =
    outdated.length > 0
      ? `, though its ${parts} ${outdated.length === 1 ? "is" : "are"} outdated`
      : "";
  switch (why.kind) {
    case "up-to-date":
      return `up to date${broken}`;
    case "frozen":
      return `frozen${left}${broken}`;
    case "not-selected":
      return `left alone, since this run is about other nodes${left}${broken}`;
    case "health-unknown":
      return `${todo}; held because its health is not known${broken}`;
    case "budget": {
      const [holder] = why.holders.map(renderSlotTrouble);
      return `${todo}; held because ${holder}; ${renderBudget(why.budget)}${broken}`;
    }
    case "cell": {
      const holder = renderSlotTrouble(why.holder);
      return `${todo}; held because ${holder}, and a cell never lacks two nodes${broken}`;
    }
    case "last-healthy-task":
      return `${todo}; held because it runs the last healthy task of ${someOf(why.pops)}${broken}`;
    case "address-first": {
      const slots = nodesOf(why.holders.map(({ slot }) => slot));
      return `${todo}; waits until the address of ${slots} is mended${broken}`;
    }
    case "broken-predecessor": {
      const [holder] = why.holders.map(renderSlotTrouble);
      return `${todo}; held because ${holder}, with what this one is to get${broken}`;
    }
    case "going":
      return `waits until ${why.instanceId}, launched ${why.launchTime}, has shut down and left its address`;
    case "behind-wave":
      return `${todo}; waits for ${nodesOf(why.slots)}${broken}`;
    case "too-few-tasks": {
      const tasks = countOf(why.least, "healthy task");
      return `${todo}; held because ${someOf(why.pops)} would have fewer than ${tasks}${broken}`;
    }
    case "spare-first": {
      const spares = listOf(why.spares.map(renderSlotTrouble));
      return `${todo}; held because ${spares}, and a spare goes first${broken}`;
    }
    case "stands-in":
      return `${renderStandsIn(why)}${broken}`;
    case "parked":
      return "parked: its address stays, and it gets an instance once it is needed";
    case "no-capacity":
      return "parked: EC2 has no capacity for it now, and another spare is filled instead";
    case "no-longer-needed":
      return `every node is available and none is to change${andBroken}; its address stays`;
    case "new-spare":
      return "new spare; its address is known before it ever serves";
    case "new-environment":
      return "new environment";
    case "new-slot":
      return "new slot; it serves nobody yet, so it does not use the budget";
    case "address-without-instance":
      return "its address has no instance";
    case "missing-part":
      return `${describeParts(why.parts)}; it had an address, so no node is changed meanwhile`;
    case "outdated":
      return `outdated ${parts}${andBroken}; ${renderBudget(why.budget)}`;
    case "to-be-removed":
      return `fewer nodes are wanted${andBroken}; ${renderBudget(why.budget)}`;
    case "address-to-be-removed":
      return "fewer nodes are wanted; the slot holds an address and no instance";
    default:
      return assertNever(why);
  }
}

/** "stands in while nodes 0 and 1 change and node 2 is stopped". */
function renderStandsIn({ waiting, down }: StandsInReason): string {
  const change = `${nodesOf(waiting)} ${waiting.length === 1 ? "changes" : "change"}`;
  const reasons = [...(waiting.length === 0 ? [] : [change]), ...down.map(renderSlotTrouble)];
  return reasons.length === 0 ? "stands in" : `stands in while ${listOf(reasons)}`;
}

function stateOf({ slot, unavailable }: Why): string {
  return unavailable === null ? "" : renderSlotTrouble({ slot, unavailable });
}

/** "AMI and user data". */
function namesOf(parts: readonly NodeSpecPart[]): string {
  return listOf(parts.map((part) => NODE_SPEC_PARTS[part].name));
}
