import { rolloutSession } from "../../../../lib/aws/rollout-calls";
import { LOCK_KEY, ObjectLock } from "../../../../lib/rollout/store/object-lock";
import { LocalObjectStore } from "../../../../lib/rollout/store/local-object-store";
import type { Machine } from "../../../../lib/rollout/store/machine";
import type { ObjectStore } from "../../../../lib/rollout/store/object-store";
import { S3ObjectStore } from "../../../../lib/rollout/store/s3-object-store";
import { aRoutedEnvironment } from "../../../fixtures/a-routed-environment";
import { inTemporaryFolder } from "../../../support/temporary-folder";
import { awsError, FakeS3 } from "./fake-s3";
import type { S3Fault } from "./fake-s3";

const START = Date.parse("2026-03-02T10:00:00Z");
const WHERE = `s3://routed-test-123456789012-snapshots/${LOCK_KEY}`;

let now: number;
let alive: Set<number>;
let s3: FakeS3;
const folder = inTemporaryFolder();

beforeEach(() => {
  now = START;
  alive = new Set([1, 2]);
  s3 = new FakeS3();
});

function aMachine(operator: string, pid: number, processSpace: string | null): Machine {
  return { operator, pid, processSpace, isAlive: (other) => alive.has(other) };
}

function lockOf(store: ObjectStore, machine: Machine): ObjectLock {
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  return new ObjectLock({ environment: "test", store, clock, machine });
}

function s3Store(): ObjectStore {
  return new S3ObjectStore(rolloutSession(aRoutedEnvironment(), s3.connection));
}

function alice(space: string | null = "laptop"): ObjectLock {
  return lockOf(s3Store(), aMachine("alice@laptop", 1, space));
}

function bob(space: string | null = "ci"): ObjectLock {
  return lockOf(s3Store(), aMachine("bob@ci", 2, space));
}

function pass(seconds: number): void {
  now += seconds * 1000;
}

function stored(): Record<string, unknown> {
  return JSON.parse(s3.objects.get(LOCK_KEY) ?? "null") as Record<string, unknown>;
}

async function refusal(act: Promise<void>): Promise<{ code: string; message: string }> {
  const error: unknown = await act.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason,
  );
  const { code, message } = error as { code: string; message: string };
  return { code, message };
}

