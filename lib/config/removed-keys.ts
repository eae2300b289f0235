/** A key that configs had once, and what to do about it, as one sentence that follows a colon. */
export interface RemovedKey {
  readonly path: readonly string[];
  readonly instead: string;
}

/** A config that still has one of these is refused with its sentence. */
export const REMOVED_KEYS: readonly RemovedKey[] = [
  {
    path: ["fleet", "priceClasses"],
    instead: "remove it, types of the usual families of the architecture are suggested",
  },
  {
    path: ["export", "cloudwatch"],
    instead:
      "remove it, the estimate takes AWS's list prices of us-east-2 and a scrape every 300 s",
  },
];
