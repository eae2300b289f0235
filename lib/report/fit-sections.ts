/** A part of a document that can be told at several lengths. */
export interface Section {
  /** Of the sections that can still be shortened, the one with the lowest is shortened first. */
  readonly weight: number;
  /** Longest first; the last one may be empty. */
  readonly variants: readonly string[];
}

/**
 * The sections, one after the other, in at most `limit` bytes: told at full length where that fits.
 * Where even their shortest forms don't, the end is cut.
 */
export function fitSections(sections: readonly Section[], limit: number): string {
  const chosen = sections.map(() => 0);
  const text = (): string =>
    sections.map(({ variants }, index) => variants[chosen[index] ?? 0] ?? "").join("");
  const byWeight = sections
    .map(({ weight, variants }, index) => ({ weight, last: variants.length - 1, index }))
    .sort((a, b) => a.weight - b.weight);
  while (Buffer.byteLength(text()) > limit) {
    const next = byWeight.find(({ index, last }) => (chosen[index] ?? 0) < last);
    if (!next) return cutBytes(text(), limit);
    chosen[next.index] = (chosen[next.index] ?? 0) + 1;
  }
  return text();
}

const CUT = "…\n";

function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text).subarray(0, Math.max(0, limit - Buffer.byteLength(CUT)));
  // A character that was cut in half ends as U+FFFD, which is longer than what it replaces.
  return `${bytes.toString("utf8").replace(/\uFFFD+$/, "")}${CUT}`;
}
