import { clusterName, permissionsBoundaryName } from "../../lib/config/naming";
import { ACCOUNT, ENVIRONMENT } from "./placeholders";
import type { Scope } from "./policy";
import { ATTACHED_POLICIES } from "./resource-actions";

const NAME = clusterName(ENVIRONMENT);
const iam = (resource: string): string => `arn:*:iam::${ACCOUNT}:${resource}`;
const NODE_ROLE = iam(`role/${NAME}-node`);
const TASK_ROLES = [iam(`role/${NAME}-execution`), iam(`role/${NAME}-task`)];
const ROLES = [NODE_ROLE, ...TASK_ROLES];
/** Of the role as it is, or of the one that is made. */
const BOUNDED = {
  StringLike: { "iam:PermissionsBoundary": iam(`policy/${permissionsBoundaryName(ENVIRONMENT)}`) },
};

/** IAM: the three roles of the environment, within their boundary. */
export const ROLE_SCOPES: readonly Scope[] = [
  {
    Sid: "PassRoles",
    fits: /^iam:PassRole$/,
    Resource: ROLES,
    Condition: {
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"] },
    },
  },
  {
    Sid: "AttachPolicies",
    fits: /^iam:(At|De)tachRolePolicy$/,
    Resource: NODE_ROLE,
    Condition: {
      ...BOUNDED,
      ArnLike: {
        "iam:PolicyARN": ATTACHED_POLICIES.map((name) => `arn:*:iam::aws:policy/${name}`),
      },
    },
  },
  {
    Sid: "ServiceLinkedRoles",
    fits: /^iam:CreateServiceLinkedRole$/,
    Resource: iam("role/aws-service-role/*"),
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
    // Whatever they are made to allow, the boundary lets no more be done; no deploy takes it off.
    Sid: "BoundedRoles",
    fits: /^iam:(CreateRole|DeleteRole|DeleteRolePolicy|PutRole\w+|Update\w+)$/,
    Resource: ROLES,
    Condition: BOUNDED,
  },
  {
    Sid: "Roles",
    fits: /^iam:/,
    Resource: [iam(`instance-profile/${NAME}-node`), ...ROLES],
  },
];
