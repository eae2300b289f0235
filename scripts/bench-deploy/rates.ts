/**
 * AWS's documented rate limits once more, as the lower bound of a deploy's time needs them: the local
 * AWS (sandbox/aws/sandbox_aws/rates.py) is what enforces them.
 */
export type CallCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Bucket {
  readonly name: string;
  readonly burst: number;
  /** Tokens in a second. */
  readonly refill: number;
}

const ECS: readonly (readonly [pattern: RegExp, bucket: Bucket])[] = [
  [/^(De)?[Rr]egisterTaskDefinition$/, { name: "task definition changes", burst: 20, refill: 1 }],
  [/^(Create|Update|Delete)Service$/, { name: "service changes", burst: 50, refill: 5 }],
  [/^(Describe|List)Services$/, { name: "service reads", burst: 100, refill: 20 }],
  [/^(Create|Update|Delete|Put)Cluster/, { name: "cluster changes", burst: 20, refill: 1 }],
  [/^(Describe|List)Clusters$/, { name: "cluster reads", burst: 50, refill: 20 }],
  [/^(Un)?[Tt]agResource$/, { name: "tag changes", burst: 20, refill: 10 }],
  [/^ListTagsForResource$/, { name: "tag reads", burst: 50, refill: 20 }],
  [
    /^(Describe|List)TaskDefinition(s|Families)?$/,
    { name: "task definition reads", burst: 50, refill: 20 },
  ],
  [
    /^(Describe|List)(ContainerInstances|Tasks|Attributes)$/,
    { name: "cluster resource reads", burst: 100, refill: 20 },
  ],
];

const READS = /^(Describe|Get|List)/;

/** The buckets that a call takes a token of. */
export function bucketsOf(service: string, action: string): readonly Bucket[] {
  switch (service) {
    case "ecs":
      return ECS.filter(([pattern]) => pattern.test(action)).map(([, bucket]) => ({
        ...bucket,
        name: `ECS ${bucket.name}`,
      }));
    case "ec2":
      if (READS.test(action)) return [{ name: `EC2 ${action}`, burst: 100, refill: 20 }];
      if (action === "RunInstances") return [{ name: `EC2 ${action}`, burst: 5, refill: 2 }];
      if (action === "CreateTags") return [{ name: `EC2 ${action}`, burst: 100, refill: 10 }];
      return [{ name: `EC2 ${action}`, burst: 50, refill: 5 }];
    case "elasticloadbalancing":
      return [
        { name: "ELB all calls", burst: 40, refill: 10 },
        READS.test(action)
          ? { name: "ELB reads", burst: 40, refill: 10 }
          : { name: "ELB changes", burst: 20, refill: 3 },
      ];
    default:
      return [];
  }
}

export interface BucketBound {
  /** The fewest seconds in which AWS lets the calls through. */
  readonly seconds: number;
  /** The bucket that takes them; undefined where no bucket is emptied. */
  readonly bucket?: string;
}

/** Buckets fill side by side, so the slowest of them bounds the whole. */
export function bucketBound(answered: CallCounts): BucketBound {
  const calls = new Map<string, { bucket: Bucket; count: number }>();
  for (const [service, actions] of Object.entries(answered)) {
    for (const [action, count] of Object.entries(actions)) {
      for (const bucket of bucketsOf(service, action)) {
        const before = calls.get(bucket.name)?.count ?? 0;
        calls.set(bucket.name, { bucket, count: before + count });
      }
    }
  }
  let bound: BucketBound = { seconds: 0 };
  for (const { bucket, count } of calls.values()) {
    const seconds = Math.max(0, count - bucket.burst) / bucket.refill;
    if (seconds > bound.seconds) bound = { seconds, bucket: bucket.name };
  }
  return bound;
}

/** What was answered: all calls but the throttled ones. */
export function answeredCalls(counts: CallCounts, throttled: CallCounts): CallCounts {
  return Object.fromEntries(
    Object.entries(counts).map(([service, actions]) => [
      service,
      Object.fromEntries(
        Object.entries(actions).map(([action, count]) => [
          action,
          count - (throttled[service]?.[action] ?? 0),
        ]),
      ),
    ]),
  );
}

export function totalCalls(counts: CallCounts): number {
  return Object.values(counts)
    .flatMap((actions) => Object.values(actions))
    .reduce((sum, count) => sum + count, 0);
}
