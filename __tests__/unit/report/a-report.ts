import type { Environment } from "../../../lib/config/environment";
import type { Observation } from "../../../lib/observe/observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planWaves } from "../../../lib/plan/plan-upgrade";
import { simulateServices } from "../../../lib/plan/simulate/simulate-health";
import { reportOf } from "../../../lib/report/report-model";
import type { Report } from "../../../lib/report/report-model";
import type { ReportSubject } from "../../../lib/report/report-subject";
import { parseTerraformPlan } from "../../../lib/terraform/plan";
import { Draft, aPoppedEnvironment, deployed } from "../verify/a-plan";

/** Noon of some day; simulated instances were launched at its beginning. */
export const NOW = Date.parse("2026-03-02T12:00:00Z");

/** A deployed fleet that is well. */
export function aRunningFleet(environment: Environment = aPoppedEnvironment()): Observation {
  const observation = deployed(environment);
  const instances = observation.instances.map((instance) => ({
    ...instance,
    launchTime: "2026-03-02T00:00:00.000Z",
  }));
  return { ...observation, instances, health: simulateServices(environment, instances) };
}

/** The report that `routed report` without `--plan` makes. */
export function aReport(
  observation: Observation,
  environment: Environment = aPoppedEnvironment(),
  more: Partial<ReportSubject> = {},
): Report {
  const waves = planWaves(desiredFleet(environment), observation);
  const [plan] = waves;
  if (!plan) throw new Error("planWaves gives one plan at least");
  const planned = { environment, observation, plan, waves };
  return reportOf({ planned, terraform: null, history: [], now: NOW, ...more });
}

/** The same with Terraform's plan, which `edit` may change first. */
export function aVerifiedReport(
  observation: Observation,
  environment: Environment = aPoppedEnvironment(),
  edit: (draft: Draft) => void = () => undefined,
): Report {
  const draft = Draft.of(environment, observation);
  edit(draft);
  const { changes } = parseTerraformPlan(JSON.stringify(draft.json), "plan.json");
  return aReport(observation, environment, {
    terraform: { changes, verdict: draft.verdict() },
  });
}
