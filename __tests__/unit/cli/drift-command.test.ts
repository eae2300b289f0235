import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { driftCommand } from "../../../lib/cli/commands/drift-command";
import { loadEnvironment } from "../../../lib/config/load";
import { recordPlan } from "../../../lib/synthesis/recorded-plan";
import { deployed, Draft } from "../verify/a-plan";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inWorkingFolder } from "../../support/temporary-folder";

const sandbox = loadEnvironment("config", "sandbox");
const seen = { ...deployed(sandbox), environment: "sandbox" };

const config = resolve("config");

inWorkingFolder();
let draft: Draft;
beforeEach(async () => {
  cpSync(config, "config", { recursive: true });
  draft = Draft.of(sandbox, seen);
  await recordPlan("cdktf.out/plans", draft.upgradePlan);
});

function drift(...args: string[]): Promise<Ran> {
  writeFileSync("plan.json", JSON.stringify(draft.json));
  return runRouted(["drift", "sandbox", ...args]);
}

function changeByHand(): void {
  const { address, mode, type, change } = draft.at("aws_eip.node-0");
  const after = { ...change.before, public_ip: "192.0.2.77" };
  draft.json.resource_drift.push({
    address,
    mode,
    type,
    change: { actions: ["update"], before: change.before, after, after_unknown: {} },
  });
}

it("plans without the state's lock, which it has no right to", async () => {
  const stack = "cdktf.out/stacks/sandbox";
  mkdirSync(join(stack, ".terraform"), { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), "{}");
  const planned: (readonly string[])[] = [];
  const world = { variables: {}, width: 120, print: () => {}, printError: () => {} };
  await driftCommand("sandbox", {}, world, (args) => {
    if (args[0] === "plan") planned.push(args);
    const stdout = args[0] === "show" ? JSON.stringify(draft.json) : "";
    return Promise.resolve({ status: 0, stdout, stderr: "", timedOut: false });
  });
  expect(planned).toEqual([expect.arrayContaining(["-lock=false"])]);
});

it("ends with 0 where there is none", async () => {
  expect(await drift("--plan", "plan.json")).toEqual({
    status: 0,
    out: "sandbox: no drift: AWS holds what the last deploy left\n",
    err: "",
  });
});

it("ends with 2 where there is some, as text and as data", async () => {
  changeByHand();
  const text = await drift("--plan", "plan.json");
  expect(text.status).toBe(2);
  expect(text.out).toContain("  public_ip: 192.0.2.0 → 192.0.2.77; the next deploy does nothing");
  const { status, out } = await drift("--plan", "plan.json", "--json");
  expect(status).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ drifted: true });
});

it("ends with 1 where the plan may lack something", async () => {
  draft.json.complete = false;
  const { status, out, err } = await drift("--plan", "plan.json");
  expect([status, out]).toEqual([1, ""]);
  expect(err).toBe(
    "sandbox: Terraform's plan is not complete, so drift may be missing; plan again, without -target\n",
  );
});

it("ends with 1, and verify's words, where Terraform refused to plan the whole", async () => {
  draft.json.errored = true;
  mkdirSync("cdktf.out/stacks/sandbox", { recursive: true });
  const stack = JSON.stringify(draft.stackJson());
  writeFileSync("cdktf.out/stacks/sandbox/cdk.tf.json", stack);
  const { status, out, err } = await drift("--plan", "plan.json");
  expect([status, out]).toEqual([1, ""]);
  expect(err.split("\n").slice(0, 2)).toEqual([
    "sandbox: Terraform's plan ended in an error, so drift may be missing:",
    "Terraform's plan ended in an error, but it may lack changes; correct the error and plan again",
  ]);
});

it("ends with 1 where nothing was synthesized", async () => {
  rmSync("cdktf.out", { recursive: true });
  const { status, err } = await drift();
  expect(status).toBe(1);
  expect(err).toContain("no upgrade plan of sandbox is recorded; synthesize first");
});
