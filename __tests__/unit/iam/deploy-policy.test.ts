import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../../lib/config/load";
import type { Environment } from "../../../lib/config/environment";
import { RecordedObservationReader } from "../../../lib/observe/recorded";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planWaves } from "../../../lib/plan/plan-upgrade";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import { boundaryPolicy } from "../../../scripts/policies/boundary-policy";
import {
  deployActions,
  deployPolicies,
  statePolicy,
} from "../../../scripts/policies/deploy-policies";
import { ATTACHED_POLICIES, RESOURCE_ACTIONS } from "../../../scripts/policies/resource-actions";
import { preflightPolicy } from "../../../scripts/policies/call-policies";
import { DRY_RUN_CALLS, PREFLIGHT_ACTIONS } from "../../../lib/aws/preflight-calls";
import { resourcesOf, synthesizeToText } from "../../fixtures/synthesize";
import type { Arguments, SynthesizedStack } from "../../fixtures/synthesize";

const ROOT = join(__dirname, "../../..");
const observations = new RecordedObservationReader(join(ROOT, "__tests__/fixtures/observations"));
const environments = loadEnvironments({ directory: join(ROOT, "config") });

type Stack = SynthesizedStack & { readonly data?: Readonly<Record<string, object>> };

/** Every stack of an environment on its way from what is recorded to what the config wants. */
async function stacksOf(environment: Environment): Promise<Stack[]> {
  let observation = await observations.read(environment);
  return planWaves(desiredFleet(environment), observation, { ignoreHealth: true }).map((plan) => {
    const stack = JSON.parse(synthesizeToText(environment, plan)) as Stack;
    observation = simulateWave(observation, plan);
    return stack;
  });
}

describe("the deploying policy", () => {
  let stacks: Stack[];

  beforeAll(async () => {
    stacks = (await Promise.all(environments.map(stacksOf))).flat();
  });

  function all(type: string): Arguments[] {
    return stacks.flatMap((stack) => resourcesOf(stack, type));
  }

  it("has the actions of every type that the shipped environments synthesize, and of no other", () => {
    const types = stacks.flatMap((stack) => [
      ...Object.keys(stack.resource),
      ...Object.keys(stack.data ?? {}).map((type) => `data.${type}`),
    ]);
    expect(Object.keys(RESOURCE_ACTIONS).sort()).toEqual([...new Set(types)].sort());
  });

  const policies = Object.entries(deployPolicies());
  const statements = policies.flatMap(([, { Statement }]) => Statement);

  it("is what lies in iam/", () => {
    const file = (name: string) =>
      JSON.parse(readFileSync(join(ROOT, "iam", `${name}.json`), "utf8")) as object;
    for (const [name, policy] of policies) expect(file(name)).toEqual(policy);
    expect(file("state")).toEqual(statePolicy());
    expect(file("boundary")).toEqual(boundaryPolicy());
    expect(file("preflight")).toEqual(preflightPolicy());
  });

  it("allows each action of the table, by its whole name", () => {
    const allowed = [...new Set(statements.flatMap(({ Action }) => Action))].sort();
    expect(allowed).toEqual(deployActions());
    for (const action of allowed) expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
  });

  it.each([
    "ec2:StopInstances",
    "ec2:StartInstances",
    "ec2:RebootInstances",
    "ec2:UnassignIpv6Addresses",
    "ec2:UnassignPrivateIpAddresses",
    "ecs:DeregisterTaskDefinition",
    "ecs:StopTask",
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:CreateUser",
  ])("does not allow %s", (action) => {
    expect(deployActions()).not.toContain(action);
  });

  it("destroys and changes nothing of EC2 that lacks the environment's tag, but a reservation", () => {
    const changing = statements.filter(({ Action }) =>
      Action.some((action) =>
        /^ec2:(Delete(?!Tags)|Detach|Disassociate|Modify|Release|Revoke|Terminate)/.test(action),
      ),
    );
    const own = { "aws:ResourceTag/routed:environment": "ENVIRONMENT" };
    expect(changing.map(({ Sid, Condition }) => [Sid, Condition?.["StringEquals"]])).toEqual([
      ["DropReservations", undefined],
      ["OpenAndDeleteGroups", own],
      ["ChangeAndDeleteOwn", own],
      // A rule has no tag of its own; its group decides.
      ["RulesOfOwnGroups", undefined],
    ]);
  });

  it("is limited to names that every named resource has", () => {
    const named = [
      ["aws_ecs_cluster", "name", /^routed-/],
      ["aws_ecs_task_definition", "family", /^routed-/],
      ["aws_iam_instance_profile", "name", /^routed-/],
      ["aws_iam_role", "name", /^routed-/],
      ["aws_lb", "name", /^routed-/],
      ["aws_lb_target_group", "name", /^routed-/],
      ["aws_s3_bucket", "bucket", /^routed-/],
      ["aws_cloudwatch_log_group", "name", /^\/ecs\/routed-/],
    ] as const;
    for (const [type, argument, pattern] of named) {
      expect(all(type).length).toBeGreaterThan(0);
      for (const resource of all(type)) expect(resource[argument]).toMatch(pattern);
    }
  });

  it("attaches to roles the policies that stacks attach", () => {
    const attached = all("aws_iam_role_policy_attachment").map(({ policy_arn: arn }) =>
      String(arn).replace(/^arn:[a-z-]+:iam::aws:policy\//, ""),
    );
    expect([...new Set(attached)]).toEqual(ATTACHED_POLICIES);
  });

  it("has distinct ids, as statements of several are put into one", () => {
    const ids = statements.map(({ Sid }) => Sid);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]+$/);
  });
});

describe("the pre-flight policy", () => {
  it("has the actions that the check calls, all of which only read", () => {
    expect(preflightPolicy().Statement.flatMap(({ Action }) => Action)).toEqual(PREFLIGHT_ACTIONS);
    for (const action of PREFLIGHT_ACTIONS) expect(action).toMatch(/:(Describe|Get)/);
  });

  it("lacks what is only ever tried, which is the deploying policy's: a reading role can do none of it", () => {
    const deploying = deployActions();
    for (const action of Object.values(DRY_RUN_CALLS)) {
      expect(PREFLIGHT_ACTIONS).not.toContain(action);
      expect(deploying).toContain(action);
    }
  });
});
