import { readFileSync } from "node:fs";

/** The kernel's unit in both files, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds that the CPUs were not idle.
 *
 * @param stat what /proc/stat says
 */
export function busySeconds(stat: string, cpus: readonly number[]): number {
  const ticks = cpus.map((cpu) => {
    const line = stat.split("\n").find((each) => each.startsWith(`cpu${cpu} `)) ?? "";
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
      .split(/ +/)
      .slice(1)
      .map(Number);
    return user + nice + system + irq + softirq;
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/**
 * Seconds that a process has used.
 *
 * @param stat what /proc/<pid>/stat says; its second field may hold anything, blanks too
 */
export function processSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Of the CPUs' time since then, the part that others than these processes took, 0 to 1. */
export class OthersMeter {
  private readonly startedAt = performance.now();
  private readonly before: number;

  constructor(
    private readonly cpus: readonly number[],
    private readonly pids: readonly number[],
  ) {
    this.before = this.total();
  }

  /** @param more seconds of processes that have ended since */
  part(more: number): number {
    const seconds = (performance.now() - this.startedAt) / 1000;
    return Math.max(0, (this.total() - this.before - more) / (seconds * this.cpus.length));
  }

  private total(): number {
    const own = this.pids.map((pid) => processSeconds(readFileSync(`/proc/${pid}/stat`, "utf8")));
    const busy = busySeconds(readFileSync("/proc/stat", "utf8"), this.cpus);
    return busy - own.reduce((sum, each) => sum + each, 0);
  }
}
