import { Testing } from "cdktf";
import { BootstrapStack } from "../../../lib/stack/bootstrap-stack";
import type { Environment } from "../../../lib/config/environment";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";

type Resources = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

const environment = { ...aRoutedEnvironment(), name: "stg" };
const inCloud = (name: string, backend: object): Environment => ({
  ...environment,
  name,
  backend: { type: "cloud", hostname: "app.terraform.io", organization: "example", ...backend },
});
const { resource } = JSON.parse(
  Testing.synth(
    new BootstrapStack(Testing.app(), {
      environments: [
        environment,
        inCloud("prd-na", { workspace: "routed-prd-na" }),
        inCloud("prd-eu", { tags: ["routed"] }),
      ],
      accountId: environment.aws.accountId,
      repository: "example/infra",
    }),
  ),
) as { resource: Resources };

const all = (type: string) => Object.values(resource[type] ?? {});
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
  const ids = Object.values(resource["aws_iam_role_policy"] ?? {}).map((one) => one["role"]);
  expect(ids.join()).toContain("apply-routed-prd-na");
  expect(ids.join()).not.toContain("plan-routed");
});

it("lets the reading role change nothing but the lock of a state that it plans from", () => {
  const read = all("aws_iam_policy").find((one) => one["name"] === "delivery-routed-read");
  const { Statement } = JSON.parse(read?.["policy"] ?? "") as {
    Statement: { Sid?: string; Action: string[]; Resource: string | string[] }[];
  };
  const changing = Statement.filter(({ Action }) =>
    Action.some((action) => !/:(Describe|Get|List)/.test(action)),
  );
  expect(changing).toMatchObject([
    { Sid: "PlanStateLock", Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"] },
  ]);
  for (const resource of [changing[0]?.Resource ?? []].flat()) {
    expect(resource).toMatch(/\.tflock$/);
  }
  // The observation, Terraform's refresh, and past waves for the report's estimates.
  const actions = Statement.flatMap(({ Action }) => Action);
  expect(actions).toContain("ec2:DescribeInstances");
  expect(Statement).toContainEqual(
    expect.objectContaining({
      Action: ["s3:GetObject"],
      Resource: "arn:*:s3:::routed-*-snapshots/rollouts/*",
    }),
  );
  const ids = Statement.flatMap(({ Sid }) => Sid ?? []);
  expect(ids).toEqual([...new Set(ids)]);
});

it("keeps within IAM's limits, and has no user and no key", () => {
  const size = (text: string | undefined): number => (text ?? "").replace(/\s/g, "").length;
  for (const one of all("aws_iam_policy")) expect(size(one["policy"])).toBeLessThanOrEqual(6144);
  for (const one of all("aws_iam_role_policy")) {
    expect(size(one["policy"])).toBeLessThanOrEqual(10_240);
  }
  expect(Object.keys(resource).sort()).toEqual([
    "aws_iam_openid_connect_provider",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
  ]);
});
