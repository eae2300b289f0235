import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { messageOf, RoutedError } from "../errors";

/** A file's path and text. */
export interface ExportedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the files whose text differs from what is there, each at once: a Prometheus that watches
 * them never reads half a file, and sees no change where there is none.
 *
 * @returns the paths of those that were written
 * @throws RoutedError `unwritable-file`
 */
export async function applyFiles(files: readonly ExportedFile[]): Promise<string[]> {
  const written: string[] = [];
  for (const { path, text } of files) {
    if ((await textOf(path)) === text) continue;
    const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, text);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw new RoutedError(
        "unwritable-file",
        `${path}: can't be written (${messageOf(error)}); give another place with --output`,
        { cause: error },
      );
    }
    written.push(path);
  }
  return written;
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}
