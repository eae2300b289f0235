import { parse } from "yaml";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { runRouted } from "../../sandbox/routed";
import { EndToEnd, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";
import { AddressWatch, RoutedRollout } from "../support/routed-rollout";

const ENVIRONMENT = "spar";
const SITES = [1, 2].map((id) => ({ id, name: `pop${id}`, bgpPeers: [`2001:db8:${id}::/48`] }));
const SPARE = "200";

const config = (fleet: Readonly<Record<string, unknown>> = {}): SmallEnvironment =>
  smallConfig({ sites: SITES, fleet: { nodes: 2, spareNodes: 1, ...fleet } });

/** Two nodes and a spare that serve two PoPs, by real Terraform on emulated nodes. */
describe("a fleet with a spare", () => {
  let world: EndToEnd;
  let watch: AddressWatch | undefined;
  const rollouts: RoutedRollout[] = [];

  const rollout = (): RoutedRollout => {
    const started = new RoutedRollout(world);
    rollouts.push(started);
    return started;
  };

  beforeAll(async () => {
    world = await EndToEnd.start(ENVIRONMENT, config());
    const first = rollout();
    const result = await first.result();
    if (result.kind !== "converged") throw new Error(`it was not built:\n${first.told()}`);
  });
  afterAll(async () => {
    await watch?.stop();
    for (const started of rollouts) await started.killAll();
    await world.stop();
  });

  async function exported(): Promise<string> {
    const command = ["export", "helm-release", ENVIRONMENT];
    const { status, output, stdout } = await runRouted(world.run(), command);
    if (status !== 0) throw new Error(output);
    return stdout;
  }

  async function liveSlots(): Promise<string[]> {
    return (await world.liveInstances()).map(({ tags }) => tags["routed:node"] ?? "");
  }

  it("migrates from AL2023 on x86 to Bottlerocket on Graviton with no PoP below as many tasks as nodes", async () => {
    expect(await liveSlots()).toEqual(["0", "1"]);
    const before = await exported();
    const { spec } = parse(before) as { spec: { values: { routedIPs: string[] } } };
    // IPv4 and IPv6 of each slot, the spare's too.
    expect(spec.values.routedIPs).toHaveLength(6);
    watch = new AddressWatch(world);
    world.configure(
      config({
        image: { os: "bottlerocket", architecture: "arm64" },
        instanceType: "m6g.large",
      }),
    );
    const migration = rollout();
    // Peers and Prometheus are told the same while the spare is filled.
    await migration.until((event) => event.type === "wave-started" && event.wave === 3);
    expect(await liveSlots()).toContain(SPARE);
    expect(await exported()).toBe(before);
    const result = await migration.result();
    if (result.kind !== "converged") throw new Error(migration.told());

    const waves = migration.events.flatMap((e) => (e.type === "wave-started" ? [e.summary] : []));
    expect([waves[0], waves[3]]).toEqual(["fill spare 200", "park spare 200"]);
    // The longest running first, whichever that is.
    expect(waves.slice(1, 3).sort()).toEqual(["upgrade node 0", "upgrade node 1"]);
    expect(waves).toHaveLength(4);
    const fewest = fewestHealthyTasks(await world.aws.timeline(), ENVIRONMENT, 2);
    expect(fewest).toEqual({ pop1: 2, pop2: 2, "node--router": 2 });
    const addresses = await watch.stop();
    expect(Object.values(addresses).map((seen) => seen.length)).toEqual([1, 1, 1]);
    expect(await liveSlots()).toEqual(["0", "1"]);
    for (const { instanceType } of await world.slots()) expect(instanceType).toBe("m6g.large");
    expect(await exported()).toBe(before);
    expect(world.routedPlan()).toMatchObject({ status: 0 });
  });
});
