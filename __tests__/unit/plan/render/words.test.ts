import type { Hold } from "../../../../lib/plan/holds";
import { holdsOf } from "../../../../lib/plan/holds";
import { planUpgrade } from "../../../../lib/plan/plan-upgrade";
import { renderContradiction } from "../../../../lib/plan/render/render-contradiction";
import { renderPopTrouble } from "../../../../lib/plan/render/render-images";
import { renderHolds } from "../../../../lib/plan/render/render-summary";
import { renderUnavailability } from "../../../../lib/plan/render/render-unavailability";
import { renderWhy } from "../../../../lib/plan/render/render-why";
import {
  EVERY_CONTRADICTION,
  EVERY_HOLD,
  EVERY_POP_TROUBLE,
  EVERY_UNAVAILABILITY,
  EVERY_WHY,
} from "../../../support/every-reason";
import { aFleet, observationOf } from "../../../support/fleet";

/** These snapshots own the words; other tests assert kinds. */
function words<T extends { readonly kind: string }>(
  every: Readonly<Record<string, T>>,
  render: (reason: T) => string,
): string {
  return Object.values(every)
    .map((reason) => `${reason.kind}: ${render(reason)}`)
    .join("\n");
}

it("says why a node is not available", () => {
  expect(words(EVERY_UNAVAILABILITY, renderUnavailability)).toMatchSnapshot();
});

it.each([
  ["an upgrade, available", "upgrade", null],
  ["a removal, not available", "remove", { kind: "agent-disconnected" }],
] as const)("says why a slot changes, or doesn't: %s", (_, pending, unavailable) => {
  const facts = { slot: 0, outdated: ["amiId", "userDataBase64"], pending, unavailable } as const;
  expect(words(EVERY_WHY, (why) => renderWhy({ ...facts, why }))).toMatchSnapshot();
});

it("says what holds a plan", () => {
  expect(words<Hold>(EVERY_HOLD, (hold) => renderHolds([hold]))).toMatchSnapshot();
});

it("says why a PoP isn't well", () => {
  expect(words(EVERY_POP_TROUBLE, renderPopTrouble)).toMatchSnapshot();
});

it("says what contradicts itself, and what to do", () => {
  expect(words(EVERY_CONTRADICTION, renderContradiction)).toMatchSnapshot();
});

it("says nothing of holds where nothing holds", () => {
  expect(holdsOf(planUpgrade(aFleet(), observationOf(aFleet())))).toEqual([]);
});
