import { Testing } from "cdktf";
import { BootstrapStack } from "../../../lib/stack/bootstrap-stack";
import type { Environment } from "../../../lib/config/environment";
import { loadEnvironments } from "../../../lib/config/load";
import { defaultStateKey } from "../../../lib/config/state-location";
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

interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** All that a role's policies allow, attached and its own. */
function statementsOf(role: string): Statement[] {
  const [id] = Object.entries(resource["aws_iam_role"] ?? {}).find(
    ([, one]) => one["name"] === role,
  ) ?? [""];
  const isOfRole = (one: Readonly<Record<string, string>>): boolean =>
    one["role"] === `\${aws_iam_role.${id}.name}`;
  const attached = all("aws_iam_role_policy_attachment")
    .filter(isOfRole)
    .map((one) => /aws_iam_policy\.(.+)\.arn/.exec(one["policy_arn"] ?? "")?.[1] ?? "")
    .map((policy) => resource["aws_iam_policy"]?.[policy]);
  const own = all("aws_iam_role_policy").filter(isOfRole);
  return [...attached, ...own].flatMap(
    (one) => (JSON.parse(one?.["policy"] ?? "") as { Statement: Statement[] }).Statement,
  );
}

const READERS = ["observe-routed-stg", "observe-routed-prd-na", "plan-routed-prd-na"];
const DEPLOYERS = ["deploy-routed-stg", "apply-routed-prd-na"];

it.each(READERS)("lets %s change nothing", (name) => {
  const statements = statementsOf(name);
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => !/:(Describe|Get|List)[A-Za-z]+$/.test(action))).toEqual([]);
  // The observation, Terraform's refresh, and past waves for the report's estimates.
  expect(actions).toContain("ec2:DescribeInstances");
  expect(statements).toContainEqual(
    expect.objectContaining({
      Action: ["s3:GetObject"],
      Resource: "arn:*:s3:::routed-*-snapshots/rollouts/*",
    }),
  );
  const ids = statements.flatMap(({ Sid }) => Sid ?? []);
  expect(ids).toEqual([...new Set(ids)]);
});

describe("a state in S3", () => {
  const states = loadEnvironments({ directory: "config" }).flatMap(({ name, backend }) =>
    backend.type === "s3"
      ? [`arn:aws:s3:::${backend.bucket}/${backend.key ?? defaultStateKey(name)}`]
      : [],
  );

  /** What a role may do with an object, whatever the conditions: they could only refuse. */
  const mayDo = (role: string, object: string): string[] =>
    statementsOf(role)
      .filter(({ Resource }) => [Resource].flat().some((pattern) => fits(pattern, object)))
      .flatMap(({ Action }) => Action)
      .filter((action) => /^(s3:|\*)/.test(action))
      .sort();

  it("is there", () => expect(states.length).toBeGreaterThan(1));

  it.each(READERS)("is read by %s, which can't touch its lock", (name) => {
    for (const state of states) {
      expect(mayDo(name, state)).toEqual(["s3:GetObject"]);
      expect(mayDo(name, `${state}.tflock`)).toEqual([]);
    }
  });

  it.each(DEPLOYERS)("is written and locked by %s", (name) => {
    for (const state of states) {
      expect(mayDo(name, state)).toContain("s3:PutObject");
      const lock = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"];
      expect(mayDo(name, `${state}.tflock`)).toEqual(lock);
    }
  });
});

/** Whether a pattern with IAM's wildcards is or covers an ARN. */
function fits(pattern: string, arn: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(arn);
}

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
