import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readSettings } from "../../../lib/config/settings";
import { readPlanOptions } from "../../../lib/synthesis/read-plan-options";
import { readRecordedPlan } from "../../../lib/synthesis/recorded-plan";
import type { Unavailability } from "../../../lib/plan/reasons";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { expectedSeconds } from "../../../lib/rollout/estimate";
import { ObjectHistory } from "../../../lib/rollout/store/object-history";
import { parseLock } from "../../../lib/rollout/store/lock-record";
import { LocalObjectStore } from "../../../lib/rollout/store/local-object-store";
import type { ObjectStore } from "../../../lib/rollout/store/object-store";
import { LOCK_KEY, ObjectLock } from "../../../lib/rollout/store/object-lock";
import type { WaveRecord } from "../../../lib/rollout/ports";
import { renderHistory } from "../../../lib/rollout/view/render-history";
import { openRecords, unfinishedRollout } from "../../../lib/rollout/controller/resume";
import { rollbackTo } from "../../../lib/rollout/controller/rollback";
import { aCreation, aRoutedEnvironment, aSpec } from "../../fixtures/a-routed-environment";
import { emptyObservation } from "../../support/fleet";
import { malformed, noRecords } from "../../support/malformed";
import { everyNth, stride } from "../../support/random-tests";
import { inTemporaryFolder } from "../../support/temporary-folder";
import { aRecord } from "./a-record";

const folder = inTemporaryFolder();

const spec = aSpec({ dataVolumeGiB: 200 });
const slot = { availabilityZone: "us-east-2a", cell: "east", unavailable: null };
const budget = { nodes: 4, available: 3, mayBeUnavailable: 1 };
const troubles: Unavailability[] = [
  { kind: "no-instance" },
  { kind: "instance-state", state: "stopped" },
  { kind: "status-checks", result: "impaired" },
  { kind: "ecs-unreadable" },
  { kind: "not-registered" },
  { kind: "container-instance-status", status: "DRAINING" },
  { kind: "agent-disconnected" },
  { kind: "tasks-unhealthy", healthy: 1, expected: 2, pops: ["pop1"], daemons: ["router"] },
  { kind: "daemons-unhealthy", daemons: ["router"] },
];

/** A plan with all that a plan may have. */
const PLAN: Required<UpgradePlan> = {
  ...aRecord().plan,
  environment: "test",
  decisions: [
    {
      ...slot,
      slot: 0,
      action: "keep",
      instanceId: "i-0",
      spec,
      pending: "upgrade",
      outdated: ["amiId"],
      why: {
        kind: "budget",
        holders: troubles.map((unavailable, number) => ({ slot: number, unavailable })),
        budget,
      },
    },
    { ...aCreation(1, "b"), ...slot, slot: 1 },
    {
      ...slot,
      slot: 2,
      action: "upgrade",
      instanceId: "i-2",
      from: spec,
      to: spec,
      outdated: ["dataVolumeGiB"],
      why: { kind: "outdated", budget },
    },
    {
      ...slot,
      slot: 3,
      action: "remove",
      instanceId: "i-3",
      why: { kind: "to-be-removed", budget },
    },
  ],
  popsTouched: [{ pops: ["pop1"], losesOn: [2], keepsOn: [0] }],
  findings: ["an oddity"],
  repairs: [{ slot: 0, parts: ["association"] }],
  addresses: [
    {
      slot: 0,
      availabilityZone: "us-east-2a",
      networkInterfaceId: "eni-0",
      privateIpv4: "10.64.0.16",
      ipv6: "2001:db8::10",
      allocationId: "eipalloc-0",
      publicIpv4: "192.0.2.1",
    },
  ],
  placement: {
    known: true,
    cells: [{ name: "east", slots: [0], pops: ["pop1"] }],
    pops: [
      {
        pop: "pop1",
        cell: "east",
        scheduling: "REPLICA",
        slots: [0],
        desiredCount: 2,
        everywhere: false,
        coreSet: 1,
      },
    ],
    moves: [
      { pop: "pop1", cell: "east", step: "start" },
      { pop: "pop2", cell: "east", step: "wait", healthyOn: [0], needed: 2 },
    ],
  },
  images: {
    known: true,
    pops: [
      {
        pop: "pop1",
        canary: true,
        action: "roll",
        pending: false,
        taskDefinitionArn: "arn",
        runs: "a:1",
        wanted: "a:2",
        settings: "0123",
        trouble: { kind: "tasks-unhealthy", healthy: 0, wanted: 2 },
      },
    ],
    hold: {
      kind: "pops-unwell",
      pops: [{ pop: "pop1", canary: true, image: "a:2", trouble: { kind: "deploying" } }],
    },
  },
  observed: {
    nodes: [
      { slot: 0, instanceId: "i-0", state: "running", launchTime: "2026-03-01T10:00:00Z", spec },
    ],
    strays: ["i-9"],
  },
};

