import type { CaseResult } from "../bench-deploy/result";

/** Results and what they were measured on. */
export interface Recorded<Result> {
  readonly machine: string;
  readonly results: readonly Result[];
}

/** What docs/benchmarks.json holds: the latest results of each benchmark. */
export interface RecordedBenchmarks {
  readonly deploy?: Recorded<CaseResult>;
  readonly synth?: Recorded<SynthResult>;
  readonly observe?: Recorded<ObserveResult>;
  readonly cpu?: Recorded<CpuResult>;
  readonly rollout?: Recorded<RolloutResult>;
  readonly release?: Recorded<ReleaseResult>;
  readonly verify?: Recorded<VerifyResult>;
}

/** One wave of a rollout; all in seconds. */
export interface RolloutResult {
  readonly wave: number;
  /** Synthesis, plan and proof, which go before the drain. */
  readonly prepare: number;
  readonly drain: number;
  readonly apply: number;
  /** Until the node's tasks have rebuilt their state. */
  readonly wait: number;
}

/** A rollout of a new AMI to all nodes; all in seconds. */
export interface ReleaseResult {
  readonly spares: number;
  readonly nodes: number;
  readonly waves: number;
  readonly seconds: number;
  /** How long a PoP had a task fewer than there are nodes, for the whole release. */
  readonly below: number;
}

/** One proof. */
export interface VerifyResult {
  /** What the plan carries out, e.g. `the first deploy`. */
  readonly plan: string;
  readonly pops: number;
  readonly milliseconds: number;
}

/** A synthesis as a whole process. */
export interface SynthResult {
  /** Such as `AWS CDK 2.276.0`. */
  readonly program: string;
  readonly pops: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly resources: number;
}

/** One look at an environment, or at several side by side. */
export interface ObserveResult {
  readonly environments: number;
  readonly nodes: number;
  readonly pops: number;
  readonly tasks: number;
  readonly seconds: number;
  readonly calls: number;
  readonly throttled: number;
}

/** What two busy processes do to a latency-sensitive one; delays in milliseconds. */
export interface CpuResult {
  readonly isolation: "alone" | "shares" | "quota" | "cpuset";
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  /** Rounds of work that the busy ones did. */
  readonly busyWork: number;
  /** Parts of the kernel's periods in which they stood still, 0 to 1. */
  readonly latencyThrottled: number;
  readonly busyThrottled: number;
  /** The part of the two CPUs that other processes of the machine took, 0 to 1. */
  readonly others: number;
}

type Keyed =
  | CaseResult
  | SynthResult
  | ObserveResult
  | CpuResult
  | RolloutResult
  | ReleaseResult
  | VerifyResult;

/** The latest result of each subject stays. */
export function mergeResults<Name extends keyof RecordedBenchmarks>(
  before: RecordedBenchmarks,
  name: Name,
  { machine, results }: Recorded<Keyed>,
): RecordedBenchmarks {
  const bySubject = new Map<string, Keyed>();
  for (const result of [...(before[name]?.results ?? []), ...results]) {
    const subject = subjectOf(result);
    bySubject.delete(subject);
    bySubject.set(subject, result);
  }
  return { ...before, [name]: { machine, results: [...bySubject.values()] } };
}

function subjectOf(result: Keyed): string {
  if ("variant" in result) return `${result.pops} ${result.variant} ${result.case}`;
  if ("isolation" in result) return result.isolation;
  if ("program" in result) return `${result.program} ${result.pops}`;
  if ("spares" in result) return String(result.spares);
  if ("wave" in result) return String(result.wave);
  if ("plan" in result) return `${result.plan} ${result.pops}`;
  return `${result.environments} ${result.nodes} ${result.pops}`;
}
