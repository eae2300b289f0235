import type { Environment } from "../config/environment";
import { RoutedError } from "../errors";
import type { Observation } from "../observe/observation";
import { plannedNodes } from "../plan/upgrade-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";
import { checkQuota } from "./check-quota";
import type { QuotaCheck } from "./check-quota";
import { fleetGrowth, launchedTypes } from "./fleet-growth";
import type { ConnectToQuotas } from "../aws/preflight-calls";
import { quotaOf } from "./quota";
import type { QuotaId } from "./quota";
import type { QuotaNeed } from "./quota-need";
import { AccountReader } from "./read-account";
import type { Unread } from "./read-account";
import { regionNeeds } from "./region-needs";
import { resourceNeeds } from "./resource-needs";
import { vcpusBySize } from "./vcpus";
import type { PreflightReport } from "./report";
import { renderExceeded } from "./render-preflight";

/** An environment, what is there of it, and what its next deploys do. */
export interface PreflightSubject {
  readonly environment: Environment;
  readonly observation: Observation;
  /** The plans of the next deploy and of those after it. */
  readonly waves: readonly UpgradePlan[];
}

export interface PreflightOptions {
  /** Null where AWS may not be called: then only what needs no reading is checked. */
  readonly connect: ConnectToQuotas | null;
  /**
   * Read every quota, also those of which nothing new is needed.
   * @default false: a deploy that creates nothing makes no call
   */
  readonly readAll?: boolean;
}

/**
 * Checks the quotas that the desired fleet would exceed, for this deploy and those after it. What
 * can't be read is assumed and told in a note; that alone fails nothing.
 */
export async function preflight(
  subject: PreflightSubject,
  { connect, readAll = false }: PreflightOptions,
): Promise<PreflightReport> {
  const { environment } = subject;
  const { accountId, region } = environment.aws;
  const { checks, unread } = connect
    ? await checkAgainstAws(subject, connect, readAll)
    : { checks: resourceNeedsOf(subject).map((need) => checkQuota(need, null)), unread: [] };
  return {
    environment: environment.name,
    accountId,
    region,
    asked: connect !== null,
    passed: checks.every(({ verdict }) => verdict !== "exceeded"),
    checks,
    notes: [...notesOf(unread), ...checks.flatMap(noteOf)].sort(),
  };
}

/** @throws RoutedError `quota-exceeded`, with all quotas that are exceeded and what to do */
export function requirePassed(report: PreflightReport): void {
  if (!report.passed) throw new RoutedError("quota-exceeded", renderExceeded(report));
}

interface Checked {
  readonly checks: readonly QuotaCheck[];
  readonly unread: readonly Unread[];
}

async function checkAgainstAws(
  subject: PreflightSubject,
  connect: ConnectToQuotas,
  readAll: boolean,
): Promise<Checked> {
  const { environment, observation, waves } = subject;
  const growth = fleetGrowth(environment, observation, waves);
  const types = launchedTypes(growth);
  const resources = resourceNeedsOf(subject);
  const grows = growth.elasticIps + growth.networkInterfaces + growth.networks + types.length > 0;
  const high = resources.some(exceedsDefault);
  // The port is opened only where there is something to ask.
  if (!grows && !high && !readAll) {
    return { checks: resources.map((need) => checkQuota(need, noReading())), unread: [] };
  }
  const reader = new AccountReader(environment, await connect(environment.aws.region));
  const running = observation.instances.map(({ instanceType }) => instanceType);
  const vcpus = types.length > 0 ? await reader.vcpus([...types, ...running]) : new Map();
  const vcpusOf = (type: string) => (vcpus.get(type) as number | undefined) ?? vcpusBySize(type);
  const regions = regionNeeds(environment, observation, growth, vcpusOf).filter(
    ({ needed }) => readAll || needed !== 0,
  );
  const asked = [...regions, ...resources.filter((need) => readAll || exceedsDefault(need))].map(
    ({ quota }) => quota,
  );
  const [limits, inUse] = await Promise.all([
    reader.limits(asked.filter((id) => quotaOf(id).adjustable)),
    reader.inUse(
      regions.map(({ quota }) => quota),
      growth.networks === 1,
    ),
  ]);
  const checks = [...regions, ...resources].map((need) => checkQuota(need, { limits, inUse }));
  return { checks, unread: reader.unread };
}

/** An account's own value is only ever above AWS's default, so what fits the default fits. */
function exceedsDefault({ quota, needed }: QuotaNeed): boolean {
  return quotaOf(quota).adjustable && (needed ?? 0) > quotaOf(quota).documented;
}

function noReading() {
  return { limits: new Map<QuotaId, number>(), inUse: new Map<QuotaId, number>() };
}

function resourceNeedsOf({ environment, waves }: PreflightSubject): QuotaNeed[] {
  const nodes = waves.map((plan) => plannedNodes(plan).length);
  return resourceNeeds(environment, Math.max(environment.fleet.nodes, ...nodes));
}

/** One note for each way in which a call failed, with all that was to be learnt from it. */
function notesOf(unread: readonly Unread[]): string[] {
  const subjects = new Map<string, string[]>();
  for (const { action, error, subject } of unread) {
    const failure = `${action} failed with ${error}`;
    subjects.set(failure, [...(subjects.get(failure) ?? []), subject]);
  }
  return [...subjects].map(
    ([failure, of]) =>
      `${failure}, so AWS's documented default, or what is known without it, stands for ${of.sort().join(", ")}`,
  );
}

function noteOf(check: QuotaCheck): string[] {
  if (check.verdict !== "unknown") return [];
  const { name, service, code, limit, inUse, needed, why } = check;
  const what = `${name} (${service} ${code}) may not be enough`;
  const needs = needed === null ? "what is needed can't be told" : `${needed} needed`;
  return [
    `${what}: ${inUse} in use and ${needs} (${why}), the account's own quota is not known, and accounts start with ${limit}; check it in Service Quotas`,
  ];
}
