import type { Environment } from "../config/environment";
import type { PlanOptions } from "../plan/plan-upgrade";
import type { PreparedDeploy } from "./ports";
import type { RolloutWindow } from "./window";

/** What an operator asked for. */
export interface RolloutSettings {
  readonly environment: Environment;
  /** Health override and slots; the targets come from `to`. */
  readonly planOptions: Pick<PlanOptions, "acceptNewAddress" | "ignoreHealth" | "onlyNodes">;
  /**
   * Go back to before this rollout: its id, or `previous`.
   * @default - follow the config
   */
  readonly to?: string;
  /** @default - until converged */
  readonly maxWaves?: number;
  /**
   * How long after its start a rollout may start a wave, and wait for one, in seconds.
   * @default - for ever
   */
  readonly maxSeconds?: number;
  /** How long the changed nodes must stay available before the next wave, in seconds. */
  readonly bakeSeconds: number;
  /** How long a wave's nodes, or nodes that hold the plan, may take to become available, in seconds. */
  readonly timeoutSeconds: number;
  /** How long the tasks of a node that is drained may take to stop, in seconds. */
  readonly drainTimeoutSeconds: number;
  /** When waves may start; empty for always. */
  readonly windows: readonly RolloutWindow[];
  /** Whether to wait for a window, or until the plan is no longer held. */
  readonly wait: boolean;
  /** How old a plan may be when it is applied, in seconds: what it was proved from goes on. */
  readonly maxPlanAgeSeconds: number;
  /**
   * Is shown what was proved, before anything is taken out of service; false ends the rollout.
   * @default - everything is approved
   */
  readonly approve?: (prepared: PreparedDeploy) => Promise<boolean>;
  /**
   * As `routed deploy`: ends once the wave is applied, waits for no node, and where nodes hold the plan
   * applies everything else.
   * @default false
   */
  readonly untilApplied?: boolean;
  /** How long to wait between two looks, in seconds. */
  readonly pollSeconds: number;
  /**
   * Take the lock over from whoever holds it, for this reason.
   * @default - wait for nobody: fail where it is held
   */
  readonly breakLock?: string;
}

export const DEFAULT_BAKE_SECONDS = 2 * 60;
/** ECS stops a task that doesn't heed its SIGTERM after at most 2 minutes. */
export const DEFAULT_DRAIN_TIMEOUT_SECONDS = 5 * 60;
/** A drain and an answer fit in; a node that boots meanwhile is seen by the last look anyway. */
export const DEFAULT_MAX_PLAN_AGE_SECONDS = 30 * 60;
export const DEFAULT_POLL_SECONDS = 10;

/** A PoP that gets another image rebuilds half of its tasks at a time: of three, one after the other. */
const REBUILDS = 4;

/** Boot and registration take some minutes; a rebuild that takes longer than usual may be well yet. */
export function defaultTimeoutSeconds({ routed }: Environment): number {
  return (REBUILDS * routed.stateRebuildMinutes + 10) * 60;
}
