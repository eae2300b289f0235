import type { SummaryStatus } from "@aws-sdk/client-ec2";
import type { AwsCalls } from "../../../lib/aws/calls";
import { aFakeAccount, fakeCalls } from "../../support/fake-aws/fake-account";
import type { FakeAccount } from "../../support/fake-aws/fake-account";
import {
  aws,
  EXISTENCE_CALLS,
  observe,
  observeChanged,
  refusal,
} from "../../support/fake-aws/observing";

describe("an incomplete answer is refused", () => {
  const incomplete = "an incomplete answer is not used, run again";
  type Refusal = [string, (account: FakeAccount) => void, string];
  const cases: Refusal[] = [
    [
      "an instance without an id",
      ({ instances }) => delete instances[1]!.InstanceId,
      `ec2:DescribeInstances gave no InstanceId; ${incomplete}`,
    ],
    [
      "an instance without a state",
      ({ instances }) => delete instances[1]!.State,
      `ec2:DescribeInstances gave no State.Name for i-1; ${incomplete}`,
    ],
    [
      "an instance in a state that wasn't asked for",
      ({ instances }) => (instances[1]!.State = { Name: "terminated" }),
      'ec2:DescribeInstances gave State.Name "terminated" for i-1; only pending, running, stopping, stopped, shutting-down are known, run again',
    ],
    [
      "an instance without a zone",
      ({ instances }) => delete instances[1]!.Placement,
      `ec2:DescribeInstances gave no Placement.AvailabilityZone for i-1; ${incomplete}`,
    ],
    [
      "an instance without an AMI",
      ({ instances }) => (instances[1]!.ImageId = ""),
      `ec2:DescribeInstances gave no ImageId for i-1; ${incomplete}`,
    ],
    [
      "an instance without a type",
      ({ instances }) => delete instances[1]!.InstanceType,
      `ec2:DescribeInstances gave no InstanceType for i-1; ${incomplete}`,
    ],
    [
      "an instance without a launch time",
      ({ instances }) => delete instances[1]!.LaunchTime,
      `ec2:DescribeInstances gave no LaunchTime for i-1; ${incomplete}`,
    ],
    [
      "an instance without its interfaces",
      ({ instances }) => delete instances[1]!.NetworkInterfaces,
      `ec2:DescribeInstances gave no NetworkInterfaces for i-1; ${incomplete}`,
    ],
    [
      "an interface without its place on the instance",
      ({ instances }) => delete instances[1]!.NetworkInterfaces![0]!.Attachment,
      `ec2:DescribeInstances gave no NetworkInterfaces[].Attachment.DeviceIndex for i-1; ${incomplete}`,
    ],
    [
      "a running instance without a root volume",
      ({ instances }) => (instances[1]!.BlockDeviceMappings = []),
      `ec2:DescribeInstances gave no root volume for i-1; ${incomplete}`,
    ],
    [
      "an instance without tags",
      ({ instances }) => delete instances[1]!.Tags,
      "ec2:DescribeInstances gave i-1, whose tag routed:environment is missing; only test's were asked for, run again",
    ],
    [
      "another environment's instance",
      ({ instances }) => (instances[1]!.Tags = [{ Key: "routed:environment", Value: "prd" }]),
      "ec2:DescribeInstances gave i-1, whose tag routed:environment is prd; only test's were asked for, run again",
    ],
    [
      "an instance that two pages list",
      ({ instances }) => (instances[2] = instances[1]!),
      "ec2:DescribeInstances listed i-1 twice; test changed while it was read, run again",
    ],
    [
      "user data cut in the middle",
      ({ userData }) => userData.set("i-1", "YWJjZ"),
      `ec2:DescribeInstanceAttribute gave UserData for i-1 that is not base64; ${incomplete}`,
    ],
    [
      "a node without user data",
      ({ userData }) => userData.delete("i-1"),
      `ec2:DescribeInstanceAttribute gave no UserData.Value for i-1; ${incomplete}`,
    ],
    [
      "status checks without one of the running instances",
      ({ statuses }) => statuses.splice(1, 1),
      `ec2:DescribeInstanceStatus gave no status for i-1; ${incomplete}`,
    ],
    [
      "status checks without the instance's own",
      ({ statuses }) => delete statuses[1]!.InstanceStatus,
      `ec2:DescribeInstanceStatus gave no InstanceStatus.Status for i-1; ${incomplete}`,
    ],
    [
      "an attached EBS check without its result",
      ({ statuses }) => (statuses[1]!.AttachedEbsStatus = {}),
      `ec2:DescribeInstanceStatus gave no AttachedEbsStatus.Status for i-1; ${incomplete}`,
    ],
    ...(["SystemStatus", "InstanceStatus", "AttachedEbsStatus"] as const).map((check): Refusal => [
      `a result of ${check} that isn't known`,
      ({ statuses }) => (statuses[1]![check] = { Status: "splendid" as SummaryStatus }),
      `ec2:DescribeInstanceStatus gave ${check}.Status "splendid" for i-1; only impaired, insufficient-data, initializing, not-applicable, ok are known, run again`,
    ]),
    [
      "volumes without one that was asked for",
      ({ volumes }) => volumes.splice(1, 1),
      `ec2:DescribeVolumes gave no Size for vol-1; ${incomplete}`,
    ],
    [
      "an ENI without its zone",
      ({ networkInterfaces }) => delete networkInterfaces[1]!.AvailabilityZone,
      `ec2:DescribeNetworkInterfaces gave no AvailabilityZone for eni-1; ${incomplete}`,
    ],
    [
      "an ENI without its subnet",
      ({ networkInterfaces }) => delete networkInterfaces[1]!.SubnetId,
      `ec2:DescribeNetworkInterfaces gave no SubnetId for eni-1; ${incomplete}`,
    ],
    [
      "an ENI without its private address",
      ({ networkInterfaces }) => delete networkInterfaces[1]!.PrivateIpAddress,
      `ec2:DescribeNetworkInterfaces gave no PrivateIpAddress for eni-1; ${incomplete}`,
    ],
    [
      "an ENI without its IPv6 addresses",
      ({ networkInterfaces }) => delete networkInterfaces[1]!.Ipv6Addresses,
      `ec2:DescribeNetworkInterfaces gave no Ipv6Addresses for eni-1; ${incomplete}`,
    ],
    [
      "an EIP without its address",
      ({ addresses }) => delete addresses[1]!.PublicIp,
      `ec2:DescribeAddresses gave no PublicIp for eipalloc-1; ${incomplete}`,
    ],
    [
      "a cluster without its status",
      ({ clusters }) => delete clusters[0]!.status,
      `ecs:DescribeClusters gave no status for routed-test; ${incomplete}`,
    ],
    [
      "a cluster without its number of services",
      ({ clusters }) => delete clusters[0]!.activeServicesCount,
      `ecs:DescribeClusters gave no activeServicesCount for routed-test; ${incomplete}`,
    ],
    [
      "neither the cluster nor that it is missing",
      (account) => (account.clusters = []),
      `ecs:DescribeClusters gave no clusters, or failures[].reason, for routed-test; ${incomplete}`,
    ],
    [
      "an image's parameter passed over",
      ({ parameters }) => parameters.splice(0, 1),
      `ssm:GetParameters gave no Value for /aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id; ${incomplete}`,
    ],
    [
      "an image's parameter that holds something else",
      ({ parameters }) => (parameters[0]!.Value = "x"),
      'ssm:GetParameters gave "x" for /aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id; it must be an AMI\'s id, run again',
    ],
  ];

  it.each(cases)("%s", async (_, change, message) => {
    const observed = observeChanged((account) => {
      account.heedsFilters = false;
      change(account);
    });
    expect(await refusal(observed)).toEqual({
      code: "unreadable-aws",
      message: `test: ${message}`,
    });
  });

  it.each([
    ["describeInstances", "ec2:DescribeInstances gave no Reservations"],
    ["describeInstanceAttribute", "ec2:DescribeInstanceAttribute gave no InstanceId for i-0"],
    ["describeInstanceStatus", "ec2:DescribeInstanceStatus gave no InstanceStatuses"],
    ["describeVolumes", "ec2:DescribeVolumes gave no Volumes"],
    ["describeNetworkInterfaces", "ec2:DescribeNetworkInterfaces gave no NetworkInterfaces"],
    ["describeAddresses", "ec2:DescribeAddresses gave no Addresses"],
  ] as const)("an empty answer to %s", async (call, message) => {
    const calls = { ...fakeCalls(aFakeAccount()), [call]: () => Promise.resolve({}) };
    expect(await refusal(observe(calls))).toEqual({
      code: "unreadable-aws",
      message: `test: ${message}; ${incomplete}`,
    });
  });

  it("a page that leads back to itself", async () => {
    const calls: AwsCalls = {
      ...fakeCalls(aFakeAccount()),
      describeNetworkInterfaces: () =>
        Promise.resolve({ NetworkInterfaces: [], NextToken: "again" }),
    };
    expect(await refusal(observe(calls))).toEqual({
      code: "unreadable-aws",
      message:
        "test: ec2:DescribeNetworkInterfaces gave the same NextToken twice; its pages have no end, run again",
    });
  });
});

