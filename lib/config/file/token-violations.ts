import { renderValue } from "./violation";
import type { FieldPath } from "./violation";

/**
 * What CDKTF would take for a value of its own, and put one of the stack's in its place: in texts, also
 * as an item or key of what stands for a list or map. (For numbers it has some below -1e289, which the
 * schema takes nowhere.)
 */
const CDKTF_TOKEN = /\{TfToken\[/;

/** The fields whose value or key is a token of CDKTF's, each with what is wrong. */
export function* tokenViolations(
  value: unknown,
  path: FieldPath = [],
): Generator<{ readonly path: FieldPath; readonly message: string }> {
  if (typeof value === "string") {
    if (!CDKTF_TOKEN.test(value)) return;
    const message = `must hold no token of CDKTF's, {TfToken[…], got ${renderValue(value)}; write the value itself`;
    yield { path, message };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* tokenViolations(item, [...path, index]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (CDKTF_TOKEN.test(key)) {
        const message = "must not be named by a token of CDKTF's, {TfToken[…]; rename it";
        yield { path: [...path, key], message };
      } else yield* tokenViolations(member, [...path, key]);
    }
  }
}
