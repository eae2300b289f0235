import { chaos } from "../__tests__/support/rollout/chaos";
import { messageOf } from "../lib/errors";
import { readOptions, wholeNumber } from "./options";

/**
 * Plays rollouts with everything that can go wrong, one for each seed, in fake time, and checks at
 * every moment what must never be. A seed that is printed plays the same rollout again.
 *
 *     node bin/run.cjs scripts/simulate-rollouts.ts --runs 10000 --seed 1
 */
async function simulate(): Promise<void> {
  const options = readOptions(process.argv.slice(2), {
    valued: ["runs", "seed"],
    flags: ["verbose"],
  });
  const most = Number.MAX_SAFE_INTEGER;
  const runs = wholeNumber("--runs", options.runs ?? "1000", 1, most);
  const first = wholeNumber("--seed", options.seed ?? "1", 0, most);
  const tally = new Map<string, number>();
  const bad: number[] = [];
  const startedAt = performance.now();
  for (let seed = first; seed < first + runs; seed += 1) {
    const report = await chaos(seed);
    for (const [how, count] of Object.entries(report.tally)) {
      tally.set(how, (tally.get(how) ?? 0) + count);
    }
    if (options.verbose) console.log(report.lines.join("\n"));
    if (report.violations.length > 0) {
      bad.push(seed);
      console.log(`seed ${seed}: ${report.violations.join("\n  ")}`);
    }
    const done = seed - first + 1;
    if (done % 500 === 0) console.log(`${done} runs, ${bad.length} with violations`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  const controllers = [...tally.values()].reduce((sum, count) => sum + count, 0);
  console.log(`\n${controllers} controllers in ${runs} runs ended so:`);
  for (const [how, count] of [...tally].sort(([, a], [, b]) => b - a)) {
    console.log(`${String(count).padStart(8)}  ${how}`);
  }
  console.log(`\nseeds ${first} to ${first + runs - 1}, ${seconds} s: ${bad.length} violations`);
  if (bad.length > 0) process.exitCode = 1;
}

simulate().catch((error: unknown) => {
  console.error(`simulate-rollouts: ${messageOf(error)}`);
  process.exitCode = 1;
});
