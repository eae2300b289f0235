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
 * An alarm's name.
 *
 * @param prefix `clusterName` of the environment
 * @param slot of the node; left out where the alarm is no node's
 * @example
 * alarmName("routed-prd-na", "node-status", 2) // → "routed-prd-na-node-status-2"
 */
export function alarmName(prefix: string, kind: AlarmKind, slot?: number): string {
  return slot === undefined ? `${prefix}-${kind}` : `${prefix}-${kind}-${slot}`;
}

/** The environment's own SNS topic. */
export function alarmTopicName(prefix: string): string {
  return `${prefix}-alarms`;
}
