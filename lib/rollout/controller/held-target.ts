import type { Environment } from "../../config/environment";
import { imageParameter } from "../../config/naming";
import { desiredAmiId, desiredFleet, targetAmiId } from "../../plan/desired/desired-fleet";
import type { PlanOptions } from "../../plan/plan-upgrade";
import { isCertain } from "../../plan/reasons";
import { awaitsNodes } from "../../plan/upgrade-plan";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import type { WaveRecord } from "../ports";
import type { RolloutSettings } from "../rollout-settings";
import { rollbackTo } from "./rollback";
import type { Look } from "./run";
import { changesFleet, changesOf } from "./wave-changes";

/** How a rollout begins. */
export interface Beginning {
  readonly seen: Look;
  /** What all its looks are made by, this one too. */
  readonly planOptions: PlanOptions;
  /** The rollout before which the fleet is brought back to; null where it follows the config. */
  readonly to: string | null;
}

/**
 * The first look of a rollout. It leads where the one before it led that isn't done, if that was `latest`
 * then: were each to take what came out since, a fleet with a wave a day would never be of one AMI. A newer
 * one waits for the next rollout. What failed, or left a node broken for longer than a rollout waits, is not
 * held: a newer AMI may be what mends it.
 *
 * Example: 12 nodes, a wave a night, an AMI a week. Night 8 goes on with the AMI of night 1; night 13 takes
 * the newest.
 *
 * @param history oldest first
 * @param now milliseconds since 1970
 * @throws RoutedError `invalid-argument` where there is no rollout to go back from
 */
export async function beginLook(
  settings: Pick<RolloutSettings, "environment" | "planOptions" | "timeoutSeconds" | "to">,
  history: readonly WaveRecord[],
  now: number,
  look: (planOptions: PlanOptions) => Promise<Look>,
): Promise<Beginning> {
  const { environment, planOptions: asked } = settings;
  if (settings.to !== undefined) {
    const { to, targets } = rollbackTo(history, settings.to);
    const planOptions = { ...asked, targets };
    return { seen: await look(planOptions), planOptions, to };
  }
  let amiId = amiBegunWith(history, environment);
  let seen = await look({ ...asked, amiId });
  if (amiId !== undefined && seen.kind === "seen") {
    const longAgo = now - settings.timeoutSeconds * 1000;
    // Where nothing is left to lead there, it is done, whoever did it.
    if (!leadsOn(seen.planned) || isBrokenSince(longAgo, seen.planned, amiId)) {
      amiId = undefined;
      seen = await look(asked);
    }
  }
  if (seen.kind === "seen" && environment.fleet.image.amiId === "latest") {
    amiId = targetAmiId(desiredFleet(environment), seen.planned.observation, amiId);
  }
  return { seen, planOptions: { ...asked, amiId }, to: null };
}

/** That a newer AMI waits for the next rollout, for people; null where none does. */
export function waitingAmi(
  { environment, observation }: PlannedEnvironment,
  { amiId }: PlanOptions,
): string | null {
  const fleet = desiredFleet(environment);
  if (amiId === undefined || fleet.amiId !== "latest") return null;
  const newest = desiredAmiId(fleet, observation.images);
  if (targetAmiId(fleet, observation, amiId) === newest) return null;
  return `${newest} is latest by now, and waits for the next rollout: this one began with ${amiId}`;
}

/** Undefined where the last rollout is done, failed, went back, or led to no `latest` of this config. */
function amiBegunWith(
  history: readonly WaveRecord[],
  { fleet: { image } }: Environment,
): string | undefined {
  const last = history.findLast(({ plan }) => changesFleet(plan));
  if (image.amiId !== "latest" || last === undefined) return undefined;
  if (last.to !== null || last.result === "failed") return undefined;
  if (last.result === "done" && last.plan.wavesRemaining <= 1) return undefined;
  const launched = history.flatMap(({ rolloutId, plan }) =>
    rolloutId === last.rolloutId ? changesOf(plan).flatMap(({ spec }) => spec?.amiId ?? []) : [],
  );
  const amiId = launched.at(-1);
  // What was `latest` of another system or architecture boots no node of this one.
  const parameter = imageParameter(image.os, image.architecture);
  return history.some(({ observation }) => observation.images[parameter] === amiId)
    ? amiId
    : undefined;
}

/** Whether a node is still to be changed. */
function leadsOn({ plan }: PlannedEnvironment): boolean {
  return awaitsNodes(plan) || plan.decisions.some(({ action }) => action === "upgrade");
}

/** Whether a node that has the AMI for longer isn't well; what somebody drained says nothing of its AMI. */
function isBrokenSince(
  longAgo: number,
  { observation, plan }: PlannedEnvironment,
  amiId: string,
): boolean {
  const launched = new Map(observation.instances.map((i) => [i.instanceId, i.launchTime]));
  return plan.decisions.some((decision) => {
    if (decision.action !== "keep" || decision.spec.amiId !== amiId) return false;
    const { instanceId, unavailable } = decision;
    if (unavailable === null || unavailable.kind === "container-instance-status") return false;
    return isCertain(unavailable) && Date.parse(launched.get(instanceId) ?? "") < longAgo;
  });
}
