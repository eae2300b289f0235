import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../../lib/config/load";
import { anExportConfig } from "../../fixtures/a-routed-environment";
import {
  environmentWith,
  inFolder,
  loadFiles,
  minimalEnvironment,
  violationsOf,
} from "../../fixtures/config/config-folder";

const dev = environmentWith({ "network.vpcCidr": "10.32.0.0/16" });
const stg = environmentWith({ "network.vpcCidr": "10.48.0.0/16" });

describe("loadEnvironments", () => {
  it("returns every environment of the folder by name, and nothing for other files", () => {
    const files = {
      "stg.json": stg,
      "dev.json": dev,
      "environment.schema.json": "{}",
      "README.md": "text",
      ".#stg.json": "not JSON",
    };
    expect(loadFiles(files).map(({ name }) => name)).toEqual(["dev", "stg"]);
  });

  it("returns only the environments that are asked for, by name", () => {
    const files = { "stg.json": stg, "dev.json": dev, "qa.json": minimalEnvironment() };
    expect(loadFiles(files, ["stg", "dev", "stg"]).map(({ name }) => name)).toEqual(["dev", "stg"]);
    expect(loadFiles(files, [])).toEqual([]);
  });

  it("refuses a name that has no file, and says which there are", () => {
    expect(violationsOf({ "stg.json": stg, "dev.json": dev }, ["prd-na", "dev", "qa"])).toEqual([
      'config: has no environment "prd-na"; there is dev, stg',
      'config: has no environment "qa"; there is dev, stg',
    ]);
  });

  it("fills in every default", () => {
    expect(loadFiles({ "stg.json": minimalEnvironment() })).toEqual([
      {
        ...minimalEnvironment(),
        name: "stg",
        aws: { ...(minimalEnvironment()["aws"] as object), permissionsBoundary: false },
        network: {
          vpcCidr: "10.64.0.0/16",
          apiClientCidrs: ["10.0.0.0/8"],
          prometheusCidrs: ["10.1.0.0/16"],
          bgpSecurityGroups: 4,
          routerImage: "public.ecr.aws/docker/library/haproxy:3.0.10-alpine",
        },
        fleet: {
          nodes: 3,
          instanceType: "r6i.32xlarge",
          image: { os: "al2023", architecture: "x86_64", amiId: "latest" },
          rootVolumeGiB: 100,
          ecsAgentSettings: {},
          maxUnavailableNodes: 1,
          spareNodes: 0,
          frozenNodes: [],
          autoRecovery: true,
          protectAddresses: true,
          reservedCpuUnits: 256,
          reservedMemoryMiB: 512,
        },
        routed: {
          image: "registry.example/autopilot-routed:67a7485bd192-3177",
          cpuUnits: 4096,
          memoryMiB: 20480,
          cpuIsolation: "quota",
          stateRebuildMinutes: 12,
          apiHealthCheck: false,
          logRetentionDays: 30,
          tasksPerPop: 2,
          placement: "daemon",
          initImage: "public.ecr.aws/docker/library/busybox:1.37.0",
          ports: { bgpBase: 20000, apiBase: 21000, metricsBase: 22000 },
          daemons: [],
        },
        export: anExportConfig(),
        alarms: { enabled: false, api5xxPercent: 5 },
      },
    ]);
  });

  it("fills in the defaults within a backend and within partly given objects", () => {
    const [environment] = loadFiles({
      "stg.json": environmentWith({
        backend: { type: "cloud", organization: "example", workspace: "routed-stg" },
        "fleet.image": { os: "bottlerocket" },
        "routed.ports": { apiBase: 25000 },
      }),
    });
    expect(environment?.backend).toEqual({
      type: "cloud",
      organization: "example",
      workspace: "routed-stg",
      hostname: "app.terraform.io",
    });
    expect(environment?.fleet.image).toEqual({
      os: "bottlerocket",
      architecture: "x86_64",
      amiId: "latest",
    });
    expect(environment?.routed.ports).toEqual({
      bgpBase: 20000,
      apiBase: 25000,
      metricsBase: 22000,
    });
  });

  it("gives the same environment whatever the order of lists and the spelling of blocks", () => {
    const sites = [
      { id: 1, name: "ord", bgpPeers: ["192.0.2.0/28", "2001:db8:a::/48"] },
      { id: 2, name: "dfw", bgpPeers: ["2001:db8:2::/48"] },
    ];
    const one = environmentWith({
      "network.apiClientCidrs": ["10.0.0.0/8", "2001:db8::/32"],
      "network.prometheusCidrs": ["10.1.0.0/16", "10.2.0.0/16"],
      "fleet.frozenNodes": [1, 2],
      autopilotSites: sites,
    });
    const other = environmentWith({
      "aws.availabilityZones": ["us-east-2c", "us-east-2a", "us-east-2b"],
      "network.apiClientCidrs": ["2001:0DB8:0::/32", "10.0.0.0/8"],
      "network.prometheusCidrs": ["10.2.0.0/16", "10.1.0.0/16"],
      "fleet.frozenNodes": [2, 1],
      autopilotSites: [
        sites[1],
        { bgpPeers: ["2001:DB8:A::/48", "192.0.2.0/28"], name: "ord", id: 1 },
      ],
    });
    expect(JSON.stringify(loadFiles({ "stg.json": other }))).toBe(
      JSON.stringify(loadFiles({ "stg.json": one })),
    );
  });

  it("reports all violations of all files at once, each with its file and line", () => {
    const files = {
      "stg.json": environmentWith({
        "fleet.nodes": 1,
        "fleet.rootVolumeGib": 50,
        "routed.image": "x",
      }),
      "dev.json": environmentWith({
        "aws.region": "nowhere",
        "fleet.maxUnavailableNodes": 3,
        "network.vpcCidr": "10.32.0.0/16",
      }),
    };
    const expected = [
      'config/dev.json:4: aws.region must be a string of at most 30 characters that matches ^(af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-(central|north|south|(north|south)?(east|west))-[1-9]$, got "nowhere"; write e.g. "us-east-2"',
      "config/dev.json:26: fleet.maxUnavailableNodes must be between 1 and 2 when fleet.nodes is 3, got 3; lower it or add nodes",
      "config/stg.json:24: fleet.nodes must be an integer between 2 and 200, got 1; raise it",
      "config/stg.json:26: fleet.rootVolumeGib is not a known key; did you mean rootVolumeGiB?",
      'config/stg.json:29: routed.image must have a tag or digest, got "x", which has none; name the release to run',
    ];
    expect(violationsOf(files)).toEqual(expected);
    expect(violationsOf(files, ["stg"])).toEqual(expected);
  });

  it("checks what is sound in a file of which other parts are not", () => {
    const files = {
      "stg.json": environmentWith({
        backend: undefined,
        "network.apiClientCidrs": ["10.0.0.0/8", "ten", "10.3.0.0/16"],
        autopilotSites: [
          { id: 1, name: "ord", bgpPeers: ["2001:db8:1::/48"] },
          { id: 0, name: "dfw", bgpPeers: ["2001:db8:2::/48"] },
          { id: 1, name: "ord", bgpPeers: ["2001:db8:3::/48"] },
        ],
      }),
    };
    expect(violationsOf(files)).toEqual([
      "config/stg.json:1: backend is missing; add it: an object with type",
      'config/stg.json:15: network.apiClientCidrs[1] must be an IPv4 or IPv6 CIDR block, got "ten"; write an address, a slash and a prefix length',
      'config/stg.json:16: network.apiClientCidrs[2] must not overlap the rest of its list, got "10.3.0.0/16", which lies within item [0], "10.0.0.0/8"; remove it',
      "config/stg.json:38: autopilotSites[1].id must be an integer between 1 and 999, got 0; raise it",
      'config/stg.json:45: autopilotSites[2].id must be unique in its environment, got 1, which is "ord" too; give it a number that no PoP ever had',
      'config/stg.json:46: autopilotSites[2].name must be unique in its environment, got "ord", which is id 1 too; rename or remove one of them',
    ]);
  });
});

