import { rolloutSession } from "../../../../lib/aws/rollout-calls";
import { FirstDeployHistory, FirstDeployLock } from "../../../../lib/rollout/store/first-deploy";
import { LocalObjectStore } from "../../../../lib/rollout/store/local-object-store";
import { ObjectHistory } from "../../../../lib/rollout/store/object-history";
import { LOCK_KEY, ObjectLock } from "../../../../lib/rollout/store/object-lock";
import type { ObjectStore } from "../../../../lib/rollout/store/object-store";
import type { WaveRecord } from "../../../../lib/rollout/ports";
import { S3ObjectStore } from "../../../../lib/rollout/store/s3-object-store";
import { aRoutedEnvironment, aPlan } from "../../../fixtures/a-routed-environment";
import { FakeS3 } from "./fake-s3";
import { inTemporaryFolder } from "../../../support/temporary-folder";

const folder = inTemporaryFolder();
let s3: FakeS3;
let bucket: ObjectStore;
let local: ObjectStore;
beforeEach(() => {
  s3 = new FakeS3();
  bucket = new S3ObjectStore(rolloutSession(aRoutedEnvironment(), s3.connection));
  local = new LocalObjectStore(folder());
});

function aRecord(rolloutId: string, wave: number, message = ""): WaveRecord {
  return {
    formatVersion: 1,
    environment: "test",
    rolloutId,
    to: null,
    goal: "0123",
    wave,
    startedAt: "2026-03-02T10:00:00.000Z",
    endedAt: null,
    operator: "alice@laptop",
    plan: aPlan(),
    observation: {
      formatVersion: 1,
      environment: "test",
      accountId: "123456789012",
      region: "us-east-2",
      images: {},
      cluster: null,
      instances: [],
      networkInterfaces: [],
      elasticIps: [],
      health: { source: "ecs", containerInstances: [], services: [], tasks: [] },
    },
    verdict: null,
    result: "running",
    message,
    seconds: {},
  };
}

function idsOf(records: readonly WaveRecord[]): string[] {
  return records.map(({ rolloutId, wave, message }) => `${rolloutId}/${wave} ${message}`.trim());
}

describe("the history", () => {
  it("lists all waves by rollout and number, those of the same wave once", async () => {
    const history = new ObjectHistory(bucket, "test");
    for (const record of [
      aRecord("2026-03-02", 1),
      aRecord("2026-03-01", 10),
      aRecord("2026-03-01", 9),
      aRecord("2026-03-01", 9, "again"),
    ]) {
      await history.store(record);
    }
    s3.objects.set(LOCK_KEY, "not a record, and not taken for one");
    expect(idsOf(await history.list())).toEqual([
      "2026-03-01/9 again",
      "2026-03-01/10",
      "2026-03-02/1",
    ]);
    expect([...s3.objects.keys()]).toContain("rollouts/2026-03-01/0010.json");
  });

  it("gives back exactly what was stored, also from a folder", async () => {
    const record = aRecord("2026-03-02", 1, "é\n");
    for (const store of [bucket, local]) {
      const history = new ObjectHistory(store, "test");
      await history.store(record);
      expect(await history.list()).toEqual([record]);
    }
  });

  it("lists no other environment's, which a folder may hold too", async () => {
    const [test, other] = ["test", "other"].map((name) => new ObjectHistory(local, name));
    const record = aRecord("2026-03-02", 1);
    await test?.store(record);
    await other?.store({ ...aRecord("2026-03-01", 1), environment: "other" });
    expect(await test?.list()).toEqual([record]);
    expect(idsOf((await other?.list()) ?? [])).toEqual(["2026-03-01/1"]);
  });

  it.each([
    ["null", "it must be an object, got null"],
    [
      JSON.stringify({ ...aRecord("2026-03-02", 1), formatVersion: 2 }),
      "formatVersion must be 1, got 2",
    ],
    [JSON.stringify(aRecord("2026-03-02", 2)), "it is the record of rollouts/2026-03-02/0002.json"],
    [
      JSON.stringify({ ...aRecord("2026-03-02", 1), plan: null }),
      "plan must be an object, got null",
    ],
    [
      JSON.stringify({ ...aRecord("2026-03-02", 1), observation: {} }),
      "observation: formatVersion is missing",
    ],
  ])("refuses what is no record: %#", async (body, why) => {
    s3.objects.set("rollouts/2026-03-02/0001.json", body);
    await expect(new ObjectHistory(bucket, "test").list()).rejects.toMatchObject({
      code: "unreadable-history",
      message: `s3://routed-test-123456789012-snapshots/rollouts/2026-03-02/0001.json can't be read as a wave's record: ${why}; restore an earlier version of it, or move it away`,
    });
  });

  it("refuses what is no JSON", async () => {
    s3.objects.set("rollouts/2026-03-02/0001.json", "{");
    await expect(new ObjectHistory(bucket, "test").list()).rejects.toMatchObject({
      code: "unreadable-history",
      message: expect.stringContaining("0001.json can't be read as a wave's record: ") as string,
    });
  });

  it.each(["getObject", "listObjects"] as const)(
    "fails where %s fails, rather than forget waves",
    async (call) => {
      await new ObjectHistory(bucket, "test").store(aRecord("2026-03-02", 1));
      s3.order({ call });
      await expect(new ObjectHistory(bucket, "test").list()).rejects.toMatchObject({
        code: "unreadable-aws",
      });
    },
  );
});

