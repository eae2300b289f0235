import {
  DescribeAddressesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeInstanceStatusCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVolumesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeClustersCommand, ECSClient } from "@aws-sdk/client-ecs";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCallName, AwsCalls, AwsInput, AwsOutput } from "./aws-calls";

/** How long a call may take before it counts as failed, so that no hung endpoint hangs a synthesis. */
export interface AwsCallLimits {
  /** Attempts at one call, the first included; between them the SDK's standard back-off. */
  readonly attempts: number;
  /** Until the connection stands, in milliseconds. */
  readonly connectMilliseconds: number;
  /** Until the answer begins, and at most between two parts of it, in milliseconds. */
  readonly answerMilliseconds: number;
  /** For one call with all its attempts, in milliseconds. */
  readonly callMilliseconds: number;
}

export const DEFAULT_LIMITS: AwsCallLimits = {
  attempts: 5,
  connectMilliseconds: 5_000,
  answerMilliseconds: 15_000,
  callMilliseconds: 60_000,
};

/**
 * The calls by AWS's SDK v3: credentials from its standard chain, its standard retries, and
 * `AWS_ENDPOINT_URL` if it is set. This module loads the SDK's clients (about 0.2 s), so import it
 * only where AWS is read.
 *
 * @param region the only region that is asked, whatever the machine's own default is
 */
export function awsSdkCalls(region: string, limits: AwsCallLimits = DEFAULT_LIMITS): AwsCalls {
  const config = {
    region,
    retryMode: "standard",
    maxAttempts: limits.attempts,
    requestHandler: {
      connectionTimeout: limits.connectMilliseconds,
      requestTimeout: limits.answerMilliseconds,
      throwOnRequestTimeout: true,
      socketTimeout: limits.answerMilliseconds,
    },
  };
  const ec2 = new EC2Client(config);
  const ecs = new ECSClient(config);
  const ssm = new SSMClient(config);
  const sts = new STSClient(config);

  const senders: Senders = {
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
    getParameters: (input, options) => ssm.send(new GetParametersCommand(input), options),
  };
  return withDeadline(senders, limits.callMilliseconds);
}

interface SendOptions {
  readonly abortSignal: AbortSignal;
}

type Senders = {
  readonly [Name in AwsCallName]: (
    input: AwsInput<Name>,
    options: SendOptions,
  ) => Promise<AwsOutput<Name>>;
};

/** Gives each call a deadline of its own. */
function withDeadline(senders: Senders, milliseconds: number): AwsCalls {
  const limited = Object.entries(senders).map(([name, send]) => [
    name,
    (input: never) => within<object>(milliseconds, (abortSignal) => send(input, { abortSignal })),
  ]);
  return Object.fromEntries(limited) as AwsCalls;
}

/**
 * Aborting ends requests and the waiting between attempts, but not what the credentials' chain may
 * wait for (a process, a login): so the deadline doesn't depend on `send` heeding the signal.
 */
async function within<T>(
  milliseconds: number,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `no answer within ${milliseconds / 1000} s`;
      reject(Object.assign(new Error(message), { name: "TimeoutError" }));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([send(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
