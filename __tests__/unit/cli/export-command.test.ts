import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inTemporaryFolder } from "../../support/temporary-folder";

const OBSERVATIONS = "__tests__/fixtures/observations";

const directory = inTemporaryFolder();

function routedExport(...args: string[]): Promise<Ran> {
  return runRouted(["export", ...args], { ROUTED_OBSERVATIONS: OBSERVATIONS });
}

describe("routed export helm-release", () => {
  it("prints the HelmRelease of the environment and nothing else", async () => {
    const { status, out, err } = await routedExport("helm-release", "stg");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(parse(out)).toMatchObject({
      apiVersion: "helm.toolkit.fluxcd.io/v2",
      metadata: { name: "autopilot-routed-prom-stg-awsuse2", namespace: "autopilot" },
    });
    expect(await routedExport("helm-release", "stg")).toEqual({ status, out, err });
  });

  it("writes a file, and leaves one alone that is up to date", async () => {
    const file = join(directory(), "flux", "prom.yaml");
    const { out } = await routedExport("helm-release", "stg");
    expect(await routedExport("helm-release", "stg", "-o", file)).toMatchObject({
      status: 0,
      out: `wrote ${file}\n`,
    });
    expect(readFileSync(file, "utf8")).toBe(out);
    const { ino } = statSync(file);
    expect((await routedExport("helm-release", "stg", "-o", file)).out).toBe(
      `${file} is up to date\n`,
    );
    expect(statSync(file).ino).toBe(ino);
  });

  it("says what it can't write", async () => {
    const inTheWay = join(directory(), "a-file");
    writeFileSync(inTheWay, "");
    const file = join(inTheWay, "prom.yaml");
    const { status, err } = await routedExport("helm-release", "stg", "-o", file);
    expect(status).toBe(1);
    expect(err).toContain(`${file}: can't be written (`);
    expect(err).toContain("; name a file in a folder that can be written\n");
  });

  it("takes older versions of the API, and no others", async () => {
    const { out } = await routedExport("helm-release", "stg", "--api-version", "v2beta1");
    expect(parse(out)).toMatchObject({ apiVersion: "helm.toolkit.fluxcd.io/v2beta1" });
    expect(await routedExport("helm-release", "stg", "--api-version", "v1")).toEqual({
      status: 1,
      out: "",
      err: '--api-version must be one of v2, v2beta2, v2beta1, got "v1"\n',
    });
  });

  it("refuses an environment that isn't deployed", async () => {
    expect(await routedExport("helm-release", "dev")).toEqual({
      status: 1,
      out: "",
      err: "dev: no node has its addresses yet, so there is nothing to export; deploy dev first\n",
    });
  });
});

describe("routed export prometheus", () => {
  it("wants a folder with a name", async () => {
    expect(await routedExport("prometheus", "stg", "-o", "")).toEqual({
      status: 1,
      out: "",
      err: '--output must be a folder, got ""; name one\n',
    });
  });

  it("writes all files, then only those that change", async () => {
    const files = ["prometheus.yml", "rules.yml", "targets.json"].map((f) => join(directory(), f));
    expect(await routedExport("prometheus", "stg", "-o", directory())).toEqual({
      status: 0,
      out: files.map((file) => `wrote ${file}\n`).join(""),
      err: "",
    });
    expect((await routedExport("prometheus", "stg", "-o", directory())).out).toBe(
      `${directory()} is up to date\n`,
    );
    const rules = join(directory(), "rules.yml");
    const exported = readFileSync(rules, "utf8");
    writeFileSync(rules, exported.replace("groups:", "groups: []\nother:"));
    expect((await routedExport("prometheus", "stg", "-o", directory())).out).toBe(
      `wrote ${rules}\n`,
    );
    expect(readFileSync(rules, "utf8")).toBe(exported);
  });

  it("needs a directory", async () => {
    const { status, err } = await routedExport("prometheus", "stg");
    expect(status).toBe(1);
    expect(err).toContain("required option '-o, --output <directory>' not specified");
  });
});

describe("routed export cloudwatch-exporter", () => {
  it("prints the config of an environment that isn't deployed yet, too", async () => {
    const { status, out, err } = await routedExport("cloudwatch-exporter", "dev");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(parse(out)).toMatchObject({ use_get_metric_data: true });
    expect(out).toMatch(
      /\n# dev: \d+ metrics of AWS's own every 300 s: about \d+\.\d\d USD a month\.\n/,
    );
  });
});
