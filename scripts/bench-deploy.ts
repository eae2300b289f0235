/**
 * `npm run bench:deploy [-- --pops 25,100 --cases "no-op,new image" --write]`: what deploys cost.
 *
 * Real Terraform and the real AWS provider, run by `cdktf deploy`, against a local AWS that answers
 * as slowly as AWS and throttles what is above its documented rates. Each case runs twice, one after
 * the other: with the product's defaults, and as a plain single stack (a task definition and a target
 * group for each PoP, the provider as it comes), so that the gain is a ratio of the same machine in
 * the same minutes; the latter up to 140 PoPs, whose ports are what three nodes can map.
 * `--write` puts the results into docs/benchmarks.md, in the place of earlier ones of the same size.
 *
 * Ends with status 1 where a target at 100 PoPs is missed.
 */
import { messageOf } from "../lib/errors";
import { requireToolchain } from "../sandbox/toolchain";
import { variantsOf } from "./bench-deploy/bench-environment";
import { measureCases } from "./bench-deploy/measure-cases";
import { missedTargets, renderDeploys, renderTopCalls } from "./bench-deploy/report";
import { CASES } from "./bench-deploy/result";
import type { Case, CaseResult } from "./bench-deploy/result";
import { machine, recordBenchmark } from "./benchmarks/record";
import { chosen, readOptions, wholeNumbers } from "./options";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), {
    valued: ["pops", "cases"],
    flags: ["write"],
  });
  const sizes = wholeNumbers("--pops", options.pops ?? "25,50,100,200", 1, 998);
  const cases = chosenCases(options.cases);
  const toolchain = await requireToolchain();
  const results: CaseResult[] = [];
  const report = (result: CaseResult): void => {
    results.push(result);
    const { pops, variant, case: name, seconds } = result;
    console.log(`${pops} PoPs, ${variant}, ${name}: ${seconds.toFixed(1)} s`);
    console.log(`  ${renderTopCalls(result)}`);
    // After each of them, so that a run that is interrupted has not run for nothing.
    if (options.write) recordBenchmark("deploy", { machine: machine(), results });
  };
  for (const pops of sizes) {
    console.log(`building ${pops} PoPs: ${variantsOf(pops).join(", ")} …`);
    await measureCases({ toolchain, pops, cases, report });
  }
  console.log(renderDeploys(results));
  const missed = missedTargets(results);
  for (const miss of missed) console.log(miss);
  if (missed.length > 0) process.exitCode = 1;
}

function chosenCases(value: string | undefined): readonly Case[] {
  // Names of cases have commas in them.
  return value === undefined
    ? CASES
    : chosen("--cases", value.split(/;\s*|,(?! -)\s*/), CASES, "semicolons");
}

main().catch((error: unknown) => {
  console.error(`bench-deploy: ${messageOf(error)}`);
  process.exitCode = 1;
});
