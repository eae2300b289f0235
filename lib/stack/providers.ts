import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { usesPathStyle } from "../config/endpoint";
import type { Environment } from "../config/environment";
import { ENVIRONMENT_TAG } from "../config/naming";

/**
 * How often a call that launches, reads or terminates a node is tried. EC2 tells insufficient capacity
 * as HTTP 500, which the provider tries 25 times by default, for a quarter of an hour and longer; eight
 * tries take 15 s at most, and leave a throttled call, which waits longer each time, two minutes.
 * @see docs/decisions/0029-few-retries-for-launches.md
 */
const LAUNCH_TRIES = 8;

/**
 * The stack's provider, and one more for the instances alone.
 *
 * @returns that of the instances
 */
export function addProviders(scope: Construct, { aws, name }: Environment): AwsProvider {
  const config: AwsProviderConfig = {
    region: aws.region,
    allowedAccountIds: [aws.accountId],
    defaultTags: [{ tags: { [ENVIRONMENT_TAG]: name } }],
    // Fleets of PoPs run into AWS's rate limits; the standard mode's back-off has long tails.
    retryMode: "adaptive",
    ...(usesPathStyle() ? { s3UsePathStyle: true } : {}),
  };
  new AwsProvider(scope, "aws", config);
  return new AwsProvider(scope, "aws-nodes", {
    ...config,
    alias: "nodes",
    maxRetries: LAUNCH_TRIES,
  });
}
