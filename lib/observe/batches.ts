/** `ids` in order, at most `size` in each batch; none for no ids. */
export function batches(ids: readonly string[], size: number): string[][] {
  const starts = Array.from({ length: Math.ceil(ids.length / size) }, (_, n) => n * size);
  return starts.map((start) => ids.slice(start, start + size));
}
