import { parse } from "yaml";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { runRouted } from "../../sandbox/routed";
import { EndToEnd, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";
import { AddressWatch, RoutedRollout } from "../support/routed-rollout";
import { eventually } from "./sandbox-cluster";

const ENVIRONMENT = "spar";
const SITES = [1, 2].map((id) => ({ id, name: `pop${id}`, bgpPeers: [`2001:db8:${id}::/48`] }));
const GRAVITON = "m6g.large";

const config = (fleet: Readonly<Record<string, unknown>> = {}): SmallEnvironment =>
  smallConfig({ sites: SITES, fleet: { nodes: 2, spareNodes: 2, ...fleet } });

/** Two nodes and two spares that serve two PoPs, by real Terraform on emulated nodes. Each test has a fork. */
describe("a fleet with spares", () => {
  const forks: EndToEnd[] = [];
  const rollouts: RoutedRollout[] = [];
  let built: EndToEnd | undefined;
  let watch: AddressWatch | undefined;

  const rollout = (world: EndToEnd, ...args: string[]): RoutedRollout => {
    const started = new RoutedRollout(world, args);
    rollouts.push(started);
    return started;
  };

  beforeAll(async () => {
    built = await EndToEnd.start(ENVIRONMENT, config());
    const first = rollout(built);
    const result = await first.result();
    if (result.kind !== "converged") throw new Error(`it was not built:\n${first.told()}`);
    expect(await liveSlots(built)).toEqual(["0", "1"]);
  });
  afterAll(async () => {
    await watch?.stop();
    for (const started of rollouts) await started.killAll();
    for (const fork of forks) await fork.stop();
    await built?.stop();
  });

  async function fork(): Promise<EndToEnd> {
    if (built === undefined) throw new Error("it was not built");
    const world = await built.fork();
    forks.push(world);
    return world;
  }

  async function told(world: EndToEnd, ...command: string[]): Promise<string> {
    const { output, stdout } = await runRouted(world.run(), command);
    if (stdout === "") throw new Error(output);
    return stdout;
  }

  const exported = (world: EndToEnd) => told(world, "export", "helm-release", ENVIRONMENT);

  async function liveSlots(world: EndToEnd): Promise<string[]> {
    return (await world.liveInstances()).map(({ tags }) => tags["routed:node"] ?? "");
  }

  it("migrates from AL2023 on x86 to Bottlerocket on Graviton with no PoP below as many tasks as nodes, on the spare that there is capacity for, killed in the middle", async () => {
    const world = await fork();
    const before = await exported(world);
    const { spec } = parse(before) as { spec: { values: { routedIPs: string[] } } };
    // IPv4 and IPv6 of each slot, the spares' too.
    expect(spec.values.routedIPs).toHaveLength(8);
    watch = new AddressWatch(world);
    const image = { os: "bottlerocket", architecture: "arm64" };
    world.configure(config({ image, instanceType: GRAVITON }));
    const { plan } = world.routedPlan();
    const zone = plan.decisions.find(({ slot }) => slot === 200)?.availabilityZone ?? "";
    const where = { instanceType: GRAVITON, availabilityZone: zone };
    await world.aws.limitLaunches({ kind: "no-capacity", ...where });

    // The controller and Terraform, while Terraform waits for the other spare's instance.
    const killed = rollout(world);
    await killed.untilTold("apply", /aws_instance\.\S*node-201\S*: Creating\.\.\./);
    await eventually(
      () => liveSlots(world),
      (slots) => slots.includes("201"),
    );
    await killed.killAll();
    expect(killed.events).toContainEqual(
      expect.objectContaining({
        type: "wave-ended",
        wave: 1,
        result: "failed",
        message: `EC2 has no ${GRAVITON} in ${zone} now, for spare 200 (InsufficientInstanceCapacity)`,
      }),
    );
    // Whoever looks sees it, and peers and Prometheus are told the same while it is filled.
    expect(await told(world, "status", ENVIRONMENT)).toMatch(/^201 spare .*m6g\.large .* park /m);
    expect(await exported(world)).toBe(before);

    await world.aws.clearLaunchLimits();
    const next = rollout(world);
    const result = await next.result();
    if (result.kind !== "converged") throw new Error(next.told());
    const waves = next.events.flatMap((e) => (e.type === "wave-started" ? [e.summary] : []));
    expect(waves.slice(-3)).toEqual(["upgrade node 0", "upgrade node 1", "park spare 201"]);
    expect(waves.slice(0, -3).filter((wave) => wave !== "fill spare 201")).toEqual([]);
    const fewest = fewestHealthyTasks(await world.aws.timeline(), ENVIRONMENT, 2);
    expect(fewest).toEqual({ pop1: 2, pop2: 2, "node--router": 2 });
    const addresses = await watch.stop();
    expect(Object.entries(addresses).map(([slot, seen]) => [slot, seen.length])).toEqual([
      ["0", 1],
      ["1", 1],
      ["201", 1],
    ]);
    expect(await liveSlots(world)).toEqual(["0", "1"]);
    for (const { instanceType } of await world.slots()) expect(instanceType).toBe(GRAVITON);
    expect(await exported(world)).toBe(before);
    expect(world.routedPlan()).toMatchObject({ status: 0 });
  });

  it("stops at the spare where the AMI is bad, and goes back, and no node is touched", async () => {
    const world = await fork();
    const before = await world.liveInstances();
    await world.aws.setNodeFault({
      kind: "never-healthy",
      imageId: await world.aws.releaseImage(),
    });
    const stopped = await rollout(world, "--timeout", "10s").result();
    expect(stopped).toMatchObject({ status: 1, kind: "stopped", reason: "not-available" });
    expect(await liveSlots(world)).toEqual(["0", "1", "200"]);
    const held = await rollout(world, "--no-wait").result();
    expect(held).toMatchObject({ status: 3, kind: "stopped", reason: "held", waves: 0 });
    const back = await rollout(world, "--to", "previous").result();
    expect(back).toMatchObject({ status: 0, kind: "converged", waves: 1 });
    const ids = (live: typeof before) => live.map(({ instanceId }) => instanceId);
    expect(ids(await world.liveInstances())).toEqual(ids(before));
    const fewest = fewestHealthyTasks(await world.aws.timeline(), ENVIRONMENT, 2);
    expect(fewest).toEqual({ pop1: 2, pop2: 2, "node--router": 2 });
  });
});
