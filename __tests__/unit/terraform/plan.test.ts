import { RoutedError } from "../../../lib/errors";
import { parseTerraformPlan } from "../../../lib/terraform/plan";
import { stackOf } from "../../../lib/terraform/stack";
import { renderVerdict } from "../../../lib/verify/render-verdict";
import { verifyPlan } from "../../../lib/verify/verify-plan";
import { withNewAmi } from "../../support/fleet";
import { malformed } from "../../support/malformed";
import { everyNth, stride } from "../../support/random-tests";
import { aPoppedEnvironment, deployed, Draft } from "../verify/a-plan";
import type { PlanJson } from "../verify/a-plan";

function aPlan(): PlanJson {
  const environment = aPoppedEnvironment();
  return Draft.of(environment, deployed(environment)).json;
}

function parse(plan: object) {
  return parseTerraformPlan(JSON.stringify(plan), "plan.json");
}

function refusal(message: string): RoutedError {
  return new RoutedError("invalid-plan", `plan.json: ${message}`);
}

it("reads what is needed and ignores the rest", () => {
  const plan = parse({ ...aPlan(), some_future_key: 1, format_version: "1.9" });
  expect(plan.terraformVersion).toBe("1.11.4");
  expect(plan.changes[0]).toMatchObject({
    address: "aws_network_interface.node-0",
    effect: "none",
  });
  expect(plan.providers[0]?.constants.get("region")).toBe("us-east-2");
  expect([...plan.outputs.keys()]).toEqual(["upgrade"]);
});

it("takes a plan of a Terraform that doesn't tell whether it is complete", () => {
  const plan = aPlan();
  delete plan.complete;
  delete plan.errored;
  expect(parse(plan)).toMatchObject({ complete: true, errored: false });
});

it("leaves data sources out", () => {
  const plan = aPlan();
  const [first] = plan.resource_changes;
  if (first) plan.resource_changes.push({ ...first, mode: "data", address: "data.x.y" });
  expect(parse(plan).changes.map(({ address }) => address)).not.toContain("data.x.y");
});

it.each([
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["create", "forget"], "replace"],
  [["forget"], "forget"],
  [["read"], "none"],
])("takes the actions %j for %s", (actions, effect) => {
  const plan = aPlan();
  const [first] = plan.resource_changes;
  if (first) first.change.actions = actions;
  expect(parse(plan).changes[0]?.effect).toBe(effect);
});

it("refuses another major version of the format", () => {
  expect(() => parse({ ...aPlan(), format_version: "2.0" })).toThrow(
    refusal("format_version must be 1.x, got 2.0"),
  );
});

it("refuses a state, which has a version but plans nothing", () => {
  expect(() => parse({ format_version: "1.0", terraform_version: "1.11.4", values: {} })).toThrow(
    refusal("planned_values is missing: this is a state or something else, not a plan"),
  );
});

it("refuses actions that it doesn't know", () => {
  const plan = aPlan();
  const [first] = plan.resource_changes;
  if (first) first.change.actions = ["explode"];
  expect(() => parse(plan)).toThrow(
    refusal("resource_changes[0].change.actions is unknown: explode"),
  );
});

it.each([
  [[], "the plan must be an object"],
  [{}, "format_version must be a string"],
  [{ ...aPlan(), resource_changes: {} }, "resource_changes must be a list"],
  [{ ...aPlan(), resource_changes: [1] }, "resource_changes[0] must be an object"],
  [
    { ...aPlan(), resource_changes: [{ mode: "managed", change: {} }] },
    "resource_changes[0].change.actions must be a list",
  ],
])("refuses what has another shape: %#", (plan, message) => {
  expect(() => parse(plan)).toThrow(refusal(message));
});

function withProviders(...versions: readonly (string | undefined)[]): PlanJson {
  const plan = aPlan();
  const { aws } = plan.configuration.provider_config;
  if (!aws) throw new Error("no provider in the draft");
  plan.configuration.provider_config = Object.fromEntries(
    versions.map((version, index) => [
      index === 0 ? "aws" : `aws.alias${index}`,
      { ...aws, version_constraint: version },
    ]),
  );
  return plan;
}

it("takes both major versions of the AWS provider, each by the one version that was looked up", () => {
  expect(parse(withProviders("5.100.0")).providers).toHaveLength(1);
  expect(parse(withProviders("6.66.0", "6.66.0")).providers).toHaveLength(2);
});

it.each([
  ["4.67.0", "4.67.0"],
  ["5.99.1", "5.99.1"],
  ["6.65.0", "6.65.0"],
  ["6.66.0-beta1", "6.66.0-beta1"],
  ["7.0.0", "7.0.0"],
  ["~> 6.0", "~> 6.0"],
  [undefined, "not fixed"],
])(
  "refuses the AWS provider %s by name, whichever of its configurations has it",
  (version, got) => {
    const refused = refusal(
      `the AWS provider's version is ${got}, but what attributes do is known of 5.100.0 and 6.66.0 only; go back to one of them, or look up what the other's attributes do (lib/terraform/known-providers.ts)`,
    );
    expect(() => parse(withProviders(version))).toThrow(refused);
    expect(() => parse(withProviders("5.100.0", version))).toThrow(refused);
  },
);

it("refuses a plan that names no AWS provider", () => {
  const refused = refusal(
    "the plan names no AWS provider, so its version, region and account can't be told",
  );
  expect(() => parse(withProviders())).toThrow(refused);
  expect(() => parse({ ...aPlan(), configuration: undefined })).toThrow(refused);
});

it("refuses what is not JSON", () => {
  expect(() => parseTerraformPlan("Terraform will", "plan.json")).toThrow(
    /^plan\.json: must be the output of terraform show -json: /,
  );
});

it("ends in a verdict or a refusal, whatever any field of it is", () => {
  const environment = aPoppedEnvironment();
  const { json, upgradePlan } = Draft.of(environment, withNewAmi(deployed(environment)));
  const few = ["aws_instance.node-0", "aws_network_interface.node-0", "aws_ecs_service.pop1"];
  const resource_changes = json.resource_changes.filter(({ address }) => few.includes(address));
  expect(resource_changes).toHaveLength(few.length);
  const stack = stackOf({ resource: {} }, "cdk.tf.json");
  const broken: string[] = [];
  const cases = [...malformed({ ...json, resource_changes }, 5)];
  for (const { name, text } of everyNth(cases, stride(4))) {
    try {
      const terraformPlan = parseTerraformPlan(text, "plan.json");
      const subject = { environment, upgradePlan, observation: null, terraformPlan, stack };
      renderVerdict(verifyPlan(subject));
    } catch (error) {
      if (!(error instanceof RoutedError)) broken.push(`${name}: ${String(error)}`);
    }
  }
  expect(broken).toEqual([]);
}, 60_000);
