import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoutedError } from "../../lib/errors";
import { startLocalAws } from "../../sandbox/local-aws";
import type { LocalAws } from "../../sandbox/local-aws";
import { findPython } from "../../sandbox/python";
import { sendRaw } from "../support/raw-calls";
import type { Members } from "../support/raw-calls";

/** What an account's own keys and load balancers do to a fleet in it. */
let aws: LocalAws;

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "routed-account-test-"));
  const python = await findPython(directory);
  rmSync(directory, { recursive: true, force: true });
  if ("missing" in python) throw new RoutedError("missing-tool", python.missing);
  aws = await startLocalAws({ toolchain: { python: python.value }, region: "us-east-1" });
}, 400_000);
afterAll(() => aws?.stop());

async function call(service: string, action: string, input: Members = {}): Promise<string> {
  const { status, body, code } = await sendRaw(aws.endpoint, { service, action, input });
  if (status !== 200) throw new Error(`${code}: ${body}`);
  return body;
}
const ec2 = (action: string, input?: Members) => call("ec2", action, input);
/** What an element of an answer in XML says, wherever it is. */
const text = (answer: string, element: string): string =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(answer)?.[1] ?? "";

let networks = 0;
async function subnets(bits = 24): Promise<{ readonly ids: string[]; readonly block: string }> {
  const block = `10.${(networks += 1)}`;
  const vpc = text(await ec2("CreateVpc", { CidrBlock: `${block}.0.0/16` }), "vpcId");
  const ids: string[] = [];
  for (const [index, zone] of ["a", "b"].entries()) {
    const CidrBlock = `${block}.${index}.0/${bits}`;
    const AvailabilityZone = `us-east-1${zone}`;
    const made = await ec2("CreateSubnet", { VpcId: vpc, CidrBlock, AvailabilityZone });
    ids.push(text(made, "subnetId"));
  }
  return { ids, block };
}

describe("the account's default EBS key", () => {
  const ENCRYPTED = {
    BlockDeviceMapping: [{ DeviceName: "/dev/xvda", Ebs: { Encrypted: true } }],
  };
  async function launched(mappings: Members = ENCRYPTED): Promise<string[]> {
    const [image] = await aws.images();
    const { ids } = await subnets();
    const launch = { MinCount: 1, MaxCount: 1, InstanceType: "t3.large", SubnetId: ids[0] ?? "" };
    const answer = await ec2("RunInstances", {
      ...launch,
      ImageId: image?.imageId ?? "",
      ...mappings,
    });
    const InstanceId = [text(answer, "instanceId")];
    const later = await ec2("DescribeInstances", { InstanceId });
    return [text(answer, "name"), text(later, "name"), text(later, "code")];
  }
  const ended = async (mappings?: Members) => (await launched(mappings))[1] === "terminated";
  const keyId = async () => text(await ec2("GetEbsDefaultKmsKeyId"), "kmsKeyId");

  it("is AWS's own, until the account chooses another, and again after a reset", async () => {
    expect(await keyId()).toBe("alias/aws/ebs");
    expect(await ended()).toBe(false);
    // The first encrypted volume makes AWS's key.
    expect(await keyId()).toBe("alias/aws/ebs");
    const arn = await ownKey();
    expect(await keyId()).toBe(arn);
    expect(await ended()).toBe(false);
    await ec2("ResetEbsDefaultKmsKeyId");
    expect(await keyId()).toBe("alias/aws/ebs");
  });

  it("ends an instance that was launched, and why, where it can't be used", async () => {
    const KeyId = idOf(await ownKey());
    await call("kms", "DisableKey", { KeyId });
    expect(await launched()).toEqual(["pending", "terminated", expect.any(String)]);
    const { body } = await sendRaw(aws.endpoint, {
      service: "ec2",
      action: "DescribeInstances",
      input: {},
    });
    expect(body).toContain("Client.InvalidKMSKey.InvalidState");
    const described = JSON.parse(await call("kms", "DescribeKey", { KeyId })) as {
      KeyMetadata: { KeyState: string };
    };
    expect(described.KeyMetadata.KeyState).toBe("Disabled");
    await call("kms", "EnableKey", { KeyId });
    expect(await ended()).toBe(false);
    await call("kms", "ScheduleKeyDeletion", { KeyId });
    expect(await ended()).toBe(true);
  });

  it("matters only to what is encrypted with it", async () => {
    await call("kms", "DisableKey", { KeyId: idOf(await ownKey()) });
    const mapping = (Ebs: Members) => ({
      BlockDeviceMapping: [{ DeviceName: "/dev/xvda", Ebs }],
    });
    expect(await ended(mapping({ Encrypted: false }))).toBe(false);
    expect(await ended(mapping({ Encrypted: true, KmsKeyId: await newKey() }))).toBe(false);
    await ec2("EnableEbsEncryptionByDefault");
    expect(await ended(mapping({ VolumeSize: 30 }))).toBe(true);
    await ec2("DisableEbsEncryptionByDefault");
    await ec2("ResetEbsDefaultKmsKeyId");
  });

  const idOf = (arn: string) => arn.split("/").at(-1) ?? "";
  async function newKey(): Promise<string> {
    const made = JSON.parse(await call("kms", "CreateKey")) as { KeyMetadata: { Arn: string } };
    return made.KeyMetadata.Arn;
  }
  async function ownKey(): Promise<string> {
    const arn = await newKey();
    await ec2("ModifyEbsDefaultKmsKeyId", { KmsKeyId: arn });
    return arn;
  }
});

