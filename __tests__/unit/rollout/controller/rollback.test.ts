import { rollbackTo } from "../../../../lib/rollout/controller/rollback";
import { OLD_AMI } from "../../../support/fleet";
import { aRecord, lastPlan } from "../a-record";

it("brings every node back to what it was before the rollout's first wave", () => {
  const history = [
    aRecord({ rolloutId: "r1", wave: 1 }),
    aRecord({ rolloutId: "r1", wave: 3, plan: lastPlan() }),
  ];
  const { to, targets } = rollbackTo(history, "r1");
  expect(to).toBe("r1");
  expect(Object.entries(targets).map(([slot, { amiId }]) => [slot, amiId])).toEqual([
    ["0", OLD_AMI],
    ["1", OLD_AMI],
    ["2", OLD_AMI],
  ]);
});

it("takes as previous the last rollout that was no rollback itself", () => {
  const history = [
    aRecord({ rolloutId: "r1" }),
    aRecord({ rolloutId: "r2" }),
    aRecord({ rolloutId: "r3", to: "r2" }),
  ];
  expect(rollbackTo(history, "previous").to).toBe("r2");
});

it("says which rollouts there are where there is no such one", () => {
  expect(() => rollbackTo([], "previous")).toThrow(
    '--to must be previous or the id of a recorded rollout (none is recorded), got "previous"; see routed history',
  );
  expect(() =>
    rollbackTo([aRecord({ rolloutId: "r1" }), aRecord({ rolloutId: "r2" })], "r3"),
  ).toThrow("(recorded are r2 and r1)");
});
