import { complaintsAbout } from "../../../fixtures/config/config-folder";

describe("alarms.topicArn", () => {
  const about = (arn: string): string[] => complaintsAbout({ "alarms.topicArn": arn });

  it("is of the environment's region, and of any account", () => {
    expect(about("arn:aws:sns:us-east-2:999999999999:on-call")).toEqual([]);
    expect(about("arn:aws:sns:us-east-1:123456789012:on-call")).toEqual([
      'alarms.topicArn must be of aws.region us-east-2, got "arn:aws:sns:us-east-1:123456789012:on-call"; name a topic there',
    ]);
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
