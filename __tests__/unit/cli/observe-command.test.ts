import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "../../../lib/cli/run-cli";
import { withoutRunbook } from "../../support/without-runbook";

const RECORDED = "__tests__/fixtures/observations";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "routed-observe-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function routed(args: readonly string[], observations = RECORDED) {
  let out = "";
  let err = "";
  const status = await runCli(args, {
    variables: { ROUTED_OBSERVATIONS: observations },
    width: 120,
    print: (text) => (out += text),
    printError: (text) => void (err += withoutRunbook(text)),
  });
  return { status, out, err };
}

it("records a file that the next plan is made from, and gives the same plan", async () => {
  const { status, out } = await routed(["observe", "prd-na", "-o", `${folder}/recorded/`]);
  expect([status, out]).toEqual([0, ""]);
  expect(readdirSync(join(folder, "recorded"))).toEqual(["prd-na.json"]);
  const plan = ["plan", "prd-na", "--json"];
  expect(await routed(plan, join(folder, "recorded"))).toEqual(await routed(plan));
});

it("prints it without -o, and to a named file with it", async () => {
  const printed = await routed(["observe", "prd-na"]);
  const file = join(folder, "seen.json");
  await routed(["observe", "prd-na", "-o", file]);
  expect(readFileSync(file, "utf8")).toBe(printed.out);
  expect(printed.out).not.toContain("arn:");
});

it("records it whole with --raw", async () => {
  const { out } = await routed(["observe", "prd-na", "--raw"]);
  expect(out).toBe(readFileSync(join(RECORDED, "prd-na.json"), "utf8"));
});

it("fails with one message where the file can't be written", async () => {
  const { status, out, err } = await routed(["observe", "prd-na", "-o", "/dev/null/x.json"]);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toMatch(
    /^\/dev\/null\/x\.json: can't be written \(ENOTDIR.*; name a file in a folder that can be written\n$/,
  );
});
