import { RoutedError } from "../../errors";

/**
 * An ECS container health check's timing, in seconds.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export interface HealthCheckTiming {
  /** 0 to 300: failures in this time after the start don't count. */
  readonly startPeriod: number;
  /** 5 to 300: from one check to the next. */
  readonly interval: number;
  /** 1 to 10: failures in a row that make the container unhealthy. */
  readonly retries: number;
  /** 2 to 60: a check that takes longer has failed. */
  readonly timeout: number;
}

/** What ECS runs in a container to see whether it is well, and when. */
export interface ContainerHealthCheck extends HealthCheckTiming {
  /** E.g. `["CMD", "healthcheck"]`. */
  readonly command: readonly string[];
}

/** ECS's own bounds. */
const MAX_START_PERIOD = 300;
const MAX_INTERVAL = 300;
const MAX_RETRIES = 10;

/** Never check more often, and never give up sooner, than this. */
const MIN_INTERVAL = 30;
const MIN_RETRIES = 3;

/** The longest rebuild that ECS can be made to wait for, with the margin: 44 minutes. */
export const MAX_STATE_REBUILD_MINUTES = Math.floor(
  (MAX_START_PERIOD + MAX_RETRIES * MAX_INTERVAL) / 60 / 1.25,
);

/**
 * How long a task that has just started may fail its health check: the time that it takes to
 * rebuild its state, and a quarter more.
 *
 * @throws RoutedError `invalid-argument` where ECS could not wait that long
 */
export function rebuildToleranceSeconds(stateRebuildMinutes: number): number {
  if (!(stateRebuildMinutes > 0 && stateRebuildMinutes <= MAX_STATE_REBUILD_MINUTES)) {
    throw new RoutedError(
      "invalid-argument",
      `stateRebuildMinutes must be more than 0 and at most ${MAX_STATE_REBUILD_MINUTES}, ` +
        `got ${stateRebuildMinutes}; ECS waits no longer for a task to become healthy`,
    );
  }
  return Math.ceil(stateRebuildMinutes * 60 * 1.25);
}

/**
 * A health check that tolerates the rebuild of a task's state, and that otherwise notices a
 * failure as soon as that allows. ECS forgives 5 minutes outright; the rest is spread over
 * failures in a row. 12 minutes: 15 with the margin, so 300 s and 10 failures 60 s apart.
 *
 * @throws RoutedError `invalid-argument` where ECS could not wait that long
 */
export function planHealthCheck(stateRebuildMinutes: number): HealthCheckTiming {
  const tolerance = rebuildToleranceSeconds(stateRebuildMinutes);
  const startPeriod = Math.min(MAX_START_PERIOD, tolerance);
  const rest = tolerance - startPeriod;
  const interval = Math.max(MIN_INTERVAL, Math.ceil(rest / MAX_RETRIES));
  const retries = Math.max(MIN_RETRIES, Math.ceil(rest / interval));
  return { startPeriod, interval, retries, timeout: 10 };
}
