import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { messageOf, RoutedError } from "../../errors";
import type { PlanOptions } from "../../plan/plan-upgrade";
import type { ExpectedSeconds } from "../estimate";
import type { Emit } from "../events";
import { fleetView } from "../fleet-view";
import type { LockKeeper } from "./lock-keeper";
import type { RolloutWorld } from "../ports";
import type { RolloutSettings } from "../rollout-settings";

/** What the steps of a rollout share. */
export interface Run {
  readonly world: RolloutWorld;
  readonly settings: RolloutSettings;
  readonly planOptions: PlanOptions;
  readonly rolloutId: string;
  /** The rollout before which the fleet is brought back to. */
  readonly to: string | null;
  readonly goal: string;
  readonly expected: ExpectedSeconds;
  readonly emit: Emit;
  readonly keeper: LockKeeper;
  /** Aborts when the operator interrupts. */
  readonly interrupt: AbortSignal;
  /** Aborts when the operator interrupts or the lock is lost: no waiting goes on. */
  readonly stop: AbortSignal;
}

export type Look =
  | { readonly kind: "seen"; readonly planned: PlannedEnvironment }
  /** `passing`: it may succeed if it is tried again. */
  | { readonly kind: "failed"; readonly message: string; readonly passing: boolean };

type LookingRun = Pick<Run, "world" | "planOptions" | "emit">;

/** Looks at the environment, and tells what it saw. */
export async function look({ world, planOptions, emit }: LookingRun): Promise<Look> {
  try {
    const planned = await world.fleet.look(planOptions);
    emit({ type: "looked", fleet: fleetView(planned) });
    return { kind: "seen", planned };
  } catch (error) {
    const message = messageOf(error);
    emit({ type: "look-failed", message });
    return { kind: "failed", message, passing: mayPass(error) };
  }
}

/** AWS is throttled, or answers differently for a moment after a change; a wrong config stays wrong. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof RoutedError)) return true;
  return error.code === "unreadable-aws" || error.code === "contradiction";
}

/** Waits between two looks, never past `until` (milliseconds since 1970). */
export async function pause({ world, settings, stop }: Run, until: number): Promise<void> {
  const left = Math.max(0, until - world.clock.now());
  await world.clock.sleep(Math.min(settings.pollSeconds * 1000, left), stop);
}

const TRIES = 4;
const RETRY_MS = 5_000;

/**
 * Does something that must not be left undone, even once the rollout is interrupted: tries again
 * for a while.
 *
 * @throws what the last try threw
 */
export async function insist(world: RolloutWorld, action: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt >= TRIES) throw error;
    }
    await world.clock.sleep(RETRY_MS);
  }
}
