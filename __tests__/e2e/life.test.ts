import { destroyEnvironment } from "../../sandbox/deploy";
import type { CallLog } from "../../sandbox/control";
import { addressesOf, EndToEnd, replacedSlots, smallConfig } from "../support/end-to-end";
import type { SmallEnvironment } from "../support/end-to-end";
import { RoutedRollout } from "../support/routed-rollout";

const POP1 = { id: 1, name: "pop1", bgpPeers: ["2001:db8:1::/48"] };
const POP2 = { id: 2, name: "pop2", bgpPeers: ["2001:db8:2::/48"] };
const LIVES = [
  { environment: "day", os: "al2023", placement: "daemon" },
  { environment: "night", os: "bottlerocket", placement: "spread" },
] as const;

/**
 * An environment from its first deploy to its end. AWS's models and the table of its prose hold every call:
 * one that AWS would refuse fails the life that made it.
 */
describe("a whole life", () => {
  const worlds: EndToEnd[] = [];
  const rollouts: RoutedRollout[] = [];
  afterAll(async () => {
    for (const each of rollouts) await each.killAll();
    for (const each of worlds) await each.stop();
  });

  it.concurrent.each(LIVES)(
    "with $os and placement $placement makes no call that AWS refuses",
    async ({ environment, os, placement }) => {
      const config = (nodes: number, ...sites: (typeof POP1)[]): SmallEnvironment => {
        const base = smallConfig({ sites, fleet: { nodes, image: { os } } });
        const routed = { ...base["routed"], placement, tasksPerPop: 2 };
        const retiredSiteIds = sites.includes(POP1) ? [] : [POP1.id];
        return { ...base, routed, retiredSiteIds, alarms: { enabled: true } };
      };
      const world = await EndToEnd.start(environment, config(3, POP1));
      worlds.push(world);
      await world.deploy();
      await world.waitUntilHealthy();
      const first = await world.slots();

      await world.aws.releaseImage({ os });
      const rollout = new RoutedRollout(world);
      rollouts.push(rollout);
      expect(await rollout.result()).toMatchObject({ status: 0, kind: "converged", waves: 3 });
      const upgraded = await world.slots();
      expect(replacedSlots(first, upgraded)).toEqual([0, 1, 2]);

      for (const changed of [
        config(3, POP1, POP2),
        config(3, POP2),
        config(4, POP2),
        config(3, POP2),
      ]) {
        world.configure(changed);
        await world.deploy();
        await world.waitUntilHealthy();
      }
      expect(addressesOf(await world.slots())).toEqual(addressesOf(first));
      expect(await world.planStatus()).toBe(0);

      const extraEnv = { ROUTED_DESTROY: environment };
      const destroyed = await destroyEnvironment(world.run({ extraEnv }));
      expect([destroyed.status, destroyed.status === 0 ? "" : destroyed.output]).toEqual([0, ""]);
      expect(await world.liveInstances()).toEqual([]);

      const log = await world.aws.calls();
      expect(log.refused).toBe(0);
      expect(log.total).toBeGreaterThan(2000);
      expect(changesOf(log)).toMatchSnapshot();
    },
  );
});

/** All kinds of changes that were made, e.g. `ec2:RunInstances`; how often depends on what was waited for. */
function changesOf({ calls }: CallLog): string[] {
  const changes = calls.filter(({ mutating }) => mutating);
  return [...new Set(changes.map(({ service, action }) => `${service}:${action}`))].sort();
}