describe("a load balancer", () => {
  const create = async (ids: readonly string[], Name: string) =>
    text(
      await call("elasticloadbalancing", "CreateLoadBalancer", {
        Name,
        Scheme: "internal",
        Subnets: { member: ids },
      }),
      "LoadBalancerArn",
    );
  const addresses = async (subnetId: string) => {
    const Filter = [{ Name: "subnet-id", Value: [subnetId] }];
    const answer = await ec2("DescribeNetworkInterfaces", { Filter });
    const all = [...answer.matchAll(/<privateIpAddress>([^<]*)</g)].map(([, address]) => address);
    return [...new Set(all)];
  };

  it("has an address in each of its subnets, takes more as it grows, and frees them at its end", async () => {
    const { ids, block } = await subnets();
    const [a = "", b = ""] = ids;
    const arn = await create(ids, "one");
    expect([await addresses(a), await addresses(b)]).toEqual([[`${block}.0.4`], [`${block}.1.4`]]);
    expect(await aws.growLoadBalancers(2)).toEqual(
      [0, 0, 1, 1].map((net, index) => `${block}.${net}.${5 + (index % 2)}`),
    );
    await expect(ec2("DeleteSubnet", { SubnetId: a })).rejects.toThrow("DependencyViolation");
    const Filter = [{ Name: "subnet-id", Value: [a] }];
    const NetworkInterfaceId = text(
      await ec2("DescribeNetworkInterfaces", { Filter }),
      "networkInterfaceId",
    );
    await expect(ec2("DeleteNetworkInterface", { NetworkInterfaceId })).rejects.toThrow(
      "InvalidParameterValue",
    );
    await call("elasticloadbalancing", "DeleteLoadBalancer", { LoadBalancerArn: arn });
    expect(await addresses(a)).toEqual([]);
    await ec2("DeleteSubnet", { SubnetId: a });
  });

  it("takes what a slot was to have, but where it is reserved", async () => {
    const { ids, block } = await subnets();
    const [a = "", b = ""] = ids;
    const reserved = { SubnetId: a, Cidr: `${block}.0.16/28`, ReservationType: "explicit" };
    await ec2("CreateSubnetCidrReservation", reserved);
    const arn = await create(ids, "two");
    const taken = await aws.growLoadBalancers(20);
    expect(taken).not.toContain(`${block}.0.16`);
    expect(taken).toContain(`${block}.1.16`);
    const slot = (SubnetId: string, net: number) =>
      ec2("CreateNetworkInterface", { SubnetId, PrivateIpAddress: `${block}.${net}.16` });
    await slot(a, 0);
    await expect(slot(b, 1)).rejects.toThrow("InvalidIPAddress.InUse");
    await call("elasticloadbalancing", "DeleteLoadBalancer", { LoadBalancerArn: arn });
  });

  it("isn't made in a subnet with fewer than eight free addresses", async () => {
    const { ids, block } = await subnets(28);
    const reserved = (cidr: string) =>
      ec2("CreateSubnetCidrReservation", {
        SubnetId: ids[0] ?? "",
        Cidr: `${block}.0.${cidr}`,
        ReservationType: "explicit",
      });
    await reserved("4/30");
    await expect(create(ids, "three")).rejects.toThrow("InvalidSubnet");
  });
});
