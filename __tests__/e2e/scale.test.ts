import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { addressesOf, EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SlotFacts } from "../support/end-to-end";

const POP1 = { id: 1, name: "pop1", bgpPeers: ["2001:db8:1::/48"] };
const POP2 = { id: 2, name: "pop2", bgpPeers: ["2001:db8:2::/48"] };
const TWO_ZONES = ["us-east-1a", "us-east-1b"];

/** Two nodes that become four and two again; each test starts where the last one ended. */
describe("a fleet that grows, shrinks and breaks", () => {
  let world: EndToEnd;
  let firstSlots: SlotFacts[];

  beforeAll(async () => {
    world = await EndToEnd.start(
      "scale",
      smallConfig({ fleet: { nodes: 2 }, availabilityZones: TWO_ZONES, sites: [POP1] }),
    );
    await world.deploy();
    firstSlots = await world.slots();
    await world.newChanges();
  });
  afterAll(() => world.stop());

  /** The instances that EC2 is asked to recover, by slot. */
  async function recovered(): Promise<(string | undefined)[]> {
    const cloudwatch = new CloudWatchClient({
      endpoint: world.aws.environment["AWS_ENDPOINT_URL"],
      region: "us-east-1",
      credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    });
    const names = "routed-scale-node-recovery-";
    const { MetricAlarms: alarms = [] } = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: names }),
    );
    return alarms
      .sort((a, b) => ((a.AlarmName ?? "") < (b.AlarmName ?? "") ? -1 : 1))
      .map(({ Dimensions: dimensions }) => dimensions?.[0]?.Value);
  }

  it("scales out by two at once into an added zone, and moves no address", async () => {
    // The load balancer has taken all that it may: of each /24 what isn't a slot's, a spare's or AWS's own.
    const taken = await world.aws.growLoadBalancers(256);
    const hosts = taken.map((address) => Number(address.split(".").at(-1)));
    expect(taken).toHaveLength(2 * (256 - 5 - 208 - 1));
    expect(hosts.filter((host) => host >= 16 && host < 16 + 208)).toEqual([]);
    world.configure(
      smallConfig({
        fleet: { nodes: 4 },
        availabilityZones: ["us-east-1c", ...TWO_ZONES].reverse(),
        sites: [POP1],
      }),
    );
    await world.waitUntilHealthy();
    const { output } = await world.deploy();
    expect(output).toContain("scale: staged: create nodes 2 and 3; 1 wave to go");
    const slots = await world.slots();
    expect(slots.map((slot) => slot.availabilityZone)).toEqual([
      "us-east-1a",
      "us-east-1b",
      "us-east-1c",
      "us-east-1a",
    ]);
    expect(slots.slice(0, 2)).toEqual(firstSlots);
  });

  it("adds a PoP in front of another, with zones reordered, and changes nothing of what is there", async () => {
    const before = await world.slots();
    world.configure(
      smallConfig({
        fleet: { nodes: 4 },
        availabilityZones: ["us-east-1c", "us-east-1a", "us-east-1b"],
        sites: [POP2, POP1],
      }),
    );
    await world.newChanges();
    await world.waitUntilHealthy();
    const { output } = await world.deploy();
    // The routers' definition is replaced; their service and the peers' group are updated.
    expect(output).toMatch(/Plan: \d+ to add, 2 to change, 1 to destroy/);
    expect(await world.slots()).toEqual(before);
    const changes = await world.newChanges();
    expect(changes.filter((call) => call.startsWith("ecs:")).sort()).toEqual([
      "ecs:CreateService",
      "ecs:RegisterTaskDefinition",
      "ecs:UpdateService",
    ]);
    for (const call of changes) expect(call).not.toMatch(/Delete|Terminate|Revoke|Release|Detach/);
  });

  it("mends a stopped node before anything else is touched", async () => {
    const before = await world.slots();
    await world.aws.releaseImage();
    await world.waitUntilHealthy();
    await world.aws.stopInstance(before[2]?.instanceId ?? "");
    const { output } = await world.deploy();
    expect(output).toContain("scale: staged: upgrade node 2; 4 waves to go");
    const after = await world.slots();
    expect(replacedSlots(before, after)).toEqual([2]);
    expect(addressesOf(after)).toEqual(addressesOf(before));
  });

  it("creates a node that was terminated anew on its address, and touches nothing else", async () => {
    const before = await world.slots();
    await world.waitUntilHealthy();
    await world.aws.terminateInstance(before[1]?.instanceId ?? "");
    const { status, plan } = world.routedPlan();
    expect([status, plan.decisions.map(({ action }) => action)]).toEqual([
      2,
      ["keep", "create", "keep", "keep"],
    ]);
    await world.newChanges();
    const { output } = await world.deploy();
    expect(output).toContain("scale: staged: create node 1;");
    const after = await world.slots();
    expect(replacedSlots(before, after)).toEqual([1]);
    expect(addressesOf(after)).toEqual(addressesOf(before));
    // Nothing but the instance, on its interface, and whom its alarms watch.
    const changes = await world.newChanges();
    expect(
      changes.filter((call) =>
        /^ec2:(Run|Terminate|Create(?!Tags)|Delete|(Dis)?Associate)/.test(call),
      ),
    ).toEqual(["ec2:RunInstances"]);
    expect(changes.filter((call) => call.endsWith(":PutMetricAlarm"))).toHaveLength(1);
    expect(await recovered()).toEqual(after.map(({ instanceId }) => instanceId));
  });

  it("scales in from the highest slot, one node per deploy", async () => {
    const before = await world.slots();
    const amiId = before[1]?.amiId ?? "";
    world.configure(
      smallConfig({
        fleet: { nodes: 2, image: { amiId } },
        availabilityZones: TWO_ZONES,
        sites: [POP2, POP1],
      }),
    );
    for (const removed of [3, 2]) {
      await world.waitUntilHealthy();
      const { output } = await world.deploy();
      expect(output).toContain(`scale: staged: remove node ${removed};`);
      expect(await world.slots()).toEqual(before.slice(0, removed));
    }
    const live = await world.liveInstances();
    expect(live.map((instance) => instance.tags["routed:node"])).toEqual(["0", "1"]);
    expect(await recovered()).toEqual(live.map(({ instanceId }) => instanceId));
  });
});
