import {
  newRolloutId,
  openRecords,
  unfinishedRollout,
} from "../../../../lib/rollout/controller/resume";
import { aRecord, lastPlan } from "../a-record";

const HERE = { to: null, goal: "goal" };

it("goes on with a rollout that has waves to go, under its id", () => {
  const history = [aRecord({ rolloutId: "r1", wave: 1 }), aRecord({ rolloutId: "r1", wave: 2 })];
  expect(unfinishedRollout(history, HERE)).toBe("r1");
});

it.each(["running", "failed", "aborted", "interrupted"] as const)(
  "goes on with one whose last wave is %s",
  (result) => {
    const history = [aRecord({ rolloutId: "r1" }), aRecord({ rolloutId: "r1", wave: 2, result })];
    expect(unfinishedRollout(history, HERE)).toBe("r1");
  },
);

it.each([
  ["nothing is recorded", []],
  ["the last one has ended", [aRecord({ plan: lastPlan() })]],
  ["the last one leads to another fleet", [aRecord({ goal: "another" })]],
  ["the last one went back", [aRecord({ to: "r0" })]],
])("starts a new one where %s", (_, history) => {
  expect(unfinishedRollout(history, HERE)).toBeNull();
});

it("finds waves that nobody runs any more", () => {
  const running = aRecord({ rolloutId: "r1", result: "running" });
  const left = aRecord({ rolloutId: "r2", result: "interrupted" });
  expect(openRecords([running, aRecord(), left])).toEqual([running, left]);
  expect(openRecords([left, aRecord({ rolloutId: "r3" })])).toEqual([]);
});

it("gives ids that sort by their start", () => {
  const first = newRolloutId(Date.parse("2026-03-02T11:00:00.999Z"), "abcdef");
  expect(first).toBe("2026-03-02T11-00-00Z-abcd");
  expect(newRolloutId(Date.parse("2026-03-02T11:00:01Z"), "0000") > first).toBe(true);
});
