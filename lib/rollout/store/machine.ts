import { readFileSync, readlinkSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** Who runs this process, and where. */
export interface Machine {
  /** `user@host`. */
  readonly operator: string;
  readonly pid: number;
  /**
   * Equal for two processes only where one's process ids mean the same to the other; null where
   * that can't be told.
   */
  readonly processSpace: string | null;
  /** Whether a process of the same process space is alive, or may be. */
  readonly isAlive: (pid: number) => boolean;
}

/** @param variables those of the process */
export function thisMachine(variables: NodeJS.ProcessEnv): Machine {
  const host = hostname();
  return {
    operator: `${userName(variables)}@${host}`,
    pid: process.pid,
    processSpace: processSpace(host),
    isAlive,
  };
}

function userName(variables: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run as users that have no entry in their password file.
    return variables["USER"] || String(process.getuid?.() ?? "unknown");
  }
}

/**
 * Containers share a host's name more often than not, and CI runners are restored from snapshots:
 * so the boot and the namespace of process ids count as well. Elsewhere than on Linux it isn't told.
 */
function processSpace(host: string): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${host} ${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is one that lives.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
