import fc from "fast-check";
import { OBSERVE_CALLS } from "../../../lib/observe/aws-calls";
import type { AwsCallName } from "../../../lib/observe/aws-calls";
import { FAULT_KINDS } from "./fault-kinds";
import { outcomeOf } from "./fault-outcome";
import { SITUATIONS } from "./fault-situations";
import { HEALTH_CALLS } from "./observing";
import { prepareSdk } from "./prepare-sdk";

const CALLS = Object.keys(OBSERVE_CALLS) as AwsCallName[];
const MINUTE = 60_000;

let restore: () => void;

beforeAll(() => {
  restore = prepareSdk();
});

afterAll(() => restore());

function isHealth(call: AwsCallName): boolean {
  return HEALTH_CALLS.some((name) => name === call);
}

/** Situation and place of a fault: the call, which of its answers, how often, which item. */
const place = {
  situation: fc.constantFrom(...SITUATIONS),
  call: fc.constantFrom(...CALLS),
  skip: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(3)),
  times: fc.constantFrom(1, 2, Infinity),
  item: fc.nat(5),
  pageSize: fc.constantFrom(1, 2, 1000),
};

const quick = FAULT_KINDS.filter(({ slow }) => !slow);
const slow = FAULT_KINDS.filter((kind) => kind.slow);

it.each([
  ["that shows at once", quick, 200],
  ["that shows when patience ends", slow, 20],
])(
  "a fault %s leads to the same plan, to a refusal or, in reading health, to a plan that holds",
  async (_, kinds, numRuns) => {
    let met = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.record({ ...place, kind: fc.constantFrom(...kinds) }),
        async ({ situation, pageSize, ...placed }) => {
          const outcome = await outcomeOf(situation, placed, pageSize);
          if (outcome !== "not met") met += 1;
          const allowed = ["not met", "same plan", isHealth(placed.call) ? "held" : "refused"];
          if (!allowed.includes(outcome)) {
            throw new Error(`${situation.name}, ${placed.kind.name} at ${placed.call}: ${outcome}`);
          }
        },
      ),
      { numRuns, endOnFailure: true },
    );
    // Some places lie behind the last answer; a run of the test that met few faults shows nothing.
    expect(met).toBeGreaterThan(numRuns / 4);
  },
  2 * MINUTE,
);

it.each([
  "describeInstances",
  "describeNetworkInterfaces",
  "listContainerInstances",
  "listServices",
  "listTasks",
] as const)(
  "whichever item %s lacks, in whatever situation, no other plan is made of it",
  async (call) => {
    const kind = FAULT_KINDS.find(({ name }) => name === "item missing")!;
    const allowed = isHealth(call) ? ["held", "same plan"] : ["refused"];
    for (const situation of SITUATIONS.filter(({ name }) => name !== "nothing")) {
      for (const item of [0, 1, 2]) {
        const placed = { kind, call, times: Infinity, skip: 0, item };
        const outcome = await outcomeOf(situation, placed);
        const what = `${situation.name}, item ${item}: `;
        expect(allowed.map((word) => what + word)).toContain(what + outcome);
      }
    }
  },
  MINUTE,
);
