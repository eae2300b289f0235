import type { DescribeAlarmsInput, DescribeAlarmsOutput } from "@aws-sdk/client-cloudwatch";
import type {
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListContainerInstancesRequest,
  ListContainerInstancesResponse,
  ListTasksRequest,
  ListTasksResponse,
  UpdateContainerInstancesStateRequest,
  UpdateContainerInstancesStateResponse,
} from "@aws-sdk/client-ecs";
import type {
  ListObjectsV2Output,
  ListObjectsV2Request,
  PutObjectOutput,
  PutObjectRequest,
} from "@aws-sdk/client-s3";

/**
 * Every call that a rollout makes besides observing and Terraform, with the IAM action that allows
 * it. A call is added here or nowhere: `RolloutCalls`, its implementation and the policy
 * `iam/rollout.json` follow from this table.
 */
export const ROLLOUT_CALLS = {
  describeAlarms: "cloudwatch:DescribeAlarms",
  listContainerInstances: "ecs:ListContainerInstances",
  describeContainerInstances: "ecs:DescribeContainerInstances",
  updateContainerInstancesState: "ecs:UpdateContainerInstancesState",
  listTasks: "ecs:ListTasks",
  describeTasks: "ecs:DescribeTasks",
  getObject: "s3:GetObject",
  putObject: "s3:PutObject",
  listObjects: "s3:ListBucket",
} as const;

export type RolloutCallName = keyof typeof ROLLOUT_CALLS;

/** The IAM actions that a rollout needs besides the observer's and Terraform's, sorted. */
export const ROLLOUT_ACTIONS: readonly string[] = Object.values(ROLLOUT_CALLS).sort();

/** An object as it was read: its whole content and the tag of this version of it. */
export interface ReadObject {
  readonly Body?: string;
  readonly ETag?: string;
}

interface Shapes extends Record<RolloutCallName, { input: object; output: object }> {
  describeAlarms: { input: DescribeAlarmsInput; output: DescribeAlarmsOutput };
  listContainerInstances: {
    input: ListContainerInstancesRequest;
    output: ListContainerInstancesResponse;
  };
  describeContainerInstances: {
    input: DescribeContainerInstancesRequest;
    output: DescribeContainerInstancesResponse;
  };
  updateContainerInstancesState: {
    input: UpdateContainerInstancesStateRequest;
    output: UpdateContainerInstancesStateResponse;
  };
  listTasks: { input: ListTasksRequest; output: ListTasksResponse };
  describeTasks: { input: DescribeTasksRequest; output: DescribeTasksResponse };
  getObject: { input: { readonly Bucket: string; readonly Key: string }; output: ReadObject };
  putObject: {
    input: Omit<PutObjectRequest, "Body"> & { readonly Body: string };
    output: PutObjectOutput;
  };
  listObjects: { input: ListObjectsV2Request; output: ListObjectsV2Output };
}

export type RolloutInput<Name extends RolloutCallName> = Shapes[Name]["input"];
export type RolloutOutput<Name extends RolloutCallName> = Shapes[Name]["output"];

/** The port to AWS: one request each, no pagination; rejects with what AWS or the way to it said. */
export type RolloutCalls = {
  readonly [Name in RolloutCallName]: (input: RolloutInput<Name>) => Promise<RolloutOutput<Name>>;
};

/** Makes the calls to one region, with the credentials of the standard chain. */
export type ConnectToRollout = (region: string) => Promise<RolloutCalls>;