/** A wave's record with all that one may have. */
const RECORD: WaveRecord = aRecord({
  to: "2026-03-01T11-00-00Z-aaaa",
  plan: PLAN,
  observation: emptyObservation(),
  seconds: {
    gate: 0.5,
    preflight: 1,
    drain: 2,
    prepare: 3,
    apply: 4,
    wait: 5,
    bake: 6,
    "gate-after": 7,
  },
});

const LOCK = {
  formatVersion: 1,
  environment: "test",
  operator: "alice@laptop",
  pid: 1,
  processSpace: "laptop",
  token: "token",
  acquiredAt: "2026-03-02T10:00:00.000Z",
  expiresAt: "2026-03-02T10:05:00.000Z",
  releasedAt: "2026-03-02T10:01:00.000Z",
  broken: { operator: "bob@ci", reason: "it is dead", at: "2026-03-02T10:00:00.000Z" },
};

/** What a record may lack. */
const OPTIONAL =
  /(\.(cell|coreSet|dataVolumeGiB|placement|images|repairs|addresses)|addresses\[\d+\]\.(?!slot)\w+|^(placement|images|repairs|addresses)|seconds\.\S+|^0) is gone$/;
/** What may be of any kind: nobody but people reads it. */
const ANYTHING = /^verdict\.\w+ /;
/** By an observation's own tests. */
const ELSEWHERE = /^observation\.images\./;

interface Kind {
  readonly record: unknown;
  /** Of the fields that are looked at. */
  readonly depth: number;
  /** Which the message names. */
  readonly file: string;
  readonly code: string;
  /** Reads the text, and does with the record all that is done with such. */
  readonly read: (text: string) => Promise<unknown>;
}

/** With one object. */
function storeOf(key: string, body: string): ObjectStore {
  const refuse = () => Promise.reject(new Error("nothing is written"));
  return {
    location: "s3://bucket",
    get: () => Promise.resolve({ body, tag: "1" }),
    list: () => Promise.resolve([key]),
    put: refuse,
    putIfUnchanged: refuse,
  };
}

function inFile(name: string, text: string): string {
  const file = join(folder(), name);
  writeFileSync(file, text);
  return file;
}

const RECORD_KEY = `rollouts/${RECORD.rolloutId}/0001.json`;

const KINDS: Readonly<Record<string, Kind>> = {
  "a wave's record": {
    record: RECORD,
    depth: 5,
    file: RECORD_KEY,
    code: "unreadable-history",
    read: async (text) => {
      const history = await new ObjectHistory(storeOf(RECORD_KEY, text), "test").list();
      renderHistory(history);
      JSON.stringify(history);
      openRecords(history);
      for (const { to, goal, rolloutId } of history) {
        unfinishedRollout(history, { to, goal });
        rollbackTo(history, rolloutId);
      }
      return expectedSeconds(aRoutedEnvironment(), 60, history);
    },
  },
  "a lock": {
    record: LOCK,
    depth: 2,
    file: LOCK_KEY,
    code: "locked",
    read: (text) =>
      new ObjectLock({
        environment: "test",
        store: storeOf(LOCK_KEY, text),
        clock: { now: () => Date.parse("2026-03-02T10:02:00Z"), sleep: () => Promise.resolve() },
        machine: { operator: "bob", pid: 2, processSpace: null, isAlive: () => true },
      }).holder(),
  },
  "a recorded plan": {
    record: PLAN,
    depth: 3,
    file: "test.json",
    code: "invalid-plan",
    read: (text) => {
      inFile("test.json", text);
      return readRecordedPlan(folder(), "test");
    },
  },
  targets: {
    record: { 0: spec },
    depth: 2,
    file: "targets.json",
    code: "invalid-argument",
    read: (text) => {
      const targetsFile = inFile("targets.json", text);
      return readPlanOptions({ ...readSettings({}), targetsFile }, 1);
    },
  },
};

