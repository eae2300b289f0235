import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv from "ajv";
import type { Environment } from "../../../lib/config/environment";
import { loadEnvironments } from "../../../lib/config/load";

const directory = join(__dirname, "../../../config");
const environments = loadEnvironments({ directory });
const production = environments.filter(({ name }) => name.startsWith("prd-"));

/** A file as it is written, without what it extends. */
const written = (file: string) =>
  JSON.parse(readFileSync(join(directory, file), "utf8")) as Record<string, unknown>;
const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"))
  .sort();

/** What an environment is, without where it is, how large, and which PoPs it serves. */
function kindOf({ fleet, network, routed, alarms }: Environment): object {
  const size = { nodes: 0, instanceType: "", rootVolumeGiB: 0, protectAddresses: false };
  const taskSize = { cpuUnits: 0, memoryMiB: 0, stateRebuildMinutes: 0 };
  return {
    fleet: { ...fleet, ...size },
    network: { ...network, vpcCidr: "" },
    routed: { ...routed, ...taskSize },
    alarms,
  };
}

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
    "run the same kind of product: %s differs in size only",
    (_, environment) => {
      const [first] = production;
      expect(first && kindOf(environment)).toEqual(first && kindOf(first));
    },
  );

  it.each(files)("say in %s nothing that what it extends says", (file) => {
    const own = written(file);
    for (let name = own["extends"]; typeof name === "string"; name = written(name)["extends"]) {
      expect(sharedLeaves(own, written(name))).toEqual([]);
    }
  });

  it.each(files)("match the schema that %s names for editors", (file) => {
    const { $schema: name, ...own } = written(file);
    const schema = readFileSync(join(directory, dirname(file), String(name)), "utf8");
    const ajv = new Ajv({ strict: false, formats: { cidr: true, cidrv4: true } });
    const matches = ajv.compile(JSON.parse(schema) as object);
    expect([matches(own), matches.errors]).toEqual([true, null]);
    expect(matches({ ...own, apiRouting: "" })).toBe(false);
  });

  it("protect their addresses, but where environments come and go", () => {
    const unprotected = environments.filter(({ fleet }) => !fleet.protectAddresses);
    expect(unprotected.map(({ name }) => name)).toEqual(["dev", "sandbox"]);
  });
});

/** What a file says whatever it extends: a backend its type beside its own keys. */
const SAID_AGAIN = ["$schema", "backend.type"];

/** Paths at which both have the same value, and need not. */
function sharedLeaves(own: unknown, base: unknown, path = ""): string[] {
  if (own === undefined || base === undefined || SAID_AGAIN.includes(path)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(own) || !isObject(base)) {
    return JSON.stringify(own) === JSON.stringify(base) ? [path] : [];
  }
  return Object.entries(own).flatMap(([key, value]) =>
    sharedLeaves(value, base[key], path === "" ? key : `${path}.${key}`),
  );
}
