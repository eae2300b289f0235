import { chmodSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentWith } from "../../fixtures/config/config-folder";
import { formatJson } from "../../support/format-json";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inWorkingFolder } from "../../support/temporary-folder";

const stg = `{
  "extends": "shared/defaults.json",
  "aws": {
    "accountId": "123456789012",
    "region": "us-east-2",
    "availabilityZones": ["us-east-2a", "us-east-2b"]
  },
  "backend": { "type": "s3", "bucket": "states" },
  "network": {
    "vpcCidr": "10.48.0.0/16",
    "apiClientCidrs": ["10.0.0.0/8"],
    "prometheusCidrs": ["10.1.0.0/16"]
  },
  "fleet": { "nodes": 3, "frozenNodes": [1] },
  "routed": { "image": "registry.example/autopilot-routed:1" },
  "autopilotSites": [
    { "id": 2, "name": "ord", "bgpPeers": ["2001:db8:2::/48"] },
    { "id": 7, "name": "lhr", "bgpPeers": ["2001:db8:7::/48"] }
  ]
}
`;
const FILES = {
  "stg.json": stg,
  "prd.json": JSON.stringify(
    environmentWith({
      backend: { type: "cloud", organization: "example", workspace: "routed-prd" },
      "fleet.image": { amiId: "ami-0123456789abcdef0" },
      retiredSiteIds: [40],
    }),
    null,
    2,
  ),
  "shared/defaults.json": `{
  "fleet": { "instanceType": "t3.xlarge", "rootVolumeGiB": 50 }
}
`,
};

