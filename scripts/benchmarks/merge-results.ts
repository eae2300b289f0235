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

type Keyed = CaseResult | SynthResult | ObserveResult;

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
  if ("program" in result) return `${result.program} ${result.pops}`;
  return `${result.environments} ${result.nodes} ${result.pops}`;
}
