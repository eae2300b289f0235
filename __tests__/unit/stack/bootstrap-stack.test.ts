import { Testing } from "cdktf";
import { BootstrapStack } from "../../../lib/stack/bootstrap-stack";
import { aRoutedEnvironment } from "../../fixtures/a-routed-environment";

type Resources = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
>;

const environment = { ...aRoutedEnvironment(), name: "stg" };
const { resource } = JSON.parse(
  Testing.synth(
    new BootstrapStack(Testing.app(), {
      environments: [environment],
      accountId: environment.aws.accountId,
      repository: "example/infra",
    }),
  ),
) as { resource: Resources };

const all = (type: string) => Object.values(resource[type] ?? {});
const role = (name: string) => all("aws_iam_role").find((one) => one["name"] === name);
const subjects = (name: string): unknown => {
  const trust = JSON.parse(role(name)?.["assume_role_policy"] ?? "") as {
    Statement: { Condition: Record<string, Record<string, unknown>> }[];
  };
  return trust.Statement[0]?.Condition["StringEquals"];
};

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

it("lets the reading role change nothing", () => {
  const read = all("aws_iam_policy").find((one) => one["name"] === "delivery-routed-read");
  const { Statement } = JSON.parse(read?.["policy"] ?? "") as { Statement: { Action: string[] }[] };
  const actions = Statement.flatMap(({ Action }) => Action);
  expect(actions).toContain("ec2:DescribeInstances");
  expect(actions.filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
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
