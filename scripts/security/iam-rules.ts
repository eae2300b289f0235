import type { ScannerRule } from "./rule";
import { statementsOf, unless } from "./stack-of";
import type { Stack, Statement } from "./stack-of";

const POLICIES = ["aws_iam_policy", "aws_iam_role_policy"];

/** Each statement of each policy. */
function everyStatement(holds: (statement: Statement) => boolean): (stack: Stack) => string[] {
  return (stack) => unless(stack, POLICIES, (each) => statementsOf(each).every(holds));
}

function allowsOnAll({ Effect, Resource }: Statement): boolean {
  return Effect === "Allow" && [Resource].flat().includes("*");
}

/** Allows one of the actions on every resource, under no condition. */
function unconstrained(statement: Statement, actions: RegExp): boolean {
  const { Action, Condition } = statement;
  return (
    allowsOnAll(statement) && Condition === undefined && Action.some((each) => actions.test(each))
  );
}

/** Roles, and what may be done in their name. */
export const IAM_RULES: readonly ScannerRule[] = [
  {
    ids: ["CKV_AWS_60", "CKV_AWS_61"],
    asks: "a role is taken by the services and principals that it names, and not by everybody",
    breaks: (stack) =>
      unless(stack, ["aws_iam_role"], (role) =>
        statementsOf(role).every(({ Principal }) => {
          const named = Object.values(Principal ?? {}).flat();
          return named.length > 0 && !named.some((each) => /^\*$|:root$/.test(String(each)));
        }),
      ),
  },
  {
    ids: ["CKV_AWS_393"],
    asks: "GitHub's tokens are believed for the subjects of one repository",
    breaks: (stack) =>
      unless(stack, ["aws_iam_role"], (role) => {
        const trust = JSON.stringify(statementsOf(role));
        const isGitHub = trust.includes("githubusercontent");
        return !isGitHub || /"[^"]*:sub":\["repo:[\w.-]+\/[\w.-]+:/.test(trust);
      }),
  },
  {
    ids: ["CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40", "AWS-0057", "AWS-0345"],
    asks: "no policy allows by wildcard what may be done",
    breaks: everyStatement(({ Action }) => !Action.some((each) => each.includes("*"))),
  },
  {
    ids: ["CKV_AWS_274", "CKV_AWS_275", "CKV2_AWS_56"],
    asks: "AdministratorAccess and IAMFullAccess are attached to nobody",
    breaks: (stack) =>
      unless(
        stack,
        ["aws_iam_role_policy_attachment"],
        ({ policy_arn: arn }) => !/AdministratorAccess|IAMFullAccess/.test(String(arn)),
      ),
  },
  {
    ids: ["CKV_AWS_286", "AWS-0342"],
    asks: "no policy lets its holder get more rights: roles are passed and changed by name only",
    breaks: everyStatement(
      (each) => !(allowsOnAll(each) && each.Action.some((one) => /^iam:/.test(one))),
    ),
  },
  {
    ids: ["CKV_AWS_287"],
    asks: "no policy gives out credentials",
    breaks: everyStatement(
      ({ Action }) => !Action.some((each) => /AccessKey|GetSecretValue|^sts:AssumeRole/.test(each)),
    ),
  },
  {
    ids: ["CKV_AWS_288"],
    asks: "no policy reads objects, secrets or parameters wherever they are",
    breaks: everyStatement(
      (each) => !unconstrained(each, /^(s3:GetObject|ssm:GetParameter|secretsmanager:)/),
    ),
  },
  {
    ids: ["CKV_AWS_289"],
    asks: "no policy manages permissions without a limit",
    breaks: everyStatement((each) => !unconstrained(each, /^iam:|:Put\w*Policy$/)),
  },
  {
    ids: ["CKV_AWS_290"],
    asks: "no policy writes without a limit",
    breaks: everyStatement(
      (each) =>
        !unconstrained(each, /:(Create|Delete|Put|Update|Modify|Run|Terminate|Attach|Detach)/),
    ),
    because:
      "`ec2:DeleteSubnetCidrReservation` of the deploying role: AWS limits it to no resource and by no tag.",
  },
  {
    ids: ["CKV_AWS_355"],
    asks: "no policy names all resources for actions that could be limited",
    breaks: everyStatement((each) => !allowsOnAll(each) || each.Condition !== undefined),
    because:
      "Reads of EC2, ECS and load balancing, most of which AWS limits to nothing: an observation that sees " +
      "less than the whole would take a fleet for smaller than it is. And what knows no resources: finding " +
      "ECS, logging in to ECR.",
  },
];
