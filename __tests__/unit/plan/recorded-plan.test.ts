import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { readRecordedPlan, recordPlan } from "../../../lib/plan/recorded-plan";
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
  ["[]", "a recorded upgrade plan must have an object"],
  [breaking((plan) => delete plan["summary"]), "must have a string summary"],
  [breaking((plan) => (plan["decisions"] = {})), "must have a list decisions"],
  [breaking((plan) => delete plan["healthIgnored"]), "must have a boolean healthIgnored"],
  [
    breaking((plan) => (decision(plan, 0)["action"] = "explode")),
    "must have decisions[0].action keep, create, upgrade or remove",
  ],
  [breaking((plan) => delete decision(plan, 1)["spec"]), "must have a node spec decisions[1].spec"],
  [
    breaking((plan) => (decision(plan, 1)["instanceId"] = null)),
    "must have a string decisions[1].instanceId",
  ],
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
    /test\.json: a recorded upgrade plan must be JSON: .*; synthesize again$/,
  );
});
