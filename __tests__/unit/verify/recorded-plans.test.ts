import { verifyPlan } from "../../../lib/verify/verify-plan";
import { renderViolation } from "../../../lib/verify/verdict";
import { GOOD_CHANGES } from "../../fixtures/plans/good-changes";
import { recordedPlans } from "../../fixtures/plans/recorded-plans";
import { recordedPlan, subjectOf } from "../../fixtures/plans/verify-recorded";

/** Made by real Terraform and the real provider: __tests__/fixtures/plans/record.ts. */
const plans = recordedPlans();

it("has a plan of every change that an operator may make on a live fleet, 40 at least", () => {
  const names = plans.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(GOOD_CHANGES)));
  expect(Object.keys(GOOD_CHANGES).length).toBeGreaterThanOrEqual(40);
});

it.each(plans.map((recorded) => [recorded.name, recorded] as const))("proves %s", (_, recorded) => {
  const { violations, proved } = verifyPlan(subjectOf(recorded));
  expect(violations.map(renderViolation)).toEqual([]);
  expect(proved).toBe(true);
});

it("tells what of them somebody outside notices", () => {
  const told = plans.map((recorded) => [recorded.name, verifyPlan(subjectOf(recorded)).facts.told]);
  expect(
    Object.fromEntries(told.filter(([, sentences]) => sentences?.length !== 0)),
  ).toMatchSnapshot();
});

it("tells whose tasks a new image and another daemon start anew", () => {
  const deploymentsOf = (name: string) =>
    verifyPlan(subjectOf(recordedPlan(name))).facts.deployments;
  expect(deploymentsOf("routed.image")).toEqual(["pop1", "pop2"]);
  expect(deploymentsOf("routed.daemons[].image")).toEqual(["node--helper"]);
});
