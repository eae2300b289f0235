import { assertNever } from "../../errors";
import { countOf, listOf, someOf } from "../../words";
import { nodesOf } from "../../config/slots";
import { changesImages, rolledPops, waitingPops } from "../image-plan";
import type { ImageHold, ImagePlan, PopImage, UnwellPop } from "../image-plan";
import type { PopTrouble } from "../reasons";
import { renderMoves, renderWaitingMoves } from "./render-placement";
import { renderSlotTrouble } from "./render-unavailability";

/** "roll the canary pop1 to registry.example/routed:2", of what the deploy does. */
export function renderRolls(images: ImagePlan | undefined): string[] {
  return byImage(rolledPops(images)).map(([image, pops]) => `roll ${nameOfPops(pops)} to ${image}`);
}

/** What becomes of the PoPs' images, a sentence each; empty where all run what they should. */
export function renderImages(images: ImagePlan | undefined): string[] {
  if (images === undefined) return [];
  const { hold, known, pops } = images;
  const why = hold === null ? "" : renderImageHold(hold);
  if (!known) return [`images: ${why}`];
  const done = pops.filter(({ action, pending }) => action === "keep" && !pending);
  const waiting = byImage(waitingPops(images));
  if (waiting.length === 0 && !changesImages(images)) return [];
  return [
    `images: ${done.length} of ${countOf(pops.length, "PoP")} ${done.length === 1 ? "runs" : "run"} what the config wants`,
    ...renderRolls(images).map((roll) => `  this deploy: ${roll}`),
    ...waiting.map(([image, later]) => `  later: roll ${nameOfPops(later)} to ${image}`),
    ...(hold === null ? [] : [`  waiting: ${why}`]),
  ];
}

/** A clause that says why no PoP gets another image. */
export function renderImageHold(hold: ImageHold): string {
  switch (hold.kind) {
    case "images-unknown":
      return `what the PoPs run is not known, since ${UNKNOWN[hold.because]}`;
    case "nodes-first": {
      const { slots } = hold;
      const change = slots.length === 1 ? "changes" : "change";
      return `${nodesOf(slots)} ${change} first, so that no PoP loses a task to a node and another to its image`;
    }
    case "moves-first": {
      const moves = [...renderMoves(hold.moves), renderWaitingMoves(hold.moves)];
      return `PoPs move first: ${moves.filter((move) => move !== "").join("; ")}`;
    }
    case "node-unavailable":
      return renderSlotTrouble(hold.node);
    case "pops-unwell":
      return renderUnwellPops(hold.pops);
    default:
      return assertNever(hold);
  }
}

const UNKNOWN: Readonly<Record<Extract<ImageHold, { kind: "images-unknown" }>["because"], string>> =
  {
    "ecs-unreadable": "ECS could not be read",
    "not-observed": "the observation doesn't tell it; observe again",
  };

/** What follows a PoP's name: "has 1 of 3 tasks healthy". */
export function renderPopTrouble(trouble: PopTrouble): string {
  switch (trouble.kind) {
    case "tasks-unhealthy":
      return `has ${trouble.healthy} of ${trouble.wanted} tasks healthy`;
    case "deploying":
      return "has tasks that ECS still replaces";
    case "no-service":
      return "has no service yet";
    default:
      return assertNever(trouble);
  }
}

/** "the canary pop1", "the canaries pop1 and pop2", "pop3, pop4 and 41 more". */
export function nameOfPops(pops: readonly Pick<PopImage, "pop" | "canary">[]): string {
  const names = someOf(pops.map(({ pop }) => pop));
  const areCanaries = pops.length > 0 && pops.every(({ canary }) => canary);
  return areCanaries ? `the ${pops.length === 1 ? "canary" : "canaries"} ${names}` : names;
}

/** "the canary pop1 has 1 of 3 tasks healthy with <image>". */
function renderUnwellPops(pops: readonly UnwellPop[]): string {
  const [first = "", ...others] = pops.map(
    (each) => `${nameOfPops([each])} ${renderPopTrouble(each.trouble)} with ${each.image}`,
  );
  return others.length <= 1
    ? listOf([first, ...others])
    : `${first}, and ${others.length} other PoPs aren't well either`;
}

function byImage(pops: readonly PopImage[]): [string, PopImage[]][] {
  const groups = new Map<string, PopImage[]>();
  for (const pop of pops) groups.set(pop.wanted, [...(groups.get(pop.wanted) ?? []), pop]);
  return [...groups];
}
