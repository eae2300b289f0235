import { holdsOf } from "../plan/holds";
import type { Hold } from "../plan/holds";
import type { ImagePlan } from "../plan/image-plan";
import { renderSummary } from "../plan/render/render-summary";
import type { PlanStatus, PopsTouched } from "../plan/upgrade-plan";
import type { Verdict } from "../verify/verdict";
import { popChanges } from "./pop-changes";
import type { PopChanges } from "./pop-changes";
import { coverageOf } from "./pop-coverage";
import type { Coverage } from "./pop-coverage";
import { reportNodes } from "./report-nodes";
import type { ReportNode } from "./report-nodes";
import type { ReportSubject } from "./report-subject";
import { reportWaves } from "./report-waves";
import type { ReportWaves } from "./report-waves";
import { resourceKinds } from "./resource-kinds";
import type { ResourceKind } from "./resource-kinds";

/**
 * All that a report of one environment tells, whatever it looks like: what the next deploy does to
 * nodes, PoPs and resources, and what comes after it.
 */
export interface Report {
  readonly environment: string;
  readonly region: string;
  readonly status: PlanStatus;
  /** What the next deploy does to nodes, or why it changes none; one sentence. */
  readonly summary: string;
  /** What holds the plan; empty where nothing does. */
  readonly holds: readonly Hold[];
  readonly healthIgnored: boolean;
  readonly maxUnavailableNodes: number;
  /** When the report was made: ISO 8601, UTC. */
  readonly generatedAt: string;
  /** By slot, ascending. */
  readonly nodes: readonly ReportNode[];
  readonly waves: ReportWaves;
  /** The PoPs that lose a task in the next wave, grouped by where they lose and keep one. */
  readonly popsTouched: readonly PopsTouched[];
  readonly pops: PopChanges;
  /** What becomes of the PoPs' images; left out where the config doesn't stage images. */
  readonly images?: ImagePlan;
  readonly coverage: Coverage;
  /** By type; null where Terraform's plan wasn't given. */
  readonly resources: readonly ResourceKind[] | null;
  /** What `routed verify` says of Terraform's plan; null where that wasn't given. */
  readonly verdict: Verdict | null;
  /** Harmless oddities. */
  readonly findings: readonly string[];
}

/** Pure: equal input gives an equal report. */
export function reportOf(subject: ReportSubject): Report {
  const { planned, terraform, history, now } = subject;
  const { environment, plan, waves } = planned;
  return {
    environment: environment.name,
    region: environment.aws.region,
    status: plan.status,
    summary: renderSummary(plan),
    holds: holdsOf(plan),
    healthIgnored: plan.healthIgnored,
    maxUnavailableNodes: environment.fleet.maxUnavailableNodes,
    generatedAt: new Date(now).toISOString(),
    nodes: reportNodes(planned, now),
    waves: reportWaves(environment, waves, history),
    popsTouched: plan.popsTouched,
    pops: popChanges(planned, terraform),
    ...(plan.images === undefined ? {} : { images: plan.images }),
    coverage: coverageOf(planned),
    resources: terraform && resourceKinds(terraform.changes),
    verdict: terraform?.verdict ?? null,
    findings: plan.findings,
  };
}

/** The report as data. */
export function renderReportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