describe.each(Object.entries(KINDS))("%s", (_, { record, depth, file, code, read }) => {
  /** The error's code and message; "read" where there is none. */
  const outcome = (text: string): Promise<string> =>
    read(text).then(
      () => "read",
      ({ code: found, message }: { code?: string; message: string }) => `${found}: ${message}`,
    );
  const refused = new RegExp(`^${code}: [^]*${file}`);

  it("is read as it was written", async () => {
    expect(await outcome(JSON.stringify(record))).toBe("read");
  });

  it("is refused where it is no record at all", async () => {
    for (const text of noRecords(record)) {
      // There may be no targets.
      if (text === "{}" && code === "invalid-argument") continue;
      expect(await outcome(text)).toMatch(refused);
    }
  });

  it("is refused where a field is of another kind, and breaks nothing where one is odd", async () => {
    const wrong: string[] = [];
    const cases = [...malformed(record, depth)];
    for (const { name, text, isOfOtherKind } of everyNth(cases, stride(10))) {
      if (ELSEWHERE.test(name)) continue;
      const result = await outcome(text);
      const mayBeRead =
        !isOfOtherKind || name.endsWith(" = null") || OPTIONAL.test(name) || ANYTHING.test(name);
      const isRight = refused.test(result) || (result === "read" && mayBeRead);
      if (!isRight) wrong.push(`${name}: ${result}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it("is refused with a field that nobody knows, which it names", async () => {
    const result = await outcome(JSON.stringify({ ...(record as object), unknown: 1 }));
    expect(result).toMatch(refused);
    expect(result).toContain("unknown");
  });
});

it.each(["folder", "link"])("refuses a %s in a record's place", async (what) => {
  const place = join(folder(), "rollouts/r1/0001.json");
  mkdirSync(dirname(place), { recursive: true });
  if (what === "folder") mkdirSync(place);
  else symlinkSync("nowhere", place);
  const store = new LocalObjectStore(folder());
  await expect(store.list("rollouts/")).rejects.toMatchObject({
    code: "unreadable-history",
    message: `${place} must be a file, got a folder, link or device; move it away`,
  });
});

it("refuses a leap second, after which a lock would never expire", async () => {
  const lock = {
    formatVersion: 1,
    environment: "test",
    operator: "alice",
    pid: 1,
    processSpace: null,
    token: "t",
    acquiredAt: "2016-12-31T23:50:00Z",
    expiresAt: "2016-12-31T23:59:60Z",
    releasedAt: null,
    broken: null,
  };
  await expect(parseLock(JSON.stringify(lock))).rejects.toThrow(
    "it must be JSON: a time in it is a leap second, 2016-12-31T23:59:60Z",
  );
  const ordinary = { ...lock, expiresAt: "2016-12-31T23:59:59Z" };
  expect(await parseLock(JSON.stringify(ordinary))).toEqual(ordinary);
});

/** Tests load the sources; what people run is a bundle of them, whose packages lie outside of it. */
it("reads a record as it is shipped, too", () => {
  const place = join(folder(), "rollouts", aRecord().rolloutId, "0001.json");
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify(aRecord({ environment: "dev" })));
  const args = ["bin/routed.cjs", "history", "dev", "--history", folder()];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain(aRecord().rolloutId);
});
