import type { Environment } from "../../lib/config/environment";
import { ADDRESS_RECORD, ENVIRONMENT_TAG } from "../../lib/config/naming";
import { defaultStateKey } from "../../lib/config/state-location";
import { ATTACHED_POLICIES, PROVIDER_ACTIONS, RESOURCE_ACTIONS } from "./resource-actions";

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
}

export interface DeployPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** What actions of a kind are limited to. The first scope that an action fits is its own. */
interface Scope extends Omit<Statement, "Effect" | "Action"> {
  readonly fits: RegExp;
}

/** The resource carries the tag that everything managed carries, whatever its value. */
const TAGGED = { Null: { [`aws:ResourceTag/${ENVIRONMENT_TAG}`]: "false" } };
/** The request gives the resource that tag. */
const TAGGING = { Null: { [`aws:RequestTag/${ENVIRONMENT_TAG}`]: "false" } };

const EC2 = "arn:*:ec2:*:*:";
const ELB = "arn:*:elasticloadbalancing:*:*:";

const SCOPES: readonly Scope[] = [
  {
    // AWS limits neither reading nor registering task definitions to resources; the provider asks
    // for alarms by name, which needs all of them too where one is composite.
    Sid: "Read",
    fits: /^(ec2|elasticloadbalancing|cloudwatch):Describe|^ecs:\w+TaskDefinition$|^logs:Describe|^sts:/,
    Resource: "*",
  },
  {
    Sid: "CreateNetworkAndAddresses",
    fits: /^ec2:(Create(?!Tags|Route$)|Allocate)/,
    Resource: "*",
  },
  {
    Sid: "LaunchNodes",
    fits: /^ec2:RunInstances$/,
    Resource: `${EC2}instance/*`,
    Condition: TAGGING,
  },
  {
    Sid: "ChangeAndDeleteOwn",
    fits: /^ec2:(?!CreateTags)/,
    Resource: "*",
    Condition: TAGGED,
  },
  {
    Sid: "TagWhileCreating",
    fits: /^ec2:CreateTags$/,
    Resource: "*",
    Condition: { Null: { "ec2:CreateAction": "false" } },
  },
  {
    Sid: "LoadBalancer",
    fits: /^elasticloadbalancing:/,
    Resource: [
      `${ELB}listener/app/routed-*`,
      `${ELB}loadbalancer/app/routed-*`,
      `${ELB}targetgroup/routed-*`,
    ],
  },
  {
    Sid: "Cluster",
    fits: /^ecs:/,
    Resource: [
      "arn:*:ecs:*:*:cluster/routed-*",
      "arn:*:ecs:*:*:service/routed-*",
      "arn:*:ecs:*:*:task-definition/routed-*",
    ],
  },
  {
    Sid: "PassRoles",
    fits: /^iam:PassRole$/,
    Resource: "arn:*:iam::*:role/routed-*",
    Condition: {
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] },
    },
  },
  {
    Sid: "AttachPolicies",
    fits: /^iam:(At|De)tachRolePolicy$/,
    Resource: "arn:*:iam::*:role/routed-*",
    Condition: {
      ArnLike: {
        "iam:PolicyARN": ATTACHED_POLICIES.map((name) => `arn:*:iam::aws:policy/${name}`),
      },
    },
  },
  {
    Sid: "ServiceLinkedRoles",
    fits: /^iam:CreateServiceLinkedRole$/,
    Resource: "arn:*:iam::*:role/aws-service-role/*",
    Condition: {
      StringEquals: {
        "iam:AWSServiceName": [
          "ecs.amazonaws.com",
          "elasticloadbalancing.amazonaws.com",
          "events.amazonaws.com",
        ],
      },
    },
  },
  {
    Sid: "Roles",
    fits: /^iam:/,
    Resource: ["arn:*:iam::*:instance-profile/routed-*", "arn:*:iam::*:role/routed-*"],
  },
  { Sid: "Alarms", fits: /^cloudwatch:/, Resource: "arn:*:cloudwatch:*:*:alarm:routed-*" },
  { Sid: "AlarmTopic", fits: /^sns:/, Resource: "arn:*:sns:*:*:routed-*" },
  { Sid: "Logs", fits: /^logs:/, Resource: "arn:*:logs:*:*:log-group:/ecs/routed-*" },
  { Sid: "BucketContents", fits: /^s3:DeleteObject/, Resource: "arn:*:s3:::routed-*/*" },
  {
    Sid: "AddressRecord",
    fits: /^s3:(Get|Put)Object/,
    Resource: `arn:*:s3:::routed-*/${ADDRESS_RECORD}`,
  },
  { Sid: "Buckets", fits: /^s3:/, Resource: "arn:*:s3:::routed-*" },
];