describe("an environment that has no bucket yet", () => {
  let notes: string[];
  let lock: FirstDeployLock;
  beforeEach(() => {
    notes = [];
    s3.hasBucket = false;
    lock = aLock("alice");
  });

  function aLock(name: string): FirstDeployLock {
    const lockIn = (store: ObjectStore) =>
      new ObjectLock({
        environment: "test",
        store,
        clock: { now: () => Date.parse("2026-03-02T10:00:00Z"), sleep: () => Promise.resolve() },
        machine: { operator: name, pid: 1, processSpace: null, isAlive: () => true },
      });
    return new FirstDeployLock(lockIn(bucket), lockIn(local), (note) => notes.push(note));
  }

  it("keeps waves in a folder, and lists them together with those of the bucket", async () => {
    const history = new FirstDeployHistory(
      new ObjectHistory(bucket, "test"),
      new ObjectHistory(local, "test"),
    );
    expect(await history.list()).toEqual([]);
    await history.store(aRecord("2026-03-02", 1, "begun"));
    await history.store(aRecord("2026-03-01", 1, "failed before it made the bucket"));
    s3.hasBucket = true;
    await history.store(aRecord("2026-03-02", 1, "ended"));
    expect(idsOf(await history.list())).toEqual([
      "2026-03-01/1 failed before it made the bucket",
      "2026-03-02/1 ended",
    ]);
  });

  it("excludes rollouts from the same folder, and says that it excludes no others", async () => {
    await lock.acquire(undefined);
    expect(notes).toEqual([expect.stringContaining("only rollouts from this folder see it")]);
    await lock.renew();
    expect(await lock.holder()).toMatchObject({ operator: "alice" });
    await expect(aLock("bob").acquire(undefined)).rejects.toMatchObject({ code: "locked" });
    await lock.release();
    await aLock("bob").acquire(undefined);
  });

  it("takes the real lock with the first renewal after the bucket was made", async () => {
    await lock.acquire(undefined);
    s3.hasBucket = true;
    await lock.renew();
    expect(s3.objects.has(LOCK_KEY)).toBe(true);
    await expect(aLock("bob").acquire(undefined)).rejects.toMatchObject({ code: "locked" });
    await lock.release();
    await aLock("bob").acquire(undefined);
  });

  it("loses to a rollout from elsewhere that was faster to take the real lock", async () => {
    await lock.acquire(undefined);
    s3.hasBucket = true;
    await aLock("bob").acquire(undefined);
    await expect(lock.renew()).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining("bob (process 1) runs a rollout") as string,
    });
  });

  it("fails for any other reason that S3 has", async () => {
    s3.hasBucket = true;
    s3.order({ call: "getObject" });
    await expect(lock.acquire(undefined)).rejects.toMatchObject({ code: "unreadable-aws" });
    expect(notes).toEqual([]);
  });
});
