/**
 * What is in a template of Terraform's: text, and expressions (`${…}`) and directives (`%{…}`), which
 * it evaluates. Written from HashiCorp's description and what Terraform 1.11 was seen to do.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export interface Template {
  /** The text and the expressions in turn. */
  readonly parts: readonly TemplatePart[];
  /** Every expression and directive, those within others too, with the texts in them left out. */
  readonly evaluated: readonly string[];
}

export type TemplatePart =
  | { readonly text: string }
  /** As it is written, without `${` and `}`. */
  | { readonly expression: string };

export function parseTemplate(source: string): Template {
  const evaluated: string[] = [];
  const { parts } = readTemplate(source, 0, null, evaluated);
  return { parts, evaluated };
}

/** Up to the quote that ends it, where it is a quoted one within an expression. */
function readTemplate(source: string, start: number, end: '"' | null, evaluated: string[]) {
  const parts: TemplatePart[] = [];
  let text = "";
  let at = start;
  while (at < source.length && source[at] !== end) {
    const [signs = "", sign = ""] = /^([$%])\1*(?=\{)/.exec(source.slice(at)) ?? [];
    if (signs.length === 1) {
      const opened = readExpression(source, at + 2, sign, evaluated);
      parts.push({ text }, { expression: opened.expression });
      text = "";
      at = opened.next;
    } else if (signs.length > 1) {
      // The last two stand for one.
      text += `${signs.slice(1)}{`;
      at += signs.length + 1;
    } else if (end !== null && source[at] === "\\") {
      text += source.slice(at, at + 2);
      at += 2;
    } else {
      text += source[at];
      at += 1;
    }
  }
  return { parts: [...parts, { text }], next: at + 1 };
}

function readExpression(source: string, start: number, sign: string, evaluated: string[]) {
  let depth = 1;
  let skeleton = "";
  let at = start;
  while (at < source.length) {
    const character = source[at] ?? "";
    if (character === '"') {
      at = readTemplate(source, at + 1, '"', evaluated).next;
      skeleton += '""';
      continue;
    }
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    at += 1;
    if (depth === 0) break;
    skeleton += character;
  }
  evaluated.push(sign === "%" ? `%${skeleton}` : skeleton);
  return { expression: source.slice(start, at - 1), next: at };
}

/** Every text of a JSON value, keys too. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsOf(member)]);
}
