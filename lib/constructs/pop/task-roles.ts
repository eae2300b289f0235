import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { ecrPullStatements } from "./ecr-image";
import { partitionOf } from "../../config/arn";
import { policyDocument, trustPolicy } from "../policy-document";

export interface TaskRolesProps {
  /** Prefix of the roles' names. Changing it replaces the roles and starts new tasks. */
  readonly name: string;
  /** The AWS account's id, 12 digits. */
  readonly accountId: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /** Where the tasks' logs go. */
  readonly logGroup: CloudwatchLogGroup;
  /** Where tasks keep snapshots of their routing state, below `snapshots/`. */
  readonly snapshotBucket: S3Bucket;
  /** Container images that tasks are started from; those in ECR may be pulled, and no others. */
  readonly images: readonly string[];
  /**
   * ARN of the managed policy that bounds what the roles may do, whatever their policies say; it must be
   * there. Changing it restarts nothing.
   * @default - nothing bounds them
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundaryArn?: string;
}

/** The part of the snapshot bucket that tasks may use. */
export const SNAPSHOT_PREFIX = "snapshots/";

/**
 * The role that a routed task runs as, and the one that ECS starts it with.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-ecs-iam-role-overview.html
 */
export class TaskRoles extends Construct {
  readonly taskRole: IamRole;
  readonly executionRole: IamRole;

  constructor(scope: Construct, id: string, props: TaskRolesProps) {
    super(scope, id);
    const { accountId, name, region } = props;
    // Only ECS, and only for tasks of this account and region, may take the roles.
    const assumeRolePolicy = trustPolicy("ecs-tasks.amazonaws.com", {
      ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:ecs:${region}:${accountId}:*` },
      StringEquals: { "aws:SourceAccount": accountId },
    });
    const permissionsBoundary = props.permissionsBoundaryArn;
    this.taskRole = new IamRole(this, "task", {
      name: `${name}-task`,
      permissionsBoundary,
      description: `Routed tasks of ${name}`,
      assumeRolePolicy,
    });
    new IamRolePolicy(this, "task-policy", {
      name: "snapshots",
      role: this.taskRole.id,
      policy: snapshotPolicy(props.snapshotBucket.arn),
    });
    this.executionRole = new IamRole(this, "execution", {
      name: `${name}-execution`,
      permissionsBoundary,
      description: `Starting routed tasks of ${name}`,
      assumeRolePolicy,
    });
    new IamRolePolicy(this, "execution-policy", {
      name: "start-tasks",
      role: this.executionRole.id,
      policy: policyDocument(
        {
          sid: "TaskLogs",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [`${props.logGroup.arn}:*`],
        },
        ...ecrPullStatements(props.images),
      ),
    });
  }
}

function snapshotPolicy(bucketArn: string): string {
  return policyDocument(
    {
      sid: "Snapshots",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: [`${bucketArn}/${SNAPSHOT_PREFIX}*`],
    },
    {
      sid: "ListSnapshots",
      actions: ["s3:ListBucket"],
      resources: [bucketArn],
      condition: { StringLike: { "s3:prefix": `${SNAPSHOT_PREFIX}*` } },
    },
  );
}
