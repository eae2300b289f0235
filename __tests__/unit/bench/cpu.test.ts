import { mergeResults } from "../../../scripts/benchmarks/merge-results";
import { cpuRows, renderBenchmarks } from "../../../scripts/benchmarks/render-benchmarks";
import { cpuHierarchy } from "../../../scripts/bench-cpu/cgroups";
import { busySeconds, processSeconds } from "../../../scripts/bench-cpu/cpu-time";
import { percentile, summarize } from "../../../scripts/bench-cpu/summary";
import type { CpuRound } from "../../../scripts/bench-cpu/summary";

const V2 = "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0";
const V1 = "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0";
const MEMORY = "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0";

describe("where control groups are made", () => {
  it.each([
    ["version 2", V2, "0::/user.slice/a.scope", 2, "/sys/fs/cgroup"],
    [
      "version 1",
      `${MEMORY}\n${V1}`,
      "4:memory:/m\n3:cpu,cpuacct:/c\n0::/",
      1,
      "/sys/fs/cgroup/cpu,cpuacct/c",
    ],
    [
      "version 1 beside an empty 2",
      `${V2}\n${V1}`,
      "3:cpu,cpuacct:/\n0::/",
      1,
      "/sys/fs/cgroup/cpu,cpuacct/",
    ],
  ])("is this process's own group of %s", (_, mounts, own, version, directory) => {
    expect(cpuHierarchy(mounts, own)).toEqual({ version, directory });
  });

  it("is nowhere without the CPU controller", () => {
    expect(cpuHierarchy(MEMORY, "4:memory:/")).toBeNull();
  });
});

function round(delays: readonly number[], busyWork = 100): CpuRound {
  return { delays, busyWork, throttled: { latency: 0.1, busy: 0.5 }, others: 0.02 };
}

describe("a summary of rounds", () => {
  it("takes percentiles of what is sorted, and the last value at most", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.99, 1].map((part) => percentile(hundred, part))).toEqual([1, 51, 100, 100]);
  });

  it("is of the middle round, and of the worst delay of all", () => {
    expect(summarize("quota", [round([1, 9], 10), round([2, 50], 30), round([3, 7], 20)])).toEqual({
      isolation: "quota",
      p50: 9,
      p99: 9,
      worst: 50,
      busyWork: 20,
      latencyThrottled: 0.1,
      busyThrottled: 0.5,
      others: 0.02,
    });
  });

  it("is told against cpuset, where that was measured", () => {
    const results = [summarize("quota", [round([8], 50)]), summarize("cpuset", [round([2], 40)])];
    expect(cpuRows(results)[1]).toEqual([
      "quota",
      "8.00",
      "8.00",
      "8.0",
      "4.0×",
      "1.3×",
      "10%",
      "50%",
      "2%",
    ]);
    expect(cpuRows(results.slice(0, 1))[1]?.slice(4, 6)).toEqual(["", ""]);
    const recorded = mergeResults({}, "cpu", { machine: "a machine", results });
    const again = mergeResults(recorded, "cpu", { machine: "another", results: [results[0]!] });
    expect(again.cpu?.results.map(({ isolation }) => isolation)).toEqual(["cpuset", "quota"]);
    expect(renderBenchmarks(again)).toContain("| quota | 8.00 | 8.00 | 8.0 | 4.0× |");
  });
});

describe("CPU time", () => {
  const STAT =
    "cpu  9 9 9 9\ncpu0 100 20 30 4000 50 6 7 0 0 0\ncpu10 1 1 1 1 1 1 1 0 0 0\ncpu1 200 0 0 1 1 0 0 0 0 0\n";

  it("of CPUs is what they were neither idle nor waiting for disks", () => {
    expect(busySeconds(STAT, [0])).toBeCloseTo(1.63);
    expect(busySeconds(STAT, [0, 1])).toBeCloseTo(3.63);
  });

  it("of a process is that of its user and system time, whatever its name", () => {
    const after = "S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 1";
    expect(processSeconds(`42 (a (b) c) ${after}`)).toBe(2);
  });
});