describe("a change between two calls", () => {
  it("is told as such where an instance vanishes", async () => {
    const calls: AwsCalls = {
      ...fakeCalls(aFakeAccount()),
      describeInstanceAttribute: () =>
        Promise.reject(aws("InvalidInstanceID.NotFound", "The instance ID 'i-0' does not exist")),
    };
    expect(await refusal(observe(calls))).toEqual({
      code: "unreadable-aws",
      message:
        "test: ec2:DescribeInstanceAttribute failed with InvalidInstanceID.NotFound (The instance ID 'i-0' does not exist); test changed while it was read; run again",
    });
  });
});

describe("a failing call", () => {
  it.each(EXISTENCE_CALLS)("%s fails the whole observation, with its IAM action", async (name) => {
    const denied = aws("AccessDenied", "no");
    const calls = {
      ...fakeCalls(aFakeAccount()),
      [name]: () => Promise.reject(denied),
    };
    const error: unknown = await observe(calls).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unreadable-aws", cause: denied });
    expect((error as Error).message).toMatch(
      /^test: (\w+:\w+) failed with AccessDenied \(no\); allow the IAM action \1 to these credentials$/,
    );
  });

  it("is told alike whichever call fails first", async () => {
    const slowly = async (): Promise<never> => {
      await new Promise((resolve) => setImmediate(resolve));
      throw aws("AccessDenied", "slow");
    };
    const quickly = (): Promise<never> => Promise.reject(aws("AccessDenied", "quick"));
    const { message } = await refusal(
      observe({
        ...fakeCalls(aFakeAccount()),
        describeClusters: slowly,
        describeAddresses: quickly,
      }),
    );
    expect(message).toBe(
      "test: ecs:DescribeClusters failed with AccessDenied (slow); allow the IAM action ecs:DescribeClusters to these credentials",
    );
  });
});
