import { isSpareSlot } from "../../config/slots";
import type { SlotDecision } from "../../plan/upgrade-plan";
import type { VerifySubject } from "../subject";
import type { Violation } from "../verdict";
import { disruptedNodes } from "./check-budget";
import { observedTasks } from "../tasks-left";

/** With a spare, no PoP is left with fewer healthy tasks than there are nodes, or than it has now. */
export function checkSpares(subject: VerifySubject): Violation[] {
  const { decisions } = subject.upgradePlan;
  if (!decisions.some(isReliedOn)) return [];
  const nodes = decisions.filter(isThere).length;
  const disrupted = disruptedNodes(subject);
  const gone = new Set(disrupted.map(({ slot }) => slot));
  const short = observedTasks(subject).flatMap(({ everywhere, pop, servingOn }) => {
    if (!everywhere) return [];
    const left = servingOn.filter((slot) => !gone.has(slot)).length;
    const least = Math.min(servingOn.length, nodes);
    return left < least ? [`${pop} (${left} of ${least})`] : [];
  });
  if (short.length === 0) return [];
  return [
    {
      rule: "redundancy",
      addresses: disrupted.flatMap(({ addresses }) => addresses),
      attributes: [],
      what: `too few healthy tasks would be left of ${short.join(", ")}`,
      why: "with a spare, each PoP keeps as many as there are nodes",
      remedy: "wait until the spare is available, then synthesize again",
    },
  ];
}

/** A spare that has its address, and that nobody left out of it. */
function isReliedOn({ action, slot, why }: SlotDecision): boolean {
  const isLeftOut = why.kind === "frozen" || why.kind === "not-selected";
  return isSpareSlot(slot) && !isLeftOut && action !== "allocate" && action !== "remove";
}

/** A node that was there before the deploy and is there after it. */
function isThere(decision: SlotDecision): boolean {
  if (isSpareSlot(decision.slot)) return false;
  switch (decision.action) {
    case "keep":
    case "upgrade":
      return true;
    case "create":
      return decision.why.kind === "address-without-instance";
    case "leave":
      return decision.exists;
    case "allocate":
    case "fill":
    case "park":
    case "remove":
      return false;
  }
}
