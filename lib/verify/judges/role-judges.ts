import { isObject } from "../../terraform/values";
import { NEVER, ONCE, ONE_FOR_LIFE, prefixed, tags } from "./common";
import { asTold, harmless, harms, may, needs } from "./judge";
import type { Judge } from "./judge";
import { anything, is, law, referent, refersToNamed, statementsOf, textsOf } from "./law";
import type { LawContext } from "./law";
import { isOwnRole, letsDoItsOwn, POLICIES } from "./policy-law";

/** Who may do what: nodes, tasks, and what starts them. */
export const ROLE_JUDGES = {
  aws_iam_role: {
    noun: "an IAM role",
    by: "foundation",
    most: () => 3,
    key: ["name"],
    create: ONCE,
    replace: NEVER,
    remove: NEVER,
    attributes: {
      ...tags,
      name: needs(
        law("be routed-<environment>-node, -task or -execution", (value, context) =>
          prefixed(context, "-node", "-task", "-execution").includes(String(value)),
        ),
      ),
      assume_role_policy: needs(
        law(
          "let EC2 take the nodes' role, and ECS's tasks the others, and nobody else",
          isOwnTrust,
        ),
      ),
      description: may(anything("it is for people"), harmless("it is for people")),
      permissions_boundary: may(
        law(
          "be the managed policy routed-<environment>-boundary, where aws.permissionsBoundary wants it",
          isOwnBoundary,
        ),
        asTold("it allows all that the roles' policies do"),
      ),
    },
  },
  aws_iam_role_policy: {
    noun: "an IAM role's policy",
    by: "foundation",
    most: () => 3,
    key: ["name"],
    create: ONCE,
    replace: NEVER,
    remove: NEVER,
    attributes: {
      name: needs(is(...POLICIES)),
      role: needs(law("be the role that its name is for", isOwnRole)),
      policy: needs(
        law(
          "let do what its name is for, on what is the environment's own, and nothing else",
          letsDoItsOwn,
        ),
        asTold("images of another registry need other rights", "what the role may do changes"),
      ),
    },
  },
  aws_iam_role_policy_attachment: {
    noun: "an IAM role's policy attachment",
    ...ONE_FOR_LIFE,
    attributes: {
      role: needs(
        refersToNamed(
          "aws_iam_role",
          "name",
          (context) => prefixed(context, "-node"),
          "the nodes' role",
        ),
      ),
      policy_arn: needs(
        law("be AmazonSSMManagedInstanceCore", (value) =>
          /^arn:aws[\w-]*:iam::aws:policy\/AmazonSSMManagedInstanceCore$/.test(String(value)),
        ),
      ),
    },
  },
  aws_iam_instance_profile: {
    noun: "the nodes' instance profile",
    ...ONE_FOR_LIFE,
    attributes: {
      ...tags,
      name: needs(
        law("be routed-<environment>-node", (value, context) =>
          prefixed(context, "-node").includes(String(value)),
        ),
      ),
      role: needs(
        law("be the nodes' role", (value, context) =>
          prefixed(context, "-node").includes(
            String(referent(value, "aws_iam_role", "name", context)?.values["name"]),
          ),
        ),
        harms("cuts-off", "nodes get their credentials by it"),
      ),
    },
  },
} as const satisfies Readonly<Record<string, Judge>>;

function isOwnTrust(value: unknown, { environment, declaration }: LawContext): boolean {
  const [statement, ...more] = statementsOf(value);
  if (statement === undefined || more.length > 0) return false;
  const { Effect, Principal, Action, Condition } = statement;
  const parts = ["Sid", "Effect", "Principal", "Action", "Condition"];
  const isNode = String(declaration.values["name"]).endsWith("-node");
  const principal = isObject(Principal) ? Principal : {};
  const { accountId, region } = environment.aws;
  return (
    Effect === "Allow" &&
    textsOf(Action).join() === "sts:AssumeRole" &&
    Object.keys(principal).join() === "Service" &&
    textsOf(principal["Service"]).join() ===
      (isNode ? "ec2.amazonaws.com" : "ecs-tasks.amazonaws.com") &&
    Object.keys(statement).every((part) => parts.includes(part)) &&
    (Condition === undefined || (!isNode && isOwnCondition(Condition, accountId, region)))
  );
}

function isOwnBoundary(value: unknown, context: LawContext): boolean {
  const { accountId, permissionsBoundary } = context.environment.aws;
  if (!permissionsBoundary) return value === undefined || value === null || value === "";
  const [name = ""] = prefixed(context, "-boundary");
  return new RegExp(`^arn:aws[\\w-]*:iam::${accountId}:policy/${name}$`).test(String(value));
}

/** ECS of this account and region, which every task of the cluster is. */
function isOwnCondition(condition: unknown, accountId: string, region: string): boolean {
  if (!isObject(condition)) return false;
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).every(([key, value]) => {
      const [text = "", ...more] = textsOf(value);
      if (more.length > 0) return false;
      if (operator === "StringEquals" && key === "aws:SourceAccount") return text === accountId;
      const isArn = operator === "ArnLike" && key === "aws:SourceArn";
      return isArn && text.endsWith(`:ecs:${region}:${accountId}:*`);
    }),
  );
}
