import { readFileSync } from "node:fs";
import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import { messageOf } from "../errors";
import type { FieldPath, Violation } from "./violation";

const STRICT_JSON = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** What makes a text not JSON, by jsonc-parser's names. */
const SYNTAX_ERRORS: Readonly<Record<string, string>> = {
  InvalidSymbol: "an unknown word",
  InvalidNumberFormat: "a malformed number",
  PropertyNameExpected: "a missing key, or a comma too many",
  ValueExpected: "a missing value, or a comma too many",
  ColonExpected: "a missing colon",
  CommaExpected: "a missing comma",
  CloseBraceExpected: "a missing closing brace",
  CloseBracketExpected: "a missing closing bracket",
  EndOfFileExpected: "text after the end of the object",
  InvalidCommentToken: "a comment, which JSON does not have",
  UnexpectedEndOfComment: "a comment, which JSON does not have",
  UnexpectedEndOfString: "a string without its closing quote",
  InvalidCharacter: "an invalid character",
  InvalidEscapeCharacter: "an invalid escape in a string",
  InvalidUnicode: "an invalid unicode escape in a string",
};

/** A config file's JSON with the lines of its fields, and the violations found in it so far. */
export class ConfigFile {
  /** The parsed JSON; undefined where the file is not JSON at all. */
  readonly value: unknown;
  readonly #violations: Violation[] = [];
  /** Fields whose values can't be relied on. */
  readonly #malformed: FieldPath[] = [];
  #text = "";
  #root: Node | undefined;

  /**
   * @param path the file's path as messages show it
   * @param name the environment's name
   * @param content the file's bytes; undefined for a file that couldn't be read
   */
  constructor(
    readonly path: string,
    readonly name: string,
    content: Uint8Array | undefined,
  ) {
    if (content) this.value = this.#load(content);
  }

  /** Never throws: a file that can't be read has that as its violation. */
  static read(location: string, path: string, name: string): ConfigFile {
    try {
      return new ConfigFile(path, name, readFileSync(location));
    } catch (error) {
      const file = new ConfigFile(path, name, undefined);
      file.reportMalformed([], `can't be read (${reasonOf(error)}); make it a readable JSON file`);
      return file;
    }
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  report(path: FieldPath, message: string): void {
    this.#violations.push({ file: this.path, line: this.lineOf(path), path, message });
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

  /** The field's line, counted from 1; for one that isn't there, the line of what it belongs in. */
  lineOf(path: FieldPath): number {
    for (let length = path.length; length > 0 && this.#root; length -= 1) {
      const node = findNodeAtLocation(this.#root, path.slice(0, length));
      if (node) return this.#lineAt((node.parent?.type === "property" ? node.parent : node).offset);
    }
    return this.#root ? this.#lineAt(this.#root.offset) : 1;
  }

  #load(content: Uint8Array): unknown {
    const text = decodeUtf8(content);
    const complaint = text === undefined ? "is not UTF-8; save it as UTF-8" : complaintOf(text);
    if (text === undefined || complaint !== undefined) {
      this.reportMalformed([], complaint ?? "");
      return undefined;
    }
    this.#text = text;
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, STRICT_JSON);
    const [first] = errors;
    if (first) {
      this.#reportSyntax(first);
      return undefined;
    }
    this.#root = root;
    if (root) this.#reportDuplicateKeys(root, []);
    return this.#parseValue();
  }

  /** jsonc-parser lets a few things pass that JSON doesn't have. */
  #parseValue(): unknown {
    try {
      return JSON.parse(this.#text) as unknown;
    } catch (error) {
      this.reportMalformed([], `is not JSON (${messageOf(error)}); correct it`);
      return undefined;
    }
  }

  #reportSyntax({ error, offset }: ParseError): void {
    const code = printParseErrorCode(error);
    const column = offset - (this.#text.lastIndexOf("\n", offset - 1) + 1) + 1;
    const what = SYNTAX_ERRORS[code] ?? `an error (${code})`;
    const message = `is not JSON: ${what} at column ${column}; correct it`;
    this.#violations.push({ file: this.path, line: this.#lineAt(offset), path: [], message });
  }

  #reportDuplicateKeys(node: Node, path: FieldPath): void {
    const firstOffsets = new Map<string, number>();
    (node.children ?? []).forEach((child, index) => {
      if (node.type === "array") return this.#reportDuplicateKeys(child, [...path, index]);
      const [key, value] = child.children ?? [];
      if (!key) return;
      const name = String(key.value);
      const here = [...path, name];
      const firstOffset = firstOffsets.get(name);
      if (firstOffset === undefined) firstOffsets.set(name, key.offset);
      else this.#reportDuplicate(here, key.offset, firstOffset);
      if (value) this.#reportDuplicateKeys(value, here);
    });
  }

  #reportDuplicate(path: FieldPath, offset: number, firstOffset: number): void {
    const message = `is given twice, first in line ${this.#lineAt(firstOffset)}; remove one of them`;
    this.#violations.push({ file: this.path, line: this.#lineAt(offset), path, message });
  }

  #lineAt(offset: number): number {
    return this.#text.slice(0, offset).split("\n").length;
  }
}

function isWithin(inner: FieldPath, outer: FieldPath): boolean {
  return outer.every((part, index) => part === inner[index]);
}

function decodeUtf8(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

function complaintOf(text: string): string | undefined {
  if (text.startsWith("\uFEFF"))
    return "begins with a byte-order mark; save it as UTF-8 without one";
  if (text.trim() === "") return "is empty; write an environment into it, or delete it";
  return undefined;
}

/** The system's own words, e.g. "ENOENT: no such file or directory", without the path that Node adds. */
export function reasonOf(error: unknown): string {
  return messageOf(error)
    .replace(/^[A-Za-z]*Error: /, "")
    .replace(/, [a-z]+( '.*')?$/, "");
}
