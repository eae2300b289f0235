import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../config/arn";
import { policyDocument, trustPolicy } from "../policy-document";
import type { PolicyStatement } from "../policy-document";

export interface NodeRoleProps {
  /** Prefix of the role's and profile's names. Changing it replaces both, in place for nodes. */
  readonly name: string;
  /** The AWS account's id, 12 digits. */
  readonly accountId: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /** The cluster that the nodes join; they can act in no other. */
  readonly cluster: EcsCluster;
  /** The cluster's name as text, as in the ARNs of its container instances. */
  readonly clusterName: string;
  /** Where the tasks' logs go. */
  readonly logGroup: CloudwatchLogGroup;
  /**
   * ARN of the managed policy that bounds what the role may do, whatever its policies say; it must be
   * there. Changing it restarts nothing.
   * @default - nothing bounds it
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundaryArn?: string;
}

/**
 * What a node may do: what its ECS agent, its log driver and its SSM agent need, and not AWS's
 * broad AmazonEC2ContainerServiceforEC2Role, which reaches every cluster and image.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
 */
export class NodeRole extends Construct {
  readonly role: IamRole;
  readonly instanceProfile: IamInstanceProfile;
  /** Depend on it where a node boots: its agents need these from the start. */
  readonly permissions: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NodeRoleProps) {
    super(scope, id);
    const { name, region } = props;
    this.role = new IamRole(this, "Resource", {
      name: `${name}-node`,
      description: `Nodes of ${name}`,
      permissionsBoundary: props.permissionsBoundaryArn,
      assumeRolePolicy: trustPolicy(
        region.startsWith("cn-") ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com",
      ),
    });
    const agents = new IamRolePolicy(this, "agents", {
      name: "agents",
      role: this.role.id,
      policy: policyDocument(...ecsAgentStatements(props), logDriverStatement(props)),
    });
    const ssm = new IamRolePolicyAttachment(this, "ssm", {
      role: this.role.name,
      policyArn: `arn:${partitionOf(region)}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
    this.instanceProfile = new IamInstanceProfile(this, "instance-profile", {
      name: `${name}-node`,
      role: this.role.name,
    });
    this.permissions = [agents, ssm];
  }
}

function ecsAgentStatements(props: NodeRoleProps): PolicyStatement[] {
  const { accountId, cluster, clusterName, region } = props;
  const ecs = `arn:${partitionOf(region)}:ecs:${region}:${accountId}`;
  const containerInstances = `${ecs}:container-instance/${clusterName}/*`;
  return [
    // This action knows no resources.
    { sid: "EcsEndpoint", actions: ["ecs:DiscoverPollEndpoint"], resources: ["*"] },
    {
      sid: "EcsAgent",
      actions: [
        "ecs:DeregisterContainerInstance",
        "ecs:RegisterContainerInstance",
        "ecs:SubmitAttachmentStateChanges",
        "ecs:SubmitContainerStateChange",
        "ecs:SubmitTaskStateChange",
      ],
      resources: [cluster.arn],
    },
    {
      sid: "EcsAgentSession",
      actions: ["ecs:Poll", "ecs:StartTelemetrySession", "ecs:UpdateContainerInstancesState"],
      resources: [containerInstances],
      condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      sid: "TaskMetadataTags",
      actions: ["ecs:ListTagsForResource"],
      resources: [containerInstances, `${ecs}:task/${clusterName}/*`],
    },
  ];
}

/**
 * On EC2 the log driver runs as the node, not as the task's execution role, unless the agent is
 * told otherwise.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
function logDriverStatement(props: NodeRoleProps): PolicyStatement {
  return {
    sid: "TaskLogs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [`${props.logGroup.arn}:*`],
  };
}
