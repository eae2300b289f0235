import { requireLaunches } from "../../../lib/preflight/check-launches";
import type { PreflightSubject } from "../../../lib/preflight/preflight";
import { withNewAmi } from "../../support/fleet";
import { anEnvironmentOf, aSubject, deployed, launchCheck, launchRefusal } from "./a-subject";
import type { FakeAccount } from "./a-subject";

const environment = anEnvironmentOf(3);
/** Node 0 is to be upgraded. */
const outdated = aSubject(environment, withNewAmi(deployed(environment), "ami-0000000000000dead"));
const NODE_0 = outdated.observation.instances.find(({ slot }) => slot === 0)?.instanceId ?? "";
const ENI_0 =
  outdated.observation.networkInterfaces.find(({ slot }) => slot === 0)?.networkInterfaceId ?? "";

const check = (account: FakeAccount = {}, subject: PreflightSubject = outdated) =>
  launchCheck(account, subject, (plan, connect) => requireLaunches({ ...subject, plan }, connect));

it("asks where the type is offered, and whether what Terraform will ask for would be launched", async () => {
  expect(await check()).toEqual({
    notes: [],
    error: undefined,
    made: [
      "describeInstanceTypeOfferings r6i.large",
      "getEbsDefaultKmsKeyId",
      `tryRunInstances r6i.large on ${ENI_0}`,
    ],
  });
});

describe("the account's default EBS key", () => {
  const id = "arn:aws:kms:us-east-2:123456789012:key/0";
  const isUnusable = (state: string) =>
    launchRefusal(
      `${id}, the account's default EBS key, is ${state}, so EC2 would end each node as soon as it is launched; ` +
        "make it usable again (aws kms enable-key, cancel-key-deletion), or choose another " +
        "(aws ec2 modify-ebs-default-kms-key-id, reset-ebs-default-kms-key-id)",
    );

  it.each(["Disabled", "PendingDeletion", "PendingImport", "Unavailable", "Creating"])(
    "refuses launches while it is %s",
    async (state) => {
      expect((await check({ ebsKey: { id, state } })).error).toEqual(isUnusable(state));
    },
  );

  it("refuses launches once it is gone, of a new environment too", async () => {
    expect((await check({ ebsKey: { id } })).error).toEqual(isUnusable("deleted"));
    expect((await check({ ebsKey: { id } }, aSubject(environment))).error).toEqual(
      isUnusable("deleted"),
    );
  });

  it.each(["Enabled", "Updating", "some new state"])("holds nothing for %s", async (state) => {
    const { error, notes, made } = await check({ ebsKey: { id, state } });
    expect([error, notes]).toEqual([undefined, []]);
    expect(made).toContain(`describeKey ${id}`);
  });

  it("is not looked up where it is AWS's own", async () => {
    for (const own of ["alias/aws/ebs", "arn:aws:kms:us-east-2:123456789012:alias/aws/ebs"]) {
      const { error, made } = await check({ ebsKey: { id: own, state: "Disabled" } });
      expect([error, made.filter((call) => call.startsWith("describeKey"))]).toEqual([
        undefined,
        [],
      ]);
    }
  });

  it.each([
    ["getEbsDefaultKmsKeyId", "ec2:GetEbsDefaultKmsKeyId"],
    ["describeKey", "kms:DescribeKey"],
  ] as const)("is told as unchecked where %s is denied", async (call, action) => {
    const { error, notes } = await check({ ebsKey: { id, state: "Disabled" }, denied: [call] });
    expect(error).toBeUndefined();
    expect(notes).toEqual([
      `${action} failed with AccessDenied (not authorized), so whether the account's default EBS key can be used was not checked`,
    ]);
  });
});

it("refuses a type that the node's zone does not offer", async () => {
  const { error } = await check({ zones: { "r6i.large": ["us-east-2b", "us-east-2c"] } });
  expect(error).toEqual(
    launchRefusal(
      "us-east-2a of node 0 does not offer r6i.large, only us-east-2b and us-east-2c do; " +
        "change fleet.instanceType, or freeze the node (fleet.frozenNodes)",
    ),
  );
});

it("asks nothing of zones where no node is launched, and of a node that stays", async () => {
  const zones = { "r6i.large": ["us-east-2a"] };
  expect((await check({ zones })).error).toBeUndefined();
  const converged = aSubject(environment, deployed(environment));
  expect(await check({ zones }, converged)).toEqual({ notes: [], error: undefined, made: [] });
});

it("refuses a launch that is denied to whoever may terminate the node", async () => {
  const { error, made } = await check({ dryRuns: { launch: "UnauthorizedOperation" } });
  expect(error).toEqual(
    launchRefusal(
      "these credentials may terminate node 0, but not launch its successor: ec2:RunInstances (dry run) " +
        "failed with UnauthorizedOperation (told); allow it, or give what the policy asks for",
    ),
  );
  expect(made).toContain(`tryTerminateInstances ${NODE_0}`);
});

it("tells a reading role that it can't know, and holds nothing for that", async () => {
  const denied = "UnauthorizedOperation";
  const { error, notes } = await check({ dryRuns: { launch: denied, terminate: denied } });
  expect(error).toBeUndefined();
  expect(notes).toEqual([
    "these credentials may not launch nodes, so whether the deploying ones may was not checked",
  ]);
});

it("tells of every other answer that it didn't learn anything", async () => {
  const { error, notes } = await check({
    denied: ["describeInstanceTypeOfferings"],
    dryRuns: { launch: "InvalidParameterValue" },
  });
  expect(error).toBeUndefined();
  expect(notes).toEqual([
    "ec2:DescribeInstanceTypeOfferings failed with AccessDenied (not authorized), so whether each zone offers its type was not checked",
    "ec2:RunInstances (dry run) failed with InvalidParameterValue (told), so whether node 0 may be launched was not checked",
  ]);
});

it("tells once that a new environment can't be asked for, since nothing is there to launch on", async () => {
  const { notes, made } = await check({}, aSubject(environment));
  expect(made).toEqual(["describeInstanceTypeOfferings r6i.large", "getEbsDefaultKmsKeyId"]);
  expect(notes).toEqual([
    "new slots have no address yet, so whether their nodes may be launched was not checked",
  ]);
});
