import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../../lib/config/load";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inTemporaryFolder } from "../../support/temporary-folder";

const RECORDED = "__tests__/fixtures/observations";
const account = loadEnvironment("config", "prd-na").aws.accountId;

const folder = inTemporaryFolder();

function routed(args: readonly string[], observations = RECORDED): Promise<Ran> {
  return runRouted(args, { ROUTED_OBSERVATIONS: observations });
}

it("records a file that the next plan is made from, and gives the same plan", async () => {
  const { status, out } = await routed(["observe", "prd-na", "-o", `${folder()}/recorded/`]);
  expect([status, out]).toEqual([0, ""]);
  expect(readdirSync(join(folder(), "recorded"))).toEqual(["prd-na.json"]);
  const plan = ["plan", "prd-na", "--json"];
  expect(await routed(plan, join(folder(), "recorded"))).toEqual(await routed(plan));
});

it("prints it without -o, and to a named file with it", async () => {
  const printed = await routed(["observe", "prd-na"]);
  const file = join(folder(), "seen.json");
  await routed(["observe", "prd-na", "-o", file]);
  expect(readFileSync(file, "utf8")).toBe(printed.out);
  expect(printed.out).not.toContain(account);
});

it("records it whole with --raw", async () => {
  const { out } = await routed(["observe", "prd-na", "--raw"]);
  expect(JSON.parse(out)).toMatchObject({
    accountId: account,
    cluster: { clusterArn: `arn:aws:ecs:us-east-2:${account}:cluster/routed-prd-na` },
  });
});

it("fails with one message where the file can't be written", async () => {
  const { status, out, err } = await routed(["observe", "prd-na", "-o", "/dev/null/x.json"]);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toMatch(
    /^\/dev\/null\/x\.json: can't be written \(ENOTDIR.*; name a file in a folder that can be written\n$/,
  );
});
