import { snapshotBucket } from "./bucket-judges";
import { prefixed } from "./common";
import { referent, statementsOf, textsOf } from "./law";
import type { LawContext } from "./law";

/** What one action may be let do, and under which condition; without the one, it does nothing. */
interface Right {
  readonly action: string;
  /** What the action is for: each of these is named once, and nothing else. */
  readonly on: readonly Matches[];
  /** The condition that it has, as JSON; references in it are taken for the cluster's. */
  readonly condition?: string;
  /** Whether the policy may lack it, and name any number of what it is for. */
  readonly optional?: boolean;
}

type Matches = (resource: string, context: LawContext) => boolean;

const rights = (
  actions: readonly string[],
  on: Right["on"],
  more: Partial<Pick<Right, "condition" | "optional">> = {},
): Right[] => actions.map((action) => ({ action, on, ...more }));

const onAll: Right["on"] = [(resource) => resource === "*"];

/** `${aws_ecs_cluster.x.arn}` and what follows it. */
function onArnOf(
  type: string,
  rest: string,
  isIt?: (name: string, context: LawContext) => boolean,
): Right["on"] {
  return [
    (resource, context) => {
      const end = resource.indexOf("}") + 1;
      const found = referent(resource.slice(0, end), type, "arn", context);
      const name = String(found?.values["bucket"]);
      return found !== undefined && resource.slice(end) === rest && (isIt?.(name, context) ?? true);
    },
  ];
}

const isSnapshots = (name: string, context: LawContext): boolean =>
  name === snapshotBucket(context);
const onLogs = onArnOf("aws_cloudwatch_log_group", ":*");

/** Container instances, or tasks, of the cluster. */
function onCluster(...kinds: string[]): Right["on"] {
  return kinds.map((kind) => (resource, context) => {
    const { accountId, region } = context.environment.aws;
    const [cluster = ""] = prefixed(context, "");
    return new RegExp(`^arn:aws[\\w-]*:ecs:${region}:${accountId}:${kind}/${cluster}/\\*$`).test(
      resource,
    );
  });
}

const onRepositories: Right["on"] = [
  (resource) => /^arn:aws[\w-]*:ecr:[\w-]+:\d{12}:repository\/[\w./-]+$/.test(resource),
];

const WRITES_LOGS = rights(["logs:CreateLogStream", "logs:PutLogEvents"], onLogs);

/** By the policy's name: all that it lets do. */
const RIGHTS: Readonly<Record<string, readonly Right[]>> = {
  agents: [
    ...rights(["ecs:DiscoverPollEndpoint"], onAll),
    ...rights(
      [
        "ecs:DeregisterContainerInstance",
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      onArnOf("aws_ecs_cluster", ""),
    ),
    ...rights(
      ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
      onCluster("container-instance"),
      { condition: '{"ArnEquals":{"ecs:cluster":"<arn>"}}' },
    ),
    ...rights(["ecs:ListTagsForResource"], onCluster("container-instance", "task")),
    ...WRITES_LOGS,
  ],
  "start-tasks": [
    ...WRITES_LOGS,
    ...rights(["ecr:GetAuthorizationToken"], onAll, { optional: true }),
    ...rights(
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      onRepositories,
      { optional: true },
    ),
  ],
  snapshots: [
    ...rights(
      ["s3:GetObject", "s3:PutObject"],
      onArnOf("aws_s3_bucket", "/snapshots/*", isSnapshots),
    ),
    ...rights(["s3:ListBucket"], onArnOf("aws_s3_bucket", "", isSnapshots), {
      condition: '{"StringLike":{"s3:prefix":"snapshots/*"}}',
    }),
  ],
};

/** Whose each policy is, by the end of the role's name. */
const ROLES: Readonly<Record<string, string>> = {
  agents: "-node",
  "start-tasks": "-execution",
  snapshots: "-task",
};

export const POLICIES = Object.keys(RIGHTS);

export function isOwnRole(value: unknown, context: LawContext): boolean {
  const end = ROLES[String(context.declaration.values["name"])] ?? "";
  const role = referent(value, "aws_iam_role", "id", context);
  return end !== "" && prefixed(context, end).includes(String(role?.values["name"]));
}

const STATEMENT = ["Sid", "Effect", "Action", "Resource", "Condition"];

/** No action more, none less, none on anything else, and none under a condition that never holds. */
export function letsDoItsOwn(value: unknown, context: LawContext): boolean {
  const known = RIGHTS[String(context.declaration.values["name"])] ?? [];
  const statements = statementsOf(value);
  const actions = statements.flatMap(({ Action }) => textsOf(Action));
  return (
    known.every(({ action, optional }) => optional === true || actions.includes(action)) &&
    statements.every(
      (statement) =>
        statement["Effect"] === "Allow" &&
        Object.keys(statement).every((part) => STATEMENT.includes(part)) &&
        textsOf(statement["Action"]).every((action) => {
          const right = known.find((each) => each.action === action);
          return right !== undefined && isWithin(statement, right, context);
        }),
    )
  );
}

function isWithin(
  { Condition, Resource }: Readonly<Record<string, unknown>>,
  { condition, on, optional }: Right,
  context: LawContext,
): boolean {
  const resources = Resource === undefined ? [] : textsOf(Resource);
  const said = Condition === undefined ? undefined : JSON.stringify(Condition);
  const own = said?.replace(/\$\{aws_ecs_cluster\.[\w-]+\.arn\}/, "<arn>");
  return (
    own === condition &&
    on.every((matches) => resources.some((resource) => matches(resource, context))) &&
    resources.every((resource) => on.some((matches) => matches(resource, context))) &&
    (optional === true || resources.length === on.length)
  );
}
