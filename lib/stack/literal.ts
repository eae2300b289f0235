import { RoutedError } from "../errors";

/** What CDKTF would take for a value of its own, and put one of the stack's in its place. */
const CDKTF_TOKEN = /\{TfToken\[/;

/**
 * Data as Terraform and CDKTF take it as it is: `${` and `%{` in its texts would begin an expression,
 * which may read files. The config and what was observed are data; a stack makes them literal before it
 * passes them on, once, as a whole. What a construct makes of them may then hold expressions of its own.
 *
 * Not for a backend's settings, which Terraform never evaluates and so doesn't unescape either.
 *
 * @param data what JSON can hold
 * @throws RoutedError `invalid-argument` where a text is a token of CDKTF's
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function literal<T>(data: T): T {
  return literalValue(data) as T;
}

function literalValue(value: unknown): unknown {
  if (typeof value === "string") return literalText(value);
  if (Array.isArray(value)) return value.map(literalValue);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [literalText(key), literalValue(member)]),
  );
}

function literalText(text: string): string {
  if (CDKTF_TOKEN.test(text)) {
    throw new RoutedError(
      "invalid-argument",
      `the config and what was observed must hold no token of CDKTF's ({TfToken[…]), got ${JSON.stringify(text)}; change it`,
    );
  }
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
