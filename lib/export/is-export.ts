import { jsonOf } from "../files/own-file";
import { isExportedYaml } from "./render-yaml";

/** Of the exports that are JSON, which has no room for a mark: what each of their parts has. */
const PARTS = [
  ["targets", "labels"],
  ["exportedSeries", "exporterUsd", "insteadUsd"],
];

/** Whether a file is one that `routed export` made, of any environment and kind. */
export function isExport(content: Buffer): boolean {
  if (isExportedYaml(content)) return true;
  const parts = [jsonOf(content)].flat();
  return PARTS.some((fields) => parts.length > 0 && parts.every((part) => hasAll(part, fields)));
}

function hasAll(value: unknown, fields: readonly string[]): boolean {
  return typeof value === "object" && value !== null && fields.every((field) => field in value);
}
