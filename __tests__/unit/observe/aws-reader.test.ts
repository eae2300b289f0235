import type { AwsCalls } from "../../../lib/observe/aws-calls";
import { AwsObservationReader } from "../../../lib/observe/aws-reader";
import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import type { Observation } from "../../../lib/observe/observation";
import { renderObservation } from "../../../lib/observe/recorded";
import { validateObservation } from "../../../lib/observe/validate-observation";
import { anEnvironment } from "./an-environment";
import { aFakeAccount, anEmptyAccount, fakeCalls, observationOfFakeAccount } from "./fake-account";
import type { FakeAccount } from "./fake-account";

async function observe(calls: AwsCalls, environment = anEnvironment()): Promise<Observation> {
  return new AwsObservationReader(() => Promise.resolve(calls)).read(environment);
}

/** Observes three healthy nodes after `change`. */
async function observeChanged(change: (account: FakeAccount) => void): Promise<Observation> {
  const account = aFakeAccount();
  change(account);
  return observe(fakeCalls(account));
}

async function refusal(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error: unknown = await promise.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  return { code: (error as { code: string }).code, message: (error as Error).message };
}

function aws(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: code });
}

describe("a healthy fleet", () => {
  it("is observed as a whole", async () => {
    expect(await observe(fakeCalls(aFakeAccount()))).toEqual(observationOfFakeAccount());
  });

  it("is observed alike whatever AWS's page size and order", async () => {
    const account = aFakeAccount(12);
    const reversed = aFakeAccount(12);
    for (const list of [
      reversed.instances,
      reversed.networkInterfaces,
      reversed.addresses,
      reversed.parameters,
      reversed.statuses,
      reversed.volumes,
    ]) {
      list.reverse();
    }
    const expected = renderObservation(observationOfFakeAccount(12));
    for (const calls of [fakeCalls(account, 5), fakeCalls(reversed, 1), fakeCalls(reversed)]) {
      const observation = await observe(calls);
      expect(JSON.stringify(observation)).toBe(JSON.stringify(JSON.parse(expected)));
    }
  });

  it("gives what the schema allows", async () => {
    expect(validateObservation(await observe(fakeCalls(aFakeAccount()))).valid).toBe(true);
  });

  it("is asked for by tag and live state, in the config's region", async () => {
    const asked: Record<string, unknown[]> = {};
    const calls = fakeCalls(aFakeAccount(), 2);
    const spied = Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [
        name,
        (input: never) => {
          (asked[name] ??= []).push(input);
          return call(input);
        },
      ]),
    ) as AwsCalls;
    const regions: string[] = [];
    await new AwsObservationReader((region) => {
      regions.push(region);
      return Promise.resolve(spied);
    }).read(anEnvironment());

    const tag = { Name: "tag:routed:environment", Values: ["test"] };
    const live = {
      Name: "instance-state-name",
      Values: ["pending", "running", "stopping", "stopped", "shutting-down"],
    };
    expect(regions).toEqual(["us-east-2"]);
    expect(asked["describeInstances"]).toEqual([
      { Filters: [tag, live], MaxResults: 1000 },
      { Filters: [tag, live], MaxResults: 1000, NextToken: "2" },
    ]);
    expect(asked["describeNetworkInterfaces"]).toEqual([
      { Filters: [tag], MaxResults: 1000 },
      { Filters: [tag], MaxResults: 1000, NextToken: "2" },
    ]);
    expect(asked["describeAddresses"]).toEqual([{ Filters: [tag] }]);
    expect(asked["describeInstanceStatus"]).toEqual([
      { InstanceIds: ["i-0", "i-1", "i-2"], IncludeAllInstances: true },
    ]);
    expect(asked["describeVolumes"]).toEqual([{ VolumeIds: ["vol-0", "vol-1", "vol-2"] }]);
    expect(asked["describeInstanceAttribute"]).toEqual(
      ["i-0", "i-1", "i-2"].map((InstanceId) => ({ InstanceId, Attribute: "userData" })),
    );
    expect(asked["describeClusters"]).toEqual([{ clusters: ["routed-test"] }]);
  });

  it.each([99, 100, 101, 250])("of %i nodes is completed in batches of 100", async (nodes) => {
    const calls = fakeCalls(aFakeAccount(nodes));
    const batches: number[] = [];
    const observation = await observe({
      ...calls,
      describeInstanceStatus: (input) => {
        batches.push(input.InstanceIds?.length ?? 0);
        return calls.describeInstanceStatus(input);
      },
    });
    expect(observation).toEqual(canonicalObservation(observationOfFakeAccount(nodes)));
    expect(Math.max(...batches)).toBeLessThanOrEqual(100);
    expect(batches).toHaveLength(Math.ceil(nodes / 100));
  });
});

describe("an account with nothing of the environment", () => {
  it("is observed as empty", async () => {
    const { instances, networkInterfaces, elasticIps, cluster } = await observe(
      fakeCalls(anEmptyAccount()),
    );
    expect({ instances, networkInterfaces, elasticIps, cluster }).toEqual({
      instances: [],
      networkInterfaces: [],
      elasticIps: [],
      cluster: null,
    });
  });
});

