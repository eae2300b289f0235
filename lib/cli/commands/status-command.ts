import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { messageOf } from "../../errors";
import { erroredState } from "../../synthesis/errored-state";
import { synthesisFolder } from "../../synthesis/synthesis-folder";
import { observeAndPlanOne } from "../../synthesis/observe-and-plan";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { createObservationReader } from "../../observe/create-observation-reader";
import { renderOutcome } from "../../plan/render/render-outcome";
import { readPlanOptions } from "../../synthesis/read-plan-options";
import { createAwsRolloutWorld } from "../../rollout/aws-world";
import { fleetView } from "../../rollout/fleet-view";
import type { LockHolder, RolloutWorld, WaveRecord } from "../../rollout/ports";
import { renderSlots } from "../../rollout/view/render-fleet";
import type { CreateRolloutWorld } from "../open-rollout";
import type { CliWorld } from "../cli-world";
import { requireHistoryFolder } from "../history-folder";

export interface StatusCommandOptions {
  readonly json?: boolean;
  readonly history?: string;
}

/**
 * `routed status <environment>`: the fleet as a rollout shows it, once; who runs a rollout, and how
 * the last one ended. What of that can't be read is told, and fails nothing.
 *
 * @returns 0
 * @throws RoutedError for bad config, and an environment that can't be observed
 */
export async function statusCommand(
  name: string,
  options: StatusCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld = createAwsRolloutWorld,
): Promise<number> {
  const settings = readSettings(world.variables);
  const environment = loadEnvironment(settings.configDirectory, name);
  requireHistoryFolder(options.history);
  const planOptions = await readPlanOptions(settings);
  const errored = erroredState(synthesisFolder(settings.outputDirectory).stack(name));
  const notes: string[] = errored === null ? [] : [errored];
  let planned: PlannedEnvironment;
  let rollouts: Rollouts = { holder: null, last: null };
  if (settings.observationsDirectory === undefined) {
    const rolloutWorld = createWorld(environment, {
      variables: world.variables,
      historyDirectory: options.history,
      note: (message) => void notes.push(message),
    });
    planned = await rolloutWorld.fleet.look(planOptions);
    rollouts = await readRollouts(rolloutWorld, notes);
  } else {
    const { observationsDirectory } = settings;
    const reader = createObservationReader({ observationsDirectory });
    planned = await observeAndPlanOne(environment, reader, planOptions);
  }
  world.print(
    options.json === true
      ? `${JSON.stringify({ ...fleetView(planned), ...rollouts, notes }, null, 2)}\n`
      : `${renderStatus(planned, rollouts, notes, Date.now(), world.width)}\n`,
  );
  return 0;
}

interface Rollouts {
  /** Who runs one now. */
  readonly holder: LockHolder | null;
  readonly last: LastWave | null;
}

type LastWave = Pick<
  WaveRecord,
  "rolloutId" | "wave" | "operator" | "startedAt" | "endedAt" | "result" | "message"
>;

async function readRollouts({ lock, history }: RolloutWorld, notes: string[]): Promise<Rollouts> {
  const orNote = async <T>(what: string, reading: Promise<T>): Promise<T | null> => {
    try {
      return await reading;
    } catch (error) {
      notes.push(`${what} can't be read: ${messageOf(error)}`);
      return null;
    }
  };
  const holder = await orNote("the lock", lock.holder());
  const record = (await orNote("the history", history.list()))?.at(-1);
  if (!record) return { holder, last: null };
  const { rolloutId, wave, operator, startedAt, endedAt, result, message } = record;
  return { holder, last: { rolloutId, wave, operator, startedAt, endedAt, result, message } };
}

/** @param now milliseconds since 1970 */
export function renderStatus(
  planned: PlannedEnvironment,
  { holder, last }: Rollouts,
  notes: readonly string[],
  now: number,
  width?: number,
): string {
  const fleet = fleetView(planned);
  const lines = [
    renderOutcome(planned.plan),
    ...renderSlots(fleet, now, width),
    ...(fleet.images ?? []),
  ];
  if (holder) {
    const { operator, acquiredAt, expiresAt } = holder;
    lines.push(`${operator} runs a rollout since ${acquiredAt}; its lock lasts until ${expiresAt}`);
  }
  if (last) {
    const why = last.message === "" ? "" : `: ${last.message}`;
    const when = last.endedAt ?? `started ${last.startedAt}`;
    lines.push(`last wave: ${last.rolloutId}, wave ${last.wave}, ${last.result}, ${when}${why}`);
  }
  return [...lines, ...notes.map((note) => `note: ${note}`)].join("\n");
}
