import { readFileSync } from "node:fs";
import { WAVE_PHASES, WAVE_STEPS } from "../../../lib/rollout/wave-steps";
import { loadEnvironment } from "../../../lib/config/load";
import { expectedSeconds, secondsToGo, totalSeconds } from "../../../lib/rollout/estimate";
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
