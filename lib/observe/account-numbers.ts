import { createHash } from "node:crypto";

/**
 * Twelve digits that stand by themselves, as in ARNs, ECR's hosts and buckets' names; no UUID's end,
 * and no image's tag (`routed:202603021000`), which an ARN's account is told from by the colon after it.
 */
const NUMBER =
  /(?<![0-9A-Za-z]|[0-9a-f]{4}(?:-[0-9a-f]{4}){3}-)(?!(?<=[0-9a-z]:)\d{12}(?![0-9A-Za-z:]))\d{12}(?![0-9A-Za-z])/g;
const DIGEST = /\{account:[0-9a-f]{5}\}/g;

/**
 * The same JSON value with each AWS account's number told by a short digest alone, `{account:3f2a0}`,
 * wherever it stands in a text, a key, or what a member `…Base64` encodes. Equal numbers stay equal,
 * so whatever refers to something else still does. A million numbers have the same digest: it tells
 * accounts apart, and doesn't tell which they are.
 *
 * @param own a number that goes wherever it occurs, also within a word
 */
export function withoutAccountNumbers<T>(value: T, own: string): T {
  return mapTexts(value, (text) => text.replace(numbersAnd(own), digestOf));
}

/**
 * Two of the numbers in an observation and a config that have one digest, which couldn't be told apart
 * again; null where there are none.
 *
 * @param own as of `withoutAccountNumbers`
 */
export function confusedAccountNumbers(
  observed: object,
  config: object,
  own: string,
): readonly [string, string] | null {
  const numbers = new Set<string>();
  mapTexts([observed, config], (text) => {
    for (const [number] of text.matchAll(numbersAnd(own))) numbers.add(number);
    return text;
  });
  const owners = new Map<string, string>();
  for (const number of [...numbers].sort()) {
    const other = owners.get(digestOf(number));
    if (other !== undefined) return [other, number];
    owners.set(digestOf(number), number);
  }
  return null;
}

function numbersAnd(own: string): RegExp {
  return /^\d{12}$/.test(own) ? new RegExp(`${own}|${NUMBER.source}`, "g") : NUMBER;
}

/**
 * The same with the numbers that a config names: `withoutAccountNumbers` undone, byte for byte, but
 * for accounts that the config doesn't know.
 */
export function withAccountNumbersOf<T>(config: object, value: T): T {
  const numbers = JSON.stringify(config).match(NUMBER) ?? [];
  const known = new Map(numbers.map((number) => [digestOf(number), number]));
  return mapTexts(value, (text) => text.replace(DIGEST, (digest) => known.get(digest) ?? digest));
}

function digestOf(number: string): string {
  return `{account:${createHash("sha256").update(number).digest("hex").slice(0, 5)}}`;
}

function mapTexts<T>(value: T, map: (text: string) => string): T {
  return mapped(value, "", map) as T;
}

function mapped(value: unknown, name: string, map: (text: string) => string): unknown {
  if (typeof value === "string")
    return name.endsWith("Base64") ? mapEncoded(value, map) : map(value);
  if (Array.isArray(value)) return value.map((item) => mapped(item, name, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [map(key), mapped(member, key, map)]),
  );
}

/** One byte a character, so that none changes; base64 that needs no change isn't encoded anew. */
function mapEncoded(base64: string, map: (text: string) => string): string {
  const text = Buffer.from(base64, "base64").toString("latin1");
  const changed = map(text);
  return changed === text ? base64 : Buffer.from(changed, "latin1").toString("base64");
}
