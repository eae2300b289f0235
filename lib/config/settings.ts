import { RoutedError } from "../errors";
import type { Environment } from "./environment";

/** What a run takes from its process environment and working directory; read in this one place. */
export interface Settings {
  /** Folder of the config files. */
  readonly configDirectory: string;
  /** The environments to look at; undefined means all. From ROUTED_ENVIRONMENTS. */
  readonly selected: readonly string[] | undefined;
  /** Folder of recorded observations that stands in for AWS. From ROUTED_OBSERVATIONS. */
  readonly observationsDirectory: string | undefined;
  /** Where synthesis writes. From CDKTF_OUTDIR, which the cdktf command sets. */
  readonly outputDirectory: string;
  /** Whether the health gate is overridden for this run. From ROUTED_IGNORE_HEALTH. */
  readonly ignoreHealth: boolean;
  /** Slots that may change in this run; undefined means all. From ROUTED_ONLY_NODES. */
  readonly onlyNodes: readonly number[] | undefined;
  /**
   * Slots that may get another EIP in this run, because theirs is gone. From
   * ROUTED_ACCEPT_NEW_ADDRESS.
   */
  readonly acceptNewAddress: readonly number[] | undefined;
  /** Spares that can't be filled now, for want of capacity. From ROUTED_NO_CAPACITY. */
  readonly noCapacity: readonly number[] | undefined;
  /**
   * JSON file of the specs, by slot, that nodes get instead of the config's. From ROUTED_TARGETS,
   * which a rollout sets that goes back.
   */
  readonly targetsFile: string | undefined;
  /**
   * What `fleet.image.amiId: latest` stood for when a rollout began. From ROUTED_AMI_ID, which the rollout
   * sets.
   */
  readonly amiId: string | undefined;
  /** The environment that is to be destroyed, which no deploy does. From ROUTED_DESTROY. */
  readonly destroy: string | undefined;
  /** Whether errors come with their stack traces. From ROUTED_DEBUG. */
  readonly debug: boolean;
}

/** @throws RoutedError `invalid-argument` for a value that is not allowed */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  return {
    configDirectory: "config",
    selected: selectedEnvironments(variables["ROUTED_ENVIRONMENTS"]),
    observationsDirectory: variables["ROUTED_OBSERVATIONS"] || undefined,
    outputDirectory: variables["CDKTF_OUTDIR"] || "cdktf.out",
    ignoreHealth: isSet("ROUTED_IGNORE_HEALTH", variables),
    onlyNodes: slots("ROUTED_ONLY_NODES", "all", variables["ROUTED_ONLY_NODES"]),
    acceptNewAddress: slots(
      "ROUTED_ACCEPT_NEW_ADDRESS",
      "none",
      variables["ROUTED_ACCEPT_NEW_ADDRESS"],
    ),
    noCapacity: slots("ROUTED_NO_CAPACITY", "all", variables["ROUTED_NO_CAPACITY"]),
    targetsFile: variables["ROUTED_TARGETS"] || undefined,
    amiId: amiId(variables["ROUTED_AMI_ID"]),
    destroy: variables["ROUTED_DESTROY"] || undefined,
    debug: isDebug(variables),
  };
}

/** "0,2" as slots; undefined where nothing is given. */
function slots(
  name: string,
  unset: "all" | "none",
  value: string | undefined,
): number[] | undefined {
  if (value === undefined || value === "") return undefined;
  const parts = value.split(",").map((part) => part.trim());
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) {
    throw new RoutedError(
      "invalid-argument",
      `${name} must be slots, separated by commas, got "${value}"; unset it to allow ${unset}`,
    );
  }
  return [...new Set(parts.map(Number))];
}

function amiId(value: string | undefined): string | undefined {
  if (value === undefined || value === "" || /^ami-[0-9a-f]{8,17}$/.test(value)) {
    return value || undefined;
  }
  throw new RoutedError(
    "invalid-argument",
    `ROUTED_AMI_ID must be an AMI's id, got "${value}"; unset it to follow the config`,
  );
}

function selectedEnvironments(value: string | undefined): string[] | undefined {
  if (value === undefined || value === "") return undefined;
  const names = value.split(",").map((name) => name.trim());
  if (names.includes("")) {
    throw new RoutedError(
      "invalid-argument",
      `ROUTED_ENVIRONMENTS must be names of environments, separated by commas, got "${value}"; ` +
        `unset it to select all`,
    );
  }
  return [...new Set(names)];
}

/** Whether errors come with their stack traces: asked where an error is told, so it never fails. */
export function isDebug(variables: NodeJS.ProcessEnv): boolean {
  return variables["ROUTED_DEBUG"] === "1";
}

/**
 * The environment that is to be destroyed, which must be among those that are synthesized.
 *
 * @throws RoutedError `invalid-argument`
 */
export function environmentToDestroy(
  { destroy }: Pick<Settings, "destroy">,
  environments: readonly Pick<Environment, "name">[],
): string | undefined {
  if (destroy === undefined || environments.some(({ name }) => name === destroy)) return destroy;
  const names = environments.map(({ name }) => name).join(", ");
  throw new RoutedError(
    "invalid-argument",
    `ROUTED_DESTROY must be one of the environments ${names}, got "${destroy}"; unset it to destroy none`,
  );
}

/** A switch is on with 1, and off with 0, without a value or unset. */
function isSet(name: string, variables: NodeJS.ProcessEnv): boolean {
  const value = variables[name] ?? "";
  if (value === "1") return true;
  if (value === "" || value === "0") return false;
  throw new RoutedError(
    "invalid-argument",
    `${name} must be 1 (on) or 0 (off), got "${value}"; unset it to leave it off`,
  );
}

/** Whether the config lets new images reach some PoPs before others. */
export function stagesImages({ routed }: Pick<Environment, "routed">): boolean {
  return (routed.canaries ?? []).length > 0 || routed.popsPerWave !== undefined;
}
