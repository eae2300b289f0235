import type { UpgradePlan } from "./upgrade-plan";

/** "prd-na: staged: upgrade node 0; 3 waves remain", with the plan's findings below. */
export function renderOutcome(plan: UpgradePlan): string {
  const waves =
    plan.status === "converged" ? "" : `; ${countOf(plan.wavesRemaining, "wave")} to go`;
  const head = `${plan.environment}: ${plan.status}: ${plan.summary}${waves}`;
  return [head, ...plan.findings.map((finding) => `  note: ${finding}`)].join("\n");
}

/** "1 wave", "2 waves". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
