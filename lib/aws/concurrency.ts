import { setTimeout } from "node:timers/promises";

type Promises<T extends readonly unknown[]> = { readonly [K in keyof T]: Promise<T[K]> };

/**
 * Waits for all of `promises`; where some fail, throws what the first of them in the list failed
 * with. Unlike `Promise.all` it leaves nothing running behind a failure, and which error is told
 * doesn't depend on which was the quickest.
 */
export async function allSettledOrThrow<T extends readonly unknown[]>(
  promises: Promises<T>,
): Promise<T> {
  const outcomes = await Promise.allSettled(promises);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return outcomes.map(
    (outcome) => (outcome as PromiseFulfilledResult<unknown>).value,
  ) as unknown as T;
}

/** Maps in order, with at most `limit` calls of `map` at once; after a failure none is started. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  map: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const waiting = items.map((item, index) => ({ item, index }));
  const results = new Array<Result>(items.length);
  const failures = new Map<number, unknown>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next && failures.size === 0; next = waiting.shift()) {
      const { item, index } = next;
      try {
        results[index] = await map(item);
      } catch (error) {
        failures.set(index, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
  return results;
}

/** `ids` in order, at most `size` in each batch; none for no ids. */
export function batches(ids: readonly string[], size: number): string[][] {
  const starts = Array.from({ length: Math.ceil(ids.length / size) }, (_, n) => n * size);
  return starts.map((start) => ids.slice(start, start + size));
}

export type Sleep = (milliseconds: number) => Promise<void>;

export const sleep: Sleep = (milliseconds) => setTimeout(milliseconds);
