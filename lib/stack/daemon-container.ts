import type { Daemon } from "../config/environment-file.generated";

/** What a daemon's container is, wherever it runs. */
export function containerOf(daemon: Daemon) {
  const { command, cpuUnits, entryPoint, environment, healthCheck, image, memoryMiB } = daemon;
  const { stopTimeoutSeconds } = daemon;
  return {
    image,
    entryPoint,
    command,
    environment,
    cpuUnits,
    memoryMiB,
    healthCheck,
    stopTimeoutSeconds,
  };
}
