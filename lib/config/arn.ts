/**
 * The partition of a region's ARNs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** Where the thing that an ARN names is. */
export interface ArnPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export function placeOfArn(arn: string): ArnPlace {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}
