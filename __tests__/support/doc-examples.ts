import { readFileSync } from "node:fs";
import ts from "typescript";

/** A line of a doc comment's `@example`: `f(x) // → y`. */
export interface DocExample {
  readonly file: string;
  readonly line: number;
  readonly expression: string;
  readonly result: string;
}

/**
 * The examples of a TypeScript file's doc comments, as its parser finds them.
 *
 * @throws Error for a line below an `@example` that is none
 */
export function docExamplesOf(file: string, text = readFileSync(file, "utf8")): DocExample[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: DocExample[] = [];
  const visit = (node: ts.Node): void => {
    for (const doc of ts.getJSDocTags(node)) {
      if (doc.tagName.text !== "example" || doc.parent.parent !== node) continue;
      const line = source.getLineAndCharacterOfPosition(doc.getStart()).line + 1;
      const body = ts.getTextOfJSDocComment(doc.comment) ?? "";
      for (const [index, each] of body.split("\n").entries()) {
        const [expression = "", result] = each.split(" // → ");
        if (result === undefined) {
          throw new Error(
            `${file}:${line + 1 + index}: an example must be "f(x) // → y", got "${each}"`,
          );
        }
        found.push({ file, line: line + 1 + index, expression, result });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Evaluates an expression with what a module exports. */
export function evaluate(expression: string, exported: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(exported).filter((name) => /^[A-Za-z]\w*$/.test(name));
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- of our own sources
  const run = new Function(...names, `"use strict"; return (${expression});`) as (
    ...values: unknown[]
  ) => unknown;
  return run(...names.map((name) => exported[name]));
}
