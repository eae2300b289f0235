import { planWaves } from "../../../lib/plan/plan-upgrade";
import type { WaveRecord } from "../../../lib/rollout/ports";
import { aFleet, observationOf, withEcs, withNewAmi } from "../../support/fleet";

const observation = withNewAmi(withEcs(observationOf(aFleet()), [{ pop: "pop1" }]));
const plans = planWaves(aFleet(), observation);

/** The record of the first wave of three, which is done. */
export function aRecord(change: Partial<WaveRecord> = {}): WaveRecord {
  const [plan] = plans;
  if (!plan) throw new Error("no plan was made");
  return {
    formatVersion: 1,
    environment: "test",
    rolloutId: "2026-03-02T11-00-00Z-aaaa",
    to: null,
    goal: "goal",
    wave: 1,
    startedAt: "2026-03-02T11:00:02.000Z",
    endedAt: "2026-03-02T11:15:32.000Z",
    operator: "alice",
    plan,
    observation,
    verdict: { proved: true },
    result: "done",
    message: "",
    seconds: {},
    ...change,
  };
}

/** The plan of the last of three waves. */
export function lastPlan(): WaveRecord["plan"] {
  const plan = plans.at(-2);
  if (!plan) throw new Error("no plan was made");
  return plan;
}
