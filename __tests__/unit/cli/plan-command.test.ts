import { loadEnvironment } from "../../../lib/config/load";
import { imageParameter } from "../../../lib/config/naming";
import type { Observation } from "../../../lib/observe/observation";
import { recordObservation } from "../../../lib/observe/recorded";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import { simulateWave } from "../../../lib/plan/simulate/simulate-wave";
import { emptyObservation, NEW_AMI, OLD_AMI, withEcs, withTask } from "../../support/fleet";
import { runRouted } from "../../support/run-routed";
import type { Ran } from "../../support/run-routed";
import { inTemporaryFolder } from "../../support/temporary-folder";

const sandbox = loadEnvironment("config", "sandbox");
const empty = emptyObservation({
  environment: "sandbox",
  accountId: sandbox.aws.accountId,
  region: sandbox.aws.region,
});
const fleet = withEcs(simulateWave(empty, planUpgrade(desiredFleet(sandbox), empty)), [
  { pop: "pop1" },
  { pop: "pop2" },
]);
const outdated: Observation = {
  ...fleet,
  images: { [imageParameter("al2023", "x86_64")]: NEW_AMI },
};

const directory = inTemporaryFolder();

function routed(args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return runRouted(args, { ROUTED_OBSERVATIONS: directory(), ...variables });
}

async function plan(observation: Observation, ...args: string[]): Promise<Ran> {
  await recordObservation(directory(), observation);
  return routed(["plan", "sandbox", ...args]);
}

it("ends with 0 where the fleet has converged", async () => {
  const { status, out, err } = await plan(fleet);
  expect(err).toBe("");
  expect(out).toContain("sandbox: converged: every node is as the config wants it\n");
  expect(status).toBe(0);
});

it("ends with 2 where a wave is staged, and shows each slot, the PoPs and the waves after", async () => {
  const { status, out } = await plan(outdated);
  expect(status).toBe(2);
  expect(out.replace(/\bi-[0-9a-f]{17}/g, "i-0123456789abcdef0")).toMatchSnapshot();
});

it("ends with 3 where the fleet is held, and says by what", async () => {
  const rebuilding = withTask(fleet, "pop1", 0, { healthStatus: "UNKNOWN" });
  const { status, out } = await plan({ ...rebuilding, images: outdated.images }, "--json");
  const { status: planStatus } = JSON.parse(out) as { status: string };
  // Node 0 is outdated and broken, so it is the one to mend.
  expect([status, planStatus]).toEqual([2, "staged"]);

  const upToDate = {
    ...outdated,
    instances: rebuilding.instances.map((i) => (i.slot === 0 ? { ...i, amiId: NEW_AMI } : i)),
    health: rebuilding.health,
  };
  const held = await plan(upToDate);
  expect(held.status).toBe(3);
  expect(held.out).toContain(
    "sandbox: held: no node is changed, because node 0 has 1 of 2 tasks healthy; not that of pop1;",
  );
  expect(held.out).toContain("once it is no longer held, 2 waves:\n  wave 1: upgrade node 1\n");

  const forced = await routed(["plan", "sandbox", "--ignore-health"]);
  expect(forced.status).toBe(2);
  expect(forced.out).toContain("WARNING: the health gate is overridden");
  const byVariable = await routed(["plan", "sandbox"], { ROUTED_IGNORE_HEALTH: "1" });
  expect(byVariable.out).toBe(forced.out);
});

it("prints JSON that holds the whole plan and the waves after it", async () => {
  const { status, out } = await plan(outdated, "--json");
  expect(status).toBe(2);
  const parsed = JSON.parse(out) as Record<string, unknown>;
  expect(parsed).toMatchObject({
    environment: "sandbox",
    status: "staged",
    wavesRemaining: 3,
    decisions: [
      { slot: 0, action: "upgrade", from: { amiId: OLD_AMI }, to: { amiId: NEW_AMI } },
      { slot: 1, action: "keep", pending: "upgrade" },
      { slot: 2, action: "keep", pending: "upgrade" },
    ],
    popsTouched: [{ pops: ["pop1", "pop2"], losesOn: [0], keepsOn: [1, 2] }],
  });
  expect((parsed["later"] as unknown[]).length).toBe(3);
});

it.each([
  [["plan", "nowhere"], /nowhere/],
  [["plan"], /missing required argument 'environment'/],
  [["plan", "sandbox", "--no-such-option"], /unknown option '--no-such-option'/],
  [["no-such-command"], /unknown command 'no-such-command'/],
  [["plan", "sandbox"], /no recorded observation of sandbox/],
])("ends with 1 and one message for %j", async (args, message) => {
  const { status, out, err } = await routed(args);
  expect(status).toBe(1);
  expect(out).toBe("");
  expect(err).toMatch(message);
  expect(err).not.toMatch(/^\s+at /m);
});

it("refuses a switch that is neither on nor off", async () => {
  const { status, err } = await routed(["plan", "sandbox"], { ROUTED_IGNORE_HEALTH: "yes" });
  expect(status).toBe(1);
  expect(err).toBe(
    'ROUTED_IGNORE_HEALTH must be 1 (on) or 0 (off), got "yes"; unset it to leave it off\n',
  );
});

it("prints its help with status 0", async () => {
  const { status, out } = await routed(["plan", "--help"]);
  expect(status).toBe(0);
  expect(out).toContain("Exit status: 0 converged, 2 a wave is staged, 3 held, 1 error.");
});
