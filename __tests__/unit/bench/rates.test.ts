import { answeredCalls, bucketBound, totalCalls } from "../../../scripts/bench-deploy/rates";
import { TokenBuckets } from "../../../scripts/benchmarks/token-buckets";

describe("the lower bound by AWS's buckets", () => {
  it("is nothing while no bucket is emptied", () => {
    expect(bucketBound({ ecs: { RegisterTaskDefinition: 20 } })).toEqual({ seconds: 0 });
  });

  it("counts what one bucket holds together, from the first call above its burst", () => {
    expect(
      bucketBound({ ecs: { RegisterTaskDefinition: 20, DeregisterTaskDefinition: 1 } }),
    ).toEqual({ seconds: 1, bucket: "ECS task definition changes" });
  });

  it("is that of the slowest bucket", () => {
    expect(
      bucketBound({
        ecs: { UpdateService: 100, RegisterTaskDefinition: 100 },
        ec2: { DescribeVpcs: 120 },
      }),
    ).toEqual({ seconds: 80, bucket: "ECS task definition changes" });
  });

  it("counts all of load balancing's calls together", () => {
    expect(bucketBound({ elasticloadbalancing: { DescribeRules: 40, CreateRule: 20 } })).toEqual({
      seconds: 2,
      bucket: "ELB all calls",
    });
  });

  it("leaves out what was throttled, and services without documented rates", () => {
    const answered = answeredCalls(
      { ecs: { UpdateService: 70 }, s3: { PutObject: 1000 } },
      { ecs: { UpdateService: 10 } },
    );
    expect(totalCalls(answered)).toBe(1060);
    expect(bucketBound(answered)).toEqual({ seconds: 2, bucket: "ECS service changes" });
  });
});

describe("token buckets", () => {
  const admitted = (buckets: TokenBuckets, count: number, call: string) =>
    Array.from({ length: count }, () => buckets.admits(call)).filter(Boolean).length;

  it("admit the burst, and then what time refills", () => {
    let now = 0;
    const buckets = new TokenBuckets(() => now);
    expect(admitted(buckets, 120, "ecs:DescribeTasks")).toBe(100);
    now = 2;
    expect(admitted(buckets, 120, "ecs:ListTasks")).toBe(40);
    expect(buckets.throttled).toBe(100);
  });

  it("let calls pass that no rate is documented for", () => {
    const buckets = new TokenBuckets(() => 0);
    expect(admitted(buckets, 1000, "ssm:GetParameters")).toBe(1000);
  });
});
