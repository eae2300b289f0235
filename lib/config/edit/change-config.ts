import { chmodSync, existsSync, linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, RoutedError } from "../../errors";
import { displayPath, readConfigFolder } from "../config-folder";
import type { ConfigFile } from "../config-file";
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
 * @throws RoutedError `invalid-config` with all that would be wrong; then nothing is written
 */
export function writeConfig({ directory, environment, text, was }: ConfigChange): string {
  const fileName = `${environment}.json`;
  const shown = join(displayPath(directory), fileName);
  const location = join(directory, fileName);
  const { problems } = readConfigFolder(directory, new Map([[fileName, text]]));
  if (problems.length > 0) {
    const nothing = "nothing was written: the line numbers are those of the file as it would be";
    throw new RoutedError("invalid-config", [...problems, nothing].join("\n"));
  }
  requireUnchanged(location, shown, was);
  // Not an environment while it is being written: its name begins with a dot.
  const unfinished = join(directory, `.${fileName}.${process.pid}`);
  try {
    writeFileSync(unfinished, text, { flag: "wx" });
    if (was === null) {
      linkSync(unfinished, location); // fails where somebody has made it meanwhile
    } else {
      chmodSync(unfinished, statSync(location).mode);
      renameSync(unfinished, location);
    }
  } catch (error) {
    const message = `${shown}: can't be written (${messageOf(error)}); nothing was changed`;
    throw new RoutedError("invalid-config", message, { cause: error });
  } finally {
    rmSync(unfinished, { force: true });
  }
  return shown;
}

function requireUnchanged(location: string, shown: string, was: string | null): void {
  const now = existsSync(location) ? readFileSync(location, "utf8") : null;
  if (now === was) return;
  const what = was === null ? "exists already; choose another name" : "was changed meanwhile";
  throw new RoutedError("invalid-config", `${shown}: ${what}; nothing was written`);
}
