import { healthTimeline } from "../../sandbox/health-timeline";
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

  /** One deploy; the slots that it replaced. Addresses are the same as after the first one. */
  async function replacedByDeploy(extraEnv: Record<string, string> = {}): Promise<number[]> {
    const before = await world.slots();
    await world.deploy({ extraEnv });
    const after = await world.slots();
    expect(addressesOf(after)).toEqual(addressesOf(firstSlots));
    return replacedSlots(before, after);
  }

  /** Deploys whenever the fleet is well, until it has converged; the slots that each replaced. */
  async function deployUntilConverged(): Promise<number[][]> {
    const waves: number[][] = [];
    for (;;) {
      await world.waitUntilHealthy();
      if (world.routedPlan().status === 0) return waves;
      if (waves.length === 4) throw new Error("not converged after 4 deploys");
      waves.push(await replacedByDeploy());
    }
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
    for (const { ipv6 } of firstSlots) expect(ipv6).toMatch(/^[0-9a-f]+:[0-9a-f:]+$/);
  });

  it("changes nothing when it is deployed again", async () => {
    await world.waitUntilHealthy();
    await world.newChanges();
    const { output } = await world.deploy();
    expect(output).toContain("up: converged: every node is as the config wants it");
    expect(await world.newChanges()).toEqual([]);
    expect(await world.slots()).toEqual(firstSlots);
    expect(await world.planStatus()).toBe(0);
  });

  it("rolls a new AMI out in three deploys, and changes no node while the last one rebuilds", async () => {
    const amiId = await world.aws.releaseImage();
    expect(world.routedPlan()).toMatchObject({ status: 2, plan: { wavesRemaining: 3 } });
    await world.aws.configureAgent({ rebuildSeconds: 600 });
    expect(await replacedByDeploy()).toEqual([0]);
    await world.newChanges();

    const early = await world.deploy();
    expect(early.output).toMatch(
      /up: held: no node is changed, because node 0 (has 0 of 1 tasks healthy|is not registered|has not passed)/,
    );
    expect(await world.newChanges()).toEqual([]);
    expect(world.routedPlan().status).toBe(3);

    // An operator may go on all the same, one node further.
    expect(await replacedByDeploy({ ROUTED_IGNORE_HEALTH: "1" })).toEqual([1]);

    await world.aws.configureAgent({ rebuildSeconds: 1 });
    expect(await deployUntilConverged()).toEqual([[2]]);
    expect((await world.slots()).map((slot) => slot.amiId)).toEqual([amiId, amiId, amiId]);
    const live = await world.liveInstances();
    expect(live.map((instance) => instance.networkInterfaceId)).toEqual(
      firstSlots.map((slot) => slot.networkInterfaceId),
    );
  });

  it("replaces one node per deploy for a change of user data, too", async () => {
    const before = await world.slots();
    world.configure(smallConfig({ fleet: { ecsAgentSettings: { ECS_LOGLEVEL: "warn" } } }));
    expect(world.routedPlan()).toMatchObject({ status: 2, plan: { wavesRemaining: 3 } });
    expect(await replacedByDeploy()).toEqual([0]);
    expect((await world.slots()).map((slot) => slot.amiId)).toEqual(
      before.map((slot) => slot.amiId),
    );
  });

  it("migrates from AL2023 on x86 to Bottlerocket on Graviton node by node, in the middle of that", async () => {
    await world.waitUntilHealthy();
    const before = (await world.aws.timeline()).length;
    const fleet = {
      image: { os: "bottlerocket", architecture: "arm64" },
      instanceType: "m6g.large",
      ecsAgentSettings: { ECS_LOGLEVEL: "warn" },
    };
    world.configure(smallConfig({ fleet }));
    expect(world.routedPlan()).toMatchObject({ status: 2, plan: { wavesRemaining: 3 } });
    // Node 0 was replaced last, so it is the last one again.
    expect(await replacedByDeploy()).toEqual([1]);
    await world.waitUntilHealthy();
    expect((await world.slots()).map((slot) => slot.instanceType)).toEqual([
      "t3.xlarge",
      "m6g.large",
      "t3.xlarge",
    ]);
    expect(userData().map((text) => text.split("\n")[0])).toEqual([
      "#!/bin/bash",
      "# routed node 1: m6g.large, 4 GiB root volume, 30 GiB data volume",
      "#!/bin/bash",
    ]);
    expect(await deployUntilConverged()).toEqual([[2], [0]]);

    const images = await world.aws.images();
    const amiId = images.find(
      (i) => i.os === "bottlerocket" && i.architecture === "arm64",
    )?.imageId;
    for (const slot of await world.slots()) {
      expect(slot).toMatchObject({ amiId, instanceType: "m6g.large", volumes: ["4", "30"] });
    }
    // The data volume's snapshot is the AMI's: Terraform doesn't take it for a change.
    await world.newChanges();
    await world.deploy();
    expect(await world.newChanges()).toEqual([]);
    const events = await world.aws.timeline();
    const since = healthTimeline(events).filter(({ at }) => at >= (events[before]?.at ?? ""));
    expect(Math.min(...since.map(({ healthy }) => healthy))).toBe(2);
  });

  /** By slot: what cloud-init or Bottlerocket got. */
  function userData(): string[] {
    return world.routedPlan().plan.decisions.map((decision) => {
      const running = decision.action === "upgrade" ? decision.from : undefined;
      const spec = decision.action === "keep" ? decision.spec : running;
      return Buffer.from(spec?.userDataBase64 ?? "", "base64").toString("utf8");
    });
  }
});
