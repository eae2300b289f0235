import { findNodeAtLocation, parseTree } from "jsonc-parser";
import type { Node } from "jsonc-parser";
import type { FieldPath } from "../file/violation";
import { renderJson } from "./render-json";

/*
 * Changes to a JSON text that leave every other byte as it is. All take a text that is JSON.
 */

/** Sets a field, in its place where it is there, else as the last of its object. */
export function setField(text: string, path: FieldPath, value: unknown): string {
  const existing = nodeAt(text, path);
  if (existing) {
    const { offset, length } = existing;
    const [indent, before] = columnsAt(text, existing);
    const after = restOfLine(text, endOf(existing)).length;
    return splice(text, offset, length, renderJson(value, { indent, before, after }));
  }
  const parent = path.slice(0, -1);
  const key = path.at(-1);
  const object = nodeAt(text, parent);
  if (object === undefined) return setField(text, parent, { [String(key)]: value });
  const label = `${JSON.stringify(String(key))}: `;
  return append(
    text,
    object,
    (indent) => label + renderJson(value, { indent, before: label.length }),
  );
}

/** Adds an item to the end of a list. */
export function addItem(text: string, path: FieldPath, item: unknown): string {
  const list = nodeAt(text, path);
  if (list === undefined) return setField(text, path, [item]);
  return append(text, list, (indent) => renderJson(item, { indent }));
}

/** Takes a field or an item away; nothing happens where it isn't there. */
export function removeField(text: string, path: FieldPath): string {
  const found = nodeAt(text, path);
  if (found === undefined) return text;
  const node = found.parent?.type === "property" ? found.parent : found;
  const siblings = node.parent?.children ?? [];
  const index = siblings.indexOf(node);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  // With the comma and the gap to its neighbour.
  const start = before ? endOf(before) : node.offset;
  const end = before || !after ? endOf(node) : after.offset;
  return splice(text, start, end - start, "");
}

function append(text: string, parent: Node, render: (indent: number) => string): string {
  const last = parent.children?.at(-1);
  if (last === undefined) {
    const [indent] = columnsAt(text, parent);
    const body = `\n${" ".repeat(indent + 2)}${render(indent + 2)}\n${" ".repeat(indent)}`;
    return splice(text, parent.offset + 1, parent.length - 2, body);
  }
  const indent = ownLineIndent(text, last);
  const gap = indent === undefined ? " " : `\n${indent}`;
  return splice(text, endOf(last), 0, `,${gap}${render(indent?.length ?? 0)}`);
}

/** What stands before a node on its line; undefined where that is more than white space. */
function ownLineIndent(text: string, { offset }: Node): string | undefined {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return offset > 0 && text.lastIndexOf("\n", offset - 1) >= 0 && before.trim() === ""
    ? before
    : undefined;
}

/** A value's line's indentation, and the columns from there to the value. */
function columnsAt(text: string, { offset }: Node): [indent: number, before: number] {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const indent = before.length - before.trimStart().length;
  return [indent, before.length - indent];
}

function restOfLine(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(offset, end < 0 ? undefined : end).trimEnd();
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function nodeAt(text: string, path: FieldPath): Node | undefined {
  const root = parseTree(text);
  return root && findNodeAtLocation(root, [...path]);
}

function splice(text: string, offset: number, length: number, inserted: string): string {
  const lines = text.includes("\r\n") ? inserted.replaceAll("\n", "\r\n") : inserted;
  return text.slice(0, offset) + lines + text.slice(offset + length);
}
