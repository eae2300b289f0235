import { jsonOf } from "../files/own-file";
import type { Report } from "./report-model";

/** What marks a report, in each of its formats. */
export const MARKDOWN_MARK = "<!-- routed-report: ";
export const HTML_MARK = '<meta name="generator" content="routed report" />';
const FIELDS: readonly (keyof Report)[] = ["environment", "generatedAt", "coverage", "popsTouched"];

/** Whether a file is a report that `routed report` made, of any environment and format. */
export function isReport(content: Buffer): boolean {
  const text = content.toString("utf8");
  if (text.startsWith(MARKDOWN_MARK)) return true;
  if (text.startsWith("<!doctype html>")) return text.includes(HTML_MARK);
  const json = jsonOf(content);
  return typeof json === "object" && json !== null && FIELDS.every((field) => field in json);
}
