import { environmentWith, violationsOf } from "../../../fixtures/config/config-folder";
import type { RawEnvironment } from "../../../fixtures/config/config-folder";

const inBlock = (vpcCidr: string, fields: Record<string, unknown> = {}): RawEnvironment =>
  environmentWith({ "network.vpcCidr": vpcCidr, ...fields });

describe("VPCs of different environments", () => {
  it("may be neighbours", () => {
    const files = { "a.json": inBlock("10.64.0.0/16"), "b.json": inBlock("10.65.0.0/16") };
    expect(violationsOf(files)).toEqual([]);
  });

  it("may not overlap, whichever is the larger", () => {
    const files = {
      "a.json": inBlock("10.64.16.0/20"),
      "b.json": inBlock("10.64.0.0/16"),
      "c.json": inBlock("10.64.240.0/20"),
    };
    const allowed = "network.vpcCidr must not overlap other environments";
    expect(violationsOf(files)).toEqual([
      `config/b.json:15: ${allowed}, got "10.64.0.0/16", which overlaps 10.64.16.0/20 of config/a.json; choose a free block`,
      `config/c.json:15: ${allowed}, got "10.64.240.0/20", which overlaps 10.64.0.0/16 of config/b.json; choose a free block`,
    ]);
  });
});

describe("Terraform states of different environments", () => {
  const pair = (a: unknown, b: unknown): string[] =>
    violationsOf({
      "a.json": inBlock("10.64.0.0/16", { backend: a }),
      "b.json": inBlock("10.65.0.0/16", { backend: b }),
    });
  const message = (location: string): string =>
    `config/b.json:11: backend must be a state of its own, got ${location}, which is the state of config/a.json; choose another`;

  it("may share a bucket or an organization", () => {
    const s3 = { type: "s3", bucket: "example" };
    const cloud = { type: "cloud", organization: "example" };
    expect(pair(s3, s3)).toEqual([]);
    expect(pair({ ...cloud, workspace: "a" }, { ...cloud, workspace: "b" })).toEqual([]);
    expect(pair({ type: "local" }, { type: "local" })).toEqual([]);
  });

  it("may not be found by the same tags, or by tags that another one has too", () => {
    const tagged = (...tags: string[]) => ({ type: "cloud", organization: "example", tags });
    expect(pair(tagged("routed", "a"), tagged("routed", "b"))).toEqual([]);
    expect(pair(tagged("routed", "a"), tagged("a", "routed"))).toEqual([
      message("app.terraform.io/example/tags a,routed"),
    ]);
    expect(pair(tagged("routed"), tagged("routed", "b"))).toEqual([
      "config/a.json:14: backend.tags must tell its workspace from other environments', got routed, all of which config/b.json has too; add a tag",
    ]);
    expect(pair(tagged("routed"), { ...tagged("routed", "b"), organization: "other" })).toEqual([]);
  });

  it("may not be one, not even by a default", () => {
    const cloud = { type: "cloud", organization: "example", workspace: "routed" };
    expect(pair(cloud, { ...cloud, hostname: "app.terraform.io" })).toEqual([
      message("app.terraform.io/example/routed"),
    ]);
    const s3 = { type: "s3", bucket: "example" };
    expect(pair(s3, { ...s3, key: "routed/a.tfstate" })).toEqual([
      message("s3://example/routed/a.tfstate"),
    ]);
  });
});

describe("PoPs of production environments", () => {
  const serving = (vpcCidr: string, ...names: string[]): RawEnvironment =>
    inBlock(vpcCidr, {
      autopilotSites: names.map((name, index) => {
        return { id: index + 1, name, bgpPeers: [`2001:db8:${index}::/48`] };
      }),
    });

  it("are served by one environment", () => {
    const files = {
      "prd.json": serving("10.64.0.0/16", "ord"),
      "prd-eu.json": serving("10.65.0.0/16", "lhr", "ord"),
      "prd-na.json": serving("10.66.0.0/16", "dfw", "lhr"),
    };
    const allowed = "must be unique over all production environments";
    expect(violationsOf(files)).toEqual([
      `config/prd-eu.json:40: autopilotSites[1].name ${allowed}, got "ord", which config/prd.json serves; remove it from one of them`,
      `config/prd-na.json:40: autopilotSites[1].name ${allowed}, got "lhr", which config/prd-eu.json serves; remove it from one of them`,
    ]);
  });

  it("may be in other environments too", () => {
    const files = {
      "prd-na.json": serving("10.64.0.0/16", "ord"),
      "prdx.json": serving("10.65.0.0/16", "ord"),
      "stg.json": serving("10.66.0.0/16", "ord"),
    };
    expect(violationsOf(files)).toEqual([]);
  });
});
