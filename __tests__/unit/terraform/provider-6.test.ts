import { aPoppedEnvironment, deployed, Draft } from "../verify/a-plan";
import type { Attributes } from "../verify/a-plan";

const environment = aPoppedEnvironment();

/** Terraform has nothing to do, with version 6 of the provider: what that adds is in the state. */
function aDraft(): Draft {
  const draft = Draft.of(environment, deployed(environment));
  for (const provider of Object.values(draft.json.configuration.provider_config)) {
    provider.version_constraint = "6.66.0";
  }
  for (const { change } of draft.json.resource_changes) {
    for (const values of [change.before, change.after]) {
      if (values) values["region"] = environment.aws.region;
    }
  }
  return draft;
}

it("is proved to change nothing", () => {
  expect(aDraft().verdict()).toMatchObject({ proved: true, violations: [] });
});

it("is proved where it writes down what concerns itself only, and starts no deployment", () => {
  const draft = aDraft()
    .edit("aws_instance.node-1", { force_destroy: false })
    .edit("aws_ecs_service.pop1", { sigint_rollback: false });
  // The provider writes them, and no stack says them.
  draft.at("aws_instance.node-1").declared = { force_destroy: undefined };
  draft.at("aws_ecs_service.pop1").declared = { sigint_rollback: undefined };
  expect(draft.verdict()).toMatchObject({ proved: true, facts: { deployments: [] } });
});

const ENI = { network_interface_id: "eni-9", delete_on_termination: false };

it.each<[string, Attributes, string]>([
  ["stops the instance", { cpu_options: [{ core_count: 2 }] }, "stopped and started again"],
  [
    "gives it other addresses",
    { ipv6_addresses: ["2001:db8::99"] },
    "given other addresses or another place",
  ],
  // Filled in by the first refresh, and so never planned; without one it isn't known to be right.
  ["moves it", { region: "us-west-2" }, "changed in a way that is not known to be harmless"],
  [
    "takes it off its address",
    { primary_network_interface: [ENI] },
    "changed in a way that is not known to be harmless",
  ],
])("is refused where it %s in place", (_, attributes, effect) => {
  const { proved, violations } = aDraft().edit("aws_instance.node-1", attributes).verdict();
  expect(proved).toBe(false);
  expect(violations.map(({ what }) => what.replace(/ \(.*/, ""))).toEqual([
    `node 1 would be ${effect}`,
  ]);
});

it("is refused where another attribute of a service changes that nobody has looked up", () => {
  const strategy = [{ strategy: "BLUE_GREEN" }];
  const draft = aDraft().edit("aws_ecs_service.pop1", { deployment_configuration: strategy });
  expect(draft.verdict().violations.map(({ rule }) => rule)).toEqual(["redundancy"]);
});
