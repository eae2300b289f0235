import { aFakeAccount, fakeCalls, recordOf } from "../../support/fake-aws/fake-account";
import type { FakeAccount } from "../../support/fake-aws/fake-account";
import { observe, observeChanged, spied } from "../../support/fake-aws/observing";

type Kind = "instances" | "networkInterfaces" | "addresses";

/** Takes the environment's tag, and on request all tags, off what node 1 has of a kind. */
function untag(account: FakeAccount, kinds: readonly Kind[], all = true): void {
  for (const kind of kinds) {
    const item = account[kind][1] as { Tags?: object[]; TagSet?: object[] };
    const key = kind === "networkInterfaces" ? "TagSet" : "Tags";
    item[key] = all ? [] : item[key]?.filter((tag) => "Key" in tag && tag.Key === "routed:node");
  }
}

/** "i-1: registration, network-interface", with the slot where it is told. */
async function foundIn(change: (account: FakeAccount) => void): Promise<string[]> {
  const { untagged = [] } = await observeChanged(change);
  return untagged.map(
    ({ id, foundBy }) =>
      `${id}: ${foundBy.map(({ kind, slot }) => (slot === null ? kind : `${kind} ${slot}`)).join(", ")}`,
  );
}

const attributes = (slot: number) => [{ name: "routed.slot", value: String(slot) }];

it("finds nothing in a fleet that is well, with two calls more than by tags", async () => {
  const { calls, asked } = spied(fakeCalls(aFakeAccount()));
  expect((await observe(calls)).untagged).toBeUndefined();
  const names = asked.map(([name]) => name);
  expect(names.filter((name) => name === "describeInstances")).toHaveLength(2);
  expect(names.filter((name) => name === "describeNetworkInterfaces")).toHaveLength(2);
  expect(names.filter((name) => name === "describeAddresses")).toHaveLength(1);
});

it("finds a node whose instance, ENI and EIP have all lost their tags", async () => {
  const found = await foundIn((account) => {
    untag(account, ["instances", "networkInterfaces", "addresses"]);
    account.containerInstances[1]!.attributes = attributes(1);
  });
  expect(found).toEqual([
    "eipalloc-1: network-interface 1",
    "eni-1: description 1, elastic-ip 1, instance 1",
    "i-1: network-interface 1, registration 1, vpc",
  ]);
});

it.each<[Kind, string[]]>([
  ["instances", ["i-1: network-interface 1, registration, vpc"]],
  ["networkInterfaces", ["eni-1: description 1, elastic-ip 1, instance 1"]],
  ["addresses", ["eipalloc-1: network-interface 1"]],
])("finds what alone has lost its tags: %s", async (kind, expected) => {
  expect(await foundIn((account) => untag(account, [kind]))).toEqual(expected);
});

it("finds an instance by its registration alone, in whatever VPC", async () => {
  const found = await foundIn((account) => {
    const [, , node] = account.instances;
    account.instances.push({
      ...node,
      InstanceId: "i-9",
      VpcId: "vpc-9",
      NetworkInterfaces: [],
      Tags: [],
    });
    account.containerInstances[1]!.ec2InstanceId = "i-9";
    account.containerInstances[1]!.attributes = attributes(1);
  });
  expect(found).toEqual(["i-9: registration 1"]);
});

it("takes a registration of an instance that is gone for no error", async () => {
  const found = await foundIn((account) => {
    account.containerInstances[1]!.ec2InstanceId = "i-gone";
  });
  expect(found).toEqual([]);
});

it("finds by the record an EIP that is on nothing and an ENI that nothing holds", async () => {
  const found = await foundIn((account) => {
    account.record = recordOf(account);
    untag(account, ["networkInterfaces", "addresses"]);
    account.instances = account.instances.filter(({ InstanceId }) => InstanceId !== "i-1");
    const eni = account.networkInterfaces[1]!;
    delete eni.Attachment;
    delete eni.Description;
    delete account.addresses[1]!.NetworkInterfaceId;
  });
  expect(found).toEqual(["eipalloc-1: record 1", "eni-1: record 1"]);
});

it("tells of an instance that is only in the VPC, and of nothing else there", async () => {
  const found = await foundIn((account) => {
    const [instance] = account.instances;
    const [eni] = account.networkInterfaces;
    account.instances.push({ ...instance, InstanceId: "i-9", NetworkInterfaces: [], Tags: [] });
    account.networkInterfaces.push({
      ...eni,
      NetworkInterfaceId: "eni-9",
      Description: "ELB app/routed",
      Attachment: { InstanceId: "i-9", Status: "attached" },
      TagSet: [],
    });
    account.addresses.push({ AllocationId: "eipalloc-9", PublicIp: "192.0.2.9" });
  });
  expect(found).toEqual(["i-9: vpc"]);
});

it("leaves out an ENI that somebody added to a node", async () => {
  const found = await foundIn((account) => {
    account.networkInterfaces.push({
      ...account.networkInterfaces[1],
      NetworkInterfaceId: "eni-second-1",
      Description: "",
      TagSet: [],
    });
  });
  expect(found).toEqual([]);
});

/** Calls of an account in which i-0 comes up during a reading: it isn't listed by its tag in the first `late` ones. */
function withLateNode(late: number) {
  const { calls, asked } = spied(fakeCalls(aFakeAccount()));
  let listings = 0;
  const describeInstances: typeof calls.describeInstances = async (input) => {
    const page = await calls.describeInstances(input);
    const byTag = input.Filters?.some(({ Name }) => Name === "tag:routed:environment") === true;
    if (!byTag || (listings += 1) > late) return page;
    const others = page.Reservations?.map(({ Instances }) => ({
      Instances: Instances?.filter(({ InstanceId }) => InstanceId !== "i-0"),
    }));
    return { ...page, Reservations: others };
  };
  return { calls: { ...calls, describeInstances }, asked };
}

it.each([1, 2])("reads again what moved while it was read, %s times", async (late) => {
  const { calls, asked } = withLateNode(late);
  expect(await observe(calls)).toEqual(await observe(fakeCalls(aFakeAccount())));
  expect(asked.filter(([name]) => name === "getCallerIdentity")).toHaveLength(late + 1);
});

it("refuses what has the tag and is never listed by it", async () => {
  await expect(observe(withLateNode(3).calls)).rejects.toThrow(
    "test: ec2:DescribeInstances gave i-0, which it did not list by its tag; test changed while it was read, run again",
  );
});
