import { jsonOf } from "../files/own-file";
import { TARGET_LABELS } from "../metrics/metric-names";
import { isExportedYaml } from "./render-yaml";
import type { ScrapeTarget } from "./scrape-targets";

/** Of the exports that are JSON, which has no room for a mark: whether each of their parts is one. */
const PARTS = [
  isTarget,
  (part: unknown) => hasAll(part, ["exportedSeries", "exporterUsd", "insteadUsd"]),
];

/** Whether a file is one that `routed export` made, of any environment and kind. */
export function isExport(content: Buffer): boolean {
  if (isExportedYaml(content)) return true;
  const parts = [jsonOf(content)].flat();
  return PARTS.some((isPart) => parts.length > 0 && parts.every(isPart));
}

/** As `scrapeTargets` makes it: one address, and labels of ours alone. File-based discovery is not ours. */
function isTarget(part: unknown): boolean {
  if (!hasAll(part, ["targets", "labels"])) return false;
  const { targets, labels } = part as ScrapeTarget;
  const names = Object.keys(labels ?? {});
  return (
    Array.isArray(targets) &&
    targets.length === 1 &&
    hasAll(labels, ["environment", "pop", "slot", "az"]) &&
    names.every((name) => TARGET_LABELS.some((label) => label === name))
  );
}

function hasAll(value: unknown, fields: readonly string[]): boolean {
  return typeof value === "object" && value !== null && fields.every((field) => field in value);
}
