import type {
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
  GetEbsDefaultKmsKeyIdCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { DescribeKeyCommand } from "@aws-sdk/client-kms";
import type { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import type { CallOf, CallsOf, Connect } from "./call-table";

/**
 * Every call that the pre-flight check makes, with the IAM action that allows it. A call is added
 * here or nowhere: `PreflightCalls` and its implementation follow from this table.
 */
export const PREFLIGHT_CALLS = {
  getServiceQuota: "servicequotas:GetServiceQuota",
  describeAddresses: "ec2:DescribeAddresses",
  describeImages: "ec2:DescribeImages",
  describeInstances: "ec2:DescribeInstances",
  describeInstanceTypeOfferings: "ec2:DescribeInstanceTypeOfferings",
  describeInstanceTypes: "ec2:DescribeInstanceTypes",
  describeInternetGateways: "ec2:DescribeInternetGateways",
  describeNetworkInterfaces: "ec2:DescribeNetworkInterfaces",
  describeVpcs: "ec2:DescribeVpcs",
  getEbsDefaultKmsKeyId: "ec2:GetEbsDefaultKmsKeyId",
  describeKey: "kms:DescribeKey",
} as const;

/** The IAM actions that the check needs, sorted; without one of them it says what it assumed. */
export const PREFLIGHT_ACTIONS: readonly string[] = Object.values(PREFLIGHT_CALLS).sort();

/**
 * Calls that are made as dry runs only: EC2 tells whether they would be allowed, and does nothing. The
 * actions are the deploying policy's; a reading role may not even ask, and is told so.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
 */
export const DRY_RUN_CALLS = {
  tryRunInstances: "ec2:RunInstances",
  tryTerminateInstances: "ec2:TerminateInstances",
} as const;

export interface PreflightTable {
  readonly getServiceQuota: CallOf<GetServiceQuotaCommand>;
  readonly describeAddresses: CallOf<DescribeAddressesCommand>;
  readonly describeImages: CallOf<DescribeImagesCommand>;
  readonly describeInstances: CallOf<DescribeInstancesCommand>;
  readonly describeInstanceTypeOfferings: CallOf<DescribeInstanceTypeOfferingsCommand>;
  readonly describeInstanceTypes: CallOf<DescribeInstanceTypesCommand>;
  readonly describeInternetGateways: CallOf<DescribeInternetGatewaysCommand>;
  readonly describeNetworkInterfaces: CallOf<DescribeNetworkInterfacesCommand>;
  readonly describeVpcs: CallOf<DescribeVpcsCommand>;
  readonly getEbsDefaultKmsKeyId: CallOf<GetEbsDefaultKmsKeyIdCommand>;
  readonly describeKey: CallOf<DescribeKeyCommand>;
}

/** Always rejects: with `DryRunOperation` where the call would be carried out. */
export interface DryRunTable {
  readonly tryRunInstances: CallOf<RunInstancesCommand>;
  readonly tryTerminateInstances: CallOf<TerminateInstancesCommand>;
}

export type PreflightCalls = CallsOf<PreflightTable & DryRunTable>;
export type ConnectToQuotas = Connect<PreflightTable & DryRunTable>;
