import { Construct } from "constructs";
import { snapshotBucketName } from "../config/naming";
import { partitionOf } from "../config/arn";
import { PrivateBucket } from "./private-bucket";

export interface RoutedBucketsProps {
  /** First part of the buckets' names, which are `<name>-<accountId>-<purpose>`. */
  readonly name: string;
  /** The AWS account's id, 12 digits: buckets' names are unique over all accounts. */
  readonly accountId: string;
  /** The AWS region, e.g. `us-east-2`. */
  readonly region: string;
  /**
   * Days after which the load balancer's access logs expire, 1 or more.
   * @default 90
   */
  readonly accessLogExpiryDays?: number;
  /**
   * Whether S3 refuses to delete the buckets while something is in them.
   * @default true
   */
  readonly protect?: boolean;
  /**
   * Whether Terraform refuses to destroy the buckets.
   * @default true
   */
  readonly pinned?: boolean;
}

/** Where tasks keep snapshots of their routing state, and where the load balancer logs to. */
export class RoutedBuckets extends Construct {
  /** Snapshots of PoP `p` lie below `snapshots/p/`. */
  readonly snapshots: PrivateBucket;
  readonly accessLogs: PrivateBucket;

  constructor(scope: Construct, id: string, props: RoutedBucketsProps) {
    super(scope, id);
    const { name, accountId, region, protect, pinned } = props;
    this.snapshots = new PrivateBucket(this, "snapshots", {
      bucketName: snapshotBucketName(name, accountId),
      protect,
      pinned,
    });
    // The service principal is AWS's recommendation for every region; accounts per region, which
    // older guides list, are the way of before 2022.
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
    this.accessLogs = new PrivateBucket(this, "access-logs", {
      bucketName: `${name}-${accountId}-access-logs`,
      protect,
      pinned,
      expireAfterDays: props.accessLogExpiryDays ?? 90,
      expireOldVersionsAfterDays: 1,
      statements: (bucketArn) => [
        {
          sid: "LoadBalancerLogs",
          principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          actions: ["s3:PutObject"],
          resources: [`${bucketArn}/AWSLogs/${accountId}/*`],
          condition: {
            ArnLike: {
              "aws:SourceArn": `arn:${partitionOf(region)}:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`,
            },
          },
        },
      ],
    });
  }
}
