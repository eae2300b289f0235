import type { Environment } from "../config/environment";
import { TASK_METRICS } from "../metrics/metric-names";
import { cloudwatchMetrics } from "./cloudwatch-metrics";

/** AWS's list prices for us-east-2. @see https://aws.amazon.com/cloudwatch/pricing/ */
const USD_PER_MILLION_REQUESTS = 10;
const USD_PER_THOUSAND_CUSTOM_METRICS = 300;
/** CloudWatch has EC2's metrics every five minutes, the others every minute. */
export const SCRAPE_SECONDS = 300;
/** AWS's bill counts months of 30 days and a little; the estimate takes 30. */
const SECONDS_PER_MONTH = 30 * 24 * 3600;
/** Custom metrics have a value per minute; finer ones cost more. */
const CUSTOM_METRIC_SECONDS = 60;
/** Address families of `routed_task_routes`. */
const FAMILIES = 2;

/** What CloudWatch's API costs a month, in US dollars, before the free tier and volume discounts. */
export interface CloudwatchCost {
  /** Time series that the exporter requests at each scrape. */
  readonly exportedSeries: number;
  /** The exporter's requests for them. */
  readonly exporterUsd: number;
  /** Tasks whose metrics Prometheus scrapes directly. */
  readonly tasks: number;
  /** Time series of all these tasks. */
  readonly taskSeries: number;
  /** What is not spent: the same time series as custom metrics, stored, written and read. */
  readonly insteadUsd: CustomMetricsCost;
}

export interface CustomMetricsCost {
  readonly stored: number;
  readonly written: number;
  readonly read: number;
  readonly total: number;
}

export function cloudwatchCost(environment: Environment): CloudwatchCost {
  const { fleet, routed, autopilotSites } = environment;
  const exportedSeries = sum(cloudwatchMetrics(environment).map(({ series }) => series));
  const scrapes = SECONDS_PER_MONTH / SCRAPE_SECONDS;
  // A PoP's cell may be any, so all are counted as if they were in the largest.
  const cellSizes = fleet.cells?.map(({ nodes }) => nodes.length) ?? [fleet.nodes];
  const perPop = routed.placement === "daemon" ? Math.max(...cellSizes) : routed.tasksPerPop;
  const tasks = perPop * autopilotSites.length;
  const taskSeries = perPop * sum(autopilotSites.map(({ bgpPeers }) => seriesOf(bgpPeers.length)));
  const requests = (count: number) => (count * USD_PER_MILLION_REQUESTS) / 1e6;
  const minutes = SECONDS_PER_MONTH / CUSTOM_METRIC_SECONDS;
  const stored = (taskSeries * USD_PER_THOUSAND_CUSTOM_METRICS) / 1000;
  const written = requests(tasks * minutes);
  const read = requests(taskSeries * minutes);
  return {
    exportedSeries,
    exporterUsd: cents(requests(exportedSeries * scrapes)),
    tasks,
    taskSeries,
    insteadUsd: {
      stored: cents(stored),
      written: cents(written),
      read: cents(read),
      total: cents(stored + written + read),
    },
  };
}

/** Time series of one task, with one session for each of the PoP's blocks of peers: at least that. */
function seriesOf(peers: number): number {
  const { bgpSessionUp, routes, ...single } = TASK_METRICS;
  const several = { [bgpSessionUp.name]: peers, [routes.name]: FAMILIES };
  return Object.keys(single).length + sum(Object.values(several));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}

/** A few lines for people. */
export function renderCloudwatchCost(environment: Environment, cost: CloudwatchCost): string[] {
  const { stored, written, read, total } = cost.insteadUsd;
  return [
    `${environment.name}: ${cost.exportedSeries} metrics of AWS's own every ${SCRAPE_SECONDS} s: ` +
      `about ${usd(cost.exporterUsd)} a month`,
    `Not scraped through CloudWatch: ${cost.taskSeries} metrics of ${cost.tasks} tasks. As custom metrics, ` +
      `once a minute, they would cost about ${usd(total)} a month: ${usd(stored)} to store, ` +
      `${usd(written)} to write, ${usd(read)} to read`,
    `At ${usd(USD_PER_MILLION_REQUESTS)} for a million metrics requested or written, and ` +
      `${usd(USD_PER_THOUSAND_CUSTOM_METRICS)} for a thousand custom metrics a month ` +
      `(https://aws.amazon.com/cloudwatch/pricing/)`,
  ];
}

function usd(amount: number): string {
  return `${amount.toFixed(2)} USD`;
}
