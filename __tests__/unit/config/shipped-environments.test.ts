import { join } from "node:path";
import { loadEnvironments } from "../../../lib/config/load";

const directory = join(__dirname, "../../../config");
const environments = loadEnvironments({ directory });
const production = environments.filter(({ name }) => name.startsWith("prd-"));

/** vCPUs and GiB of the instance types that the shipped environments use. */
const CAPACITY: Readonly<Record<string, readonly [vcpus: number, gib: number]>> = {
  "m7g.4xlarge": [16, 64],
  "m7i.8xlarge": [32, 128],
  "r6i.32xlarge": [128, 1024],
  "r7i.48xlarge": [192, 1536],
  "t3.xlarge": [4, 16],
};
/** What is left to tasks of a node's memory, after the kernel, the OS and the ECS agent. */
const MEMORY_SHARE = 0.95;

describe("the shipped environments", () => {
  it("are valid, and what the design names", () => {
    expect(environments.map(({ name }) => name)).toEqual([
      "dev",
      "prd-ap",
      "prd-eu",
      "prd-na",
      "sandbox",
      "stg",
    ]);
  });

  it("serve 100 PoPs with 200 tasks in production", () => {
    const pops = production.flatMap(({ autopilotSites }) => autopilotSites);
    const tasks = production.map(({ autopilotSites, routed }) => {
      return autopilotSites.length * routed.tasksPerPop;
    });
    expect(new Set(pops.map(({ name }) => name)).size).toBe(100);
    expect(tasks.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  it("name peers by documentation prefixes only", () => {
    const peers = environments.flatMap(({ autopilotSites }) =>
      autopilotSites.flatMap(({ bgpPeers }) => bgpPeers),
    );
    const documentation = /^(2001:db8:|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;
    expect(peers.filter((peer) => !documentation.test(peer))).toEqual([]);
  });

  it.each(environments.map((environment) => [environment.name, environment] as const))(
    "fit a task of every PoP on each node of %s",
    (_, { fleet, routed, autopilotSites }) => {
      const [vcpus, gib] = CAPACITY[fleet.instanceType] ?? [0, 0];
      expect(autopilotSites.length * routed.cpuUnits).toBeLessThanOrEqual(vcpus * 1024);
      expect(autopilotSites.length * routed.memoryMiB).toBeLessThanOrEqual(
        gib * 1024 * MEMORY_SHARE,
      );
    },
  );

  it("protect their addresses, but where environments come and go", () => {
    const unprotected = environments.filter(({ fleet }) => !fleet.protectAddresses);
    expect(unprotected.map(({ name }) => name)).toEqual(["dev", "sandbox"]);
  });
});
