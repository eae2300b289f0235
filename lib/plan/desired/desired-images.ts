import { createHash } from "node:crypto";
import type { Environment } from "../../config/environment";
import { daemonsThatRunOn, keptCpuUnits } from "../../config/node-daemons";

/** What the config wants the PoPs' tasks to be made from, and in which order they get it. */
export interface DesiredImages {
  /** PoPs that get it first, sorted by name. */
  readonly canaries: readonly string[];
  readonly canary: TaskSettings;
  /** Of all other PoPs. */
  readonly others: TaskSettings;
  /** How many PoPs get it in one wave, at most; null for all canaries, and then all others. */
  readonly popsPerWave: number | null;
}

/** What tasks are made from. */
export interface TaskSettings {
  readonly image: string;
  /** A digest of all that the config says of the tasks, the image too. */
  readonly settings: string;
}

const DIGEST_LENGTH = 12;

export function desiredImages(environment: Environment): DesiredImages {
  const { image, canaries = [], canaryImage, popsPerWave } = environment.routed;
  return {
    canaries,
    canary: taskSettings(environment, canaryImage ?? image),
    others: taskSettings(environment, image),
    popsPerWave: popsPerWave ?? null,
  };
}

/** All that, changed in the config, makes other tasks. */
export function taskSettings(environment: Environment, image: string): TaskSettings {
  const {
    apiHealthCheck,
    cpuIsolation,
    cpuUnits,
    initImage,
    memoryMiB,
    ports,
    stateRebuildMinutes,
  } = environment.routed;
  const { apiBase, bgpBase, metricsBase } = ports;
  const daemons = daemonsThatRunOn("task", environment.routed.daemons);
  const all = {
    image,
    initImage,
    ...(daemons.length === 0 ? {} : { daemons }),
    // Left out where it is off: what fleets run with from before there was the key stays as wanted.
    ...(apiHealthCheck ? { apiHealthCheck } : {}),
    // What is kept from tasks decides where their cores begin.
    ...(cpuIsolation === "cpuset" ? { keptCpuUnits: keptCpuUnits(environment) } : {}),
    cpuUnits,
    memoryMiB,
    stateRebuildMinutes,
    ports: [apiBase, bgpBase, metricsBase],
  };
  const digest = createHash("sha256").update(JSON.stringify(all)).digest("hex");
  return { image, settings: digest.slice(0, DIGEST_LENGTH) };
}