inWorkingFolder();
beforeEach(() => {
  mkdirSync("config/shared", { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join("config", name), text);
});

/** Runs `routed config <words>`. */
function config(words: string): Promise<Ran> {
  return runRouted(["config", ...words.split(" ")]);
}

const read = (name: string): string => readFileSync(join("config", name), "utf8");

/** The command must fail and leave the folder as it was, to the byte. */
async function expectRefused(words: string, message: string): Promise<void> {
  expect(await config(words)).toEqual({ status: 1, out: "", err: `${message}\n` });
  expect(readdirSync("config").sort()).toEqual(["prd.json", "shared", "stg.json"]);
  for (const [name, text] of Object.entries(FILES)) expect(read(name)).toBe(text);
}

const NOTHING = "nothing was written: the line numbers are those of the file as it would be";

describe("a file of the folder that isn't plain", () => {
  const add = "add-pop stg --name nrt --peers 2001:db8:9::/48";

  it("is not written where it is a symbolic link, nor is what it leads to", async () => {
    renameSync("config/stg.json", "real.json");
    symlinkSync("../real.json", "config/stg.json");
    const message = "is a symbolic link, which is not followed; name the file itself";
    await expectRefused(add, `config/stg.json: ${message}`);
    expect(lstatSync("config/stg.json").isSymbolicLink()).toBe(true);
  });

  it.each([
    [add, "config/stg.json", () => (rmSync("config/stg.json"), mkdirSync("config/stg.json"))],
    [
      "add-environment qa --from stg --keep-pops",
      "config/qa.json",
      () => mkdirSync("config/qa.json"),
    ],
  ])("ends %s with one message where it is a folder", async (words, path, spoil) => {
    spoil();
    const { status, out, err } = await config(words);
    expect([status, out]).toEqual([1, ""]);
    expect(err).toMatch(new RegExp(`^${path}:1: can.t be read .*\n$`));
  });
});

describe("routed config show", () => {
  it("tells every value and where it comes from", async () => {
    const { status, out } = await config("show stg");
    expect(status).toBe(0);
    const lines = out.split("\n").map((line) => line.replace(/ {2,}/g, "  "));
    expect(lines).toEqual(
      expect.arrayContaining([
        'aws.region  "us-east-2"  config/stg.json:5',
        'fleet.instanceType  "t3.xlarge"  config/shared/defaults.json:2',
        "fleet.nodes  3  config/stg.json:14",
        'fleet.image.os  "al2023"  default',
        'autopilotSites[1]  {"id":7,"name":"lhr","bgpPeers":["2001:db8:7::/48"]}  config/stg.json:18',
        'backend.key  "routed/stg.tfstate"  default (derived)',
        'backend.region  "us-east-2"  default (derived)',
      ]),
    );
  });

  it("prints the same as JSON", async () => {
    const { out } = await config("show stg --json");
    const { environment, values } = JSON.parse(out) as { environment: string; values: unknown[] };
    expect(environment).toBe("stg");
    expect(values).toContainEqual({
      path: "fleet.rootVolumeGiB",
      value: 50,
      source: { kind: "shared", file: "config/shared/defaults.json", line: 2 },
    });
    expect(values).toContainEqual({
      path: "fleet.maxUnavailableNodes",
      value: 1,
      source: { kind: "default" },
    });
  });

  it("refuses an environment that isn't there", async () => {
    await expectRefused("show dev", 'config: has no environment "dev"; there is prd, stg');
  });
});

describe("routed config add-pop", () => {
  it("adds a PoP with the next id, and changes no other byte", async () => {
    expect(await config("add-pop stg --name nrt --peers 2001:db8:8::/48,192.0.2.0/28")).toEqual({
      status: 0,
      out: "config/stg.json: added PoP nrt with id 8: ports 20008 (BGP), 21008 (API), 22008 (metrics)\n",
      err: "",
    });
    expect(read("stg.json")).toBe(
      stg.replace(
        ':7::/48"] }',
        ':7::/48"] },\n    { "id": 8, "name": "nrt", "bgpPeers": ["2001:db8:8::/48", "192.0.2.0/28"] }',
      ),
    );
  });

  it("never takes an id that was retired", async () => {
    const { out } = await config("add-pop prd --name nrt --peers 2001:db8:8::/48");
    expect(out).toMatch(/added PoP nrt with id 41:/);
    await expectedRetired();
  });

  async function expectedRetired(): Promise<void> {
    const { status, err } = await config("add-pop prd --name syd --peers 192.0.2.0/28 --id 40");
    expect(status).toBe(1);
    expect(err).toContain(
      "autopilotSites[2].id must be an id that no PoP ever had, got 40, which is in retiredSiteIds; take another (routed config add-pop finds one)",
    );
  }

  it("takes the id that is given", async () => {
    const { out } = await config("add-pop stg --name nrt --peers 2001:db8:8::/48 --id 5");
    expect(out).toMatch(/added PoP nrt with id 5:/);
  });

  it("says so where no id above the highest is left", async () => {
    writeFileSync("config/stg.json", stg.replace('"id": 7', '"id": 999'));
    const { status, err } = await config("add-pop stg --name nrt --peers 2001:db8:8::/48");
    expect({ status, err }).toEqual({
      status: 1,
      err: "config/stg.json: has an id 999, and above it there is none; give --id one that no PoP ever had\n",
    });
  });

  it.each([
    [
      "a name that is taken",
      "--name ord --peers 2001:db8:8::/48",
      `config/stg.json:19: autopilotSites[2].name must be unique in its environment, got "ord", which is id 2 too; rename or remove one of them\n${NOTHING}`,
    ],
    [
      "peers that are none",
      "--name nrt --peers here",
      `config/stg.json:19: autopilotSites[2].bgpPeers[0] must be an IPv4 or IPv6 CIDR block, got "here"; write an address, a slash and a prefix length\n${NOTHING}`,
    ],
    [
      "an id that is none",
      "--name nrt --peers 2001:db8:8::/48 --id 1000",
      '--id must be a whole number between 1 and 999, got "1000"',
    ],
  ])("refuses %s, and writes nothing", async (_, options, message) => {
    await expectRefused(`add-pop stg ${options}`, message);
  });

  it("keeps the file's permissions", async () => {
    chmodSync("config/stg.json", 0o640);
    await config("add-pop stg --name nrt --peers 2001:db8:8::/48");
    expect(statSync("config/stg.json").mode & 0o777).toBe(0o640);
  });
});

describe("routed config remove-pop", () => {
  it("removes a PoP and retires its id for good", async () => {
    expect((await config("remove-pop stg --name lhr")).out).toBe(
      "config/stg.json: removed PoP lhr; its id, 7, is retired\n",
    );
    expect(read("stg.json")).toBe(
      stg
        .replace(',\n    { "id": 7, "name": "lhr", "bgpPeers": ["2001:db8:7::/48"] }', "")
        .replace("\n  ]\n}", '\n  ],\n  "retiredSiteIds": [7]\n}'),
    );
    const { out } = await config("add-pop stg --name lhr --peers 2001:db8:7::/48");
    expect(out).toMatch(/added PoP lhr with id 8:/);
  });

  it("refuses a PoP that isn't there, and the last one", async () => {
    await expectRefused(
      "remove-pop stg --name nrt",
      'config/stg.json: has no PoP "nrt"; there is ord, lhr',
    );
    await expectRefused(
      "remove-pop prd --name pop1",
      `config/prd.json:35: autopilotSites must be a list of at least 1, got a list of 0; add what is missing\n${NOTHING}`,
    );
  });
});

describe("routed config add-environment", () => {
  it("writes a valid file: what belongs to the other alone is not taken over", async () => {
    const options = "--account 210987654321 --pop nrt=2001:db8:9::/48 --pop syd=192.0.2.0/28";
    expect(await config(`add-environment qa --from stg ${options}`)).toEqual({
      status: 0,
      out: 'config/qa.json: added, from config/stg.json\n  network.vpcCidr is "10.49.0.0/16"\n',
      err: "",
    });
    const text = read("qa.json");
    expect(JSON.parse(text)).toMatchObject({
      extends: "shared/defaults.json",
      aws: { accountId: "210987654321", region: "us-east-2" },
      autopilotSites: [
        { id: 1, name: "nrt", bgpPeers: ["2001:db8:9::/48"] },
        { id: 2, name: "syd", bgpPeers: ["192.0.2.0/28"] },
      ],
    });
    expect(text).not.toContain("frozenNodes");
    expect(await formatJson(text)).toBe(text);
    expect((await config("show qa")).status).toBe(0);
  });

  it("names the workspace after the environment, and takes no AMI to another region", async () => {
    const options = "--region eu-west-1 --zones eu-west-1a,eu-west-1b --keep-pops";
    const { out } = await config(`add-environment qa --from prd ${options}`);
    expect(out).toBe(
      [
        "config/qa.json: added, from config/prd.json",
        '  network.vpcCidr is "10.65.0.0/16"',
        '  backend.workspace is "routed-qa"',
        '  fleet.image.amiId is "latest"',
        "",
      ].join("\n"),
    );
    expect(JSON.parse(read("qa.json"))).not.toHaveProperty("retiredSiteIds");
  });

  it.each([
    [
      "a name that is taken",
      "prd --from stg --keep-pops",
      "config/prd.json: exists already; choose another name",
    ],
    [
      "no PoPs",
      "qa --from stg",
      "either --pop <name>=<peers>, once for each PoP, or --keep-pops must be given",
    ],
    [
      "another region without its zones",
      "qa --from stg --keep-pops --region eu-west-1",
      "--zones must be given, since the region changes from us-east-2 to eu-west-1",
    ],
    [
      "a PoP without peers",
      "qa --from stg --pop nrt",
      '--pop must be like ord=2001:db8:1::/48,192.0.2.0/28, got "nrt"',
    ],
    [
      "a workspace where the state is in S3",
      "qa --from stg --keep-pops --workspace w",
      "--workspace is for a backend of type cloud, and config/stg.json has s3; leave it out",
    ],
    [
      "a block that another environment has",
      "qa --from stg --keep-pops --vpc-cidr 10.64.0.0/16",
      `config/qa.json:10: network.vpcCidr must not overlap other environments, got "10.64.0.0/16", which overlaps 10.64.0.0/16 of config/prd.json; choose a free block\n${NOTHING}`,
    ],
    [
      "PoPs that another production environment serves",
      "prd-eu --from prd --keep-pops",
      `config/prd-eu.json:38: autopilotSites[0].name must be unique over all production environments, got "pop1", which config/prd.json serves; remove it from one of them\n${NOTHING}`,
    ],
    [
      "a name that is none",
      "../qa --from stg --keep-pops",
      'the new environment must be named with at most 16 lower-case letters, digits and single hyphens, a letter first, got "../qa"',
    ],
  ])("refuses %s, and writes nothing", async (_, words, message) => {
    await expectRefused(`add-environment ${words}`, message);
  });
});