describe("the account", () => {
  it("must be the config's, before anything else is read", async () => {
    const called: string[] = [];
    const calls: AwsCalls = {
      ...fakeCalls({ ...aFakeAccount(), account: "999999999999" }),
      describeInstances: () => {
        called.push("describeInstances");
        return Promise.resolve({ Reservations: [] });
      },
    };
    expect(await refusal(observe(calls))).toEqual({
      code: "wrong-account",
      message:
        "test: the credentials must belong to account 123456789012, the aws.accountId of config/test.json, got account 999999999999 (arn:aws:iam::999999999999:user/someone); use credentials of 123456789012 or correct the config",
    });
    expect(called).toEqual([]);
  });

  it("must be told", async () => {
    expect(await refusal(observeChanged((a) => (a.account = undefined)))).toEqual({
      code: "unreadable-aws",
      message:
        "test: sts:GetCallerIdentity gave no Account; an incomplete answer is not used, run again",
    });
  });
});

describe("an instance", () => {
  it.each([
    ["ok", "ok", "ok"],
    ["ok", "initializing", "initializing"],
    ["impaired", "ok", "impaired"],
    ["insufficient-data", "impaired", "impaired"],
    ["initializing", "insufficient-data", "insufficient-data"],
    ["not-applicable", "ok", "not-applicable"],
  ] as const)("with checks %s and %s counts as %s", async (system, instance, expected) => {
    const observation = await observeChanged((account) => {
      account.statuses[1] = {
        InstanceId: "i-1",
        SystemStatus: { Status: system },
        InstanceStatus: { Status: instance },
      };
    });
    expect(observation.instances.map(({ statusChecks }) => statusChecks)).toEqual([
      "ok",
      expected,
      "ok",
    ]);
  });

  it.each(["pending", "stopping", "stopped"] as const)(
    "that is %s has no status checks",
    async (state) => {
      const observation = await observeChanged((account) => {
        account.instances[1]!.State = { Name: state };
        account.statuses.splice(1, 1);
      });
      expect(observation.instances[1]).toEqual({
        ...observationOfFakeAccount().instances[1],
        state,
        statusChecks: "not-applicable",
      });
    },
  );

  it("that is shutting down is listed without its volume, which may be gone", async () => {
    const observation = await observeChanged((account) => {
      account.instances[1]!.State = { Name: "shutting-down" };
      account.volumes.splice(1, 1);
    });
    expect(observation.instances[1]).toEqual({
      ...observationOfFakeAccount().instances[1],
      state: "shutting-down",
      statusChecks: "not-applicable",
      rootVolumeGiB: null,
    });
  });

  it("that is pending may have no root volume yet", async () => {
    const observation = await observeChanged((account) => {
      account.instances[1]!.State = { Name: "pending" };
      account.instances[1]!.BlockDeviceMappings = [];
    });
    expect(observation.instances[1]?.rootVolumeGiB).toBeNull();
  });

  it("without user data has an empty one", async () => {
    const observation = await observeChanged((account) => account.userData.delete("i-1"));
    expect(observation.instances[1]?.userDataBase64).toBe("");
  });

  it("without a slot tag has no slot", async () => {
    const observation = await observeChanged((account) => {
      account.instances[1]!.Tags = [{ Key: "routed:environment", Value: "test" }];
    });
    expect(observation.instances[1]?.slot).toBeNull();
  });

  it.each(["", "one", "-1", "01", "1.5", " 1"])("with slot tag %j is refused", async (value) => {
    const refused = await refusal(
      observeChanged((account) => {
        account.instances[1]!.Tags = [
          { Key: "routed:environment", Value: "test" },
          { Key: "routed:node", Value: value },
        ];
      }),
    );
    expect(refused).toEqual({
      code: "contradiction",
      message: `test: the tag routed:node of i-1 must be a slot's number, got ${JSON.stringify(value)}; correct the tag or take it off`,
    });
  });

  it("in a zone of another region is a contradiction", async () => {
    const refused = await refusal(
      observeChanged((account) => {
        account.instances[1]!.Placement = { AvailabilityZone: "eu-west-1a" };
      }),
    );
    expect(refused).toEqual({
      code: "contradiction",
      message:
        "test: i-1 is in zone eu-west-1a, but aws.region of config/test.json is us-east-2; check AWS_ENDPOINT_URL",
    });
  });
});

describe("the cluster", () => {
  it("that was deleted is observed as such", async () => {
    const observation = await observeChanged(({ clusters }) => (clusters[0]!.status = "INACTIVE"));
    expect(observation.cluster?.status).toBe("INACTIVE");
  });
});

describe("an image that the region lacks", () => {
  it("is left out", async () => {
    const name = "/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id";
    const observation = await observeChanged((account) => {
      account.parameters = account.parameters.filter(({ Name }) => Name !== name);
      account.invalidParameters = [name];
    });
    expect(Object.keys(observation.images)).toHaveLength(3);
    expect(observation.images).not.toHaveProperty([name]);
  });
});

describe("an incomplete answer is refused", () => {
  const incomplete = "an incomplete answer is not used, run again";
  const cases: [string, (account: FakeAccount) => void, string][] = [
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
    expect(await refusal(observeChanged(change))).toEqual({
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
  const names = Object.keys(fakeCalls(aFakeAccount())) as (keyof AwsCalls)[];

  it.each(names)("%s fails the whole observation, with its IAM action", async (name) => {
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
