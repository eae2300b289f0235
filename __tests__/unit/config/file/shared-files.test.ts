import {
  environmentWith,
  loadFiles,
  minimalEnvironment,
  violationsOf,
} from "../../../fixtures/config/config-folder";

const other = environmentWith({ "network.vpcCidr": "10.32.0.0/16" });
const extending = (fields: Readonly<Record<string, unknown>> = {}) =>
  environmentWith({ extends: "shared/defaults.json", ...fields });

it("gives an environment what it doesn't say itself, key by key, and is no environment", () => {
  const [stg, ...more] = loadFiles({
    "stg.json": extending({ "fleet.nodes": undefined, "fleet.image": { os: "bottlerocket" } }),
    "shared/defaults.json": {
      fleet: { nodes: 5, instanceType: "t3.xlarge", image: { amiId: "ami-0123456789abcdef0" } },
      network: { prometheusCidrs: ["10.9.0.0/16", "10.8.0.0/16"] },
    },
  });
  expect(more).toEqual([]);
  expect(stg?.fleet).toMatchObject({
    nodes: 5,
    instanceType: "r6i.32xlarge",
    image: { os: "bottlerocket", amiId: "ami-0123456789abcdef0", architecture: "x86_64" },
  });
  // Lists are replaced, not joined.
  expect(stg?.network.prometheusCidrs).toEqual(["10.1.0.0/16"]);
});

it("is the same environment as if it said all itself", () => {
  const { routed, fleet, ...rest } = minimalEnvironment();
  expect(
    loadFiles({
      "stg.json": { ...rest, extends: "shared/a.json" },
      "shared/a.json": { fleet, extends: "shared/b.json", routed: { cpuUnits: 4096 } },
      "shared/b.json": { routed },
    }),
  ).toEqual(loadFiles({ "stg.json": minimalEnvironment() }));
});

it("replaces a backend of another type as a whole", () => {
  const backend = { type: "cloud", organization: "example", workspace: "shared" };
  const [stg] = loadFiles({ "stg.json": extending(), "shared/defaults.json": { backend } });
  expect(stg?.backend).toEqual({ type: "local" });
});

it("is told of with its own file and line, once, and with the environments that are wrong for it", () => {
  expect(
    violationsOf({
      "stg.json": extending({ "fleet.rootVolumeGiB": 29 }),
      "prd.json": { ...extending({ "network.vpcCidr": "10.32.0.0/16" }) },
      "dev.json": environmentWith({ "network.vpcCidr": "10.96.0.0/16" }),
      "shared/defaults.json": { fleet: { maxUnavailableNodes: 3, imag: {} } },
    }),
  ).toEqual([
    "config/shared/defaults.json:3: fleet.maxUnavailableNodes must be between 1 and 2 when fleet.nodes is 3, got 3; lower it or add nodes (in prd, stg)",
    "config/shared/defaults.json:4: fleet.imag is not a known key; did you mean image? (in prd, stg)",
    "config/stg.json:26: fleet.rootVolumeGiB must be an integer between 30 and 16384, got 29; raise it",
  ]);
});

it("is told of a key that is gone where it is, once", () => {
  const network = { apiRouting: "node-router" };
  const lines = violationsOf({ "stg.json": extending(), "shared/defaults.json": { network } });
  expect(lines).toEqual([
    'config/shared/defaults.json:3: network.apiRouting is no longer a key, got "node-router"; remove it: a router on each node takes every PoP\'s API requests (docs/api-routing.md) (in stg)',
  ]);
});

it("leaves what is missing to be added to the environment's file", () => {
  expect(
    violationsOf({
      "stg.json": extending({ fleet: undefined }),
      "shared/defaults.json": { fleet: { nodes: 3 } },
    }),
  ).toEqual([
    'config/stg.json:1: fleet.instanceType is missing; add it: a string that matches ^[a-z0-9-]+\\.[a-z0-9-]+$, e.g. "r6i.32xlarge"',
  ]);
});

