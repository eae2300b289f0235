import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListContainerInstancesCommand,
  ListTasksCommand,
  PutAttributesCommand,
  UpdateContainerInstancesStateCommand,
} from "@aws-sdk/client-ecs";
import { ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { usesPathStyle } from "../config/endpoint";
import { readObject } from "./read-object";
import { clientConfig, DEFAULT_LIMITS, withDeadline } from "./limits";
import type { AwsCallLimits } from "./limits";
import type { RolloutCalls, RolloutTable } from "./rollout-calls";

/**
 * The calls by AWS's SDK v3: credentials from its standard chain, its standard retries, and
 * `AWS_ENDPOINT_URL` if it is set. This module loads the SDK's clients, so import it only where a
 * rollout really runs.
 */
export function rolloutSdkCalls(
  region: string,
  limits: AwsCallLimits = DEFAULT_LIMITS,
): RolloutCalls {
  const config = clientConfig(region, limits);
  const cloudWatch = new CloudWatchClient(config);
  const ecs = new ECSClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: usesPathStyle() });
  return withDeadline<RolloutTable>(limits.callMilliseconds, {
    describeAlarms: (input, options) => cloudWatch.send(new DescribeAlarmsCommand(input), options),
    listContainerInstances: (input, options) =>
      ecs.send(new ListContainerInstancesCommand(input), options),
    describeContainerInstances: (input, options) =>
      ecs.send(new DescribeContainerInstancesCommand(input), options),
    updateContainerInstancesState: (input, options) =>
      ecs.send(new UpdateContainerInstancesStateCommand(input), options),
    putAttributes: (input, options) => ecs.send(new PutAttributesCommand(input), options),
    listTasks: (input, options) => ecs.send(new ListTasksCommand(input), options),
    describeTasks: (input, options) => ecs.send(new DescribeTasksCommand(input), options),
    getObject: (input, options) => readObject(s3, input, options),
    putObject: (input, options) => s3.send(new PutObjectCommand(input), options),
    listObjects: (input, options) => s3.send(new ListObjectsV2Command(input), options),
  });
}
