import { loadEnvironments } from "../../../lib/config/load";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { stackOf } from "../../../lib/terraform/stack";
import { checkLaws } from "../../../lib/verify/checks/check-laws";
import { JUDGES } from "../../../lib/verify/judges/judges";
import type { VerifySubject } from "../../../lib/verify/subject";
import { renderViolation } from "../../../lib/verify/verdict";
import { readProviderSchema } from "../../../scripts/provider-schema/provider-schema";
import { afterDeploy, everyStack, nothingOf } from "../../support/every-stack";
import { loadFullEnvironments } from "../../support/full-environments";
import { synthesize } from "../../fixtures/synthesize";

const environments = [...loadEnvironments({ directory: "config" }), ...loadFullEnvironments()];

/** Of an account's bootstrap, which is deployed by hand and never by what verify judges. */
const BOOTSTRAP_ONLY = ["aws_iam_openid_connect_provider", "aws_iam_policy"];

it("has one judge for each resource type of every stack that this product makes", async () => {
  const types = (await everyStack()).flatMap(([, stack]) => Object.keys(stack.resource));
  const known = new Set(types.filter((type) => !BOOTSTRAP_ONLY.includes(type)));
  expect([...known].sort()).toEqual(Object.keys(JUDGES).sort());
});

it("names nothing but attributes that the provider has", () => {
  const schema = readProviderSchema();
  // Of version 6 of the provider, whose schema isn't recorded.
  const newer = ["aws_instance.force_destroy", "aws_ecs_service.sigint_rollback"];
  // A tag, and a map's key.
  const inMaps = ["aws_cloudwatch_metric_alarm.dimensions.InstanceId"];
  const parts = Object.entries(JUDGES).flatMap(([type, { attributes }]) =>
    Object.keys(attributes)
      .filter((name) => schema[type]?.[name] === undefined)
      .map((name) => `${type}.${name}`),
  );
  const ofBlocks = parts.filter((name) => /root_block_device\.|metadata_options\./.test(name));
  expect(parts.filter((name) => !ofBlocks.includes(name)).sort()).toEqual(
    [...newer, ...inMaps].sort(),
  );
});

/** As if Terraform made all of it. */
function made(environment: (typeof environments)[number], observed: boolean): VerifySubject {
  const observation = observed ? afterDeploy(environment) : nothingOf(environment);
  const upgradePlan = planUpgrade(desiredFleet(environment), observation);
  const stack = stackOf(synthesize(environment, upgradePlan), "stack");
  const changes = [...stack.resources.values()].map(({ address, type, values }) => ({
    address,
    type,
    deposed: null,
    effect: "create" as const,
    reason: null,
    before: null,
    after: values,
    afterUnknown: {},
    replacePaths: [],
  }));
  const plan = { changes, drift: [], outputs: new Map(), providers: [], oddities: [] };
  const terraformPlan = {
    ...plan,
    terraformVersion: "1.11.4",
    errored: false,
    complete: true,
    configured: null,
    passedChecks: [],
    plannedAt: null,
    changesOutputs: false,
    imports: new Map<string, string>(),
  };
  return { environment, upgradePlan, observation, stack, terraformPlan };
}

/** A construct that says something new fails here: look up what it does, and add its law. */
it.each(
  environments.flatMap((environment) =>
    [false, true].map((is) => [environment.name, is, environment] as const),
  ),
)(
  "has a law for every argument of every resource of %s (deployed: %s), and all of them hold",
  (_, deployed, environment) => {
    expect(checkLaws(made(environment, deployed)).map(renderViolation)).toEqual([]);
  },
);
