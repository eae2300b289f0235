import { isDelivered } from "../../../lib/config/delivery";
import { loadEnvironments } from "../../../lib/config/load";
import type { Environment } from "../../../lib/config/environment";
import { nothingOf, planned } from "../../support/every-stack";
import { loadFullEnvironments } from "../../support/full-environments";
import { Bootstrapped } from "../../support/iam/bootstrapped";
import { deniedOf } from "../../support/iam/simulator";
import type { IamRequest } from "../../support/iam/simulator";
import { resourcesOf } from "../../fixtures/synthesize";

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

const EVERYTHING = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** Of what Terraform fills in, what it will be. */
function literalArn(resource: string, { aws, name }: Environment): string {
  const { accountId, region } = aws;
  const at = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  return resource
    .replace(/\$\{aws_ecs_cluster\.[^}]+\.arn\}/, at("ecs", `cluster/routed-${name}`))
    .replace(
      /\$\{aws_cloudwatch_log_group\.[^}]+\.arn\}:\*/,
      at("logs", `log-group:/ecs/routed-${name}:log-stream:one`),
    )
    .replace(
      /\$\{aws_s3_bucket\.[^}]+\.arn\}/,
      `arn:aws:s3:::routed-${name}-${accountId}-snapshots`,
    )
    .replace(/(.)\*$/, "$11");
}

function requestsOf(environment: Environment): IamRequest[] {
  const stack = planned(environment, nothingOf(environment));
  return resourcesOf(stack, "aws_iam_role_policy").flatMap(({ policy }) =>
    (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement.flatMap(
      ({ Action, Resource }) =>
        Action.flatMap((action) =>
          Resource.map((resource) => ({ action, resource: literalArn(resource, environment) })),
        ),
    ),
  );
}

const shipped = loadEnvironments({ directory: "config" });
const all = [...shipped, ...loadFullEnvironments()];

it.each(all.map((environment) => [environment.name, environment] as const))(
  "the boundary of %s allows all that its roles' own policies do",
  async (name, environment) => {
    const boundary = new Bootstrapped([environment]).boundary(name);
    const { accountId } = environment.aws;
    const role = { role: "any", accountId, policies: [EVERYTHING], boundary };
    const requests = requestsOf(environment);
    expect(new Set(requests.map(({ action }) => action.split(":")[0]))).toContain("logs");
    expect(await deniedOf(role, requests)).toEqual([]);
  },
);

it("bounds the three roles of an environment that wants it, as those that workflows deliver do", () => {
  const bounded = shipped.filter(({ aws }) => aws.permissionsBoundary);
  expect(bounded).toEqual(shipped.filter(isDelivered));
  for (const environment of all) {
    const { accountId, permissionsBoundary } = environment.aws;
    const roles = resourcesOf(planned(environment, nothingOf(environment)), "aws_iam_role");
    const arn = expect.stringMatching(
      new RegExp(`^arn:aws[a-z-]*:iam::${accountId}:policy/routed-${environment.name}-boundary$`),
    ) as string;
    expect(roles.map((each) => each["permissions_boundary"])).toEqual(
      Array(3).fill(permissionsBoundary ? arn : undefined),
    );
  }
});
