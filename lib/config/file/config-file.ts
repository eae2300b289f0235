import type { JsonDocument } from "./json-document";
import { mergeConfig } from "./merge-config";
import type { FieldPath, Violation } from "./violation";

/** Where a field is given. */
export interface Place {
  readonly document: JsonDocument;
  readonly line: number;
}

/**
 * An environment's config: its own file over the shared files that it extends, with the places of
 * its fields and the violations found so far.
 */
export class ConfigFile {
  /** The merged JSON, the file's own over what is shared; undefined where one of them is no JSON. */
  readonly value: unknown;
  readonly #violations: Violation[] = [];
  /** Fields whose values can't be relied on. */
  readonly #malformed: FieldPath[] = [];

  /**
   * @param name the environment's name
   * @param own the environment's file
   * @param shared the files that it extends, nearest first
   */
  constructor(
    readonly name: string,
    readonly own: JsonDocument,
    readonly shared: readonly JsonDocument[] = [],
  ) {
    for (const document of this.#layers) {
      for (const { line, path, message, malformed } of document.problems) {
        if (malformed) this.#malformed.push(path);
        this.#violations.push({ file: document.path, line, path, message });
      }
    }
    const values = this.#layers.map(({ value }) => value);
    if (values.includes(undefined)) return;
    this.value = mergeConfig(values);
  }

  /** The file's path as messages show it. */
  get path(): string {
    return this.own.path;
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  report(path: FieldPath, message: string): void {
    const { document, line } = this.placeOf(path);
    this.#violations.push({ file: document.path, line, path, message });
  }

  /** Reports a field whose value can't be relied on: no rule that reads it is checked. */
  reportMalformed(path: FieldPath, message: string): void {
    this.#malformed.push(path);
    this.report(path, message);
  }

  /** Whether the field, what is in it, and what it is in can be relied on. */
  isSound(path: FieldPath): boolean {
    return !this.#malformed.some((wrong) => isWithin(wrong, path) || isWithin(path, wrong));
  }

  /** Whether the field itself, and what it is in, can be relied on. */
  isWellShaped(path: FieldPath): boolean {
    return this.value !== undefined && !this.#malformed.some((wrong) => isWithin(path, wrong));
  }

  /** The place that gives a field its value; undefined where no file gives it. */
  givenAt(path: FieldPath): Place | undefined {
    const place = this.placeOf(path);
    return place.document.depthOf(path) === path.length ? place : undefined;
  }

  /** Where to correct a field; what is missing is added to the environment's own file. */
  placeOf(path: FieldPath): Place {
    let document = this.own;
    for (const other of this.shared) {
      const depth = other.depthOf(path);
      if (depth <= document.depthOf(path)) continue;
      const isItem = path.slice(0, depth).some((part) => typeof part === "number");
      if (depth === path.length || isItem) document = other;
    }
    return { document, line: document.lineOf(path) };
  }

  get #layers(): readonly JsonDocument[] {
    return [this.own, ...this.shared];
  }
}

function isWithin(inner: FieldPath, outer: FieldPath): boolean {
  return outer.every((part, index) => part === inner[index]);
}
