import fc from "fast-check";
import { FAULTS, OF_TWO_SLOTS, partnerOf } from "../../support/faulty/faults";
import { FaultyFleet } from "../../support/faulty/fleet";
import type { FleetShape } from "../../support/faulty/fleet";
import { harmOf } from "../../support/faulty/harm";
import { acceptAddress, outcomeOf } from "../../support/faulty/remedies";
import { runs } from "../../support/random-tests";

/*
 * Faults in a fleet whose truth the test knows, because it made them: what really serves, what is gone,
 * whose each thing is. What is observed of it is read by the real reader, and the plan that is made of
 * that must harm none of it, and be silent of nothing. Where it is refused or held, what a person does
 * by its words leads on. It is 100,000 cases in the second tier, whose factor is 50. Nothing that judges here shares code with the planner.
 */

const KINDS = Object.keys(FAULTS);
/** Refusals and holds in a row, each of which a person clears, before the plan goes on. */
const MOST_STEPS = 12;

const shape: fc.Arbitrary<FleetShape> = fc.record({
  nodes: fc.integer({ min: 2, max: 6 }),
  budget: fc.integer({ min: 1, max: 4 }),
  shape: fc.constantFrom("daemon", "spread", "cells"),
  pops: fc.integer({ min: 1, max: 4 }),
  done: fc.uniqueArray(fc.nat(5), { maxLength: 4 }),
  scale: fc.constantFrom(0, 0, 0, -1, 1),
  frozen: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.uniqueArray(fc.nat(5), { maxLength: 1 }),
  ),
  hasRecord: fc.boolean(),
});

const faults = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), slot: fc.nat(5), lives: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);

interface Case {
  readonly shape: FleetShape;
  readonly faults: readonly {
    readonly kind: string;
    readonly slot: number;
    readonly lives: boolean;
  }[];
  /** Whether a person takes another address where one is gone, rather than bring it back. */
  readonly accepts: boolean;
}

/** The fleet with its faults: one a slot, so that none hides what another one tells. */
function faultyFleet({ shape, faults }: Case): { fleet: FaultyFleet; kinds: string[] } {
  const fleet = new FaultyFleet(shape);
  const hit = new Set<number>();
  const kinds: string[] = [];
  for (const { kind, slot, lives } of faults) {
    const own = slot % shape.nodes;
    const slots = OF_TWO_SLOTS.includes(kind) ? [own, partnerOf(fleet, own)] : [own];
    if (slots.some((each) => hit.has(each))) continue;
    for (const each of slots) hit.add(each);
    kinds.push(kind);
    FAULTS[kind]!(fleet, own, lives);
  }
  return { fleet, kinds };
}

/** What came of the cases, for the nightly's log. */
const counted = new Map<string, number>();

function count(what: string): void {
  counted.set(what, (counted.get(what) ?? 0) + 1);
}

/** Plans, and lets a person clear what refuses or holds the plan, until it goes on. */
async function seeThrough({ fleet, kinds }: ReturnType<typeof faultyFleet>, { accepts }: Case) {
  const accepted: number[] = [];
  let before: readonly string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { plan, obstacles } = await outcomeOf(fleet, accepted);
    if (plan !== null) {
      expect({ kinds, step, harm: harmOf(fleet, plan, accepted) }).toEqual({
        kinds,
        step,
        harm: [],
      });
    }
    const signs = obstacles.map(({ sign }) => sign);
    const again = signs.filter((sign) => before.includes(sign));
    expect({ kinds, step, again }).toEqual({ kinds, step, again: [] });
    if (plan !== null && plan.status !== "held") {
      if (step === 0) count(plan.status);
      return;
    }
    for (const { reason, remedy, sign } of obstacles) {
      count(reason);
      const lost = [...sign.matchAll(/ROUTED_ACCEPT_NEW_ADDRESS=(\d+)/g)].map(([, n]) => Number(n));
      if (lost.length > 0 && (accepts || sign.includes("--address <address>"))) {
        accepted.push(...lost);
        for (const slot of lost) acceptAddress(fleet, slot);
      } else remedy(fleet);
    }
    expect(obstacles).not.toEqual([]);
    before = signs;
  }
  expect({ kinds, steps: "more than a person has patience for" }).toEqual(null);
}

it("does no harm, is silent of nothing, and each refusal and hold has a remedy, whatever is wrong with a fleet", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.record({ shape, faults, accepts: fc.boolean() }), async (drawn) => {
      const made = faultyFleet(drawn);
      made.kinds.forEach((kind) => seen.add(kind));
      await seeThrough(made, drawn);
    }),
    { numRuns: runs(1) > 1 ? runs(2_000) : runs(300) },
  );
  expect([...seen].sort()).toEqual([...KINDS].sort());
  if (runs(1) > 1) {
    const lines = [...counted].sort(([, a], [, b]) => b - a).map(([what, n]) => `${n} ${what}`);
    process.stdout.write(`${lines.join("\n")}\n`);
  }
});
