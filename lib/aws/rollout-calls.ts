import type { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type {
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  PutAttributesCommand,
  UpdateContainerInstancesStateCommand,
} from "@aws-sdk/client-ecs";
import type {
  ListObjectsV2Command,
  PutObjectCommandOutput,
  PutObjectRequest,
} from "@aws-sdk/client-s3";
import type { Environment } from "../config/environment";
import { CallSession } from "./call-session";
import type { CallOf, CallsOf, Connect } from "./call-table";

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
  putAttributes: "ecs:PutAttributes",
  listTasks: "ecs:ListTasks",
  describeTasks: "ecs:DescribeTasks",
  getObject: "s3:GetObject",
  putObject: "s3:PutObject",
  listObjects: "s3:ListBucket",
} as const;

/** The IAM actions that a rollout needs besides the observer's and Terraform's, sorted. */
export const ROLLOUT_ACTIONS: readonly string[] = Object.values(ROLLOUT_CALLS).sort();

/** An object as it was read: its whole content and the tag of this version of it. */
export interface ReadObject {
  readonly Body?: string;
  readonly ETag?: string;
}

export interface RolloutTable {
  readonly describeAlarms: CallOf<DescribeAlarmsCommand>;
  readonly listContainerInstances: CallOf<ListContainerInstancesCommand>;
  readonly describeContainerInstances: CallOf<DescribeContainerInstancesCommand>;
  readonly updateContainerInstancesState: CallOf<UpdateContainerInstancesStateCommand>;
  readonly putAttributes: CallOf<PutAttributesCommand>;
  readonly listTasks: CallOf<ListTasksCommand>;
  readonly describeTasks: CallOf<DescribeTasksCommand>;
  readonly getObject: {
    readonly input: { readonly Bucket: string; readonly Key: string };
    readonly output: ReadObject;
  };
  readonly putObject: {
    readonly input: Omit<PutObjectRequest, "Body"> & { readonly Body: string };
    readonly output: Pick<PutObjectCommandOutput, "ETag">;
  };
  readonly listObjects: CallOf<ListObjectsV2Command>;
}

export type RolloutCalls = CallsOf<RolloutTable>;

/** Makes a rollout's calls in one environment's region. */
export type RolloutSession = CallSession<RolloutTable>;

export function rolloutSession(
  environment: Environment,
  connect: Connect<RolloutTable>,
): RolloutSession {
  return new CallSession(environment, ROLLOUT_CALLS, connect);
}
