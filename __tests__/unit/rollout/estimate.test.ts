import { readFileSync } from "node:fs";
import { WAVE_PHASES, WAVE_STEPS } from "../../../lib/rollout/wave-steps";
import { loadEnvironment } from "../../../lib/config/load";
import {
  expectedOf,
  expectedSeconds,
  secondsToGo,
  spareMinutes,
  totalSeconds,
} from "../../../lib/rollout/estimate";
import type { Observation } from "../../../lib/observe/observation";
import { planWaves } from "../../../lib/plan/plan-upgrade";
import { renderSummary } from "../../../lib/plan/render/render-summary";
import { aFleet, observationOf, withNewAmi } from "../../support/fleet";
import { aRecord } from "./a-record";

const sandbox = loadEnvironment("config", "sandbox");
const environment = { ...sandbox, routed: { ...sandbox.routed, stateRebuildMinutes: 12 } };

it("goes by the config's rebuild time where nothing is recorded", () => {
  const expected = expectedSeconds(environment, 120, []);
  expect(expected.wait).toBe(90 + 12 * 60);
  expect(expected.bake).toBe(120);
  expect(totalSeconds(expected)).toBe(2 + 60 + 3 + 60 + 5 + 150 + 810 + 120);
});

it("goes by the median of the last ten waves that went well, but for the bake", () => {
  const waves = [100, 900, 300, 200, 400].map((wait) => aRecord({ seconds: { wait, bake: 5 } }));
  const failed = aRecord({ result: "failed", seconds: { wait: 5000 } });
  const old = Array.from({ length: 10 }, () => aRecord({ seconds: { wait: 1 } }));
  expect(expectedSeconds(environment, 60, [...waves, failed])).toMatchObject({
    wait: 300,
    bake: 60,
  });
  expect(expectedSeconds(environment, 60, [...waves, ...old]).wait).toBe(1);
});

it("counts what is left of a phase and those after it", () => {
  const expected = expectedSeconds(environment, 120, []);
  expect(secondsToGo(expected, "wait", 10)).toBe(800 + 120);
  expect(secondsToGo(expected, "wait", 5000)).toBe(120);
  expect(secondsToGo(expected, "gate-after", 1)).toBe(0);
});

it("is of the steps that docs/rollout.md tells, in their order", () => {
  const [, table = ""] = readFileSync("docs/rollout.md", "utf8").split("\n## One wave\n");
  const rows = (table.trim().split("\n\n")[0] ?? "").split("\n").slice(2);
  const names = rows.map((row) => row.split("|")[1]?.trim());
  expect(names).toEqual(["look", ...WAVE_PHASES.map((phase) => WAVE_STEPS[phase].name)]);
});

describe("of a rollout with a spare", () => {
  const fleet = aFleet({ spareNodes: 1 });
  const waves = (observation: Observation, desired = fleet) =>
    planWaves(desired, observation).filter(({ status }) => status === "staged");
  const rollout = waves(withNewAmi(observationOf(fleet)));
  const none = expectedSeconds(environment, 0, []);
  const expected = {
    ...none,
    ...{ gate: 0, preflight: 0, probe: 0, "look-again": 0, "gate-after": 0 },
    ...{ prepare: 60, drain: 60, apply: 120, wait: 600, bake: 120 },
  };

  it("waits for no drain where it fills, and for nobody where it parks", () => {
    expect(rollout.map(renderSummary)).toEqual([
      "fill spare 200",
      ...["upgrade node 0", "upgrade node 1", "upgrade node 2"],
      "park spare 200",
    ]);
    const seconds = rollout.map((plan) => totalSeconds(expectedOf(expected, plan)));
    expect(seconds).toEqual([900, 960, 960, 960, 360]);
  });

  it("has its price: the spare's minutes from the apply that fills it to that which parks it", () => {
    expect(spareMinutes(rollout, expected)).toBe((840 + 3 * 960 + 240) / 60);
    const without = aFleet();
    const three = waves(withNewAmi(observationOf(without)), without);
    expect(spareMinutes(three, expected)).toBe(0);
  });

  it("takes the time that a park waited for no measure of a node's wait", () => {
    const park = aRecord({ plan: rollout.at(-1)!, seconds: { wait: 1 } });
    const upgrade = aRecord({ plan: rollout[1]!, seconds: { wait: 500 } });
    expect(expectedSeconds(environment, 60, [upgrade, park, park]).wait).toBe(500);
  });
});
