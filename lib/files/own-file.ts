import { randomUUID } from "node:crypto";
import { chmod, link, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import type { Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { messageOf, RoutedError } from "../errors";

/** Readable and writable by its owner only. */
export const PRIVATE = 0o600;

/** A file that somebody named for what a command makes. */
export interface OwnFile {
  readonly path: string;
  /** What is written there, e.g. "a report". */
  readonly kind: string;
  /** Whether it is what this program writes there, by a mark or its form. */
  readonly isOwn: (content: Buffer) => boolean;
  /**
   * Whether nobody else may read it, whatever its mode was.
   * @default false
   */
  readonly isPrivate?: boolean;
}

/**
 * Only a file that is missing, empty or of the same kind may be written: anything else is somebody's,
 * who mistook its name.
 *
 * @returns what is there; null where nothing is
 * @throws RoutedError `unwritable-file`
 */
export async function requireOwn({ path, kind, isOwn }: OwnFile): Promise<Buffer | null> {
  const refuse = (what: string): RoutedError =>
    new RoutedError("unwritable-file", `${path}: ${what}`);
  if (path === "") {
    throw new RoutedError("unwritable-file", `the name of the file for ${kind} is empty; give one`);
  }
  const found = await lstat(path).catch(nothingIfMissing(path));
  if (found === null) return null;
  if (found.isSymbolicLink()) {
    throw refuse("is a symbolic link, which is not followed; name the file itself");
  }
  if (found.isDirectory()) throw refuse("is a folder; name a file in it");
  if (!found.isFile()) throw refuse("is no file but a device or pipe; redirect what is printed");
  const content = await readFile(path).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  if (content.length === 0 || isOwn(content)) return content;
  throw refuse(
    `is there and isn't ${kind}, so it isn't overwritten; name another file, or move it away`,
  );
}

/**
 * Writes it, whole or not at all, with the folders that it needs. What is there keeps its mode.
 *
 * @returns false where it is there already, byte for byte, and isn't touched
 * @throws RoutedError `unwritable-file` where it can't be, or may not: see `requireOwn`
 */
export async function writeOwn(file: OwnFile, content: string | Buffer): Promise<boolean> {
  const { path } = file;
  const before = await requireOwn(file);
  if (before?.equals(Buffer.from(content)) === true) {
    if (file.isPrivate === true) await chmod(path, PRIVATE);
    return false;
  }
  try {
    const { isPrivate = false } = file;
    await writeWhole(path, content, { isNew: before === null, isPrivate });
  } catch (error) {
    throw unwritable(path, error);
  }
  return true;
}

/**
 * Writes a file at a place that is this program's own: nobody reads half of it, and an earlier one
 * stays until then.
 *
 * @param isPrivate nobody but its owner may read it; otherwise one that is there keeps its mode
 * @param isNew fails where somebody has made it meanwhile
 */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  { isNew = false, isPrivate = false } = {},
): Promise<void> {
  // Not of the same ending: what collects files by it passes this one over.
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(unfinished, content, { flag: "wx", ...(isPrivate ? { mode: PRIVATE } : {}) });
    if (isNew) return await link(unfinished, path);
    const before = await lstat(path).catch(() => null);
    if (before !== null && !isPrivate) await chmod(unfinished, before.mode);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function nothingIfMissing(path: string) {
  return (error: unknown): Stats | null => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw unwritable(path, error);
  };
}

function unwritable(path: string, cause: unknown): RoutedError {
  return new RoutedError(
    "unwritable-file",
    `${path}: can't be written (${reasonOf(cause)}); name a file in a folder that can be written`,
    { cause },
  );
}

/** The system's words without its call, which names a file that nobody asked for. */
function reasonOf(error: unknown): string {
  return messageOf(error).replace(/, [a-z]+( '.*)?$/s, "");
}

/** A file's JSON; undefined where it is none. */
export function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    return undefined;
  }
}
