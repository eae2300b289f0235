import { renderSummary } from "../../lib/plan/render/render-summary";
import { fewestHealthyTasks } from "../../sandbox/health-timeline";
import { synthesize, terraformPlanJson } from "../../sandbox/deploy";
import { runRouted } from "../../sandbox/routed";
import { EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SlotFacts, SmallEnvironment } from "../support/end-to-end";
import { RoutedRollout } from "../support/routed-rollout";

const ENVIRONMENT = "cells";
const POPS = ["ord", "lhr", "nrt", "syd", "gru", "jnb"];

/** Cells of two nodes each; without cells where none are named. */
function config(names: readonly string[], nodes: number, placement = "daemon"): SmallEnvironment {
  const cells = names.map((name, index) => ({ name, nodes: [2 * index, 2 * index + 1] }));
  const base = smallConfig({
    fleet: {
      nodes,
      instanceType: "m5.4xlarge",
      maxUnavailableNodes: 2,
      ...(names.length === 0 ? {} : { cells }),
    },
    availabilityZones: ["us-east-1a", "us-east-1b"],
    sites: POPS.map((name, index) => ({
      id: index + 1,
      name,
      bgpPeers: [`2001:db8:${index + 1}::/48`],
    })),
  });
  return { ...base, routed: { ...base["routed"], cpuUnits: 256, tasksPerPop: 2, placement } };
}

/** PoP → slots with a live task of it. */
async function places(world: EndToEnd): Promise<Record<string, number[]>> {
  const slots: Record<string, number[]> = Object.fromEntries(POPS.map((pop) => [pop, []]));
  for (const { serviceName, slot, desiredStatus } of await world.aws.tasks()) {
    if (slot !== null && desiredStatus === "RUNNING") slots[serviceName]?.push(slot);
  }
  for (const each of Object.values(slots)) each.sort((a, b) => a - b);
  return slots;
}

/** PoPs' images in batches of three, that of ord first. */
function staged(change: { image: string } | { canaryImage: string }): SmallEnvironment {
  const base = config([], 4);
  return { ...base, routed: { ...base["routed"], ...change, canaries: ["ord"], popsPerWave: 3 } };
}

/** PoP → the task definition that ECS starts its tasks from. */
async function definitions(world: EndToEnd): Promise<Record<string, string>> {
  const live = (await world.aws.tasks()).filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  const found = POPS.map((pop) => {
    const own = live.filter(({ serviceName }) => serviceName === pop);
    return [pop, [...new Set(own.map((task) => task.taskDefinitionArn))].sort().join()] as const;
  });
  return Object.fromEntries(found);
}

/** The PoPs of which a task was ever started from another task definition than that. */
async function popsStartedOtherwise(
  world: EndToEnd,
  than: Readonly<Record<string, string>>,
): Promise<string[]> {
  const started = (await world.aws.timeline()).flatMap((event) =>
    event.event === "task-started" &&
    POPS.includes(event.serviceName) &&
    event.taskDefinitionArn !== than[event.serviceName]
      ? [event.serviceName]
      : [],
  );
  return [...new Set(started)].sort();
}

/** Deploys whenever the fleet is well, until it has converged; what each deploy said it does. */
async function converge(world: EndToEnd): Promise<string[]> {
  const waves: string[] = [];
  for (;;) {
    await world.waitUntilHealthy();
    const { status, plan } = world.routedPlan();
    if (status === 0) return waves;
    if (waves.length === 4) throw new Error(`not converged: ${waves.join(" | ")}`);
    waves.push(renderSummary(plan));
    await world.deploy();
  }
}

/** The fewest healthy tasks that any PoP ever had since it first had two. */
async function fewest(world: EndToEnd): Promise<number> {
  const counts = fewestHealthyTasks(await world.aws.timeline(), ENVIRONMENT, 2);
  // Node daemons have services of their own there.
  return Math.min(...POPS.map((pop) => counts[pop] ?? 0));
}

/** The PoPs' resources that Terraform would change now, by their addresses. */
async function changedOfPops(world: EndToEnd): Promise<string[]> {
  const { status, output } = await synthesize(world.run());
  if (status !== 0) throw new Error(output);
  const json = (await terraformPlanJson(world.run())) as {
    readonly resource_changes: readonly { address: string; change: { actions: string[] } }[];
  };
  return json.resource_changes
    .filter(({ change }) => !["no-op", "read"].includes(change.actions.join()))
    .map(
      ({ address, change }) => `${change.actions.join()} ${address.replace(/_[0-9A-F]{8}$/, "")}`,
    )
    .filter((line) => /\.pop-/.test(line))
    .sort();
}

