import { RoutedError } from "../../../lib/errors";
import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import type { AwsCallName } from "../../../lib/aws/calls";
import { AwsObservationReader } from "../../../lib/observe/readers/aws-reader";
import { awsSdkCalls } from "../../../lib/aws/observe-sdk-calls";
import type { Observation } from "../../../lib/observe/observation";
import { desiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import type { FaultKind } from "./fault-kinds";
import type { Situation } from "./fault-situations";
import { LoopbackAws } from "./loopback-aws";
import { noSleep } from "./observing";
import { partlyOnWire, PATIENT_LIMITS } from "./partly-on-wire";

/** Where and how an observation goes wrong. */
export interface PlacedFault {
  readonly kind: FaultKind;
  readonly call: AwsCallName;
  /** How often: with 1 the SDK's next attempt, or the reader's next look, gets the right answer. */
  readonly times: number;
  /** Answers to the call that are right before. */
  readonly skip: number;
  /** Which item of a page is missing, where one is. */
  readonly item: number;
}

/**
 * - `same plan`: byte for byte that of an observation without a fault
 * - `refused`: no plan
 * - `held`: health is unreadable, and the plan touches no node that is there
 * - `not met`: the call wasn't made, or not as often as the fault lets pass
 * - anything else is what must never be
 */
export type Outcome = "same plan" | "refused" | "held" | "not met" | `another plan: ${string}`;

export interface Result {
  readonly outcome: Outcome;
  /** Whether what was observed is, byte for byte, what is observed without the fault. */
  readonly sameObservation: boolean;
  /** The refusal, or why health is unreadable. */
  readonly told: string | null;
}

/** What becomes of the plan when the observation meets the fault, over real HTTP and AWS's SDK. */
export async function resultOf(
  situation: Situation,
  placed: PlacedFault,
  pageSize = 1000,
): Promise<Result> {
  const right = await seenRightly(situation);
  let observation: Observation;
  let plan: UpgradePlan;
  try {
    const { met, ...read } = await observed(situation, pageSize, placed);
    if (!met) return { outcome: "not met", sameObservation: true, told: null };
    observation = read.observation;
    plan = planOf(situation, observation);
  } catch (error) {
    if (!(error instanceof RoutedError) || error.code === "invariant-violated") throw error;
    return { outcome: "refused", sameObservation: false, told: error.message };
  }
  const { health } = observation;
  return {
    outcome: outcomeOf(plan, right.plan, health.source === "unreadable"),
    sameObservation: JSON.stringify(observation) === JSON.stringify(right.observation),
    told: health.source === "unreadable" ? health.reason : null,
  };
}

function outcomeOf(plan: UpgradePlan, right: UpgradePlan, isUnreadable: boolean): Outcome {
  if (JSON.stringify(plan) === JSON.stringify(right)) return "same plan";
  if (isUnreadable && !touchesMore(plan, right)) return "held";
  return `another plan: ${JSON.stringify(plan)} instead of ${JSON.stringify(right)}`;
}

interface Seen {
  readonly observation: Observation;
  readonly plan: UpgradePlan;
}

const seen = new Map<Situation, Promise<Seen>>();

/** What is observed and planned without a fault; pages of any size give the same. */
function seenRightly(situation: Situation): Promise<Seen> {
  const known = seen.get(situation);
  if (known) return known;
  const right = observed(situation, 1000).then(({ observation }) => ({
    observation,
    plan: planOf(situation, observation),
  }));
  seen.set(situation, right);
  return right;
}

function planOf({ environment }: Situation, observation: Observation): UpgradePlan {
  return planUpgrade(desiredFleet(environment), observation);
}

/** Whether a plan touches a node that is there, or creates one that the right plan doesn't. */
function touchesMore(plan: UpgradePlan, right: UpgradePlan): boolean {
  return plan.decisions.some((decision) => {
    switch (decision.action) {
      case "keep":
      case "leave":
      case "allocate":
        return false;
      case "fill":
      case "create":
        return !right.decisions.some(
          (d) => d.action === decision.action && d.slot === decision.slot,
        );
      case "park":
      case "upgrade":
        return true;
      case "remove":
        return decision.instanceId !== null;
    }
  });
}

async function observed(
  { environment, account }: Situation,
  pageSize: number,
  placed?: PlacedFault,
): Promise<{ observation: Observation; met: boolean }> {
  const aws = await LoopbackAws.start(account, pageSize);
  process.env["AWS_ENDPOINT_URL"] = aws.endpoint;
  if (placed) {
    const { kind, call, item, times, skip } = placed;
    aws.failNext(OBSERVE_CALLS[call], kind.fault(call, item), times, skip);
  }
  try {
    const connect = (region: string) => {
      const wire = awsSdkCalls(region, PATIENT_LIMITS);
      return Promise.resolve(placed ? partlyOnWire(wire, placed.call, account, pageSize) : wire);
    };
    const observation = await new AwsObservationReader(connect, noSleep).read(environment);
    return { observation, met: aws.faultsMet > 0 };
  } finally {
    await aws.stop();
  }
}
