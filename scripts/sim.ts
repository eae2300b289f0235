import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../lib/errors";
import { readOptions } from "./options";
import { runScenario, USAGES } from "./sim/run-scenario";

const SCENARIOS = "__tests__/scenarios";

/**
 * `routed-sim`: plays a scenario on a simulated account and prints what happens (docs/scenarios.md).
 *
 *     npm run --silent sim < __tests__/scenarios/canaries.txt
 *     npm run sim -- --golden    # writes anew what every scenario must print; review the difference
 */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), { flags: ["golden", "help"] });
  if (options.help) {
    for (const { usage, does } of USAGES) console.log(`${usage}\n    ${does}`);
  } else if (options.golden) {
    for (const file of readdirSync(SCENARIOS).filter((name) => name.endsWith(".txt"))) {
      const lines: string[] = [];
      await runScenario(readFileSync(join(SCENARIOS, file), "utf8"), (line) => lines.push(line));
      writeFileSync(join(SCENARIOS, file.replace(/txt$/, "golden")), `${lines.join("\n")}\n`);
    }
  } else {
    await runScenario(readFileSync(0, "utf8"), console.log);
  }
}

main().catch((error: unknown) => {
  console.error(`sim: ${messageOf(error)}`);
  process.exitCode = 1;
});
