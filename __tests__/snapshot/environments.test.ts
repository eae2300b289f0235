import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../lib/config/load";
import { RecordedObservationReader } from "../../lib/observe/recorded";
import { desiredFleet } from "../../lib/plan/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { synthesizeToText } from "../fixtures/synthesize";
import { expectSnapshotFile } from "../fixtures/snapshot-file";
import { renderReadable } from "../fixtures/readable-stack";

const STACKS = "__tests__/fixtures/stacks";
const observations = new RecordedObservationReader("__tests__/fixtures/observations");
const environments = loadEnvironments({ directory: "config" });

/** Config and recorded observation → plan → stack, as reviewers read it in pull requests. */
describe("the synthesized stack", () => {
  it.each(environments.map((environment) => [environment.name, environment] as const))(
    "of %s",
    async (name, environment) => {
      const observation = await observations.read(environment);
      const plan = planUpgrade(desiredFleet(environment), observation);
      const text = synthesizeToText(environment, plan);
      expect(synthesizeToText(environment, plan)).toBe(text);
      expectSnapshotFile(join(STACKS, `${name}.json`), renderReadable(text));
    },
  );

  it("is recorded for no environment that is gone", () => {
    expect(readdirSync(STACKS).sort()).toEqual(environments.map(({ name }) => `${name}.json`));
  });
});
