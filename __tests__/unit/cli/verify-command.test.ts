import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { verifyCommand } from "../../../lib/cli/commands/verify-command";
import { loadEnvironment } from "../../../lib/config/load";
import { recordObservation } from "../../../lib/observe/recorded";
import { recordPlan } from "../../../lib/synthesis/recorded-plan";
import { withNewAmi } from "../../support/fleet";
import { deployed, Draft } from "../verify/a-plan";
import { environmentWith } from "../../fixtures/config/config-folder";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inWorkingFolder } from "../../support/temporary-folder";

const CONFIG = environmentWith({ fleet: { nodes: 3, instanceType: "r6i.large" } });

/** In a working directory with a config and what a synthesis left. */
inWorkingFolder();
let draft: Draft;
beforeEach(async () => {
  mkdirSync("config");
  writeFileSync("config/test.json", JSON.stringify(CONFIG));
  const environment = loadEnvironment("config", "test");
  const observation = withNewAmi(deployed(environment));
  draft = Draft.of(environment, observation);
  await recordPlan("cdktf.out/plans", draft.upgradePlan);
  await recordObservation("cdktf.out/observations", observation);
});

function routed(...args: string[]): Promise<Ran> {
  writeFileSync("plan.json", JSON.stringify(draft.json));
  mkdirSync("cdktf.out/stacks/test", { recursive: true });
  writeFileSync("cdktf.out/stacks/test/cdk.tf.json", JSON.stringify(draft.stackJson()));
  return runRouted(args);
}

it("exits with 0 and a table where the plan is proved", async () => {
  const { status, out, err } = await routed("verify", "test", "--plan", "plan.json");
  expect(err).toBe("");
  expect(out.split("\n")[0]).toBe(
    "test: proved: 1 of at most 1 nodes disrupted, all as the upgrade plan decided",
  );
  expect(status).toBe(0);
});

it("plans without the state's lock, whether or not the plan is kept", async () => {
  mkdirSync("cdktf.out/stacks/test/.terraform", { recursive: true });
  writeFileSync("cdktf.out/stacks/test/cdk.tf.json", "{}");
  const planned: (readonly string[])[] = [];
  const world = { variables: {}, width: 120, print: () => {}, printError: () => {} };
  for (const out of [undefined, "kept.tfplan"]) {
    await verifyCommand("test", { json: true, plan: undefined, out }, world, (args) => {
      if (args[0] === "plan") {
        planned.push(args);
        const file = args.find((arg) => arg.startsWith("-out="))?.slice("-out=".length);
        if (file !== undefined) writeFileSync(file, "a plan");
      }
      const stdout = args[0] === "show" ? JSON.stringify(draft.json) : "";
      return Promise.resolve({ status: 0, stdout, stderr: "", timedOut: false });
    });
  }
  const unlocked = expect.arrayContaining(["-lock=false"]) as string[];
  expect(planned).toEqual([unlocked, unlocked]);
});

it("exits with 1 and the reasons where it is not", async () => {
  draft.edit("aws_instance.node-1", { instance_type: "r6i.xlarge" });
  const { status, out } = await routed("verify", "test", "--plan", "plan.json");
  expect(out).toContain("refused: aws_instance.node-1: node 1 would be stopped and started again");
  expect(status).toBe(1);
});

it("prints JSON, and nothing else, with --json", async () => {
  const { status, out } = await routed("verify", "test", "--plan", "plan.json", "--json");
  expect(JSON.parse(out)).toMatchObject({ environment: "test", proved: true, violations: [] });
  expect(status).toBe(0);
});

describe("the age of a plan", () => {
  const NOW = Date.parse("2026-03-02T11:30:00Z");

  async function verify(timestamp: string | undefined, maxPlanAge?: string) {
    mkdirSync("cdktf.out/stacks/test", { recursive: true });
    writeFileSync("cdktf.out/stacks/test/cdk.tf.json", JSON.stringify(draft.stackJson()));
    writeFileSync("plan.json", JSON.stringify({ ...(draft.json as object), timestamp }));
    let out = "";
    const print = (text: string): void => void (out += text);
    const world = { variables: {}, width: 120, print, printError: print };
    const options = { json: false, plan: "plan.json", out: undefined, maxPlanAge };
    const none = () => Promise.reject(new Error("Terraform isn't run"));
    return { status: await verifyCommand("test", options, world, none, NOW), out };
  }

  it("is told, and may be any where nobody says", async () => {
    const { status, out } = await verify("2026-03-01T11:00:00Z");
    expect(out).toMatch(/\nplanned at 2026-03-01T11:00:00Z\n$/);
    expect(status).toBe(0);
  });

  it.each([
    ["2026-03-02T11:00:00Z", 0, "planned at 2026-03-02T11:00:00Z; may be 30m old"],
    ["2026-03-02T10:59:59Z", 1, "refused: a plan would be applied that is 30m 1s old, but it may"],
    [
      undefined,
      1,
      "refused: a plan would be applied that is of an unknown time, but it may be 30m",
    ],
  ])("made at %s, of at most 30 minutes ends with %d", async (timestamp, expected, words) => {
    const { status, out } = await verify(timestamp, "30m");
    expect(out).toContain(words);
    expect(status).toBe(expected);
  });

  it("must be a duration", async () => {
    await expect(verify(undefined, "old")).rejects.toThrow("--max-plan-age must be a duration");
  });
});

it.each([
  [["--plan", "missing.json"], /missing\.json: the plan can't be read/],
  [[], /cdktf\.out\/stacks\/test: there is no synthesized stack; synthesize first/],
])("exits with 1 and says what is missing: %j", async (options, message) => {
  const { status, out, err } = await runRouted(["verify", "test", ...options]);
  expect(err).toMatch(message);
  expect(out).toBe("");
  expect(status).toBe(1);
});

it("exits with 1 where nothing was synthesized", async () => {
  rmSync("cdktf.out", { recursive: true });
  const { status, err } = await routed("verify", "test", "--plan", "plan.json");
  expect(err).toContain("cdktf.out/plans/test.json: no upgrade plan of test is recorded");
  expect(status).toBe(1);
});

it("refuses a recorded observation that it can't read, rather than doing without", async () => {
  writeFileSync("cdktf.out/observations/test.json", "{}");
  const { status, err } = await routed("verify", "test", "--plan", "plan.json");
  expect(err).toContain("cdktf.out/observations/test.json");
  expect(status).toBe(1);
});
