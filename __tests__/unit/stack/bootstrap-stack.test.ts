import type { Environment } from "../../../lib/config/environment";
import { MAX_ENVIRONMENT_NAME_LENGTH } from "../../../lib/config/limits";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";
import { Bootstrapped } from "../../support/iam/bootstrapped";

const environment = { ...aRoutedEnvironment(), name: "stg" };
const inCloud = (name: string, backend: object): Environment => ({
  ...environment,
  name,
  backend: { type: "cloud", hostname: "app.terraform.io", organization: "example", ...backend },
});
const account = new Bootstrapped([
  environment,
  inCloud("prd-na", { workspace: "routed-prd-na" }),
  inCloud("prd-eu", { tags: ["routed"] }),
]);
const all = (type: string) => account.all(type);
const role = (name: string) => all("aws_iam_role").find((one) => one["name"] === name);
const conditionOf = (name: string): Record<string, Record<string, unknown>> | undefined => {
  const trust = JSON.parse(role(name)?.["assume_role_policy"] ?? "") as {
    Statement: { Condition: Record<string, Record<string, unknown>> }[];
  };
  return trust.Statement[0]?.Condition;
};
const subjects = (name: string): unknown => conditionOf(name)?.["StringEquals"];

it("lets only the environment's own jobs deploy, and pull requests and main read", () => {
  const aud = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };
  expect(subjects("deploy-routed-stg")).toEqual({
    ...aud,
    "token.actions.githubusercontent.com:sub": ["repo:example/infra:environment:stg"],
  });
  expect(subjects("observe-routed-stg")).toEqual({
    ...aud,
    "token.actions.githubusercontent.com:sub": [
      "repo:example/infra:pull_request",
      "repo:example/infra:ref:refs/heads/main",
    ],
  });
});

it("lets a workspace's plans read and its applies deploy, and no workspace that isn't named", () => {
  const aud = { "app.terraform.io:aud": "aws.workload.identity" };
  const runs = "organization:example:project:*:workspace:routed-prd-na:run_phase";
  for (const phase of ["plan", "apply"]) {
    expect(conditionOf(`${phase}-routed-prd-na`)).toEqual({
      StringEquals: aud,
      StringLike: { "app.terraform.io:sub": [`${runs}:${phase}`] },
    });
    expect(role(`${phase}-routed-prd-eu`)).toBeUndefined();
    expect(role(`${phase}-routed-stg`)).toBeUndefined();
  }
  const own = (policy: string) => policy.includes("RunInstances");
  expect(account.principal("apply-routed-prd-na").policies.some(own)).toBe(true);
  expect(account.principal("plan-routed-prd-na").policies.some(own)).toBe(false);
});

interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
}

/** All that a role's policies allow. */
function statementsOf(name: string): Statement[] {
  return account
    .principal(name)
    .policies.flatMap((policy) => (JSON.parse(policy) as { Statement: Statement[] }).Statement);
}

const READERS = ["observe-routed-stg", "observe-routed-prd-na", "plan-routed-prd-na"];

it.each(READERS)("lets %s change nothing", (name) => {
  const statements = statementsOf(name);
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => !/:(Describe|Get|List)[A-Za-z]+$/.test(action))).toEqual([]);
  // The observation, Terraform's refresh, and past waves for the report's estimates.
  expect(actions).toContain("ec2:DescribeInstances");
  expect(statements).toContainEqual(
    expect.objectContaining({
      Action: ["s3:GetObject"],
      Resource: `arn:*:s3:::routed-${name.replace(/^\w+-routed-/, "")}-${environment.aws.accountId}-snapshots/rollouts/*`,
    }),
  );
  const ids = statements.flatMap(({ Sid }) => Sid ?? []);
  expect(ids).toEqual([...new Set(ids)]);
});

it("keeps within IAM's limits, whatever names there are, and has no user and no key", () => {
  const longest = new Bootstrapped([
    {
      ...environment,
      name: "x".repeat(MAX_ENVIRONMENT_NAME_LENGTH),
      aws: { ...environment.aws, region: "ap-southeast-1" },
      backend: { type: "s3", bucket: "b".repeat(63), key: "k".repeat(200) },
    },
  ]);
  const policies = [...account.all("aws_iam_policy"), ...longest.all("aws_iam_policy")];
  for (const { policy = "" } of policies) {
    expect(policy.replace(/\s/g, "").length).toBeLessThanOrEqual(6144);
    expect(policy).not.toMatch(/ENVIRONMENT|ACCOUNT|REGION|STATE_/);
  }
  for (const { name = "" } of account.all("aws_iam_role")) {
    expect(account.principal(name).policies.length).toBeLessThanOrEqual(10);
  }
  expect(Object.keys(account.resources).sort()).toEqual([
    "aws_iam_openid_connect_provider",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy_attachment",
  ]);
});

it("makes a boundary for the roles of each environment, which no role has as its policy", () => {
  const names = account.all("aws_iam_policy").map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["stg", "prd-na", "prd-eu"].map((env) => `routed-${env}-boundary`)),
  );
  const attached = account.all("aws_iam_role_policy_attachment").map((one) => one["policy_arn"]);
  expect(attached.join()).not.toContain("boundary");
});
