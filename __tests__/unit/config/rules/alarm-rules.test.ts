import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("alarms.topicArn", () => {
  const about = (arn: string): string[] => complaintsAbout({ "alarms.topicArn": arn });

  it("is of the environment's region, and of any account", () => {
    expect(about("arn:aws:sns:us-east-2:999999999999:on-call")).toEqual([]);
    expect(about("arn:aws:sns:us-east-1:123456789012:on-call")).toEqual([
      'alarms.topicArn must be of aws.region us-east-2, got "arn:aws:sns:us-east-1:123456789012:on-call"; name a topic there',
    ]);
  });

  it("is of the region's partition", () => {
    const inChina = (arn: string): string[] =>
      complaintsAbout({
        "aws.region": "cn-north-1",
        "aws.availabilityZones": ["cn-north-1a", "cn-north-1b"],
        "alarms.topicArn": arn,
      });
    expect(inChina("arn:aws-cn:sns:cn-north-1:999999999999:on-call")).toEqual([]);
    expect(inChina("arn:aws:sns:cn-north-1:999999999999:on-call")).toEqual([
      'alarms.topicArn must begin with arn:aws-cn:, the partition of aws.region cn-north-1, got "arn:aws:sns:cn-north-1:999999999999:on-call"; correct it',
    ]);
    expect(about("arn:aws-us-gov:sns:us-east-2:999999999999:on-call")).toHaveLength(1);
    expect(about("arn:aws-x:sns:us-east-2:999999999999:on-call")).toHaveLength(1);
  });

  it("is as long as a topic's may be", () => {
    const named = (length: number) =>
      about(`arn:aws:sns:us-east-2:1234567890${"12"}:${"t".repeat(length)}`);
    expect(named(256)).toEqual([]);
    expect(named(257)).toHaveLength(1);
  });

  it("is an SNS topic's", () => {
    expect(about("arn:aws:sqs:us-east-2:123456789012:on-call")).toHaveLength(1);
    expect(about("on-call")).toHaveLength(1);
  });
});

describe("alarms.api5xxPercent", () => {
  it.each([
    [0, 1],
    [1, 0],
    [100, 0],
    [101, 1],
  ])("%p has %p violations", (percent, violations) => {
    expect(complaintsAbout({ "alarms.api5xxPercent": percent })).toHaveLength(violations);
  });
});
