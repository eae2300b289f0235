import type {
  DescribeAddressesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
} from "@aws-sdk/client-ec2";
import type {
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
import type { GetParametersCommand } from "@aws-sdk/client-ssm";
import type { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { RolloutTable } from "./rollout-calls";
import type { CallOf, CallsOf } from "./call-table";

/**
 * Every call that observing makes, with the IAM action that allows it. A call is added here or
 * nowhere: `AwsCalls`, its implementation and the observer's IAM policy all follow from this table.
 */
export const OBSERVE_CALLS = {
  getCallerIdentity: "sts:GetCallerIdentity",
  describeInstances: "ec2:DescribeInstances",
  describeInstanceAttribute: "ec2:DescribeInstanceAttribute",
  describeInstanceStatus: "ec2:DescribeInstanceStatus",
  describeVolumes: "ec2:DescribeVolumes",
  describeNetworkInterfaces: "ec2:DescribeNetworkInterfaces",
  describeAddresses: "ec2:DescribeAddresses",
  describeClusters: "ecs:DescribeClusters",
  listContainerInstances: "ecs:ListContainerInstances",
  describeContainerInstances: "ecs:DescribeContainerInstances",
  listServices: "ecs:ListServices",
  describeServices: "ecs:DescribeServices",
  describeTaskDefinition: "ecs:DescribeTaskDefinition",
  listTasks: "ecs:ListTasks",
  describeTasks: "ecs:DescribeTasks",
  getParameters: "ssm:GetParameters",
  getObject: "s3:GetObject",
} as const;

export type AwsCallName = keyof typeof OBSERVE_CALLS;

/** The IAM actions that observing needs, sorted. S3 says only to who may list that an object is missing. */
export const OBSERVE_ACTIONS: readonly string[] = [
  ...Object.values(OBSERVE_CALLS),
  "s3:ListBucket",
].sort();

/** AWS's own shapes: every member may be missing, which is why the reader checks what it relies on. */
export interface ObserveTable {
  readonly getCallerIdentity: CallOf<GetCallerIdentityCommand>;
  readonly describeInstances: CallOf<DescribeInstancesCommand>;
  readonly describeInstanceAttribute: CallOf<DescribeInstanceAttributeCommand>;
  readonly describeInstanceStatus: CallOf<DescribeInstanceStatusCommand>;
  readonly describeVolumes: CallOf<DescribeVolumesCommand>;
  readonly describeNetworkInterfaces: CallOf<DescribeNetworkInterfacesCommand>;
  readonly describeAddresses: CallOf<DescribeAddressesCommand>;
  readonly describeClusters: CallOf<DescribeClustersCommand>;
  readonly listContainerInstances: CallOf<ListContainerInstancesCommand>;
  readonly describeContainerInstances: CallOf<DescribeContainerInstancesCommand>;
  readonly listServices: CallOf<ListServicesCommand>;
  readonly describeServices: CallOf<DescribeServicesCommand>;
  readonly describeTaskDefinition: CallOf<DescribeTaskDefinitionCommand>;
  readonly listTasks: CallOf<ListTasksCommand>;
  readonly describeTasks: CallOf<DescribeTasksCommand>;
  readonly getParameters: CallOf<GetParametersCommand>;
  readonly getObject: RolloutTable["getObject"];
}

export type AwsInput<Name extends AwsCallName> = ObserveTable[Name]["input"];
export type AwsOutput<Name extends AwsCallName> = ObserveTable[Name]["output"];
export type AwsCalls = CallsOf<ObserveTable>;
