import { clusterName, snapshotBucketName } from "../../lib/config/naming";
import { ACCOUNT, ENVIRONMENT, REGION } from "./placeholders";
import { policyOf } from "./policy";
import type { Policy } from "./policy";

const NAME = clusterName(ENVIRONMENT);
const at = (service: string): string => `arn:*:${service}:${REGION}:${ACCOUNT}:`;
const SNAPSHOTS = `arn:*:s3:::${snapshotBucketName(NAME, ACCOUNT)}`;

/**
 * The most that nodes and tasks may do, and what starts them: whatever a deploy writes into their
 * roles, AWS allows what is in here too. A test holds every synthesized role to it.
 *
 * Of AmazonSSMManagedInstanceCore, which nodes have, it leaves out reading the account's parameters.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryPolicy(): Policy {
  const allow = (Sid: string, Action: readonly string[], ...resources: readonly string[]) => ({
    Sid,
    Effect: "Allow" as const,
    Action,
    Resource: resources,
  });
  return policyOf([
    allow("FindEcs", ["ecs:DiscoverPollEndpoint"], "*"),
    allow(
      "JoinCluster",
      [
        "ecs:DeregisterContainerInstance",
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      `${at("ecs")}cluster/${NAME}`,
    ),
    allow(
      "RunTasks",
      [
        "ecs:ListTagsForResource",
        "ecs:Poll",
        "ecs:StartTelemetrySession",
        "ecs:UpdateContainerInstancesState",
      ],
      `${at("ecs")}container-instance/${NAME}/*`,
      `${at("ecs")}task/${NAME}/*`,
    ),
    allow(
      "WriteLogs",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      `${at("logs")}log-group:/ecs/${NAME}:*`,
    ),
    allow("KeepSnapshots", ["s3:GetObject", "s3:PutObject"], `${SNAPSHOTS}/snapshots/*`),
    allow("ListSnapshots", ["s3:ListBucket"], SNAPSHOTS),
    allow(
      "PullImages",
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:GetAuthorizationToken",
        "ecr:GetDownloadUrlForLayer",
      ],
      "*",
    ),
    // AWS limits hardly any of these to resources.
    allow(
      "SessionManager",
      [
        "ec2messages:AcknowledgeMessage",
        "ec2messages:DeleteMessage",
        "ec2messages:FailMessage",
        "ec2messages:GetEndpoint",
        "ec2messages:GetMessages",
        "ec2messages:SendReply",
        "ssm:DescribeAssociation",
        "ssm:DescribeDocument",
        "ssm:GetDeployablePatchSnapshotForInstance",
        "ssm:GetDocument",
        "ssm:GetManifest",
        "ssm:ListAssociations",
        "ssm:ListInstanceAssociations",
        "ssm:PutComplianceItems",
        "ssm:PutConfigurePackageResult",
        "ssm:PutInventory",
        "ssm:UpdateAssociationStatus",
        "ssm:UpdateInstanceAssociationStatus",
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      "*",
    ),
  ]);
}
