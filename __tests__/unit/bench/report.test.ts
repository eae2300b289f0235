import {
  boundAt,
  gain,
  growingCases,
  lowerBound,
  missedTargets,
  renderDeploys,
  renderTopCalls,
} from "../../../scripts/bench-deploy/report";
import type { CaseResult } from "../../../scripts/bench-deploy/result";
import { mergeResults } from "../../../scripts/benchmarks/merge-results";
import { renderBenchmarks } from "../../../scripts/benchmarks/render-benchmarks";

function aResult(overrides: Partial<CaseResult> = {}): CaseResult {
  return {
    pops: 100,
    variant: "product",
    case: "no-op",
    seconds: 20,
    cpuSeconds: 12.4,
    peakMiB: 800,
    resources: 500,
    calls: { ecs: { DescribeServices: 150 }, ec2: { DescribeVpcs: 4 } },
    throttled: { ecs: { DescribeServices: 10 } },
    startSeconds: 8,
    load: 2.6,
    day: "2026-11-27",
    ...overrides,
  };
}

it("adds the buckets' time to that of a start", () => {
  expect(lowerBound(aResult())).toBe(8 + (140 - 100) / 20);
});

it("works the buckets' time out for more PoPs by the calls for each of them", () => {
  expect(boundAt(100, aResult())).toBe(2);
  expect(boundAt(1000, aResult())).toBe((1400 - 100) / 20);
});

describe("the gain", () => {
  const results = [aResult({ variant: "plain", seconds: 70 }), aResult()];

  it("is the plain stack's time over the product's, of the same size and case", () => {
    expect(gain(results, 100, "no-op")).toBe(3.5);
    expect(gain(results, 50, "no-op")).toBeUndefined();
    expect(gain(results, 100, "destroy")).toBeUndefined();
  });

  it("misses a target below it, and not at it", () => {
    expect(missedTargets(results)).toEqual([
      "no-op at 100 PoPs: 3.5 times faster than the plain stack, the target is 4",
    ]);
    expect(missedTargets([aResult({ variant: "plain", seconds: 80 }), aResult()])).toEqual([]);
  });

  describe("of one node's AMI", () => {
    const refreshed = "one node's AMI";
    const unrefreshed = "one node's AMI, -refresh=false";
    const ofAmi = (seconds: number) => [
      aResult({ variant: "plain", case: refreshed, seconds: 80 }),
      aResult({ variant: "plain", case: unrefreshed, seconds: 36 }),
      aResult({ case: refreshed, seconds: 40 }),
      aResult({ case: unrefreshed, seconds }),
    ];

    it("is that of the product without a refresh over the plain stack's whole deploy", () => {
      expect(missedTargets(ofAmi(32))).toEqual([]);
      expect(missedTargets(ofAmi(33))).toEqual([
        "one node's AMI, -refresh=false at 100 PoPs: 2.4 times faster than the plain stack, the target is 2.5",
      ]);
    });

    it("is told with what it is where both are started alike", () => {
      const page = renderBenchmarks({ deploy: { machine: "2 cores", results: ofAmi(30) } });
      expect(page).toContain("| one node's AMI, -refresh=false | 2.5× | 2.7× | reached |");
      expect(page).not.toContain("| one node's AMI | 2.5×");
      expect(page).toContain(
        "It is 2.0× with a refresh on both sides, and 1.2× without one on either.",
      );
    });

    it("is not claimed where the plain stack's deploy was not measured", () => {
      const page = renderBenchmarks({
        deploy: { machine: "2 cores", results: ofAmi(30).slice(1) },
      });
      expect(page).toContain("so no gain is claimed");
    });
  });
});

it("tells the cases that need more calls per PoP as PoPs grow, whatever was throttled", () => {
  const calls = (count: number) => ({ ecs: { DescribeServices: count } });
  const of = (pops: number, count: number, throttled = 0) =>
    aResult({ pops, calls: calls(count + throttled), throttled: calls(throttled) });
  expect(growingCases([of(50, 100), of(25, 50, 200), of(100, 201)])).toEqual([
    "no-op: 2.00 calls per PoP at 50 PoPs, 2.01 at 100",
  ]);
  expect(growingCases([of(25, 50), of(100, 200, 1000)])).toEqual([]);
});

it("tells what was called most, by name where the count is the same", () => {
  const calls = { ecs: { B: 3, A: 3 }, ec2: { C: 9 } };
  expect(renderTopCalls(aResult({ calls }))).toBe("ec2:C 9, ecs:A 3, ecs:B 3");
});

it("renders the gain in the product's row", () => {
  const lines = renderDeploys([aResult(), aResult({ variant: "plain", seconds: 80 })]).split("\n");
  expect(lines.slice(2)).toEqual([
    "| 100 | no-op | plain | 80 |  | 10 | 8.0 | 154 | 10 | 1.4 | 500 | 12 | 800 | 3 | 2026-11-27 |",
    "| 100 | no-op | product | 20 | **4.0×** | 10 | 2.0 | 154 | 10 | 1.4 | 500 | 12 | 800 | 3 | 2026-11-27 |",
  ]);
});

describe("recorded results", () => {
  const recorded = (seconds: number, pops = 100) => ({
    machine: "2 cores",
    results: [aResult({ seconds, pops })],
  });

  it("take the place of earlier ones of the same subject, and of no others", () => {
    const before = { deploy: { machine: "1 core", results: [aResult(), aResult({ pops: 25 })] } };
    expect(mergeResults(before, "deploy", recorded(5)).deploy).toEqual({
      machine: "2 cores",
      results: [aResult({ pops: 25 }), aResult({ seconds: 5 })],
    });
  });

  it("are told of the plain stack first, whichever was measured last", () => {
    const results = [aResult(), aResult({ variant: "plain" })];
    const lines = renderBenchmarks({ deploy: { machine: "2 cores", results } }).split("\n");
    const stacks = lines
      .filter((line) => line.includes("| no-op |"))
      .map((line) => line.split("|"));
    expect(stacks.map(([, first, second, third]) => [first, second, third].join("|"))).toEqual([
      " no-op | 4× | 1.0× ",
      " 100 | no-op | plain ",
      " 100 | no-op | product ",
      " no-op | plain | 0.1 ",
      " no-op | product | 0.1 ",
    ]);
  });

  it("say nothing of growth where only one size was measured", () => {
    expect(renderBenchmarks({ deploy: recorded(5) })).toContain(
      "Only one size was measured, so nothing is said of growth.",
    );
  });
});