/** Without cells; each PoP's tasks have a core of their own, of the seven of 4xlarge that aren't kept. */
function pinnedConfig(pops: readonly string[]): SmallEnvironment {
  const base = config([], 4);
  const sites = pops.map((name) => {
    const id = [...POPS, "ams"].indexOf(name) + 1;
    return { id, name, bgpPeers: [`2001:db8:${id}::/48`] };
  });
  const routed = { ...base["routed"], cpuUnits: 1024, cpuIsolation: "cpuset" };
  return { ...base, routed, autopilotSites: sites };
}

/** PoP → the number of its core set, as the next deploy would have it. */
function coreSets(world: EndToEnd): Record<string, number | null | undefined> {
  const { placement } = world.routedPlan().plan;
  return Object.fromEntries((placement?.pops ?? []).map(({ pop, coreSet }) => [pop, coreSet]));
}

/** Four nodes with all PoPs on each are built once; each scenario has a fork of them. */
describe("where PoPs run", () => {
  const building = build();
  // Whoever waits for it tells; until then it is no unhandled rejection.
  building.catch(() => undefined);
  const forks: EndToEnd[] = [];
  const rollouts: RoutedRollout[] = [];

  /** The PoPs that each wave of a rollout to its end rolls. */
  async function rolledBy(world: EndToEnd): Promise<unknown[]> {
    const rollout = new RoutedRollout(world);
    rollouts.push(rollout);
    expect(await rollout.result()).toMatchObject({ status: 0, kind: "converged" });
    return rollout.events.flatMap((event) => (event.type === "wave-started" ? [event.pops] : []));
  }

  async function build(): Promise<{ world: EndToEnd; slots: SlotFacts[] }> {
    const world = await EndToEnd.start(ENVIRONMENT, config([], 4));
    await world.deploy();
    await world.waitUntilHealthy();
    return { world, slots: await world.slots() };
  }

  async function fork(): Promise<{ world: EndToEnd; slots: SlotFacts[] }> {
    const { world: built, slots } = await building;
    const world = await built.fork();
    forks.push(world);
    return { world, slots };
  }

  afterAll(async () => {
    for (const rollout of rollouts) await rollout.killAll();
    for (const world of forks) await world.stop();
    await (await building).world.stop();
  });

  it.concurrent(
    "divides a live fleet into cells, upgrades a node of each at once, and adds a cell",
    async () => {
      const { world, slots } = await fork();
      world.configure(config(["a", "b"], 4));
      expect(await converge(world)).toEqual(["stop gru, jnb and 4 more outside the new place"]);
      expect(replacedSlots(slots, await world.slots())).toEqual([]);
      const divided = await places(world);
      const isIn = (on: string) => POPS.filter((pop) => divided[pop]?.join() === on);
      expect([isIn("0,1").length, isIn("2,3").length]).toEqual([3, 3]);

      await world.aws.releaseImage();
      await world.deploy();
      expect(replacedSlots(slots, await world.slots())).toEqual([0, 2]);
      await world.waitUntilHealthy();
      expect(renderSummary(world.routedPlan().plan)).toBe("upgrade nodes 1 and 3");
      await world.deploy();
      await world.waitUntilHealthy();

      world.configure(config(["a", "b", "c"], 6));
      const { placement } = world.routedPlan().plan;
      const moved = placement?.moves.map(({ pop }) => pop) ?? [];
      expect(moved).toHaveLength(2);
      expect(placement?.cells.map(({ pops }) => pops.length)).toEqual([2, 2, 2]);
      expect(await changedOfPops(world)).toEqual(
        moved.map((pop) => `update aws_ecs_service.pop-${pop}`),
      );
      await world.deploy();
      await world.waitUntilHealthy();
      const during = await places(world);
      const after = await (async () => {
        await converge(world);
        return places(world);
      })();
      for (const pop of POPS) {
        const isMoved = moved.includes(pop);
        expect(during[pop]).toEqual([...(divided[pop] ?? []), ...(isMoved ? [4, 5] : [])]);
        expect(after[pop]).toEqual(isMoved ? [4, 5] : divided[pop]);
      }
      expect(await world.planStatus()).toBe(0);
      expect(await fewest(world)).toBe(1);
    },
  );

  it.concurrent("gives a new image to the canary first, and a bad one to nobody else", async () => {
    const { world } = await fork();
    const bad = "registry.example/autopilot-routed:bad";
    const before = await definitions(world);
    // Where ECS's circuit breaker acts on DAEMON services; where not, the rollout's own time-out stops it.
    await world.aws.configureAgent({ unhealthySeconds: 0.5, daemonCircuitBreaker: true });
    await world.aws.setNodeFault({ kind: "never-healthy", containerImage: bad });
    world.configure(staged({ image: bad }));
    expect(renderSummary(world.routedPlan().plan)).toBe(`roll the canary ord to ${bad}`);
    // It takes the canary back, which stops the rollout.
    const vain = new RoutedRollout(world);
    rollouts.push(vain);
    const stopped = await vain.result();
    expect(stopped).toMatchObject({ status: 1, kind: "stopped", reason: "pop-image", waves: 0 });
    await world.waitUntilHealthy();
    expect(await definitions(world)).toEqual(before);
    // A deploy tries the canary again, and it alone.
    const again = world.routedPlan();
    expect([again.status, renderSummary(again.plan)]).toEqual([2, `roll the canary ord to ${bad}`]);
    await world.deploy();
    await world.waitUntilHealthy();
    expect(await definitions(world)).toEqual(before);
    expect(await popsStartedOtherwise(world, before)).toEqual(["ord"]);

    // The canary has a good one for itself for a while.
    const good = "registry.example/autopilot-routed:2";
    world.configure(staged({ canaryImage: good }));
    expect(await rolledBy(world)).toEqual([["ord"]]);
    const ahead = await definitions(world);
    expect({ ...ahead, ord: before["ord"] }).toEqual(before);
    expect(ahead["ord"]).not.toBe(before["ord"]);
    // The others follow, batch after batch, and the canary keeps its tasks.
    world.configure(staged({ image: good }));
    expect(await rolledBy(world)).toEqual([
      ["lhr", "nrt", "syd"],
      ["gru", "jnb"],
    ]);
    const { ord, ...others } = await definitions(world);
    expect(ord).toBe(ahead["ord"]);
    expect(new Set(Object.values(others)).size).toBe(1);
    expect(Object.values(others)).not.toContain(before["lhr"]);
    expect(await world.planStatus()).toBe(0);
    expect(await fewest(world)).toBeGreaterThanOrEqual(2);
  });

  it.concurrent(
    "gives each PoP's tasks cores of their own, half of them at a time, and keeps their numbers",
    async () => {
      const { world, slots } = await fork();
      world.configure(pinnedConfig(POPS));
      expect(world.routedPlan()).toMatchObject({ status: 0 });
      await world.deploy();
      await world.waitUntilHealthy();
      expect(replacedSlots(slots, await world.slots())).toEqual([]);
      expect(await fewest(world)).toBe(2);
      const numbers = { gru: 0, jnb: 1, lhr: 2, nrt: 3, ord: 4, syd: 5 };
      expect(coreSets(world)).toEqual(numbers);
      expect(await world.planStatus()).toBe(0);

      world.configure(pinnedConfig([...POPS.filter((pop) => pop !== "jnb"), "ams"]));
      const { jnb, ...staying } = numbers;
      expect(coreSets(world)).toEqual({ ...staying, ams: jnb });

      world.configure(config([], 4));
      expect((await synthesize(world.run())).status).toBe(0);
      expect(await runRouted(world.run(), ["verify", ENVIRONMENT])).toMatchObject({
        status: 0,
        output: expect.stringContaining("proved") as string,
      });
    },
  );

  it.concurrent(
    "makes daemons a spread and, by a rollout, daemons again, and stops none of those that stay",
    async () => {
      const { world, slots } = await fork();
      world.configure(config([], 4, "spread"));
      expect(await converge(world)).toEqual(["stop gru, jnb and 4 more outside the new place"]);
      const spread = Object.values(await places(world));
      const load = [0, 1, 2, 3].map((slot) => spread.filter((on) => on.includes(slot)).length);
      expect(spread.map((on) => on.length)).toEqual(POPS.map(() => 2));
      expect(load).toEqual([3, 3, 3, 3]);
      world.configure(config([], 4, "daemon"));
      const rollout = new RoutedRollout(world);
      rollouts.push(rollout);
      const result = await rollout.result();
      expect(result).toMatchObject({ status: 0, kind: "converged", waves: 1 });
      const [wave] = rollout.events.filter(({ type }) => type === "wave-started");
      expect(wave).toMatchObject({
        summary: "start gru, jnb and 4 more in the new place",
        slots: [],
      });
      expect(replacedSlots(slots, await world.slots())).toEqual([]);
      for (const on of Object.values(await places(world))) expect(on).toEqual([0, 1, 2, 3]);
      expect(await fewest(world)).toBe(2);
    },
  );
});
