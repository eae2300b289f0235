import { readdirSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../lib/config/load";
import { RecordedObservationReader } from "../../lib/observe/recorded";
import { desiredFleet } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import { synthesizeToText } from "../fixtures/synthesize";
import { expectSnapshotFile } from "../fixtures/snapshot-file";
import { renderReadable } from "../fixtures/readable-stack";

/** Config and recorded observation → plan → stack, as reviewers read it in pull requests. */
describe.each([
  ["a shipped environment", "config", "__tests__/fixtures"],
  [
    "a variety that none of them is",
    "__tests__/fixtures/varieties/config",
    "__tests__/fixtures/varieties",
  ],
])("the synthesized stack of %s", (_, directory, fixtures) => {
  const stacks = join(fixtures, "stacks");
  const observations = new RecordedObservationReader(join(fixtures, "observations"));
  const environments = loadEnvironments({ directory });

  it.each(environments.map((environment) => [environment.name, environment] as const))(
    "%s",
    async (name, environment) => {
      const observation = await observations.read(environment);
      const plan = planUpgrade(desiredFleet(environment), observation);
      const text = synthesizeToText(environment, plan);
      expect(synthesizeToText(environment, plan)).toBe(text);
      expectSnapshotFile(join(stacks, `${name}.json`), renderReadable(text));
    },
  );

  it("is recorded for none that is gone", () => {
    expect(readdirSync(stacks).sort()).toEqual(environments.map(({ name }) => `${name}.json`));
  });
});
