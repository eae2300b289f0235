import { stageOf } from "../config/delivery";
import type { Environment } from "../config/environment";
import { orRefused } from "../synthesis/observe-and-plan";
import type { ObservedAndPlanned, PlannedEnvironment } from "../synthesis/observe-and-plan";
import { allSettledOrThrow } from "../aws/concurrency";
import { readCapacity, requireCapacity } from "./capacity/capacity";
import { requireLaunchable } from "./check-amis";
import { requireLaunches } from "./check-launches";
import { requirePlatform } from "./check-platform";
import type { ReadImagePlatforms } from "./image-platforms";
import { preflight, requirePassed } from "./preflight";
import type { ConnectToQuotas } from "../aws/preflight-calls";

/** What was planned and refused, once AWS's quotas had their say. */
export interface CheckedAndPlanned extends ObservedAndPlanned {
  /** Of the planned environments, each beginning with the environment's name. */
  readonly notes: readonly string[];
}

/**
 * Refuses the planned environments whose nodes can't be launched or can't hold their tasks, or that
 * AWS's quotas don't allow; it stops no other. An environment that gets nothing new makes one call:
 * what its instance types hold.
 *
 * @param connect null where AWS may not be called
 * @param readPlatforms null where registries may not be called
 */
export async function checkQuotas(
  { planned, refused }: ObservedAndPlanned,
  connect: ConnectToQuotas | null,
  readPlatforms: ReadImagePlatforms | null,
): Promise<CheckedAndPlanned> {
  const outcomes = await Promise.all(
    planned.map((one) =>
      orRefused(
        one.environment,
        requireAllowed(one, connect, readPlatforms).then((notes) => ({ planned: one, notes })),
      ),
    ),
  );
  const allowed = outcomes.filter((outcome) => "notes" in outcome);
  return {
    planned: allowed.map((outcome) => outcome.planned),
    refused: [...refused, ...outcomes.filter((outcome) => "error" in outcome)],
    notes: allowed.flatMap((outcome) => outcome.notes),
  };
}

/** What works, and shouldn't stay so where clients rely on it. */
function exposureNotes({ name, network }: Environment): string[] {
  if (stageOf(name) !== "production" || network.apiCertificateArn !== undefined) return [];
  return [
    "the API is served over plain HTTP, as there is no network.apiCertificateArn (docs/security.md)",
  ];
}

const NO_NOTES: Promise<readonly string[]> = Promise.resolve([]);

/**
 * The same of one environment.
 *
 * @returns notes, each beginning with the environment's name
 * @throws RoutedError why it is refused
 */
export async function requireAllowed(
  planned: PlannedEnvironment,
  connect: ConnectToQuotas | null,
  readPlatforms: ReadImagePlatforms | null,
): Promise<readonly string[]> {
  const { environment, plan } = planned;
  // Side by side: each waits for answers of its own.
  const notes = await allSettledOrThrow([
    readPlatforms ? requirePlatform(environment, plan, readPlatforms) : NO_NOTES,
    connect ? requireLaunchable(plan, () => connect(environment.aws.region)) : NO_NOTES,
    connect ? requireLaunches(planned, () => connect(environment.aws.region)) : NO_NOTES,
    connect ? requireRoom(planned, connect) : NO_NOTES,
    requireQuotas(planned, connect),
    Promise.resolve(exposureNotes(environment)),
  ]);
  return notes.flat().map((note) => `${environment.name}: note: ${note}`);
}

/** @throws RoutedError as `requirePassed` where AWS's quotas don't allow the plan */
async function requireQuotas(
  planned: PlannedEnvironment,
  connect: ConnectToQuotas | null,
): Promise<readonly string[]> {
  const report = await preflight(planned, { connect });
  requirePassed(report);
  return report.notes;
}

/** @throws RoutedError `too-small` where a node can't hold the tasks that it must run */
async function requireRoom(
  planned: PlannedEnvironment,
  connect: ConnectToQuotas,
): Promise<readonly string[]> {
  const { environment } = planned;
  const report = await readCapacity(planned, await connect(environment.aws.region));
  requireCapacity(environment, report);
  return report.notes;
}
