import {
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetEbsDefaultKmsKeyIdCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { clientConfig, withDeadline } from "./limits";
import type { AwsCallLimits } from "./limits";
import type { DryRunTable, PreflightCalls, PreflightTable } from "./preflight-calls";

/** Shorter than the observation's: what can't be read here is assumed, and doesn't stop a deploy. */
export const PREFLIGHT_LIMITS: AwsCallLimits = {
  attempts: 3,
  connectMilliseconds: 5_000,
  answerMilliseconds: 10_000,
  callMilliseconds: 20_000,
};

/**
 * The calls by AWS's SDK v3: credentials from its standard chain, its standard retries, and
 * `AWS_ENDPOINT_URL` if it is set. This module loads the SDK's clients, so import it only where
 * AWS is read.
 */
export function preflightSdkCalls(
  region: string,
  limits: AwsCallLimits = PREFLIGHT_LIMITS,
): PreflightCalls {
  const config = clientConfig(region, limits);
  const ec2 = new EC2Client(config);
  const kms = new KMSClient(config);
  const quotas = new ServiceQuotasClient(config);
  return withDeadline<PreflightTable & DryRunTable>(limits.callMilliseconds, {
    getServiceQuota: (input, options) => quotas.send(new GetServiceQuotaCommand(input), options),
    describeAddresses: (input, options) => ec2.send(new DescribeAddressesCommand(input), options),
    describeImages: (input, options) => ec2.send(new DescribeImagesCommand(input), options),
    describeInstances: (input, options) => ec2.send(new DescribeInstancesCommand(input), options),
    describeInstanceTypeOfferings: (input, options) =>
      ec2.send(new DescribeInstanceTypeOfferingsCommand(input), options),
    describeInstanceTypes: (input, options) =>
      ec2.send(new DescribeInstanceTypesCommand(input), options),
    describeInternetGateways: (input, options) =>
      ec2.send(new DescribeInternetGatewaysCommand(input), options),
    describeNetworkInterfaces: (input, options) =>
      ec2.send(new DescribeNetworkInterfacesCommand(input), options),
    describeVpcs: (input, options) => ec2.send(new DescribeVpcsCommand(input), options),
    getEbsDefaultKmsKeyId: (input, options) =>
      ec2.send(new GetEbsDefaultKmsKeyIdCommand(input), options),
    describeKey: (input, options) => kms.send(new DescribeKeyCommand(input), options),
    tryRunInstances: (input, options) =>
      ec2.send(new RunInstancesCommand({ ...input, DryRun: true }), options),
    tryTerminateInstances: (input, options) =>
      ec2.send(new TerminateInstancesCommand({ ...input, DryRun: true }), options),
  });
}