it("points to items of a shared list where they are", () => {
  expect(
    violationsOf({
      "stg.json": extending({ "network.apiClientCidrs": undefined }),
      "shared/defaults.json": { network: { apiClientCidrs: ["10.0.0.0/8", "ten"] } },
    }),
  ).toEqual([
    'config/shared/defaults.json:5: network.apiClientCidrs[1] must be an IPv4 or IPv6 CIDR block, got "ten"; write an address, a slash and a prefix length (in stg)',
  ]);
});

describe("is refused", () => {
  const complaints = (shared: string | object, fields: Record<string, unknown> = {}) =>
    violationsOf({
      "stg.json": extending(fields),
      "qa.json": other,
      "shared/defaults.json": typeof shared === "string" ? shared : { ...shared },
    });

  it.each([
    [
      "where it is no JSON",
      "{,}",
      "config/shared/defaults.json:1: is not JSON: a missing value, or a comma too many at column 2; correct it (in stg)",
    ],
    [
      "where it is a list",
      "[]",
      "config/shared/defaults.json:1: must be an object with keys of environments; correct it (in stg)",
    ],
    [
      "where it has PoPs",
      { autopilotSites: [] },
      "config/shared/defaults.json:2: autopilotSites is each environment's own; move it to the files of the environments (in stg)",
    ],
    [
      "where it retires ids",
      { retiredSiteIds: [9] },
      "config/shared/defaults.json:2: retiredSiteIds is each environment's own; move it to the files of the environments (in stg)",
    ],
    [
      "where it extends something else than a shared file",
      { extends: "../secret.json" },
      'config/shared/defaults.json:2: extends must be a file like "shared/defaults.json"; correct it, or remove it (in stg)',
    ],
    [
      "where it extends itself",
      { extends: "shared/defaults.json" },
      "config/stg.json:39: extends leads in a circle: shared/defaults.json extends shared/defaults.json; take one of them out",
    ],
  ])("%s", (_, shared, expected) => {
    expect(complaints(shared)).toEqual([expected]);
  });

  it("where it leads in a circle, and says nothing that follows from it", () => {
    const stg = { extends: "shared/a.json", autopilotSites: [] };
    const files = {
      "stg.json": stg,
      "shared/a.json": { extends: "shared/b.json" },
      "shared/b.json": { extends: "shared/a.json" },
      "prd.json": environmentWith({ "fleet.nodes": 1 }),
    };
    expect(violationsOf(files)).toEqual([
      expect.stringMatching(/^config\/prd\.json:\d+: fleet\.nodes must be/),
      "config/stg.json:2: extends leads in a circle: shared/a.json extends shared/b.json extends shared/a.json; take one of them out",
    ]);
  });

  it("where it isn't there", () => {
    expect(complaints({}, { extends: "shared/none.json" })).toEqual([
      "config/shared/none.json:1: can't be read (ENOENT: no such file or directory); make it a readable JSON file (in stg)",
    ]);
  });

  it("where it isn't in the folder for shared files", () => {
    expect(complaints({}, { extends: "qa.json" })).toEqual([
      'config/stg.json:39: extends must be a string that matches ^shared/[A-Za-z0-9_-]+\\.json$, got "qa.json"; write e.g. "shared/defaults.json"',
    ]);
  });
});

it("refuses a key that no file has, whatever every object of the language inherits", () => {
  const shared = { fleet: { toString: 1, hasOwnProperty: 1 }, network: { valueOf: 1 } };
  const complaints = violationsOf({ "stg.json": extending(), "shared/defaults.json": shared });
  for (const key of ["fleet.toString", "fleet.hasOwnProperty", "network.valueOf"]) {
    expect(complaints).toEqual(
      expect.arrayContaining([expect.stringContaining(`${key} is not a known key`)]),
    );
  }
});