/** More that actions of the table need, on other resources than their scope's. */
const FURTHER: readonly Statement[] = [
  {
    Sid: "LaunchNodesFrom",
    Effect: "Allow",
    Action: ["ec2:RunInstances"],
    Resource: ["image", "network-interface", "security-group", "subnet", "volume"].map(
      (type) => `${EC2}${type}/*`,
    ),
  },
  {
    // A rule has the tag at most after it is made; its group, which must have it, decides.
    Sid: "RulesOfOwnGroups",
    Effect: "Allow",
    Action: [
      "ec2:AuthorizeSecurityGroupEgress",
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:RevokeSecurityGroupEgress",
      "ec2:RevokeSecurityGroupIngress",
    ],
    Resource: `${EC2}security-group-rule/*`,
  },
  {
    Sid: "TagOwn",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: "*",
    Condition: TAGGED,
  },
  {
    // Neither has the tag before: a VPC comes with its default group, an instance with its volume.
    Sid: "TagDefaultGroupsAndVolumes",
    Effect: "Allow",
    Action: ["ec2:CreateTags"],
    Resource: [`${EC2}security-group/*`, `${EC2}volume/*`],
    Condition: TAGGING,
  },
];

/** Every action that the table gives, sorted. */
export function deployActions(): string[] {
  return [...new Set([...PROVIDER_ACTIONS, ...Object.values(RESOURCE_ACTIONS).flat()])].sort();
}

/**
 * The IAM policy that Terraform needs to deploy, upgrade and destroy environments, and nothing else.
 *
 * @param environments the configured ones: their S3 backends' states may be read and written
 */
export function deployPolicy(environments: readonly Environment[]): DeployPolicy {
  const scoped = new Map<Scope, string[]>();
  for (const action of deployActions()) {
    const scope = SCOPES.find(({ fits }) => fits.test(action));
    if (scope === undefined) throw new Error(`no scope for ${action}; add one to SCOPES`);
    scoped.set(scope, [...(scoped.get(scope) ?? []), action]);
  }
  const statements = SCOPES.map((scope): Statement => {
    const { Sid, Resource, Condition } = scope;
    const Action = scoped.get(scope);
    if (Action === undefined) throw new Error(`no action is in scope ${Sid}; remove it`);
    return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
  });
  return {
    Version: "2012-10-17",
    Statement: [...statements, ...FURTHER, ...stateStatements(environments)],
  };
}

/**
 * Where the environments' states lie, as far as they are in S3.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
function stateStatements(environments: readonly Environment[]): Statement[] {
  const states = environments.flatMap(({ name, backend }) =>
    backend.type === "s3"
      ? [{ bucket: backend.bucket, key: backend.key ?? defaultStateKey(name) }]
      : [],
  );
  if (states.length === 0) return [];
  const objects = states.map(({ bucket, key }) => `arn:*:s3:::${bucket}/${key}`);
  const buckets = states.map(({ bucket }) => `arn:*:s3:::${bucket}`);
  return [
    { Sid: "ListState", Effect: "Allow", Action: ["s3:ListBucket"], Resource: unique(buckets) },
    {
      Sid: "State",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: unique(objects),
    },
    {
      Sid: "StateLock",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: unique(objects.map((object) => `${object}.tflock`)),
    },
  ];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
