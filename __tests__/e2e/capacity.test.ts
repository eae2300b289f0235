import { runRouted } from "../../sandbox/routed";
import { EndToEnd, replacedSlots } from "../support/end-to-end";

/**
 * What EC2 can't launch, or won't. Nodes 0, 1 and 2 lie in zones a, b and c. Each test starts where the
 * last ended.
 */
describe("a launch that EC2 refuses", () => {
  let world: EndToEnd;

  beforeAll(async () => {
    world = await EndToEnd.built();
    await world.aws.releaseImage();
    await world.newChanges();
  });
  afterAll(() => world?.stop());
  afterEach(() => world.aws.clearLaunchLimits());

  async function deploy(): Promise<{ readonly status: number | null; readonly text: string }> {
    const { status, output } = await runRouted(world.run(), ["deploy", "small", "--yes"]);
    return { status, text: output.replace(/\s+/g, " ") };
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
    const here = { instanceType: "t3.xlarge", availabilityZone: "us-east-1a" };
    await world.aws.limitLaunches({ kind: "not-offered", ...here });
    await expectHeld(
      "nodes can't be launched as planned, so none is replaced",
      "us-east-1a of node 0 does not offer t3.xlarge, only us-east-1b, us-east-1c,",
    );
  });

  it("is known before a node is destroyed where a policy denies it to whoever deploys", async () => {
    await world.aws.limitLaunches({ kind: "denied-without-tag", tag: "cost-centre" });
    await expectHeld(
      "these credentials may terminate node 0, but not launch its successor: ec2:RunInstances " +
        "(dry run) failed with UnauthorizedOperation",
    );
  });

  it("is told with type, zone and runbook where there is no capacity, and touches no other node", async () => {
    const before = await world.liveInstances();
    const here = { instanceType: "t3.xlarge", availabilityZone: "us-east-1a" };
    await world.aws.limitLaunches({ kind: "no-capacity", ...here });
    const { status, text } = await deploy();
    expect(text).toContain(
      "stopped after 0 waves (capacity): EC2 has no t3.xlarge in us-east-1a now, for node 0 " +
        "(InsufficientInstanceCapacity)",
    );
    expect(text).toContain("see docs/runbooks/stopped-capacity.md");
    expect(status).toBe(1);
    const { calls } = await world.aws.calls();
    const refused = calls.filter((each) => each.action === "RunInstances" && each.status === 500);
    // More would take the provider's back-off beyond half a minute.
    expect(refused.length).toBeLessThanOrEqual(9);
    expect(refused.length).toBeGreaterThan(1);
    const after = await world.liveInstances();
    expect(after.map(({ instanceId }) => instanceId)).toEqual(
      before.slice(1).map(({ instanceId }) => instanceId),
    );
  });

  it("holds its slot's place: the next deploy fills that first, and changes nothing else", async () => {
    const [one, two] = await world.liveInstances();
    const { status, text } = await deploy();
    expect(status).toBe(0);
    expect(text).toContain("create node 0");
    const [, ...others] = await world.liveInstances();
    expect(others.map(({ instanceId }) => instanceId)).toEqual([one?.instanceId, two?.instanceId]);
  });
});
