import { chaos } from "../../support/rollout/chaos";

/** Further seeds: `node bin/run.cjs scripts/simulate-rollouts.ts --runs 10000 --seed 1`. */
const RUNS = 200;

it("keeps every PoP served, the budget, the addresses and the lock, whatever fails, and converges", async () => {
  const endings = new Set<string>();
  for (let seed = 0; seed < RUNS; seed += 1) {
    const { violations, tally } = await chaos(seed);
    for (const how of Object.keys(tally)) endings.add(how);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
  }
  // The test of the generator: these runs end in all the ways there are.
  expect([...endings].sort()).toEqual(
    expect.arrayContaining([
      "converged",
      "interrupted",
      "killed",
      "max-waves",
      "stopped: apply",
      "stopped: drain",
      "stopped: gate",
      "stopped: locked",
      "stopped: not-available",
      "stopped: prepare",
    ]),
  );
}, 120_000);
