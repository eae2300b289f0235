import type { TaskEvent, TimelineEvent } from "./control-types";

/** How many tasks of a service were healthy from a moment on. */
export interface HealthSample {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly environment: string | null;
  /** The PoP's name. */
  readonly serviceName: string;
  readonly healthy: number;
  /** What changed the number. */
  readonly event: TaskEvent["event"];
  readonly slot: number | null;
}

/**
 * The number of healthy tasks of each service, at each moment at which it changed, oldest first. A
 * task that was told to stop isn't healthy any more.
 */
export function healthTimeline(events: readonly TimelineEvent[]): readonly HealthSample[] {
  const healthyTasks = new Map<string, Set<string>>();
  const samples: HealthSample[] = [];
  for (const event of events) {
    if (!("taskArn" in event)) continue;
    // The ARN's first part tells account, region and cluster.
    const cluster = event.taskArn.slice(0, event.taskArn.lastIndexOf("/"));
    const service = `${cluster}/${event.serviceName}`;
    const tasks = healthyTasks.get(service) ?? new Set<string>();
    healthyTasks.set(service, tasks);
    const before = tasks.size;
    if (event.event === "task-healthy") tasks.add(event.taskArn);
    else tasks.delete(event.taskArn);
    if (tasks.size === before) continue;
    const { at, environment, serviceName, slot } = event;
    samples.push({ at, environment, serviceName, healthy: tasks.size, event: event.event, slot });
  }
  return samples;
}

/**
 * How many seconds each service of an environment had fewer than `fullHealth` healthy tasks, once it had
 * had that many, by the service's name: each task that lacks counts.
 *
 * Two nodes of three that are replaced for 90 s each, one after the other: `{ pop1: 180, … }`.
 */
export function secondsBelow(
  events: readonly TimelineEvent[],
  environment: string,
  fullHealth: number,
): Readonly<Record<string, number>> {
  const below: Record<string, number> = {};
  const last = new Map<string, HealthSample>();
  for (const sample of healthTimeline(events)) {
    const { at, healthy, serviceName } = sample;
    if (sample.environment !== environment) continue;
    const before = last.get(serviceName);
    if (before === undefined && healthy < fullHealth) continue;
    last.set(serviceName, sample);
    const seconds = before === undefined ? 0 : (Date.parse(at) - Date.parse(before.at)) / 1000;
    const lacking = Math.max(0, fullHealth - (before?.healthy ?? fullHealth));
    below[serviceName] = (below[serviceName] ?? 0) + lacking * seconds;
  }
  return below;
}

/**
 * The fewest healthy tasks that each service of an environment ever had after it first had
 * `fullHealth` of them, by the service's name. Services that never had so many are left out.
 *
 * Three nodes that are replaced one by one under a daemon service: `{ pop1: 2, … }`.
 */
export function fewestHealthyTasks(
  events: readonly TimelineEvent[],
  environment: string,
  fullHealth: number,
): Readonly<Record<string, number>> {
  const fewest: Record<string, number> = {};
  for (const sample of healthTimeline(events)) {
    if (sample.environment !== environment) continue;
    const soFar = fewest[sample.serviceName];
    if (soFar !== undefined) fewest[sample.serviceName] = Math.min(soFar, sample.healthy);
    else if (sample.healthy >= fullHealth) fewest[sample.serviceName] = sample.healthy;
  }
  return fewest;
}
