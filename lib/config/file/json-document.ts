import { readFileSync } from "node:fs";
import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";
import { messageOf } from "../../errors";
import type { FieldPath } from "./violation";

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

/** What is wrong with a file before anybody looks at what it says. */
export interface JsonProblem {
  readonly line: number;
  readonly path: FieldPath;
  readonly message: string;
  /** Whether the field's value can't be relied on. */
  readonly malformed: boolean;
}

/** One JSON file, strictly read, with the lines of its fields. */
export class JsonDocument {
  /** Undefined where the file is not JSON at all. */
  readonly value: unknown;
  /** Empty where the file couldn't be read. */
  text = "";
  readonly #problems: JsonProblem[] = [];
  #root: Node | undefined;

  /**
   * @param path the file's path as messages show it
   * @param content the file's bytes; undefined for a file that couldn't be read
   */
  constructor(
    readonly path: string,
    content: Uint8Array | undefined,
  ) {
    if (content) this.value = this.#load(content);
  }

  /** Never throws: a file that can't be read has that as its problem. */
  static read(location: string, path: string): JsonDocument {
    try {
      return new JsonDocument(path, readFileSync(location));
    } catch (error) {
      const document = new JsonDocument(path, undefined);
      document.#fail(1, `can't be read (${reasonOf(error)}); make it a readable JSON file`);
      return document;
    }
  }

  get problems(): readonly JsonProblem[] {
    return this.#problems;
  }

  /** Adds to what is wrong with the file, whoever reads it. */
  complain(path: FieldPath, message: string): void {
    this.#problems.push({ line: this.lineOf(path), path, message, malformed: true });
  }

  /** How many of the path's parts lead somewhere in this file. */
  depthOf(path: FieldPath): number {
    for (let length = path.length; length > 0 && this.#root; length -= 1) {
      if (findNodeAtLocation(this.#root, path.slice(0, length))) return length;
    }
    return 0;
  }

  /** The field's line, counted from 1; for one that isn't there, the line of what it belongs in. */
  lineOf(path: FieldPath): number {
    if (!this.#root) return 1;
    const node = findNodeAtLocation(this.#root, path.slice(0, this.depthOf(path)));
    if (!node) return 1;
    return this.#lineAt((node.parent?.type === "property" ? node.parent : node).offset);
  }

  #fail(line: number, message: string): undefined {
    this.#problems.push({ line, path: [], message, malformed: true });
    return undefined;
  }

  #load(content: Uint8Array): unknown {
    const text = decodeUtf8(content);
    const complaint = text === undefined ? "is not UTF-8; save it as UTF-8" : complaintOf(text);
    if (text === undefined || complaint !== undefined) return this.#fail(1, complaint ?? "");
    this.text = text;
    const errors: ParseError[] = [];
    const root = parseTree(text, errors, STRICT_JSON);
    const [first] = errors;
    if (first) return this.#failSyntax(first);
    this.#root = root;
    if (root) this.#reportDuplicateKeys(root, []);
    // jsonc-parser lets a few things pass that JSON doesn't have.
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      return this.#fail(1, `is not JSON (${messageOf(error)}); correct it`);
    }
  }

  #failSyntax({ error, offset }: ParseError): undefined {
    const code = printParseErrorCode(error);
    const column = offset - (this.text.lastIndexOf("\n", offset - 1) + 1) + 1;
    const what = SYNTAX_ERRORS[code] ?? `an error (${code})`;
    return this.#fail(this.#lineAt(offset), `is not JSON: ${what} at column ${column}; correct it`);
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
    this.#problems.push({ line: this.#lineAt(offset), path, message, malformed: false });
  }

  #lineAt(offset: number): number {
    return this.text.slice(0, offset).split("\n").length;
  }
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
