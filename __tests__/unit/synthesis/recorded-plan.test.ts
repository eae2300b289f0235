import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { readRecordedPlan, recordPlan } from "../../../lib/synthesis/recorded-plan";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { aFleet, emptyObservation, observationOf, withNewAmi } from "../../support/fleet";
import { inTemporaryFolder } from "../../support/temporary-folder";

const folder = inTemporaryFolder();

const fleet = aFleet();
const plans: Record<string, UpgradePlan> = {
  "of a new environment": planUpgrade(fleet, emptyObservation()),
  "of an upgrade": planUpgrade(fleet, withNewAmi(observationOf(fleet))),
  "of a removal": planUpgrade(aFleet({ nodes: 2 }), observationOf(fleet)),
};

it.each(Object.entries(plans))("gives a plan %s back as it was", async (_, plan) => {
  expect(await recordPlan(folder(), plan)).toBe(join(folder(), "test.json"));
  expect(await readRecordedPlan(folder(), "test")).toEqual(plan);
  expect(readdirSync(folder())).toEqual(["test.json"]);
});

it("makes the folder", async () => {
  const plan = planUpgrade(fleet, emptyObservation());
  const file = await recordPlan(join(folder(), "a/b"), plan);
  expect(file).toBe(join(folder(), "a/b/test.json"));
});

it("says to synthesize where there is no plan", async () => {
  await expect(readRecordedPlan(folder(), "test")).rejects.toMatchObject({
    code: "invalid-plan",
    message: `${join(folder(), "test.json")}: no upgrade plan of test is recorded; synthesize first (cdktf synth, cdktf diff test)`,
  });
});

function breaking(change: (plan: Record<string, unknown>) => void): string {
  const plan = JSON.parse(JSON.stringify(plans["of an upgrade"])) as Record<string, unknown>;
  change(plan);
  return JSON.stringify(plan);
}

function decision(plan: Record<string, unknown>, slot: number): Record<string, unknown> {
  return (plan["decisions"] as Record<string, unknown>[])[slot] ?? {};
}

it.each([
  ["[]", "it must be an object, got a list"],
  [breaking((plan) => delete plan["findings"]), "findings is missing"],
  [breaking((plan) => (plan["summary"] = "a sentence")), "summary is not a field of it"],
  [
    breaking((plan) => (decision(plan, 1)["why"] = { kind: "a-whim" })),
    "decisions[1].why.kind must be one of up-to-date, frozen, not-selected, health-unknown, budget",
  ],
  [
    breaking((plan) => (decision(plan, 1)["why"] = { kind: "up-to-date", because: "x" })),
    "decisions[1].why.because is not a field of it",
  ],
  [
    breaking((plan) => (decision(plan, 1)["unavailable"] = { kind: "asleep" })),
    "decisions[1].unavailable.kind must be one of no-instance, instance-state",
  ],
  [breaking((plan) => (plan["decisions"] = {})), "decisions must be a list, got an object"],
  [
    breaking((plan) => (plan["wavesRemaining"] = -1)),
    "wavesRemaining must be a whole number from 0",
  ],
  [
    breaking((plan) => (decision(plan, 0)["action"] = "explode")),
    'decisions[0].action must be one of keep, leave, create, upgrade, remove, allocate, fill, park, got "explode"',
  ],
  [breaking((plan) => delete decision(plan, 1)["action"]), "decisions[1].action is missing"],
  [breaking((plan) => delete decision(plan, 1)["spec"]), "decisions[1].spec is missing"],
  [
    breaking((plan) => (decision(plan, 1)["instanceId"] = null)),
    "decisions[1].instanceId must be a text, got null",
  ],
  [breaking((plan) => (decision(plan, 1)["more"] = 1)), "decisions[1].more is not a field of it"],
  [
    breaking((plan) => (plan["environment"] = "other")),
    "environment must be test, got other; synthesize again",
  ],
])("refuses what is no plan of the environment: %#", async (text, message) => {
  writeFileSync(join(folder(), "test.json"), text);
  await expect(readRecordedPlan(folder(), "test")).rejects.toMatchObject({
    code: "invalid-plan",
    message: expect.stringContaining(message) as string,
  });
});

it("refuses what is not JSON", async () => {
  writeFileSync(join(folder(), "test.json"), "{");
  await expect(readRecordedPlan(folder(), "test")).rejects.toThrow(
    /test\.json: a recorded upgrade plan can't be this: it must be JSON: .*; synthesize again$/,
  );
});
