import type { Variant } from "./bench-environment";
import { answeredCalls, bucketBound, totalCalls } from "./rates";
import { CASES } from "./result";
import type { Case, CaseResult } from "./result";

/** How much faster than the plain stack's deploy of a case the product's must be at 100 PoPs. */
export interface Target {
  /** What the plain stack deploys. */
  readonly case: Case;
  /** How the product deploys the same. */
  readonly by: Case;
  readonly gain: number;
}

/**
 * A node's AMI is deployed without a refresh, as all waves of a rollout but the first are: what the
 * plain stack has a refresh for is what the product observes, guards and proves.
 */
export const TARGETS: readonly Target[] = [
  { case: "cold create", by: "cold create", gain: 2 },
  { case: "no-op", by: "no-op", gain: 4 },
  { case: "new image", by: "new image", gain: 8 },
  { case: "one node's AMI", by: "one node's AMI, -refresh=false", gain: 2.5 },
];
export const TARGET_POPS = 100;
const TOP_CALLS = 6;

/** The fewest seconds in which AWS lets the calls through, and the command starts. */
export function lowerBound(result: CaseResult): number {
  const { calls, throttled, startSeconds } = result;
  return startSeconds + bucketBound(answeredCalls(calls, throttled)).seconds;
}

/**
 * The fewest seconds in which AWS lets a case's calls through at another number of PoPs, in one
 * account and region, if calls grow with PoPs; it counts what doesn't grow as if it did.
 */
export function boundAt(pops: number, result: CaseResult): number {
  const factor = pops / result.pops;
  const answered = answeredCalls(result.calls, result.throttled);
  const grown = Object.fromEntries(
    Object.entries(answered).map(([service, actions]) => [
      service,
      Object.fromEntries(
        Object.entries(actions).map(([action, count]) => [action, count * factor]),
      ),
    ]),
  );
  return bucketBound(grown).seconds;
}

/**
 * The plain stack's time over the product's; undefined where one is missing.
 *
 * @param by how the product deploys it, where that is another case than the plain stack's
 */
export function gain(
  results: readonly CaseResult[],
  pops: number,
  name: Case,
  by: Case = name,
): number | undefined {
  const of = (variant: Variant, which: Case) =>
    results.find((each) => each.pops === pops && each.variant === variant && each.case === which);
  const plain = of("plain", name);
  const product = of("product", by);
  return plain && product && plain.seconds / product.seconds;
}

/** What a run of 100 PoPs says of a target. */
export interface TargetResult extends Target {
  readonly got: number;
  readonly reached: boolean;
}

/** Of the targets that were measured both ways. */
export function targetResults(results: readonly CaseResult[]): TargetResult[] {
  return TARGETS.flatMap((target) => {
    const got = gain(results, TARGET_POPS, target.case, target.by);
    return got === undefined ? [] : [{ ...target, got, reached: got >= target.gain }];
  });
}

/** In words, for each target that a run of 100 PoPs missed. */
export function missedTargets(results: readonly CaseResult[]): string[] {
  return targetResults(results)
    .filter(({ reached }) => !reached)
    .map(
      ({ by, got, gain: wanted }) =>
        `${by} at ${TARGET_POPS} PoPs: ${got.toFixed(1)} times faster than the plain stack, the target is ${wanted}`,
    );
}

/** Cases whose calls for each PoP grow with the number of PoPs, in words. */
export function growingCases(results: readonly CaseResult[]): string[] {
  return CASES.flatMap((name) => {
    const ofCase = results
      .filter((each) => each.variant === "product" && each.case === name)
      .sort((a, b) => a.pops - b.pops);
    return ofCase.slice(1).flatMap((larger, index) => {
      const smaller = ofCase[index];
      if (smaller === undefined) return [];
      const [before, after] = [callsPerPop(smaller), callsPerPop(larger)];
      if (after <= before) return [];
      return `${name}: ${before.toFixed(2)} calls per PoP at ${smaller.pops} PoPs, ${after.toFixed(2)} at ${larger.pops}`;
    });
  });
}

/** Answered calls: how often one is repeated that was throttled is the machine's luck. */
export function callsPerPop({ calls, throttled, pops }: CaseResult): number {
  return totalCalls(answeredCalls(calls, throttled)) / pops;
}

/** The actions that were called most. */
export function renderTopCalls({ calls }: CaseResult): string {
  return Object.entries(calls)
    .flatMap(([service, actions]) =>
      Object.entries(actions).map(([action, count]) => ({ action: `${service}:${action}`, count })),
    )
    .sort((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1))
    .slice(0, TOP_CALLS)
    .map(({ action, count }) => `${action} ${count}`)
    .join(", ");
}

/** The plain stack before the product, in whatever order they were measured. */
export function byVariant(a: CaseResult, b: CaseResult): number {
  return a.variant < b.variant ? -1 : 1;
}

/** A Markdown table of all results. */
export function renderDeploys(results: readonly CaseResult[]): string {
  const sizes = [...new Set(results.map(({ pops }) => pops))].sort((a, b) => a - b);
  const rows = sizes.flatMap((pops) =>
    CASES.flatMap((name) => {
      const ofCase = results.filter((each) => each.pops === pops && each.case === name);
      return ofCase.sort(byVariant).map((result) => renderRow(result, gain(results, pops, name)));
    }),
  );
  return [
    "| PoPs | case | stack | seconds | gain | lower bound | ratio to it | calls | throttled | calls per PoP | resources | CPU s | peak MiB | load | day |",
    "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

function renderRow(result: CaseResult, faster: number | undefined): string {
  const { pops, variant, case: name, seconds, calls, throttled } = result;
  const bound = lowerBound(result);
  const cells = [
    pops,
    name,
    variant,
    seconds.toFixed(0),
    variant === "product" && faster !== undefined ? `**${faster.toFixed(1)}×**` : "",
    bound.toFixed(0),
    (seconds / bound).toFixed(1),
    totalCalls(calls),
    totalCalls(throttled),
    callsPerPop(result).toFixed(1),
    result.resources,
    result.cpuSeconds.toFixed(0),
    result.peakMiB.toFixed(0),
    result.load?.toFixed(0) ?? "",
    result.day ?? "",
  ];
  return `| ${cells.join(" | ")} |`;
}
