import { EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";
import { RoutedRollout } from "../support/routed-rollout";

const [GOOD, BAD] = [
  "registry.example/autopilot-routed:1",
  "registry.example/autopilot-routed:bad",
];
const SITES = [1, 2].map((id) => ({ id, name: `pop${id}`, bgpPeers: [`2001:db8:${id}::/48`] }));
const CANARY_FIRST = { canaries: ["pop1"] };

function config(routed: Readonly<Record<string, unknown>>): SmallEnvironment {
  const base = smallConfig({ sites: SITES });
  return { ...base, routed: { ...base["routed"], ...routed } };
}

/** What PoPs' tasks are made from, where ECS's circuit breaker does nothing for DAEMON services. */
describe("another task definition", () => {
  let world: EndToEnd;
  const rollouts: RoutedRollout[] = [];

  beforeAll(async () => {
    world = await EndToEnd.built();
    world.configure(config(CANARY_FIRST));
    await world.deploy();
    await world.waitUntilHealthy();
  });
  afterAll(async () => {
    for (const each of rollouts) await each.killAll();
    await world.stop();
  });
  afterEach(async () => {
    await world.aws.clearNodeFaults();
    await world.aws.configureAgent({ unhealthySeconds: null });
  });

  async function rollOut(routed: Readonly<Record<string, unknown>>, ...args: string[]) {
    world.configure(config(routed));
    const rollout = new RoutedRollout(world, args);
    rollouts.push(rollout);
    const result = await rollout.result();
    const rolled = rollout.events.flatMap((each) =>
      each.type === "wave-started" ? [each.pops] : [],
    );
    return { result, rolled };
  }

  /** Images never get well: ECS stops their tasks over and over, and starts others. */
  async function spoilImage(): Promise<void> {
    await world.aws.configureAgent({ unhealthySeconds: 0.5 });
    await world.aws.setNodeFault({ kind: "never-healthy", containerImage: BAD });
  }

  interface Serving {
    readonly [pop: string]: { readonly definitions: string[]; readonly healthy: number };
  }

  /** By PoP: what its healthy tasks are made from, and how many they are. */
  async function serving(): Promise<Serving> {
    const all = (await world.aws.tasks()).filter(({ healthy }) => healthy);
    return Object.fromEntries(
      SITES.map(({ name }) => {
        const own = all.filter(({ serviceName }) => serviceName === name);
        const definitions = [...new Set(own.map((task) => task.taskDefinitionArn))].sort();
        return [name, { definitions, healthy: own.length }];
      }),
    );
  }

  it("that never gets well stops the rollout, costs its canary no more than half, and nobody else", async () => {
    const before = await serving();
    await spoilImage();

    const { result, rolled } = await rollOut({ ...CANARY_FIRST, image: BAD }, "--timeout", "20s");

    expect(result).toMatchObject({ status: 1, kind: "stopped", reason: "pop-image", waves: 0 });
    expect(rolled).toEqual([["pop1"]]);
    const during = await serving();
    expect(during["pop2"]).toEqual(before["pop2"]);
    expect(during["pop1"]).toEqual({ ...before["pop1"], healthy: 2 });
    // A person's deploy leaves all others alone as well.
    await world.deploy();
    expect((await serving())["pop2"]).toEqual(before["pop2"]);
  });

  it("is taken back by the old image in the config, without a touch to those that never got it", async () => {
    const before = await serving();
    const since = new Date().toISOString();

    const { result } = await rollOut({ ...CANARY_FIRST, image: GOOD });

    expect(result).toMatchObject({ status: 0 });
    await world.waitUntilHealthy();
    const after = await serving();
    // All are made from one definition again, which says what the old one did.
    expect([after["pop1"]?.healthy, after["pop1"]?.definitions.length]).toEqual([3, 1]);
    expect(after["pop2"]).toEqual(before["pop2"]);
    const touched = (await world.aws.timeline()).flatMap((event) =>
      "serviceName" in event && event.at > since ? [event.serviceName] : [],
    );
    expect([...new Set(touched)]).toEqual(["pop1"]);
    expect(await world.planStatus()).toBe(0);
  });

  it("with a check of the API comes to the canary first, and ECS then tells the tasks' health", async () => {
    const slots = await world.slots();
    const health = async (): Promise<string[]> => [
      ...new Set((await world.aws.tasks()).map(({ healthStatus }) => healthStatus)),
    ];
    // Of PoPs' and the router's, which has one container.
    expect((await health()).sort()).toEqual(["HEALTHY", "UNKNOWN"]);

    const { result, rolled } = await rollOut({ ...CANARY_FIRST, apiHealthCheck: true });

    expect(result).toMatchObject({ status: 0, kind: "converged" });
    expect(rolled).toEqual([["pop1"], ["pop2"]]);
    await world.waitUntilHealthy();
    expect(await health()).toEqual(["HEALTHY"]);
    expect(replacedSlots(slots, await world.slots())).toEqual([]);
    expect(await world.planStatus()).toBe(0);
  });

  it("for all PoPs at once leaves each half of its tasks where it never gets well, and can be taken back", async () => {
    const unstaged = { apiHealthCheck: true };
    expect((await rollOut(unstaged)).result).toMatchObject({ status: 0 });
    const before = await serving();
    await spoilImage();

    const { result } = await rollOut({ ...unstaged, image: BAD }, "--timeout", "20s");

    expect(result).toMatchObject({ status: 1, kind: "stopped" });
    const halved = Object.entries(before).map(([pop, own]) => [pop, { ...own, healthy: 2 }]);
    expect(await serving()).toEqual(Object.fromEntries(halved));
    expect((await rollOut({ ...unstaged, image: GOOD })).result).toMatchObject({ status: 0 });
    await world.waitUntilHealthy();
    const after = await serving();
    expect(Object.values(after).map(({ healthy }) => healthy)).toEqual([3, 3]);
  });
});
