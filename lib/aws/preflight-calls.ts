import type {
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
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
  describeInstanceTypes: "ec2:DescribeInstanceTypes",
  describeInternetGateways: "ec2:DescribeInternetGateways",
  describeNetworkInterfaces: "ec2:DescribeNetworkInterfaces",
  describeVpcs: "ec2:DescribeVpcs",
} as const;

/** The IAM actions that the check needs, sorted; without one of them it says what it assumed. */
export const PREFLIGHT_ACTIONS: readonly string[] = Object.values(PREFLIGHT_CALLS).sort();

export interface PreflightTable {
  readonly getServiceQuota: CallOf<GetServiceQuotaCommand>;
  readonly describeAddresses: CallOf<DescribeAddressesCommand>;
  readonly describeImages: CallOf<DescribeImagesCommand>;
  readonly describeInstances: CallOf<DescribeInstancesCommand>;
  readonly describeInstanceTypes: CallOf<DescribeInstanceTypesCommand>;
  readonly describeInternetGateways: CallOf<DescribeInternetGatewaysCommand>;
  readonly describeNetworkInterfaces: CallOf<DescribeNetworkInterfacesCommand>;
  readonly describeVpcs: CallOf<DescribeVpcsCommand>;
}

export type PreflightCalls = CallsOf<PreflightTable>;
export type ConnectToQuotas = Connect<PreflightTable>;
