/** A value of one of Bottlerocket's settings. */
export type SettingValue = string | number | boolean | readonly string[];

/** Settings of `[settings.ecs]`, by name. */
export type AgentSettings = Readonly<Record<string, SettingValue>>;

interface Translation {
  /** What a value must be, for a message. */
  readonly allowed: string;
  /** Null where the value isn't allowed. */
  readonly translate: (value: string) => AgentSettings | null;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

function flag(setting: string, { inverted = false } = {}): Translation {
  return {
    allowed: "true or false",
    translate: (value) => {
      const parsed = BOOLEANS[value];
      return parsed === undefined ? null : { [setting]: parsed !== inverted };
    },
  };
}

function oneOf(setting: string, values: readonly string[]): Translation {
  return {
    allowed: `one of ${values.join(", ")}`,
    translate: (value) => (values.includes(value) ? { [setting]: value } : null),
  };
}

const DURATION = /^(?=.)(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?(\d+(\.\d+)?ms)?$/;

/**
 * Bottlerocket takes h, m, s and ms in this order only, each once at most, and doesn't boot with
 * any other; the agent by itself would take `1m2h` as well. Its us and ns are of no use here.
 * @see https://github.com/bottlerocket-os/bottlerocket-settings-sdk/blob/develop/bottlerocket-settings-models/modeled-types/src/ecs.rs
 */
function duration(setting: string): Translation {
  return {
    allowed: "a duration of h, m, s and ms in this order, each at most once, such as 90s or 1h30m",
    translate: (value) => (DURATION.test(value) ? { [setting]: value } : null),
  };
}

function integer(setting: string, most: number): Translation {
  return {
    allowed: `an integer between 0 and ${most}`,
    translate: (value) =>
      /^\d{1,9}$/.test(value) && Number(value) <= most ? { [setting]: Number(value) } : null,
  };
}

/** "40,60": how many requests a second, and how many at once. */
const METADATA_RATE: Translation = {
  allowed: "two integers, as in 40,60",
  translate: (value) => {
    const [, rate, burst] = /^(\d{1,6}),(\d{1,6})$/.exec(value) ?? [];
    return rate === undefined || burst === undefined
      ? null
      : { "metadata-service-rps": Number(rate), "metadata-service-burst": Number(burst) };
  },
};

const LOGGING_DRIVERS: Translation = {
  allowed: 'a JSON list of names, as in ["json-file","awslogs"]',
  translate: (value) => {
    const [, names] = /^\[\s*("[a-z-]+"(?:\s*,\s*"[a-z-]+")*)\s*\]$/.exec(value) ?? [];
    return names === undefined
      ? null
      : { "logging-drivers": names.split(",").map((name) => name.trim().slice(1, -1)) };
  },
};

/**
 * The ECS agent's environment variables that Bottlerocket has a setting for.
 * @see https://bottlerocket.dev/en/os/latest/#/api/settings/ecs/
 */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  ECS_AVAILABLE_LOGGING_DRIVERS: LOGGING_DRIVERS,
  ECS_AWSVPC_BLOCK_IMDS: flag("awsvpc-block-imds"),
  ECS_CONTAINER_STOP_TIMEOUT: duration("container-stop-timeout"),
  ECS_DISABLE_IMAGE_CLEANUP: flag("image-cleanup-enabled", { inverted: true }),
  ECS_DISABLE_PRIVILEGED: flag("allow-privileged-containers", { inverted: true }),
  ECS_ENABLE_CONTAINER_METADATA: flag("enable-container-metadata"),
  ECS_ENABLE_SPOT_INSTANCE_DRAINING: flag("enable-spot-instance-draining"),
  ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: duration("task-cleanup-wait"),
  ECS_IMAGE_CLEANUP_INTERVAL: duration("image-cleanup-wait"),
  ECS_IMAGE_MINIMUM_CLEANUP_AGE: duration("image-cleanup-age"),
  ECS_IMAGE_PULL_BEHAVIOR: oneOf("image-pull-behavior", [
    "default",
    "always",
    "once",
    "prefer-cached",
  ]),
  ECS_LOGLEVEL: oneOf("loglevel", ["debug", "info", "warn", "error", "crit"]),
  ECS_NUM_IMAGES_DELETE_PER_CYCLE: integer("image-cleanup-delete-per-cycle", 1000),
  ECS_RESERVED_MEMORY: integer("reserved-memory", 65535),
  ECS_TASK_METADATA_RPS_LIMIT: METADATA_RATE,
};

/** The environment variables of the ECS agent that Bottlerocket has a setting for, sorted. */
export const BOTTLEROCKET_AGENT_VARIABLES: readonly string[] = Object.keys(TRANSLATIONS);

/** Why an environment variable of the ECS agent can't be a setting; null where it can. */
export function translationProblem(name: string, value: string): string | null {
  const translation = TRANSLATIONS[name];
  if (translation === undefined) {
    return "is not among the settings of Bottlerocket's ECS agent; remove it, or use al2023";
  }
  return translation.translate(value) === null
    ? `must be ${translation.allowed} on Bottlerocket, got "${value}"; correct it`
    : null;
}

/** The same as settings, sorted by name; what can't be translated is left out. */
export function bottlerocketAgentSettings(
  variables: Readonly<Record<string, string>>,
): AgentSettings {
  const settings = Object.entries(variables).flatMap(([name, value]) =>
    Object.entries(TRANSLATIONS[name]?.translate(value) ?? {}),
  );
  return Object.fromEntries(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
}
