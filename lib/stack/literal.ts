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
  return literalValue(data, "") as T;
}

/** @param path where the value is, e.g. `routed.daemons[0].command[1]` */
function literalValue(value: unknown, path: string): unknown {
  if (typeof value === "string") return literalText(value, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => literalValue(item, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return [literalText(key, at), literalValue(member, at)];
  });
  return Object.fromEntries(members) as object;
}

function literalText(text: string, path: string): string {
  if (CDKTF_TOKEN.test(text)) {
    const allowed = "must hold no token of CDKTF's, {TfToken[…]";
    throw new RoutedError(
      "invalid-argument",
      `${path} ${allowed}, got ${JSON.stringify(text)}; change it`,
    );
  }
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
