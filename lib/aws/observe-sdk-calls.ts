import {
  DescribeAddressesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
import { S3Client } from "@aws-sdk/client-s3";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCalls, ObserveTable } from "./calls";
import { usesPathStyle } from "../config/endpoint";
import { readObject } from "./read-object";
import { clientConfig, DEFAULT_LIMITS, withDeadline } from "./limits";
import type { AwsCallLimits } from "./limits";

/**
 * The calls by AWS's SDK v3: credentials from its standard chain, its standard retries, and
 * `AWS_ENDPOINT_URL` if it is set. This module loads the SDK's clients (about 0.2 s), so import it
 * only where AWS is read.
 *
 * @param region the only region that is asked, whatever the machine's own default is
 */
export function awsSdkCalls(region: string, limits: AwsCallLimits = DEFAULT_LIMITS): AwsCalls {
  const config = clientConfig(region, limits);
  const ec2 = new EC2Client(config);
  const ecs = new ECSClient(config);
  const ssm = new SSMClient(config);
  const sts = new STSClient(config);
  const s3 = new S3Client({ ...config, forcePathStyle: usesPathStyle() });

  return withDeadline<ObserveTable>(limits.callMilliseconds, {
    getCallerIdentity: (input, options) => sts.send(new GetCallerIdentityCommand(input), options),
    describeInstances: (input, options) => ec2.send(new DescribeInstancesCommand(input), options),
    describeInstanceAttribute: (input, options) =>
      ec2.send(new DescribeInstanceAttributeCommand(input), options),
    describeInstanceStatus: (input, options) =>
      ec2.send(new DescribeInstanceStatusCommand(input), options),
    describeVolumes: (input, options) => ec2.send(new DescribeVolumesCommand(input), options),
    describeNetworkInterfaces: (input, options) =>
      ec2.send(new DescribeNetworkInterfacesCommand(input), options),
    describeAddresses: (input, options) => ec2.send(new DescribeAddressesCommand(input), options),
    describeClusters: (input, options) => ecs.send(new DescribeClustersCommand(input), options),
    listContainerInstances: (input, options) =>
      ecs.send(new ListContainerInstancesCommand(input), options),
    describeContainerInstances: (input, options) =>
      ecs.send(new DescribeContainerInstancesCommand(input), options),
    listServices: (input, options) => ecs.send(new ListServicesCommand(input), options),
    describeServices: (input, options) => ecs.send(new DescribeServicesCommand(input), options),
    describeTaskDefinition: (input, options) =>
      ecs.send(new DescribeTaskDefinitionCommand(input), options),
    listTasks: (input, options) => ecs.send(new ListTasksCommand(input), options),
    describeTasks: (input, options) => ecs.send(new DescribeTasksCommand(input), options),
    getParameters: (input, options) => ssm.send(new GetParametersCommand(input), options),
    getObject: (input, options) => readObject(s3, input, options),
  });
}
