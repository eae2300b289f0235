import type {
  DescribeAddressesRequest,
  DescribeAddressesResult,
  DescribeInstanceAttributeRequest,
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  DescribeVolumesRequest,
  DescribeVolumesResult,
  InstanceAttribute,
} from "@aws-sdk/client-ec2";
import type {
  DescribeClustersRequest,
  DescribeClustersResponse,
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
  DescribeServicesRequest,
  DescribeServicesResponse,
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse,
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListContainerInstancesRequest,
  ListContainerInstancesResponse,
  ListServicesRequest,
  ListServicesResponse,
  ListTasksRequest,
  ListTasksResponse,
} from "@aws-sdk/client-ecs";
import type { GetParametersRequest, GetParametersResult } from "@aws-sdk/client-ssm";
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from "@aws-sdk/client-sts";

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
} as const;

export type AwsCallName = keyof typeof OBSERVE_CALLS;

/** The IAM actions that observing needs, sorted. */
export const OBSERVE_ACTIONS: readonly string[] = Object.values(OBSERVE_CALLS).sort();

/** AWS's own shapes: every member may be missing, which is why the reader checks what it relies on. */
interface Shapes extends Record<AwsCallName, { input: object; output: object }> {
  getCallerIdentity: { input: GetCallerIdentityRequest; output: GetCallerIdentityResponse };
  describeInstances: { input: DescribeInstancesRequest; output: DescribeInstancesResult };
  describeInstanceAttribute: { input: DescribeInstanceAttributeRequest; output: InstanceAttribute };
  describeInstanceStatus: {
    input: DescribeInstanceStatusRequest;
    output: DescribeInstanceStatusResult;
  };
  describeVolumes: { input: DescribeVolumesRequest; output: DescribeVolumesResult };
  describeNetworkInterfaces: {
    input: DescribeNetworkInterfacesRequest;
    output: DescribeNetworkInterfacesResult;
  };
  describeAddresses: { input: DescribeAddressesRequest; output: DescribeAddressesResult };
  describeClusters: { input: DescribeClustersRequest; output: DescribeClustersResponse };
  listContainerInstances: {
    input: ListContainerInstancesRequest;
    output: ListContainerInstancesResponse;
  };
  describeContainerInstances: {
    input: DescribeContainerInstancesRequest;
    output: DescribeContainerInstancesResponse;
  };
  listServices: { input: ListServicesRequest; output: ListServicesResponse };
  describeServices: { input: DescribeServicesRequest; output: DescribeServicesResponse };
  describeTaskDefinition: {
    input: DescribeTaskDefinitionRequest;
    output: DescribeTaskDefinitionResponse;
  };
  listTasks: { input: ListTasksRequest; output: ListTasksResponse };
  describeTasks: { input: DescribeTasksRequest; output: DescribeTasksResponse };
  getParameters: { input: GetParametersRequest; output: GetParametersResult };
}

export type AwsInput<Name extends AwsCallName> = Shapes[Name]["input"];
export type AwsOutput<Name extends AwsCallName> = Shapes[Name]["output"];

/** The port to AWS: one request each, no pagination, no checks; rejects with what AWS or the way to it said. */
export type AwsCalls = {
  readonly [Name in AwsCallName]: (input: AwsInput<Name>) => Promise<AwsOutput<Name>>;
};

/** Makes the calls to one region, with the credentials of the standard chain. */
export type ConnectToAws = (region: string) => Promise<AwsCalls>;
