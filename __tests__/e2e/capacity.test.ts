import { runRouted } from "../../sandbox/routed";
import { EndToEnd, replacedSlots } from "../support/end-to-end";
import { sendRaw } from "../support/raw-calls";
import type { Members } from "../support/raw-calls";

/** What EC2 can't launch, or won't. Each test starts where the last ended. */
describe("a launch that EC2 refuses", () => {
  let world: EndToEnd;
  /** The slot whose node the next deploy replaces, and where it lies. */
  let slot: number;
  let here: { readonly instanceType: string; readonly availabilityZone: string };

  beforeAll(async () => {
    world = await EndToEnd.built();
    await world.aws.releaseImage();
    const { plan } = world.routedPlan();
    const next = plan.decisions.find(({ action }) => action === "upgrade");
    if (next === undefined) throw new Error("no node is to be upgraded");
    slot = next.slot;
    here = { instanceType: "t3.xlarge", availabilityZone: next.availabilityZone };
    await world.newChanges();
  });
  afterAll(() => world?.stop());
  afterEach(() => world.aws.clearLaunchLimits());

  async function deploy(): Promise<{ readonly status: number | null; readonly text: string }> {
    const { status, output } = await runRouted(world.run(), ["deploy", "small", "--yes"]);
    return { status, text: output.replace(/\s+/g, " ") };
  }

  /** The instances of all slots but that one. */
  async function others(): Promise<string[]> {
    const live = await world.liveInstances();
    const rest = live.filter(({ tags }) => tags["routed:node"] !== String(slot));
    return rest.map(({ instanceId }) => instanceId);
  }

  async function expectHeld(...words: string[]): Promise<void> {
    const before = await world.slots();
    const { status, text } = await deploy();
    for (const each of words) expect(text).toContain(each);
    expect(status).toBe(1);
    expect(replacedSlots(before, await world.slots())).toEqual([]);
    const changes = (await world.newChanges()).filter((call) => call.startsWith("ec2:"));
    expect(changes).toEqual([]);
  }

  it("is known before a node is destroyed where its zone doesn't offer the type", async () => {
    await world.aws.limitLaunches({ kind: "not-offered", ...here });
    await expectHeld(
      "nodes can't be launched as planned, so none is replaced",
      `${here.availabilityZone} of node ${slot} does not offer t3.xlarge, only us-east-1`,
    );
  });

  it("is known before a node is destroyed where a policy denies it to whoever deploys", async () => {
    await world.aws.limitLaunches({ kind: "denied-without-tag", tag: "cost-centre" });
    await expectHeld(
      `these credentials may terminate node ${slot}, but not launch its successor: ec2:RunInstances ` +
        "(dry run) failed with UnauthorizedOperation",
    );
  });

  it("is known before a node is destroyed where the account's default EBS key can't be used", async () => {
    const call = async (service: string, action: string, input: Members) => {
      const answer = await sendRaw(world.aws.endpoint, { service, action, input });
      expect(answer).toMatchObject({ status: 200 });
      return answer.body;
    };
    const { KeyMetadata } = JSON.parse(await call("kms", "CreateKey", {})) as {
      KeyMetadata: { Arn: string; KeyId: string };
    };
    await call("ec2", "ModifyEbsDefaultKmsKeyId", { KmsKeyId: KeyMetadata.Arn });
    await call("kms", "DisableKey", { KeyId: KeyMetadata.KeyId });
    await world.newChanges();
    try {
      await expectHeld(
        "nodes can't be launched as planned, so none is replaced",
        `${KeyMetadata.Arn}, the account's default EBS key, is Disabled, so EC2 would end each node`,
      );
    } finally {
      await call("ec2", "ResetEbsDefaultKmsKeyId", {});
    }
  });

  it("is told with type, zone and runbook where there is no capacity, and touches no other node", async () => {
    const before = await others();
    await world.aws.limitLaunches({ kind: "no-capacity", ...here });
    const { status, text } = await deploy();
    expect(text).toContain(
      `stopped after 0 waves (capacity): EC2 has no t3.xlarge in ${here.availabilityZone} now, for node ${slot} ` +
        "(InsufficientInstanceCapacity)",
    );
    expect(text).toContain("see docs/runbooks/stopped-capacity.md");
    expect(status).toBe(1);
    const { calls } = await world.aws.calls();
    const refused = calls.filter((each) => each.action === "RunInstances" && each.status === 500);
    // More would take the provider's back-off beyond half a minute.
    expect(refused.length).toBe(8);
    expect(await others()).toEqual(before);
    expect((await world.liveInstances()).length).toBe(before.length);
  });

  it("holds its slot's place: the next deploy fills that first, and changes nothing else", async () => {
    const before = await others();
    const { status, text } = await deploy();
    expect(status).toBe(0);
    expect(text).toContain(`create node ${slot}`);
    expect(await others()).toEqual(before);
    expect((await world.liveInstances()).length).toBe(before.length + 1);
  });
});
