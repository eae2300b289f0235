/** The kinds of CloudWatch alarms of an environment; each has its page, docs/runbooks/alarm-<kind>.md. */
export const ALARM_KINDS = [
  "node-recovery",
  "node-status",
  "api-5xx",
  "api-unhealthy",
  "pop-without-tasks",
] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

/**
 * An alarm's name, e.g. `routed-prd-na-node-status-2`.
 *
 * @param prefix `clusterName` of the environment
 * @param index the node's slot, or the load balancer's number; left out where there is one for all
 */
export function alarmName(prefix: string, kind: AlarmKind, index?: number): string {
  return index === undefined ? `${prefix}-${kind}` : `${prefix}-${kind}-${index}`;
}

/** The environment's own SNS topic. */
export function alarmTopicName(prefix: string): string {
  return `${prefix}-alarms`;
}
