import { join } from "node:path";
import { RoutedError } from "../../errors";
import { requireOwn, writeOwn } from "../../files/own-file";
import { displayPath, readConfigFolder } from "../file/config-folder";
import type { ConfigFile } from "../file/config-file";
import { unknownNames } from "../load";

/** The config of one environment, valid as it stands. */
export interface ConfigToChange {
  readonly file: ConfigFile;
  readonly files: readonly ConfigFile[];
}

/** @throws RoutedError `invalid-config` where anything of the folder is invalid, or has no such name */
export function readConfigToChange(directory: string, name: string): ConfigToChange {
  const { files, problems } = readConfigFolder(directory);
  const all = [...problems, ...unknownNames([name], files, displayPath(directory))];
  const file = files.find((one) => one.name === name);
  if (all.length > 0 || !file) throw new RoutedError("invalid-config", all.join("\n"));
  return { file, files };
}

export interface ConfigChange {
  /** The environments' folder. */
  readonly directory: string;
  readonly environment: string;
  /** The whole new text of its file. */
  readonly text: string;
  /** What the file must hold now; null where there must be none. */
  readonly was: string | null;
}

/**
 * Writes an environment's file, whole or not at all, and only if the folder is valid with it.
 *
 * @returns the file's path as a person would type it
 * @throws RoutedError `invalid-config` with all that would be wrong, `unwritable-file` where it can't
 *   be written; then nothing is
 */
export async function writeConfig(change: ConfigChange): Promise<string> {
  const { directory, environment, text, was } = change;
  const fileName = `${environment}.json`;
  const path = join(displayPath(directory), fileName);
  const { problems } = readConfigFolder(directory, new Map([[fileName, text]]));
  if (problems.length > 0) {
    const nothing = "nothing was written: the line numbers are those of the file as it would be";
    throw new RoutedError("invalid-config", [...problems, nothing].join("\n"));
  }
  const isUnchanged = (content: Buffer): boolean => content.toString("utf8") === was;
  const now = await requireOwn({ path, kind: "a config", isOwn: () => true });
  if (now === null ? was !== null : !isUnchanged(now)) {
    const what = was === null ? "exists already; choose another name" : "was changed meanwhile";
    throw new RoutedError("invalid-config", `${path}: ${what}; nothing was written`);
  }
  await writeOwn({ path, kind: "what it was", isOwn: isUnchanged }, text);
  return path;
}
