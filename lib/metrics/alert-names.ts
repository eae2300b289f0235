/** The alerts of the exported rules; each has its page in docs/runbooks. */
export const ALERT_NAMES = [
  "RoutedPopDown",
  "RoutedPopDegraded",
  "RoutedNodeNotAvailable",
  "RoutedRebuildSlow",
  "RoutedBgpSessionsDown",
  "RoutedRolloutHeld",
  "RoutedSpareFilled",
  "RoutedTargetsMissing",
] as const;

export type AlertName = (typeof ALERT_NAMES)[number];

/**
 * The file of an alert's page in docs/runbooks.
 *
 * @example
 * runbookOfAlert("RoutedPopDown") // → "alert-pop-down.md"
 */
export function runbookOfAlert(name: AlertName): string {
  const words = name.replace(/^Routed/, "").replace(/(?!^)[A-Z]/g, "-$&");
  return `alert-${words.toLowerCase()}.md`;
}
