import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolloutSession } from "../../../../lib/aws/rollout-calls";
import { LocalObjectStore } from "../../../../lib/rollout/store/local-object-store";
import { MissingStore } from "../../../../lib/rollout/store/object-store";
import type { ObjectStore } from "../../../../lib/rollout/store/object-store";
import { S3ObjectStore } from "../../../../lib/rollout/store/s3-object-store";
import { aRoutedEnvironment } from "../../../fixtures/a-routed-environment";
import { FakeS3 } from "./fake-s3";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const folder = inTemporaryFolder();
let s3: FakeS3;
beforeEach(() => {
  s3 = new FakeS3();
});

function s3Store(): S3ObjectStore {
  return new S3ObjectStore(rolloutSession(aRoutedEnvironment(), s3.connection));
}

const stores: [string, () => ObjectStore][] = [
  ["S3", s3Store],
  ["a folder", () => new LocalObjectStore(folder())],
];

describe.each(stores)("objects in %s", (_, create) => {
  let store: ObjectStore;
  beforeEach(() => {
    store = create();
  });

  it("are null until they are written, and then what was written last", async () => {
    expect(await store.get("rollouts/a.json")).toBeNull();
    await store.put("rollouts/a.json", "1");
    await store.put("rollouts/a.json", "2 é");
    expect((await store.get("rollouts/a.json"))?.body).toBe("2 é");
  });

  it("are written on condition by whoever knows the last version", async () => {
    const first = await store.putIfUnchanged("rollouts/a.json", "1", null);
    expect(await store.putIfUnchanged("rollouts/a.json", "x", null)).toBeNull();
    const second = await store.putIfUnchanged("rollouts/a.json", "2", first);
    expect(await store.putIfUnchanged("rollouts/a.json", "x", first)).toBeNull();
    const third = await store.putIfUnchanged("rollouts/a.json", "3", second);
    expect(await store.get("rollouts/a.json")).toEqual({ body: "3", tag: third });
  });

  it("are listed by prefix, on all pages, sorted", async () => {
    for (const key of ["rollouts/b/2", "rollouts/a/1", "rollouts/b/1", "rollouts/c/9", "other/a"]) {
      await store.put(key, "{}");
    }
    expect(await store.list("rollouts/")).toEqual([
      "rollouts/a/1",
      "rollouts/b/1",
      "rollouts/b/2",
      "rollouts/c/9",
    ]);
  });
});

describe("S3", () => {
  it("says that the bucket is missing, which a first deploy makes", async () => {
    s3.hasBucket = false;
    const store = s3Store();
    for (const act of [
      () => store.get("a"),
      () => store.put("a", ""),
      () => store.putIfUnchanged("a", "", null),
      () => store.putIfUnchanged("a", "", '"tag"'),
      () => store.list("a"),
    ]) {
      const missing = act();
      await expect(missing).rejects.toThrow(MissingStore);
      await expect(missing).rejects.toThrow(
        "s3://routed-test-123456789012-snapshots doesn't exist",
      );
    }
  });

  it("takes an object that was deleted for one that changed", async () => {
    expect(await s3Store().putIfUnchanged("a", "2", '"tag"')).toBeNull();
  });

  it.each(["getObject", "putObject", "listObjects"] as const)(
    "tells what became of %s",
    async (call) => {
      s3.order({ call });
      const store = s3Store();
      const acts = {
        getObject: () => store.get("a"),
        putObject: () => store.put("a", ""),
        listObjects: () => store.list("a"),
      };
      await expect(acts[call]()).rejects.toMatchObject({
        code: "unreadable-aws",
        message: expect.stringContaining(
          "failed with TimeoutError (no answer within 60 s)",
        ) as string,
      });
    },
  );
});

describe("a folder", () => {
  it("keeps no more than the last two versions, and no unfinished files", async () => {
    const store = new LocalObjectStore(folder());
    let tag: string | null = null;
    for (let version = 1; version <= 5; version += 1) {
      tag = await store.putIfUnchanged("rollouts/lock.json", String(version), tag);
    }
    expect(readdirSync(join(folder(), "rollouts"))).toEqual(["lock.json.4", "lock.json.5"]);
  });

  it("says what can't be read or written, and what to do", async () => {
    mkdirSync(join(folder(), "rollouts/a.json"), { recursive: true });
    const store = new LocalObjectStore(folder());
    await expect(store.get("rollouts/a.json")).rejects.toMatchObject({
      code: "unreadable-history",
      message: expect.stringMatching(
        /rollouts\/a\.json can't be read: EISDIR.*; correct the folder's permissions$/,
      ) as string,
    });
    writeFileSync(join(folder(), "file"), "");
    chmodSync(join(folder(), "file"), 0o400);
    const inFile = new LocalObjectStore(join(folder(), "file"));
    await expect(inFile.put("a", "")).rejects.toMatchObject({ code: "unreadable-history" });
  });

  it("gives an object up whose newest version is listed and can't be read", async () => {
    symlinkSync("nowhere", join(folder(), "a.json.7"));
    await expect(new LocalObjectStore(folder()).get("a.json")).rejects.toMatchObject({
      code: "unreadable-history",
      message: expect.stringContaining("its newest version is listed and isn't there") as string,
    });
  });
});

it("writes records and locks that nobody else can read, whatever their mode was", async () => {
  const store = new LocalObjectStore(folder());
  const mode = (name: string): number => statSync(join(folder(), name)).mode & 0o777;
  await store.put("record.json", "1");
  expect(mode("record.json")).toBe(0o600);
  chmodSync(join(folder(), "record.json"), 0o644);
  await store.put("record.json", "2");
  expect(mode("record.json")).toBe(0o600);
  expect(await store.putIfUnchanged("lock.json", "1", null)).toBe("1");
  expect(mode("lock.json.1")).toBe(0o600);
});
