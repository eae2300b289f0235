/** The alerts of the exported rules; each has its page in docs/runbooks. */
export const ALERT_NAMES = [
  "RoutedPopDown",
  "RoutedPopDegraded",
  "RoutedNodeNotAvailable",
  "RoutedRebuildSlow",
  "RoutedBgpSessionsDown",
  "RoutedRolloutHeld",
  "RoutedTargetsMissing",
] as const;

export type AlertName = (typeof ALERT_NAMES)[number];