describe("a folder that can't be used", () => {
  it("is reported where it doesn't exist", () => {
    expect(() => loadEnvironments({ directory: "no/such/folder" })).toThrow(
      "no/such/folder: can't be read (ENOENT: no such file or directory); give the folder of the environments' files",
    );
  });

  it("is reported where it holds no environment", () => {
    expect(violationsOf({ "environment.schema.json": "{}" })).toEqual([
      "config: has no environment; add a file <environment>.json to it",
    ]);
  });
});

describe("a file that can't be used", () => {
  const notJson = (content: string | Uint8Array): string[] => violationsOf({ "stg.json": content });

  it.each([
    ["is empty", " \n", "1: is empty; write an environment into it, or delete it"],
    [
      "begins with a byte-order mark",
      "\uFEFF{}",
      "1: begins with a byte-order mark; save it as UTF-8 without one",
    ],
    ["is not UTF-8", new Uint8Array([0xff, 0xfe, 0x7b, 0]), "1: is not UTF-8; save it as UTF-8"],
    [
      "has a comma too many",
      '{\n  "aws": {},\n}',
      "3: is not JSON: a missing key, or a comma too many at column 1; correct it",
    ],
    [
      "lacks a comma",
      '{\n  "aws": {}\n  "fleet": {}\n}',
      "3: is not JSON: a missing comma at column 3; correct it",
    ],
    [
      "has a comment",
      '{\n  // no\n  "aws": {}\n}',
      "2: is not JSON: a comment, which JSON does not have at column 3; correct it",
    ],
    [
      "ends early",
      '{\n  "aws": {',
      "2: is not JSON: a missing closing brace at column 11; correct it",
    ],
    [
      "is a list",
      "[]",
      "1: must be an object with aws, backend, network, fleet, routed, autopilotSites, got a list of 0; correct it",
    ],
  ])("is reported where it %s", (_, content, expected) => {
    expect(notJson(content)).toEqual([`config/stg.json:${expected}`]);
  });

  it("is reported where it gives a key twice, and its other violations too", () => {
    const text = JSON.stringify(environmentWith({ "fleet.rootVolumeGiB": 29 }), null, 2);
    const twice = text.replace('"nodes": 3,', '"nodes": 3,\n    "nodes": 4,');
    expect(notJson(twice)).toEqual([
      "config/stg.json:25: fleet.nodes is given twice, first in line 24; remove one of them",
      "config/stg.json:27: fleet.rootVolumeGiB must be an integer between 30 and 16384, got 29; raise it",
    ]);
  });

  it("is reported where it is nested too deeply to be read", () => {
    expect(notJson("[".repeat(200_000))).toEqual([
      "config/stg.json:1: can't be read (Maximum call stack size exceeded); make it a readable JSON file",
    ]);
  });

  it("is reported where it is a folder or leads nowhere", () => {
    const messages = inFolder({ "stg.json": stg }, (directory) => {
      mkdirSync(join(directory, "folder.json"));
      symlinkSync("nowhere", join(directory, "link.json"));
      try {
        loadEnvironments({ directory });
        return "";
      } catch (error) {
        return (error as Error).message.replaceAll(directory, "config");
      }
    });
    expect(messages.split("\n")).toEqual([
      "config/folder.json:1: can't be read (EISDIR: illegal operation on a directory); make it a readable JSON file",
      "config/link.json:1: can't be read (ENOENT: no such file or directory); make it a readable JSON file",
    ]);
  });
});

describe("a file's name", () => {
  const named = (name: string): string[] =>
    violationsOf({ [`${name}.json`]: minimalEnvironment() });

  it.each(["a", "prd-na", "abcdefgh-1234567"])("may be %s", (name) => {
    expect(named(name)).toEqual([]);
  });

  it.each(["Prd", "1st", "-a", "a-", "a--b", "a_b", "a.b", "abcdefgh-12345678"])(
    "may not be %s",
    (name) => {
      expect(named(name)).toEqual([
        `config/${name}.json:1: is named "${name}", and an environment's name is at most 16 lower-case letters, digits and single hyphens, a letter first; rename the file`,
      ]);
    },
  );
});
