/**
 * `npm run bench:deploy [-- --pops 25,100 --cases "no-op,new image" --write]`: what deploys cost.
 *
 * Real Terraform and the real AWS provider, run by `cdktf deploy`, against a local AWS that answers
 * as slowly as AWS and throttles what is above its documented rates. Each case runs twice, one after
 * the other: with the product's defaults, and as a plain single stack (a task definition and a target
 * group for each PoP, the provider as it comes), so that the gain is a ratio of the same machine in
 * the same minutes.
 * `--variants product,product-p30` compares the product with itself at another parallelism.
 * `--write` puts the results into docs/benchmarks.md, in the place of earlier ones of the same size.
 *
 * Ends with status 1 where a target at 100 PoPs is missed.
 */
import { messageOf, RoutedError } from "../lib/errors";
import { requireToolchain } from "../sandbox/toolchain";
import { VARIANTS } from "./bench-deploy/bench-environment";
import type { Variant } from "./bench-deploy/bench-environment";
import { measureCases } from "./bench-deploy/measure-cases";
import { missedTargets, renderDeploys, renderTopCalls } from "./bench-deploy/report";
import { CASES } from "./bench-deploy/result";
import type { Case, CaseResult } from "./bench-deploy/result";
import { optionValue, wholeNumbers } from "./benchmarks/options";
import { machine, recordBenchmark } from "./benchmarks/record";

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const sizes = wholeNumbers("--pops", optionValue(args, "--pops") ?? "25,50,100,200", 1, 998);
  const cases = chosenCases(optionValue(args, "--cases"));
  const variants = chosenVariants(optionValue(args, "--variants"));
  const toolchain = await requireToolchain();
  const results: CaseResult[] = [];
  const report = (result: CaseResult): void => {
    results.push(result);
    const { pops, variant, case: name, seconds } = result;
    console.log(`${pops} PoPs, ${variant}, ${name}: ${seconds.toFixed(1)} s`);
    console.log(`  ${renderTopCalls(result)}`);
    // After each of them, so that a run that is interrupted has not run for nothing.
    if (args.includes("--write")) recordBenchmark("deploy", { machine: machine(), results });
  };
  for (const pops of sizes) {
    console.log(`building ${pops} PoPs: ${variants.join(", ")} …`);
    await measureCases({ toolchain, pops, variants, cases, report });
  }
  console.log(renderDeploys(results));
  const missed = missedTargets(results);
  for (const miss of missed) console.log(miss);
  if (missed.length > 0) process.exitCode = 1;
}

function chosenCases(value: string | undefined): readonly Case[] {
  if (value === undefined) return CASES;
  // Names of cases have commas in them.
  const chosen = CASES.filter((name) => value.split(/;\s*|,(?! -)\s*/).includes(name));
  if (chosen.length > 0) return chosen;
  throw new RoutedError(
    "invalid-argument",
    `--cases must be some of "${CASES.join('", "')}", got "${value}"; separate them by semicolons`,
  );
}

function chosenVariants(value: string | undefined): readonly Variant[] {
  const chosen = VARIANTS.filter((name) => (value ?? "plain,product").split(",").includes(name));
  if (chosen.length > 0) return chosen;
  throw new RoutedError(
    "invalid-argument",
    `--variants must be some of ${VARIANTS.join(", ")}, got "${value}"; separate them by commas`,
  );
}

main().catch((error: unknown) => {
  console.error(`bench-deploy: ${messageOf(error)}`);
  process.exitCode = 1;
});