describe("taking the lock", () => {
  it("says in the bucket who holds it, and until when", async () => {
    await alice().acquire(undefined);
    expect(stored()).toEqual({
      formatVersion: 1,
      environment: "test",
      operator: "alice@laptop",
      pid: 1,
      processSpace: "laptop",
      token: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      acquiredAt: "2026-03-02T10:00:00.000Z",
      expiresAt: "2026-03-02T10:05:00.000Z",
      releasedAt: null,
      broken: null,
    });
    expect(await bob().holder()).toEqual({
      operator: "alice@laptop",
      acquiredAt: "2026-03-02T10:00:00.000Z",
      expiresAt: "2026-03-02T10:05:00.000Z",
    });
  });

  it("refuses a second rollout, and says who runs the first one and what to do", async () => {
    await alice().acquire(undefined);
    expect(await refusal(bob().acquire(undefined))).toEqual({
      code: "locked",
      message: `test: alice@laptop (process 1) runs a rollout since 2026-03-02T10:00:00.000Z and holds the lock at ${WHERE} until 2026-03-02T10:05:00.000Z or longer; wait for its end, or if it is dead, run again after that time or with --break-lock "<reason>"`,
    });
  });

  it("lets one of two win that start at the same moment", async () => {
    const outcomes = await Promise.allSettled([
      alice().acquire(undefined),
      bob().acquire(undefined),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is given to the next one once it is released", async () => {
    const first = alice();
    await first.acquire(undefined);
    await first.release();
    expect(await first.holder()).toBeNull();
    await bob().acquire(undefined);
    expect(stored()).toMatchObject({ operator: "bob@ci", broken: null });
  });

  it("leaves the clocks of two machines a minute before it takes an expired one over", async () => {
    await alice().acquire(undefined);
    pass(300 + 59);
    expect((await refusal(bob().acquire(undefined))).code).toBe("locked");
    pass(1);
    expect(await bob().holder()).toBeNull();
    await bob().acquire(undefined);
    expect(stored()).toMatchObject({ operator: "bob@ci", broken: null });
  });

  it("takes over at once from a process of the same machine that is gone", async () => {
    await alice("laptop").acquire(undefined);
    expect((await refusal(bob("laptop").acquire(undefined))).code).toBe("locked");
    alive.delete(1);
    await bob("laptop").acquire(undefined);
    expect(stored()).toMatchObject({ operator: "bob@ci" });
  });

  it.each([
    ["on another machine", "laptop", "ci"],
    ["where machines can't be told apart", null, null],
  ])("doesn't judge by process ids %s", async (_, hers, his) => {
    await alice(hers).acquire(undefined);
    alive.delete(1);
    expect((await refusal(bob(his).acquire(undefined))).code).toBe("locked");
  });

  it("is broken with a reason, which is kept", async () => {
    const first = alice();
    await first.acquire(undefined);
    pass(10);
    await bob().acquire("her laptop burnt");
    expect(stored()).toMatchObject({
      operator: "bob@ci",
      broken: {
        operator: "alice@laptop",
        reason: "her laptop burnt",
        at: "2026-03-02T10:00:10.000Z",
      },
    });
    expect(await refusal(first.renew())).toEqual({
      code: "locked",
      message:
        "test: bob@ci (process 2) took the lock at 2026-03-02T10:00:10.000Z by --break-lock (her laptop burnt); nothing more is changed; look at the environment, then run again",
    });
  });

  it("notes no break where there was nothing to break", async () => {
    await bob().acquire("just in case");
    expect(stored()).toMatchObject({ operator: "bob@ci", broken: null });
  });

  it("doesn't overwrite what is no lock, unless it is told to", async () => {
    s3.objects.set(LOCK_KEY, "null");
    const refused = await refusal(bob().acquire(undefined));
    await expect(bob().holder()).rejects.toMatchObject(refused);
    expect(refused).toEqual({
      code: "locked",
      message: `test: what lies at ${WHERE} is no lock of this program: it must be an object, got null; find out who wrote it, then run again with --break-lock "<reason>"`,
    });
    await bob().acquire("it was by hand");
    expect(stored()).toMatchObject({ broken: { operator: "unknown", reason: "it was by hand" } });
  });
});

describe("holding the lock", () => {
  it("is prolonged by each renewal", async () => {
    const first = alice();
    await first.acquire(undefined);
    for (let times = 0; times < 5; times += 1) {
      pass(100);
      await first.renew();
    }
    expect(stored()).toMatchObject({
      acquiredAt: "2026-03-02T10:00:00.000Z",
      expiresAt: "2026-03-02T10:13:20.000Z",
    });
    expect((await refusal(bob().acquire(undefined))).code).toBe("locked");
  });

  it("is renewed where it has expired and nobody took it", async () => {
    const first = alice();
    await first.acquire(undefined);
    pass(3600);
    await first.renew();
    expect((await refusal(bob().acquire(undefined))).code).toBe("locked");
  });

  it("is lost to whoever took it over, and stays theirs after a release", async () => {
    const first = alice();
    await first.acquire(undefined);
    pass(361);
    await bob().acquire(undefined);
    const { code, message } = await refusal(first.renew());
    expect(code).toBe("locked");
    expect(message).toContain("bob@ci (process 2) took the lock at 2026-03-02T10:06:01.000Z; ");
    await first.release();
    expect(stored()).toMatchObject({ operator: "bob@ci", releasedAt: null });
  });

  it("stays with the one who took it over where the loser releases without knowing", async () => {
    const first = alice();
    await first.acquire(undefined);
    await bob().acquire("impatience");
    await first.release();
    expect(stored()).toMatchObject({ operator: "bob@ci", releasedAt: null });
  });

  it("is lost where somebody deletes it", async () => {
    const first = alice();
    await first.acquire(undefined);
    s3.objects.clear();
    expect((await refusal(first.renew())).message).toContain(`the lock at ${WHERE} was taken away`);
  });

  it("may be released before it was taken, which does nothing", async () => {
    await alice().release();
    expect(s3.calls).toEqual([]);
  });
});

describe("the lock under faults of S3", () => {
  const cases: S3Fault[] = [
    { call: "getObject" },
    { call: "getObject", after: true },
    { call: "putObject" },
    { call: "putObject", after: true },
  ];

  it.each(cases)(
    "is never taken by two, whatever becomes of $call (carried out: $after)",
    async (fault) => {
      s3.order(fault);
      const first = alice();
      const took = await first.acquire(undefined).then(
        () => true,
        () => false,
      );
      const second = await bob()
        .acquire(undefined)
        .then(
          () => true,
          () => false,
        );
      const holder = stored()["operator"];
      if (took) expect({ second, holder }).toEqual({ second: false, holder: "alice@laptop" });
      else if (second) expect(holder).toBe("bob@ci");
      // A write that is believed to have failed is found to be one's own where it took place.
      expect(took).toBe(fault.call === "putObject" && fault.after === true);
    },
  );

  it("knows its own write where the SDK repeated it", async () => {
    s3.order({ call: "putObject", after: true, error: awsError("PreconditionFailed", "", 412) });
    const first = alice();
    await first.acquire(undefined);
    await first.renew();
    expect(stored()).toMatchObject({ operator: "alice@laptop" });
  });

  it("goes on from the version that an unanswered renewal wrote", async () => {
    const first = alice();
    await first.acquire(undefined);
    s3.order({ call: "putObject", after: true });
    s3.order({ call: "getObject" });
    pass(10);
    expect((await refusal(first.renew())).code).toBe("unreadable-aws");
    pass(10);
    await first.renew();
    await first.release();
    expect(stored()).toMatchObject({ releasedAt: "2026-03-02T10:00:20.000Z" });
  });

  it("says what S3 refused, and what to allow", async () => {
    s3.order({ call: "putObject", error: awsError("AccessDenied", "Access Denied", 403) });
    expect(await refusal(alice().acquire(undefined))).toEqual({
      code: "unreadable-aws",
      message:
        "test: s3:PutObject failed with AccessDenied (Access Denied); allow the IAM action s3:PutObject to these credentials",
    });
  });

  it("gives up where others take and release it all the time", async () => {
    let times = 0;
    s3.before = (call) => {
      if (call === "putObject") s3.objects.set(LOCK_KEY, `${(times += 1)}`);
    };
    expect((await refusal(bob().acquire("again"))).message).toContain(
      "somebody else takes and releases the lock",
    );
    expect(times).toBe(3);
  });
});

describe("the lock in a folder", () => {
  it("excludes, expires, breaks and is released as in S3", async () => {
    const store = new LocalObjectStore(folder());
    const first = lockOf(store, aMachine("alice@laptop", 1, "laptop"));
    const second = lockOf(store, aMachine("bob@laptop", 2, "laptop"));
    await first.acquire(undefined);
    expect((await refusal(second.acquire(undefined))).message).toContain("alice@laptop");
    await first.renew();
    await second.acquire("she left");
    expect((await refusal(first.renew())).code).toBe("locked");
    await first.release();
    expect(await first.holder()).toMatchObject({ operator: "bob@laptop" });
    await second.release();
    expect(await first.holder()).toBeNull();
  });

  it("lets one of many win that start at the same moment", async () => {
    const store = new LocalObjectStore(folder());
    const contenders = Array.from({ length: 10 }, (_, n) =>
      lockOf(store, aMachine(`user${n}@laptop`, 1, "laptop")),
    );
    const outcomes = await Promise.allSettled(contenders.map((lock) => lock.acquire(undefined)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
