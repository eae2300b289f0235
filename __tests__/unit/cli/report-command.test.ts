import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadEnvironment } from "../../../lib/config/load";
import { LocalObjectStore } from "../../../lib/rollout/store/local-object-store";
import { ObjectHistory } from "../../../lib/rollout/store/object-history";
import { recordObservation } from "../../../lib/observe/recorded";
import { recordPlan } from "../../../lib/synthesis/recorded-plan";
import { withNewAmi } from "../../support/fleet";
import { aRecord } from "../rollout/a-record";
import { deployed, Draft } from "../verify/a-plan";
import { environmentWith } from "../../fixtures/config/config-folder";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inWorkingFolder } from "../../support/temporary-folder";

const CONFIG = environmentWith({ fleet: { nodes: 3, instanceType: "r6i.large" } });

/** In a working directory with a config and what a synthesis left. */
inWorkingFolder();
beforeEach(async () => {
  mkdirSync("config");
  writeFileSync("config/test.json", JSON.stringify(CONFIG));
  const environment = loadEnvironment("config", "test");
  const draft = Draft.of(environment, withNewAmi(deployed(environment)));
  if (!draft.observation) throw new Error("it was observed");
  await recordObservation("cdktf.out/observations", draft.observation);
  await recordPlan("cdktf.out/plans", draft.upgradePlan);
  writeFileSync("plan.json", JSON.stringify(draft.json));
  mkdirSync("cdktf.out/stacks/test", { recursive: true });
  writeFileSync("cdktf.out/stacks/test/cdk.tf.json", JSON.stringify(draft.stackJson()));
  mkdirSync("history");
});

function report(args: readonly string[], variables?: NodeJS.ProcessEnv): Promise<Ran> {
  return runRouted(["report", "test", "--history", "history", ...args], variables);
}

it("reports on a plan with the observation of its synthesis", async () => {
  const { status, out, err } = await report(["--plan", "plan.json"]);
  expect(err).toBe("");
  expect(out).toContain("### `test` has a wave staged: upgrade node 0\n");
  expect(out).toContain("| 1 replaced | ✅ proved |");
  expect(status).toBe(0);
});

it("estimates times from past waves where there are some, and else from the config", async () => {
  const plain = await report(["--plan", "plan.json"]);
  expect(plain.out).toContain(
    "3 waves to come, about 20m each (by the config's stateRebuildMinutes)",
  );
  const past = aRecord({ environment: "test", seconds: { apply: 60, wait: 3000 } });
  await new ObjectHistory(new LocalObjectStore("history"), "test").store(past);
  const { out } = await report(["--plan", "plan.json"]);
  expect(out).toContain("3 waves to come, about 55m each (by the last wave)");
});

it.each([
  ["plan.json", ""],
  ["no-folder", "--history: there is no no-folder\n"],
])("says where past waves can't be read, as in %s, and goes on", async (history, why) => {
  const { status, err } = await report(["--plan", "plan.json", "--history", history]);
  expect(status).toBe(0);
  expect(err).toContain(`note: times are estimated from the config, not from past waves: ${why}`);
});

it("reports on recorded observations without a plan, and says what is missing", async () => {
  const { status, out } = await report([], { ROUTED_OBSERVATIONS: "cdktf.out/observations" });
  expect(out).toContain("<sub>Terraform's plan was not given");
  expect(status).toBe(0);
});

it("prints data with --format json", async () => {
  const { out } = await report(["--plan", "plan.json", "--format", "json"]);
  expect(JSON.parse(out)).toMatchObject({ environment: "test", verdict: { proved: true } });
});

it("writes the report to a file with --out", async () => {
  const { status, out } = await report(["--plan", "plan.json", "--out", "report.md"]);
  expect([status, out]).toEqual([0, ""]);
  expect(readFileSync("report.md", "utf8")).toContain("<!-- routed-report: test -->\n");
});

it("refuses a plan of another synthesis", async () => {
  const changed = environmentWith({ fleet: { nodes: 3, instanceType: "r6i.xlarge" } });
  writeFileSync("config/test.json", JSON.stringify(changed));
  const { status, out, err } = await report(["--plan", "plan.json"]);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toBe(
    "test: the config, the observation or the options have changed since the synthesis that " +
      "plan.json was made from; synthesize and plan again\n",
  );
});

it("takes a plan only beside what its synthesis observed", async () => {
  rmSync("cdktf.out/observations", { recursive: true });
  const { status, err } = await report(["--plan", "plan.json"]);
  expect(status).toBe(1);
  expect(err).toMatch(/what the synthesis of test observed is not recorded here; synthesize first/);
});

it.each([
  [["--format", "pdf"], /'pdf' is invalid\. Allowed choices are /],
  [["--plan", "missing.json"], /missing\.json: the plan can't be read/],
  [
    ["--plan", "plan.json", "--out", "plan.json/report.md"],
    /plan\.json\/report\.md: can't be written/,
  ],
])("ends with 1 and one message for %j", async (args, message) => {
  const { status, out, err } = await report(args);
  expect([status, out]).toEqual([1, ""]);
  expect(err).toMatch(message);
});
