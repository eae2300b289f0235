import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { OBSERVE_CALLS } from "../../../lib/aws/calls";
import type { AwsCallName } from "../../../lib/aws/calls";
import { runs, stride } from "../../support/random-tests";
import { FAULT_KINDS } from "../../support/fake-aws/fault-kinds";
import { resultOf } from "../../support/fake-aws/fault-outcome";
import type { Outcome } from "../../support/fake-aws/fault-outcome";
import { SITUATIONS } from "../../support/fake-aws/fault-situations";
import { faultRows } from "../../support/faulty/table";
import { CALLS, faultsDocument, faultTable } from "../../support/fake-aws/fault-table";
import type { FaultCell } from "../../support/fake-aws/fault-table";
import { HEALTH_CALLS } from "../../support/fake-aws/observing";
import { prepareSdk } from "../../support/fake-aws/prepare-sdk";

let restore: () => void;

beforeAll(() => {
  restore = prepareSdk();
});

afterAll(() => restore());

function isHealth(call: AwsCallName): boolean {
  return HEALTH_CALLS.some((name) => name === call);
}

const matching = (pattern: string) => expect.stringMatching(pattern) as string;

/** What a fault at a call may lead to: the same plan, a refusal or, in reading health, a plan that holds. */
function isAllowed(call: AwsCallName, outcome: Outcome): boolean {
  return outcome === "same plan" || outcome === (isHealth(call) ? "held" : "refused");
}

describe("with every node outdated and available, each fault at each call", () => {
  let table: readonly FaultCell[];

  beforeAll(async () => {
    table = await faultTable();
  });

  const column = (name: string): FaultCell[] => table.filter(({ kind }) => kind.name === name);

  it("is in docs/faults.md as it happens; if not, run: node bin/run.cjs scripts/generate-faults.ts", async () => {
    const file = join(__dirname, "../../../docs/faults.md");
    expect(faultsDocument(table, await faultRows())).toBe(readFileSync(file, "utf8"));
  });

  it("leads to nothing else than it may", () => {
    const others = table.filter(
      ({ call, once, forGood }) =>
        !isAllowed(call, once.outcome) || !isAllowed(call, forGood.outcome),
    );
    expect(others).toEqual([]);
    expect(isAllowed("describeInstances", "held")).toBe(false);
    expect(isAllowed("listTasks", "refused")).toBe(false);
    expect(isAllowed("listTasks", "another plan: …")).toBe(false);
  });

  it.each(["throttled", "error 500", "time-out", "hung up", "cut"])(
    "changes nothing of what is observed where it happens once: %s",
    (kind) => {
      const unchanged = column(kind).filter(({ once }) => once.sameObservation);
      expect(unchanged.map(({ call }) => call)).toEqual(CALLS);
    },
  );

  it.each<[string, (call: string) => string]>([
    [
      "throttled",
      (call) =>
        `${call} failed with ThrottlingException (Rate exceeded); AWS is throttling this account; wait a minute and run again`,
    ],
    [
      "error 500",
      (call) =>
        `${call} failed with InternalError (An internal error has occurred); the fault is on AWS's side; run again later`,
    ],
    [
      "denied",
      (call) =>
        `${call} failed with AccessDenied (You are not authorized to do this); allow the IAM action ${call.replace("test: ", "")} to these credentials`,
    ],
    [
      "cut body",
      (call) =>
        matching(
          `^${call} failed with an unreadable answer \\(.*\\); the answer is cut off or not AWS's; check the way to AWS \\(proxy, AWS_ENDPOINT_URL\\) and run again$`,
        ),
    ],
    [
      "empty",
      (call) =>
        matching(
          `^${call} (gave (no|nothing) .*; an incomplete answer is not used, run again|failed with an unreadable answer .*)$`,
        ),
    ],
  ])("is told with what to do where it stays: %s", (kind, expected) => {
    // A refusal names its environment, for there may be several; what health lacks is of one.
    const calls = CALLS.map((call) => `${isHealth(call) ? "" : "test: "}${OBSERVE_CALLS[call]}`);
    expect(column(kind).map(({ forGood }) => forGood.told)).toEqual(calls.map(expected));
  });
});

/** Situation and place of a fault: the call, which of its answers, how often, which item. */
const place = fc.record({
  situation: fc.constantFrom(...SITUATIONS),
  kind: fc.constantFrom(...FAULT_KINDS),
  call: fc.constantFrom(...CALLS),
  skip: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(3)),
  times: fc.constantFrom(1, 2, Infinity),
  item: fc.nat(5),
  pageSize: fc.constantFrom(1, 2, 1000),
});

it("a fault leads to the same plan, to a refusal or, in reading health, to a plan that holds", async () => {
  let met = 0;
  const numRuns = runs(12);
  await fc.assert(
    fc.asyncProperty(place, async ({ situation, pageSize, ...placed }) => {
      const { outcome } = await resultOf(situation, placed, pageSize);
      if (outcome === "not met") return;
      met += 1;
      if (!isAllowed(placed.call, outcome)) {
        throw new Error(`${situation.name}, ${placed.kind.name} at ${placed.call}: ${outcome}`);
      }
    }),
    { numRuns, endOnFailure: true },
  );
  // Some places lie behind the last answer; a run of the test that met few faults shows nothing.
  expect(met).toBeGreaterThan(numRuns / 4);
});

it("whichever item a list lacks, in whatever situation, no other plan is made of it", async () => {
  const kind = FAULT_KINDS.find(({ name }) => name === "item missing")!;
  const lists = [
    "describeInstances",
    "describeNetworkInterfaces",
    "listContainerInstances",
    "listServices",
    "listTasks",
  ] as const;
  const existing = SITUATIONS.filter(({ name }) => name !== "nothing");
  const places = lists.flatMap((call) =>
    existing.flatMap((situation) => [0, 1, 2].map((item) => ({ call, situation, item }))),
  );
  for (let index = 0; index < places.length; index += stride(14)) {
    const { call, situation, item } = places[index]!;
    const { outcome } = await resultOf(situation, { kind, call, times: Infinity, skip: 0, item });
    const allowed = isHealth(call) ? ["held", "same plan"] : ["refused"];
    const what = `${situation.name}, ${call}, item ${item}: `;
    expect(allowed.map((word) => what + word)).toContain(what + outcome);
  }
});
