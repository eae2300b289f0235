import type { AwsCalls } from "../../../lib/aws/calls";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import { canonicalObservation } from "../../../lib/observe/canonical-observation";
import { renderObservation } from "../../../lib/observe/recorded";
import { validateObservation } from "../../../lib/observe/validate-observation";
import { anEnvironment } from "../../support/fake-aws/an-environment";
import {
  aFakeAccount,
  anEmptyAccount,
  fakeCalls,
  observationOfFakeAccount,
} from "../../support/fake-aws/fake-account";
import { observe, observeChanged, refusal } from "../../support/fake-aws/observing";

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
      reversed.containerInstances,
      reversed.services,
      reversed.tasks,
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

  it("is asked for by tag, VPC and live state, in the config's region", async () => {
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
    const inVpc = { Name: "vpc-id", Values: ["vpc-test"] };
    const live = {
      Name: "instance-state-name",
      Values: ["pending", "running", "stopping", "stopped", "shutting-down"],
    };
    expect(regions).toEqual(["us-east-2"]);
    expect(asked["describeInstances"]).toEqual([
      { Filters: [tag, live], MaxResults: 1000 },
      { Filters: [tag, live], MaxResults: 1000, NextToken: "2" },
      { Filters: [inVpc, live], MaxResults: 1000 },
      { Filters: [inVpc, live], MaxResults: 1000, NextToken: "2" },
    ]);
    expect(asked["describeNetworkInterfaces"]).toEqual([
      { Filters: [tag], MaxResults: 1000 },
      { Filters: [tag], MaxResults: 1000, NextToken: "2" },
      { Filters: [inVpc], MaxResults: 1000 },
      { Filters: [inVpc], MaxResults: 1000, NextToken: "2" },
    ]);
    expect(asked["describeAddresses"]).toEqual([{}]);
    expect(asked["getObject"]).toEqual([
      { Bucket: "routed-test-123456789012-snapshots", Key: "addresses.json" },
    ]);
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
    ["ok", "ok", "ok", "ok"],
    ["ok", "initializing", "ok", "initializing"],
    ["impaired", "ok", "ok", "impaired"],
    ["insufficient-data", "impaired", "ok", "impaired"],
    ["initializing", "insufficient-data", "ok", "insufficient-data"],
    ["not-applicable", "ok", "ok", "not-applicable"],
    ["ok", "ok", "impaired", "impaired"],
    ["ok", "ok", "initializing", "initializing"],
    ["ok", "ok", "insufficient-data", "insufficient-data"],
    ["ok", "initializing", "insufficient-data", "insufficient-data"],
    ["not-applicable", "initializing", "impaired", "impaired"],
    // EC2 makes this check for instances on Nitro only.
    ["ok", "ok", "not-applicable", "ok"],
    ["ok", "ok", undefined, "ok"],
    ["ok", "impaired", "not-applicable", "impaired"],
    ["initializing", "ok", undefined, "initializing"],
  ] as const)("with checks %s, %s and %s counts as %s", async (system, instance, ebs, expected) => {
    const observation = await observeChanged((account) => {
      account.statuses[1] = {
        InstanceId: "i-1",
        SystemStatus: { Status: system },
        InstanceStatus: { Status: instance },
        ...(ebs === undefined ? {} : { AttachedEbsStatus: { Status: ebs } }),
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

  it("has its data volume's size, if the volume goes with it", async () => {
    const observation = await observeChanged((account) => {
      account.instances[1]!.BlockDeviceMappings![0]!.Ebs!.DeleteOnTermination = true;
      account.volumes.push({ VolumeId: "vol-data-1", Size: 200 });
    });
    expect(observation.instances.map((instance) => instance.dataVolumeGiB)).toEqual([
      undefined,
      200,
      undefined,
    ]);
    expect(observation.instances[1]).toEqual({
      ...observationOfFakeAccount().instances[1],
      dataVolumeGiB: 200,
    });
  });

  it("that is pending may have no root volume yet", async () => {
    const observation = await observeChanged((account) => {
      account.instances[1]!.State = { Name: "pending" };
      account.instances[1]!.BlockDeviceMappings = [];
    });
    expect(observation.instances[1]?.rootVolumeGiB).toBeNull();
  });

  it("of no slot may have no user data", async () => {
    const observation = await observeChanged((account) => {
      account.instances[1]!.Tags = [{ Key: "routed:environment", Value: "test" }];
      account.userData.delete("i-1");
    });
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
