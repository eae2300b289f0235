import { readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { messageOf, RoutedError } from "../../errors";
import { writeWhole } from "../../files/own-file";
import type { ObjectStore, StoredObject } from "./object-store";

/** Reads of an object that others replace all the time. */
const ATTEMPTS = 10;

/**
 * A folder in place of the bucket: for history that is kept locally, and for the lock of an
 * environment that has no bucket yet. It holds for those who share the folder, and no others.
 *
 * An object that is written on conditions has its versions as files `<key>.1`, `<key>.2`, …, each
 * made by a link that fails where there is one already: so one of two writers is first, also if
 * one of them is killed in between.
 */
export class LocalObjectStore implements ObjectStore {
  readonly location: string;

  constructor(private readonly directory: string) {
    this.location = directory;
  }

  get(key: string): Promise<StoredObject | null> {
    return this.tryTo("read", key, async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const version = await this.newestVersion(key);
        const body = await readIfThere(this.file(key, version));
        if (body !== null) return { body, tag: String(version) };
        if (version === 0) return null;
        // Replaced and removed just now.
      }
      throw new Error("its newest version is listed and isn't there");
    });
  }

  put(key: string, body: string): Promise<void> {
    return this.tryTo("write", key, () => writeWhole(this.file(key, 0), body, { isPrivate: true }));
  }

  putIfUnchanged(key: string, body: string, tag: string | null): Promise<string | null> {
    return this.tryTo("write", key, async () => {
      const known = Number(tag ?? 0);
      if ((await this.newestVersion(key)) !== known) return null;
      try {
        await writeWhole(this.file(key, known + 1), body, { isNew: true, isPrivate: true });
      } catch (error) {
        if (isCode(error, "EEXIST")) return null;
        throw error;
      }
      // A writer that slept could make a version anew that was removed long since.
      if ((await this.newestVersion(key)) !== known + 1) return null;
      if (known > 1) await rm(this.file(key, known - 1), { force: true });
      return String(known + 1);
    });
  }

  list(prefix: string): Promise<readonly string[]> {
    return this.tryTo("read", prefix, async () => {
      const entries = await readdir(this.directory, {
        recursive: true,
        withFileTypes: true,
      }).catch(emptyIfMissing);
      const keys: string[] = [];
      for (const entry of entries) {
        const path = relative(this.directory, join(entry.parentPath, entry.name));
        const key = path.split(sep).join("/");
        if (!key.startsWith(prefix) || /\.(\d+|tmp)$/.test(key)) continue;
        if (entry.isFile()) keys.push(key);
        else if (!entry.isDirectory() || key.endsWith(".json")) throw this.noFile(key);
      }
      return keys.sort();
    });
  }

  /** Anything else in an object's place would be no object to a reader, or never end to be read. */
  private noFile(key: string): RoutedError {
    return new RoutedError(
      "unreadable-history",
      `${join(this.directory, key)} must be a file, got a folder, link or device; move it away`,
    );
  }

  /** Version 0 is that of what is written without conditions. */
  private file(key: string, version: number): string {
    return join(this.directory, version === 0 ? key : `${key}.${version}`);
  }

  private async newestVersion(key: string): Promise<number> {
    const names = await readdir(dirname(this.file(key, 0))).catch(emptyIfMissing);
    const prefix = `${basename(key)}.`;
    const versions = names
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length))
      .filter((version) => /^\d+$/.test(version));
    return Math.max(0, ...versions.map(Number));
  }

  private async tryTo<T>(verb: "read" | "write", key: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof RoutedError) throw error;
      throw new RoutedError(
        "unreadable-history",
        `${join(this.directory, key)} can't be ${verb === "read" ? "read" : "written"}: ${messageOf(error)}; correct the folder's permissions`,
        { cause: error },
      );
    }
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function emptyIfMissing(error: unknown): never[] {
  if (isCode(error, "ENOENT")) return [];
  throw error;
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
