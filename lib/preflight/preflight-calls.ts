import type {
  DescribeAddressesRequest,
  DescribeAddressesResult,
  DescribeImagesRequest,
  DescribeImagesResult,
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeInstanceTypesRequest,
  DescribeInstanceTypesResult,
  DescribeInternetGatewaysRequest,
  DescribeInternetGatewaysResult,
  DescribeNetworkInterfacesRequest,
  DescribeNetworkInterfacesResult,
  DescribeVpcsRequest,
  DescribeVpcsResult,
} from "@aws-sdk/client-ec2";
import type {
  GetServiceQuotaRequest,
  GetServiceQuotaResponse,
} from "@aws-sdk/client-service-quotas";

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

export type PreflightCallName = keyof typeof PREFLIGHT_CALLS;

/** The IAM actions that the check needs, sorted; without one of them it says what it assumed. */
export const PREFLIGHT_ACTIONS: readonly string[] = Object.values(PREFLIGHT_CALLS).sort();

interface Shapes extends Record<PreflightCallName, { input: object; output: object }> {
  getServiceQuota: { input: GetServiceQuotaRequest; output: GetServiceQuotaResponse };
  describeAddresses: { input: DescribeAddressesRequest; output: DescribeAddressesResult };
  describeImages: { input: DescribeImagesRequest; output: DescribeImagesResult };
  describeInstances: { input: DescribeInstancesRequest; output: DescribeInstancesResult };
  describeInstanceTypes: {
    input: DescribeInstanceTypesRequest;
    output: DescribeInstanceTypesResult;
  };
  describeInternetGateways: {
    input: DescribeInternetGatewaysRequest;
    output: DescribeInternetGatewaysResult;
  };
  describeNetworkInterfaces: {
    input: DescribeNetworkInterfacesRequest;
    output: DescribeNetworkInterfacesResult;
  };
  describeVpcs: { input: DescribeVpcsRequest; output: DescribeVpcsResult };
}

export type PreflightInput<Name extends PreflightCallName> = Shapes[Name]["input"];
export type PreflightOutput<Name extends PreflightCallName> = Shapes[Name]["output"];

/** The port to AWS: one request each; rejects with what AWS or the way to it said. */
export type PreflightCalls = {
  readonly [Name in PreflightCallName]: (
    input: PreflightInput<Name>,
  ) => Promise<PreflightOutput<Name>>;
};

/** Makes the calls to one region, with the credentials of the standard chain. */
export type ConnectToQuotas = (region: string) => Promise<PreflightCalls>;
