import type { Environment } from "../config/environment";
import type { Settings } from "../config/settings";
import { RoutedError } from "../errors";
import { MOST_ALARMS } from "../rollout/gates/alarm-gate";
import { parseDuration } from "../rollout/duration";
import {
  DEFAULT_BAKE_SECONDS,
  DEFAULT_DRAIN_TIMEOUT_SECONDS,
  DEFAULT_MAX_PLAN_AGE_SECONDS,
  DEFAULT_POLL_SECONDS,
  defaultTimeoutSeconds,
} from "../rollout/rollout-settings";
import type { RolloutSettings } from "../rollout/rollout-settings";
import { parseWindows } from "../rollout/window";

/** The command line of `routed rollout`, as commander gives it. */
export interface RolloutCommandOptions {
  readonly dryRun?: boolean;
  readonly maxWaves?: string;
  readonly maxTime?: string;
  readonly bake?: string;
  readonly timeout?: string;
  readonly drainTimeout?: string;
  readonly maxPlanAge?: string;
  readonly poll?: string;
  readonly window?: string;
  readonly onlyNode?: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly ignoreHealth?: boolean;
  readonly gate?: string;
  readonly alarm?: readonly string[];
  readonly metricsPush?: string;
  readonly webhook?: string;
  readonly to?: string;
  readonly breakLock?: string;
  readonly history?: string;
  /** False with `--no-wait`. */
  readonly wait?: boolean;
}

const SHORTEST_POLL_SECONDS = 1;

/**
 * What an operator asked for.
 *
 * @throws RoutedError `invalid-argument`
 */
export function rolloutSettings(
  environment: Environment,
  options: RolloutCommandOptions,
  settings: Pick<Settings, "acceptNewAddress" | "ignoreHealth" | "onlyNodes">,
): RolloutSettings {
  const seconds = (text: string | undefined, name: string, otherwise: number): number =>
    text === undefined ? otherwise : parseDuration(text, name);
  const pollSeconds = seconds(options.poll, "--poll", DEFAULT_POLL_SECONDS);
  if (pollSeconds < SHORTEST_POLL_SECONDS) throw invalid("--poll", "at least 1s", options.poll);
  if (options.breakLock?.trim() === "")
    throw invalid("--break-lock", "a reason", options.breakLock);
  checkAlarms(options.alarm ?? []);
  if (options.gate?.trim() === "") throw invalid("--gate", "a command", options.gate);
  return {
    environment,
    planOptions: {
      ignoreHealth: settings.ignoreHealth || options.ignoreHealth === true,
      onlyNodes: onlyNodes(options.onlyNode) ?? settings.onlyNodes,
      acceptNewAddress: settings.acceptNewAddress,
    },
    to: options.to,
    maxWaves: maxWaves(options.maxWaves),
    maxSeconds:
      options.maxTime === undefined ? undefined : parseDuration(options.maxTime, "--max-time"),
    bakeSeconds: seconds(options.bake, "--bake", DEFAULT_BAKE_SECONDS),
    timeoutSeconds: seconds(options.timeout, "--timeout", defaultTimeoutSeconds(environment)),
    drainTimeoutSeconds: seconds(
      options.drainTimeout,
      "--drain-timeout",
      DEFAULT_DRAIN_TIMEOUT_SECONDS,
    ),
    windows: options.window === undefined ? [] : parseWindows(options.window),
    wait: options.wait !== false,
    maxPlanAgeSeconds: seconds(options.maxPlanAge, "--max-plan-age", DEFAULT_MAX_PLAN_AGE_SECONDS),
    pollSeconds,
    breakLock: options.breakLock,
  };
}

function checkAlarms(names: readonly string[]): void {
  const empty = names.find((name) => name.trim() === "");
  if (empty !== undefined) throw invalid("--alarm", "the name of a CloudWatch alarm", empty);
  if (names.length > MOST_ALARMS) {
    throw invalid("--alarm", `given at most ${MOST_ALARMS} times`, `${names.length} times`);
  }
}

function maxWaves(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw invalid("--max-waves", "a whole number from 1 on", text);
  return Number(text);
}

function onlyNodes(texts: readonly string[] | undefined): number[] | undefined {
  return texts?.map((text) => {
    if (!/^\d{1,4}$/.test(text)) throw invalid("--only-node", "a slot's number, e.g. 0", text);
    return Number(text);
  });
}

function invalid(name: string, allowed: string, got: string | undefined): RoutedError {
  return new RoutedError("invalid-argument", `${name} must be ${allowed}, got "${got}"`);
}
