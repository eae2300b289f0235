import { allSettledOrThrow, mapConcurrently } from "../../../lib/aws/concurrency";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("mapping concurrently", () => {
  it.each([1, 2, 7, 8, 9, 100])("keeps at most %i running, and their order", async (limit) => {
    const items = Array.from({ length: 20 }, (_, index) => index);
    let running = 0;
    let most = 0;
    const results = await mapConcurrently(items, limit, async (item) => {
      most = Math.max(most, ++running);
      for (let turns = item % 3; turns >= 0; turns--) await turn();
      running--;
      return item * 10;
    });
    expect(results).toEqual(items.map((item) => item * 10));
    expect(most).toBe(Math.min(limit, 20));
  });

  it("of nothing gives nothing", async () => {
    expect(await mapConcurrently([], 8, () => Promise.resolve(1))).toEqual([]);
  });

  it("starts none after a failure, and tells the first in the list", async () => {
    const started: number[] = [];
    const mapping = mapConcurrently([0, 1, 2, 3, 4], 2, async (item) => {
      started.push(item);
      if (item === 0) await turn();
      throw new Error(`item ${item}`);
    });
    await expect(mapping).rejects.toThrow("item 0");
    expect(started).toEqual([0, 1]);
  });
});

describe("waiting for several", () => {
  it("gives all results in their order", async () => {
    const slow = turn().then(() => "slow");
    expect(await allSettledOrThrow([slow, Promise.resolve(2)])).toEqual(["slow", 2]);
  });

  it("waits for all before it fails with the first in the list", async () => {
    let ended = false;
    const slow = turn().then(() => {
      ended = true;
      throw new Error("slow");
    });
    await expect(allSettledOrThrow([slow, Promise.reject(new Error("quick"))])).rejects.toThrow(
      "slow",
    );
    expect(ended).toBe(true);
  });
});
