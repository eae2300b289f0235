import {
  CreateTagsCommand,
  DeleteNetworkInterfaceCommand,
  DeleteTagsCommand,
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  EC2Client,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import { addressesOf, EndToEnd, replacedSlots } from "../support/end-to-end";
import type { SlotFacts } from "../support/end-to-end";

/** What somebody's hand does to a fleet that is well and outdated; each test begins with it whole. */
describe("what is lost by hand is never taken for new", () => {
  let world: EndToEnd;
  let ec2: EC2Client;
  let slots: SlotFacts[];

  beforeAll(async () => {
    world = await EndToEnd.built();
    const { endpoint, region, environment } = world.aws;
    const [accessKeyId = "", secretAccessKey = ""] = [
      environment["AWS_ACCESS_KEY_ID"],
      environment["AWS_SECRET_ACCESS_KEY"],
    ];
    ec2 = new EC2Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    // The deploy that built the fleet has left the record; this one brings what every upgrade has.
    await world.aws.releaseImage();
    slots = await world.slots();
  });
  afterAll(async () => {
    ec2.destroy();
    await world.stop();
  });

  async function eip(publicIp: string) {
    const { Addresses = [] } = await ec2.send(
      new DescribeAddressesCommand({ Filters: [{ Name: "public-ip", Values: [publicIp] }] }),
    );
    return Addresses[0]!;
  }

  async function refused(...words: readonly string[]): Promise<string> {
    await world.newChanges();
    const { status, output: wrapped } = await world.tryDeploy();
    const output = wrapped.replace(/\s+/g, " ");
    expect(status).not.toBe(0);
    for (const word of words) expect(output).toContain(word);
    expect(await world.newChanges()).toEqual([]);
    return output;
  }

  it("refuses node 1 without the environment's tag, and gives the command that mends it", async () => {
    const { instanceId, networkInterfaceId, elasticIp } = slots[1]!;
    const ids = [instanceId, networkInterfaceId, (await eip(elasticIp)).AllocationId!];
    const Tags = [{ Key: "routed:environment", Value: world.environment }];
    await ec2.send(new DeleteTagsCommand({ Resources: ids, Tags }));
    const output = await refused(
      "what AWS holds contradicts itself",
      `of slot 1, but without the tag routed:environment=${world.environment}`,
      "aws ec2 create-tags",
    );
    for (const id of ids) expect(output).toContain(id);
    await ec2.send(new CreateTagsCommand({ Resources: ids, Tags }));
  });

  it("puts an EIP back that is only disassociated, and changes no node meanwhile", async () => {
    const { AssociationId } = await eip(slots[1]!.elasticIp);
    await ec2.send(new DisassociateAddressCommand({ AssociationId }));
    expect(world.routedPlan()).toMatchObject({
      status: 2,
      plan: { summary: "mend the address of node 1 (its EIP is not on its ENI)" },
    });
    await world.deploy();
    const after = await world.slots();
    expect(replacedSlots(slots, after)).toEqual([]);
    expect(addressesOf(after)).toEqual(addressesOf(slots));
    expect((await eip(slots[1]!.elasticIp)).NetworkInterfaceId).toBe(slots[1]!.networkInterfaceId);
  });

  /** Deploys, and gives the slots whose instance is another one then; all of the slots' addresses stay. */
  async function replacedByDeploy(): Promise<number[]> {
    const before = slots;
    await world.deploy();
    slots = await world.slots();
    const fixed = (all: readonly SlotFacts[]) =>
      all.map(({ privateIpv4, ipv6, elasticIp }) => [privateIpv4, ipv6, elasticIp]);
    expect(fixed(slots)).toEqual(fixed(before));
    return replacedSlots(before, slots);
  }

  function summary(): string {
    return (world.routedPlan().plan as unknown as { readonly summary: string }).summary;
  }

  it("takes an agent that registered anew for what it is, whatever its old self said last", async () => {
    const { instanceId } = slots[2]!;
    await world.aws.setNodeFault({ kind: "never-healthy", instanceId });
    await world.aws.loseCheckpoint(instanceId);
    expect(summary()).toBe("upgrade node 2");
    expect(await replacedByDeploy()).toEqual([2]);
    await world.aws.clearNodeFaults();
    await world.waitUntilHealthy();
  });

  it("changes no other node while an agent is gone, whose tasks were healthy by its last word", async () => {
    const { instanceId } = slots[1]!;
    await world.aws.setNodeFault({ kind: "agent-disconnected", instanceId });
    expect(summary()).toBe("upgrade node 1");
    expect(await replacedByDeploy()).toEqual([1]);
    await world.aws.clearNodeFaults();
    await world.waitUntilHealthy();
  });

  it("waits for an instance that hangs while it shuts down, and says so", async () => {
    const { instanceId } = slots[2]!;
    await world.aws.hangTermination(instanceId);
    await world.aws.terminateInstance(instanceId);
    const { status, plan } = world.routedPlan();
    expect(status).toBe(3);
    expect(plan.decisions[2]).toMatchObject({ action: "keep", why: { kind: "going", instanceId } });
    expect(await replacedByDeploy()).toEqual([]);

    await world.aws.finishTermination(instanceId);
    expect(summary()).toBe("create node 2");
    expect(await replacedByDeploy()).toEqual([2]);
    await world.waitUntilHealthy();
  });

  it("makes an ENI again that was deleted, with its addresses, and changes no other node", async () => {
    const { instanceId, networkInterfaceId } = slots[1]!;
    await world.aws.terminateInstance(instanceId);
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: networkInterfaceId }));
    expect(summary()).toBe("create node 1; mend the address of node 1 (its ENI is gone)");
    expect(await replacedByDeploy()).toEqual([1]);
    expect(slots[1]!.networkInterfaceId).not.toBe(networkInterfaceId);
    expect((await eip(slots[1]!.elasticIp)).NetworkInterfaceId).toBe(slots[1]!.networkInterfaceId);
    await world.waitUntilHealthy();
  });

  it("stops where an EIP is gone, and takes another only on a person's word", async () => {
    const { elasticIp } = slots[1]!;
    const { AllocationId, AssociationId } = await eip(elasticIp);
    await ec2.send(new DisassociateAddressCommand({ AssociationId }));
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await refused(
      `the EIP of node 1 is gone: it was ${elasticIp} (${AllocationId})`,
      `aws ec2 allocate-address --region ${world.aws.region} --domain vpc --address ${elasticIp}`,
      "ROUTED_ACCEPT_NEW_ADDRESS=1",
      "see docs/runbooks/error-address-lost.md",
    );

    const extraEnv = { ROUTED_ACCEPT_NEW_ADDRESS: "1" };
    const { output } = await world.deploy({ extraEnv });
    expect(output).toContain("GIVE NODE 1 A NEW ADDRESS (its EIP is gone)");
    const after = await world.slots();
    expect(replacedSlots(slots, after)).toEqual([]);
    expect(after[1]!.elasticIp).not.toBe(elasticIp);
    // The record follows, so the next deploy has nothing to say of it.
    expect(world.routedPlan().plan).not.toHaveProperty("repairs");
    slots = after;
  });
});
