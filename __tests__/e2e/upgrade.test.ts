import { addressesOf, EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SlotFacts } from "../support/end-to-end";

/** Three nodes from nothing through three upgrades; each test starts where the last one ended. */
describe("three nodes, upgraded one per deploy", () => {
  let world: EndToEnd;
  let firstSlots: SlotFacts[];

  beforeAll(async () => {
    world = await EndToEnd.start("up", smallConfig());
  });
  afterAll(() => world.stop());

  /** Deploys until it says that it has converged; the slots that each deploy replaced. */
  async function deployUntilConverged(): Promise<number[][]> {
    const waves: number[][] = [];
    for (let deploys = 0; deploys < 5; deploys += 1) {
      const before = await world.slots();
      await world.waitUntilHealthy();
      const { output } = await world.deploy();
      const after = await world.slots();
      expect(addressesOf(after)).toEqual(addressesOf(firstSlots));
      if (output.includes("up: converged:")) return waves;
      waves.push(replacedSlots(before, after));
    }
    throw new Error("not converged after 5 deploys");
  }

  it("builds the environment with the first deploy", async () => {
    const { output } = await world.deploy();
    expect(output).toContain("up: staged: create nodes 0, 1 and 2; 1 wave to go");
    firstSlots = await world.slots();
    expect(firstSlots.map((slot) => slot.availabilityZone)).toEqual([
      "us-east-1a",
      "us-east-1b",
      "us-east-1c",
    ]);
    expect(new Set(firstSlots.map((slot) => slot.elasticIp)).size).toBe(3);
    for (const { ipv6 } of firstSlots) expect(ipv6).toMatch(/^[0-9a-f:]+$/);
    await world.newChanges();
  });

  it("changes nothing when it is deployed again", async () => {
    await world.waitUntilHealthy();
    const { output } = await world.deploy();
    expect(output).toContain("up: converged: every node is as the config wants it");
    expect(await world.newChanges()).toEqual([]);
    expect(await world.slots()).toEqual(firstSlots);
  });

  it("rolls a new AMI out in three deploys, each replacing one node on its address", async () => {
    const amiId = await world.aws.releaseImage();
    expect(await deployUntilConverged()).toEqual([[0], [1], [2]]);
    expect((await world.slots()).map((slot) => slot.amiId)).toEqual([amiId, amiId, amiId]);
    const live = await world.liveInstances();
    expect(live.map((instance) => instance.networkInterfaceId)).toEqual(
      firstSlots.map((slot) => slot.networkInterfaceId),
    );
  });

  it("changes no node while the last one rebuilds, and the next one after that", async () => {
    const amiId = await world.aws.releaseImage();
    await world.waitUntilHealthy();
    await world.aws.configureAgent({ rebuildSeconds: 600 });
    const before = await world.slots();
    await world.deploy();
    const first = await world.slots();
    expect(replacedSlots(before, first)).toEqual([0]);
    await world.newChanges();

    const early = await world.deploy();
    expect(early.output).toMatch(
      /up: held: no node is changed, because node 0 has 0 of 1 tasks healthy/,
    );
    expect(await world.slots()).toEqual(first);
    expect(await world.newChanges()).toEqual([]);

    const forced = await world.deploy({ extraEnv: { ROUTED_IGNORE_HEALTH: "1" } });
    expect(forced.output).toContain("WARNING: the health gate is overridden");
    expect(replacedSlots(first, await world.slots())).toEqual([1]);

    await world.aws.configureAgent({ rebuildSeconds: 1 });
    await world.waitUntilHealthy();
    expect(await deployUntilConverged()).toEqual([[2]]);
    expect((await world.slots()).map((slot) => slot.amiId)).toEqual([amiId, amiId, amiId]);
  });

  it("replaces one node per deploy for a change of user data, too", async () => {
    world.configure(smallConfig({ fleet: { ecsAgentSettings: { ECS_LOGLEVEL: "warn" } } }));
    const before = await world.slots();
    expect(await deployUntilConverged()).toEqual([[0], [1], [2]]);
    expect((await world.slots()).map((slot) => slot.amiId)).toEqual(
      before.map((slot) => slot.amiId),
    );
  });

  it("changes instance type and AMI of a node in one go", async () => {
    const amiId = await world.aws.releaseImage();
    world.configure(
      smallConfig({
        fleet: { instanceType: "m5.large", ecsAgentSettings: { ECS_LOGLEVEL: "warn" } },
      }),
    );
    expect(await deployUntilConverged()).toEqual([[0], [1], [2]]);
    for (const slot of await world.slots()) {
      expect(slot).toMatchObject({ amiId, instanceType: "m5.large" });
    }
  });
});
