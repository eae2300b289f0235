import { existsSync } from "node:fs";
import { RoutedError } from "../errors";

/**
 * Of a command that only reads: a folder that isn't there is mistaken for another, and holds no history.
 *
 * @throws RoutedError `unreadable-history`
 */
export function requireHistoryFolder(folder: string | undefined): void {
  if (folder === undefined || existsSync(folder)) return;
  throw new RoutedError(
    "unreadable-history",
    `--history must be a folder of records, got "${folder}", which isn't there; correct it, or leave it out`,
  );
}
