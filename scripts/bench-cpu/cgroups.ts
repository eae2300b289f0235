import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, RoutedError } from "../../lib/errors";

/** Where control groups for CPU can be made. */
export interface CpuHierarchy {
  readonly version: 1 | 2;
  /** A group that may hold others. */
  readonly directory: string;
}

/** What a group is given. */
export interface CpuLimits {
  /** Its part where others want the CPU too; equal ones by default. */
  readonly weight?: number;
  /** The most CPUs that it gets, over periods of 100 ms. */
  readonly cpus?: number;
  /** Whether it runs only where no other group of its parent wants to, and gives way at once. */
  readonly idle?: boolean;
}

/** The kernel's default, in microseconds. */
const PERIOD = 100_000;

/**
 * @param mounts what /proc/mounts says
 * @param own what /proc/self/cgroup says
 * @returns null where neither version's CPU controller is mounted
 */
export function cpuHierarchy(mounts: string, own: string): CpuHierarchy | null {
  const groups = own.split("\n").map((line) => line.split(":"));
  for (const [, target = "", type, options = ""] of mounts.split("\n").map((l) => l.split(" "))) {
    if (type !== "cgroup" || !options.split(",").includes("cpu")) continue;
    const path = groups.find(([, controllers = ""]) => controllers.split(",").includes("cpu"))?.[2];
    return { version: 1, directory: join(target, path ?? "/") };
  }
  for (const [, target = "", type] of mounts.split("\n").map((line) => line.split(" "))) {
    if (type !== "cgroup2") continue;
    return { version: 2, directory: target };
  }
  return null;
}

/** The most that both versions take, against 1. */
export const HIGHEST_WEIGHT = 100;

/** A control group of this run's own. */
export class CpuGroup {
  private constructor(private readonly hierarchy: CpuHierarchy) {}

  /**
   * The one that this process is in; of version 2 the root, which alone may hold groups and processes.
   *
   * @throws RoutedError `missing-tool` where there is no CPU controller
   */
  static home(): CpuGroup {
    const hierarchy = cpuHierarchy(
      readFileSync("/proc/mounts", "utf8"),
      readFileSync("/proc/self/cgroup", "utf8"),
    );
    if (hierarchy === null) throw missing("no cgroup file system is mounted");
    return new CpuGroup(hierarchy);
  }

  /** @throws RoutedError `missing-tool` */
  child(name: string, { weight, cpus, idle }: CpuLimits): CpuGroup {
    const { version, directory } = this.hierarchy;
    const group = new CpuGroup({ version, directory: join(directory, name) });
    try {
      if (version === 2) this.write("cgroup.subtree_control", "+cpu");
      mkdirSync(group.hierarchy.directory);
      if (weight !== undefined && version === 1) group.write("cpu.shares", weight * 1024);
      if (weight !== undefined && version === 2) group.write("cpu.weight", weight * 100);
      if (cpus !== undefined && version === 1) group.write("cpu.cfs_quota_us", cpus * PERIOD);
      if (cpus !== undefined && version === 2) group.write("cpu.max", `${cpus * PERIOD} ${PERIOD}`);
      if (idle === true) group.write("cpu.idle", 1);
      return group;
    } catch (error) {
      if (existsSync(group.hierarchy.directory)) group.remove();
      throw missing(messageOf(error));
    }
  }

  /** All threads of the process come along. */
  add(pid: number): void {
    this.write("cgroup.procs", pid);
  }

  /** Of the periods in which it ran, the part in which it was throttled, 0 to 1. */
  throttled(): number {
    const stat = readFileSync(join(this.hierarchy.directory, "cpu.stat"), "utf8");
    const read = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(stat)?.[1] ?? 0);
    return read("nr_throttled") / Math.max(1, read("nr_periods"));
  }

  /** Once no process is in it. */
  remove(): void {
    rmdirSync(this.hierarchy.directory);
  }

  private write(file: string, value: string | number): void {
    writeFileSync(join(this.hierarchy.directory, file), String(value));
  }
}

function missing(why: string): RoutedError {
  return new RoutedError(
    "missing-tool",
    `control groups for CPU can't be made here: ${why}; run it as root, and on the machine itself`,
  );
}
