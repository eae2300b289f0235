import fc from "fast-check";
import { RoutedError } from "../../../lib/errors";
import type { Observation } from "../../../lib/observe/observation";
import type { DesiredFleet } from "../../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../../lib/plan/plan-upgrade";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import {
  aFleet,
  instanceOf,
  NEW_AMI,
  observationOf,
  withEcs,
  withEcsChange,
  withInstance,
  withNewAmi,
  withoutInstance,
  withTask,
} from "../../support/fleet";
import { runs } from "../../support/random-tests";

/*
 * Faults in a fleet whose truth the test knows, because it made them: what really serves, what is
 * gone, what exists. The plan that is made from what is observed of it must harm none of that.
 * Nothing here shares code with the planner.
 */

/** What really is, besides what is observed of it. */
interface World {
  readonly desired: DesiredFleet;
  readonly observation: Observation;
  /** By PoP: the slots whose task really serves. */
  readonly serving: ReadonlyMap<string, ReadonlySet<number>>;
  /** Slots that something is wrong with. */
  readonly faulty: ReadonlySet<number>;
  /** Slots that really serve nobody, though they should. */
  readonly dead: ReadonlySet<number>;
  /** Slots of `dead` whose instance has what it should, as ECS and EC2 surely tell. */
  readonly badTarget: ReadonlySet<number>;
}

/** `lives`: whether its tasks serve on, where what is observed doesn't tell. */
type Fault = (world: World, slot: number, lives: boolean) => World;

function dies({ serving, dead, ...world }: World, slot: number, told = true): World {
  const left = [...serving].map(
    ([pop, slots]) => [pop, new Set([...slots].filter((each) => each !== slot))] as const,
  );
  const { amiId } = instanceOf(world.observation, slot);
  const isBad = told && amiId === NEW_AMI;
  return {
    ...world,
    serving: new Map(left),
    dead: new Set(dead).add(slot),
    badTarget: isBad ? new Set(world.badTarget).add(slot) : world.badTarget,
  };
}

/** It may serve on, and counts as a node that is down all the same: nobody vouches for it. */
const isUnheard = (world: World, slot: number): World => ({
  ...world,
  dead: new Set(world.dead).add(slot),
});

const observes = (world: World, how: (observation: Observation) => Observation): World => ({
  ...world,
  observation: how(world.observation),
});

const inState =
  (state: "pending" | "stopping" | "stopped"): Fault =>
  (world, slot) =>
    observes(dies(world, slot), (o) =>
      withInstance(o, slot, { state, statusChecks: "not-applicable" }),
    );

const withRegistration = (
  observation: Observation,
  slot: number,
  change: { agentConnected?: boolean; status?: string },
): Observation => {
  const { instanceId } = instanceOf(observation, slot);
  return withEcsChange(observation, ({ containerInstances }) => ({
    containerInstances: containerInstances.map((c) =>
      c.instanceId === instanceId ? { ...c, ...change } : c,
    ),
  }));
};

const withoutEni = (observation: Observation, slot: number): Observation => ({
  ...observation,
  networkInterfaces: observation.networkInterfaces.filter((eni) => eni.slot !== slot),
  elasticIps: observation.elasticIps.map((eip) =>
    eip.slot === slot ? { ...eip, networkInterfaceId: null } : eip,
  ),
});

const withoutEip = (observation: Observation, slot: number): Observation => ({
  ...observation,
  elasticIps: observation.elasticIps.filter((eip) => eip.slot !== slot),
});

/** ECS forgets the node's registration and what ran there. */
const unregistered = (observation: Observation, slot: number): Observation => {
  const { instanceId } = instanceOf(observation, slot);
  return withEcsChange(observation, ({ containerInstances, tasks }) => {
    const gone = containerInstances.filter((c) => c.instanceId === instanceId);
    const arns = gone.map((c) => c.containerInstanceArn);
    return {
      containerInstances: containerInstances.filter((c) => !gone.includes(c)),
      tasks: tasks.filter((task) => !arns.includes(task.containerInstanceArn ?? "")),
    };
  });
};

const FAULTS: Readonly<Record<string, Fault>> = {
  impaired: (world, slot) =>
    observes(dies(world, slot), (o) => withInstance(o, slot, { statusChecks: "impaired" })),
  initializing: (world, slot) =>
    observes(world, (o) => withInstance(o, slot, { statusChecks: "initializing" })),
  "checks not known": (world, slot) =>
    observes(world, (o) => withInstance(o, slot, { statusChecks: "insufficient-data" })),
  pending: inState("pending"),
  stopping: inState("stopping"),
  stopped: inState("stopped"),
  "shutting down": (world, slot) =>
    observes(dies(world, slot, false), (o) =>
      withInstance(o, slot, { state: "shutting-down", rootVolumeGiB: null, userDataBase64: "" }),
    ),
  "shutting down, ENI free": (world, slot) =>
    observes(dies(world, slot, false), (o) => ({
      ...withInstance(o, slot, { state: "shutting-down", rootVolumeGiB: null }),
      networkInterfaces: o.networkInterfaces.map((eni) =>
        eni.slot === slot ? { ...eni, instanceId: null } : eni,
      ),
    })),
  terminated: (world, slot) =>
    observes(dies(world, slot, false), (o) => withoutInstance(unregistered(o, slot), slot)),
  "terminated, registration left": (world, slot) =>
    observes(dies(world, slot, false), (o) => withoutInstance(o, slot)),
  "agent gone": (world, slot, lives) =>
    observes(lives ? isUnheard(world, slot) : dies(world, slot), (o) =>
      withRegistration(o, slot, { agentConnected: false }),
    ),
  draining: (world, slot, lives) =>
    observes(lives ? isUnheard(world, slot) : dies(world, slot), (o) =>
      withRegistration(o, slot, { status: "DRAINING" }),
    ),
  "not registered": (world, slot) => observes(dies(world, slot), (o) => unregistered(o, slot)),
  "registered anew, tasks lost": (world, slot) => {
    const died = dies(world, slot);
    // Where ECS may place tasks anywhere, a node without any lacks nothing.
    const isSpread = world.desired.placement === "spread";
    const after = isSpread ? { ...world, serving: died.serving } : died;
    return observes(after, (o) => {
      const { instanceId } = instanceOf(o, slot);
      return withEcsChange(o, ({ containerInstances }) => ({
        containerInstances: containerInstances.flatMap((c) =>
          c.instanceId === instanceId && !c.containerInstanceArn.endsWith("-anew")
            ? [
                { ...c, agentConnected: false },
                { ...c, containerInstanceArn: `${c.containerInstanceArn}-anew` },
              ]
            : [c],
        ),
      }));
    });
  },
  "router restarts": (world, slot) =>
    observes(world, (o) => {
      const { instanceId } = instanceOf(o, slot);
      return withEcsChange(o, ({ containerInstances }) => ({
        nodeDaemons: [
          {
            serviceName: "node--router",
            healthyOn: containerInstances
              .filter((c) => c.instanceId !== instanceId)
              .map((c) => c.containerInstanceArn),
          },
        ],
      }));
    }),
  "a task is sick": (world, slot) => {
    const [pop = ""] = [...world.serving].find(([, slots]) => slots.has(slot)) ?? [];
    const serving = new Map(
      [...world.serving].map(([name, slots]) => [
        name,
        name === pop ? new Set([...slots].filter((each) => each !== slot)) : slots,
      ]),
    );
    const after = { ...world, serving };
    const serves = [...serving.values()].some((slots) => slots.has(slot));
    return observes(serves || pop === "" ? after : dies(after, slot), (o) =>
      withTask(o, pop, slot, { healthStatus: "UNHEALTHY" }),
    );
  },
  "EIP disassociated": (world, slot) =>
    observes(dies(world, slot, false), (o) => ({
      ...o,
      elasticIps: o.elasticIps.map((eip) =>
        eip.slot === slot ? { ...eip, networkInterfaceId: null } : eip,
      ),
    })),
  "EIP released": (world, slot) => observes(dies(world, slot, false), (o) => withoutEip(o, slot)),
  "ENI deleted": (world, slot) =>
    observes(dies(world, slot, false), (o) => withoutEni(withoutInstance(o, slot), slot)),
  "the whole slot isn't listed": (world, slot) =>
    observes(dies(world, slot, false), (o) =>
      withoutEip(withoutEni(withoutInstance(o, slot), slot), slot),
    ),
  "tagged for another slot": (world, slot) =>
    observes(world, (o) => withInstance(o, slot, { slot: (slot + 1) % world.desired.nodes })),
  "slot's tag is off": (world, slot) =>
    observes(world, (o) => withInstance(o, slot, { slot: null })),
  "a stray with the tags": (world, slot) =>
    observes(world, (o) => ({
      ...o,
      instances: [
        ...o.instances,
        {
          ...instanceOf(o, slot),
          instanceId: `i-${"f".repeat(16)}${slot}`,
          networkInterfaceIds: [`eni-${"f".repeat(16)}${slot}`],
        },
      ],
    })),
  "ECS isn't read": (world) =>
    observes({ ...world, badTarget: new Set() }, (o) => ({
      ...o,
      health: { source: "unreadable", reason: "throttled" },
    })),
  "a service deploys": (world) =>
    observes(world, (o) =>
      withEcsChange(o, ({ services }) => ({
        services: services.map((s) => ({ ...s, deploymentInProgress: true })),
      })),
    ),
};

const KINDS = Object.keys(FAULTS);

const world: fc.Arbitrary<{ made: World; kinds: string[] }> = fc
  .record({
    nodes: fc.integer({ min: 2, max: 6 }),
    budget: fc.integer({ min: 1, max: 4 }),
    shape: fc.constantFrom("daemon" as const, "spread" as const, "cells" as const),
    pops: fc.integer({ min: 1, max: 4 }),
    done: fc.uniqueArray(fc.nat(5), { maxLength: 4 }),
    scale: fc.constantFrom(0, 0, 0, -1, 1),
    faults: fc.array(
      fc.record({ kind: fc.constantFrom(...KINDS), slot: fc.nat(5), lives: fc.boolean() }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ nodes, budget, shape, pops, done, scale, faults }) => {
    const cells =
      shape === "cells" && nodes >= 4
        ? [
            { name: "a", slots: [0, 1] },
            { name: "b", slots: Array.from({ length: nodes - 2 }, (_, i) => i + 2) },
          ]
        : [];
    const names = Array.from({ length: pops }, (_, i) => `pop${i + 1}`);
    const fleet = aFleet({
      nodes,
      maxUnavailableNodes: Math.min(budget, nodes - 1),
      cells,
      pops: names.map((name) => ({ name })),
    });
    const placed = names.map((pop, i) => ({
      pop,
      ...(shape === "spread" ? { slots: [i % nodes, (i + 1) % nodes] } : {}),
    }));
    let observation = withNewAmi(withEcs(observationOf({ ...fleet, pops: [] }), placed));
    for (const slot of done) {
      if (slot < nodes) observation = withInstance(observation, slot, { amiId: NEW_AMI });
    }
    const all = Array.from({ length: nodes }, (_, slot) => slot);
    const healthy: World = {
      desired: {
        ...fleet,
        placement: shape === "spread" ? "spread" : "daemon",
        nodes: cells.length > 0 ? nodes : Math.max(2, nodes + scale),
      },
      observation,
      serving: new Map(placed.map(({ pop, slots }) => [pop, new Set(slots ?? all)])),
      faulty: new Set(),
      dead: new Set(),
      badTarget: new Set(),
    };
    const kinds: string[] = [];
    // One fault a slot, so that none hides what another one tells.
    const hit = new Set<number>();
    const made = faults.reduce((before, { kind, slot, lives }) => {
      const own = slot % nodes;
      const isThere = before.observation.instances.some((i) => i.slot === own);
      const fault = FAULTS[kind];
      const needsEcs = before.observation.health.source !== "ecs";
      if (!isThere || needsEcs || hit.has(own) || fault === undefined) return before;
      hit.add(own);
      kinds.push(kind);
      return fault(before, own, lives);
    }, healthy);
    return { made: { ...made, faulty: hit }, kinds };
  });

/** What a plan would really do that must not be; empty where it is harmless. */
function harmOf(
  { desired, observation, faulty, dead, serving, badTarget }: World,
  plan: UpgradePlan,
): string[] {
  const going = new Set(
    plan.decisions.flatMap((d) =>
      d.action === "upgrade" || (d.action === "remove" && d.instanceId !== null) ? [d.slot] : [],
    ),
  );
  // One that is well counts whatever runs on it; another one for what it serves.
  const serves = (slot: number) => [...serving.values()].some((slots) => slots.has(slot));
  const isWell = (slot: number) => !faulty.has(slot) && !dead.has(slot);
  const taken = [...going].filter((slot) => isWell(slot) || (serves(slot) && !dead.has(slot)));
  const stillWanted = [...dead].filter((slot) => slot < desired.nodes || going.has(slot));
  const harm: string[] = [];
  if (taken.length > 0 && taken.length + stillWanted.length > desired.maxUnavailableNodes) {
    harm.push(`${taken.join()} would go while ${stillWanted.join()} serve nobody`);
  }
  for (const [pop, slots] of serving) {
    const left = [...slots].filter((slot) => !going.has(slot));
    if (slots.size > 0 && left.length === 0) harm.push(`${pop} would serve nowhere`);
  }
  for (const { name, slots } of desired.cells) {
    const lost = slots.filter((slot) => dead.has(slot) || going.has(slot));
    if (lost.length > 1 && slots.some((slot) => taken.includes(slot))) {
      harm.push(`cell ${name} would lack ${lost.join()}`);
    }
  }
  // Without ECS and without a record nothing is left that could tell of a slot that isn't listed.
  const isTold = observation.health.source === "ecs";
  for (const decision of plan.decisions) {
    const { action, slot } = decision;
    if (action === "create" && decision.why.kind === "new-slot" && isTold && dead.has(slot)) {
      harm.push(`${slot} would be taken for new`);
    }
    if (action === "remove" && slot < desired.nodes) harm.push(`${slot} would be removed`);
  }
  const upgrades = plan.decisions.some(({ action }) => action === "upgrade");
  if (upgrades && badTarget.size > 0) harm.push(`what broke ${[...badTarget].join()} goes on`);
  return harm;
}

/** What came of the cases, for the nightly's log. */
const outcomes = new Map<string, number>();

function count(outcome: string): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

it("does no harm, whatever is wrong with a fleet", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(world, ({ made, kinds }) => {
      kinds.forEach((kind) => seen.add(kind));
      let plan: UpgradePlan;
      try {
        plan = planUpgrade(made.desired, made.observation);
      } catch (error) {
        if (!(error instanceof RoutedError)) throw error;
        count(`refused: ${error.code}`);
        // A refusal is no harm, but the planner's own defects are told as such.
        if (error.code === "invariant-violated") throw error;
        return;
      }
      const reasons = plan.decisions.flatMap((d) =>
        d.action === "keep" && d.pending !== "nothing" ? [d.why.kind] : [],
      );
      count([plan.status, ...new Set(reasons)].join(" "));
      expect({ kinds, harm: harmOf(made, plan) }).toEqual({ kinds, harm: [] });
    }),
    { numRuns: runs(400) },
  );
  expect([...seen].sort()).toEqual([...KINDS].sort());
  if (runs(1) > 1) {
    const lines = [...outcomes].sort(([, a], [, b]) => b - a).map(([what, n]) => `${n} ${what}`);
    process.stdout.write(`${lines.join("\n")}\n`);
  }
});

it("knows harm where there is some", () => {
  const desired = aFleet();
  const observation = withNewAmi(withEcs(observationOf(desired), [{ pop: "pop1" }]));
  const plan = planUpgrade(desired, observation);
  const truth = { desired, observation, faulty: new Set<number>(), badTarget: new Set<number>() };
  const on = (...slots: number[]) => new Map([["pop1", new Set(slots)]]);
  expect(harmOf({ ...truth, serving: on(0, 1, 2), dead: new Set() }, plan)).toEqual([]);
  expect(harmOf({ ...truth, serving: on(0), dead: new Set([1, 2]) }, plan)).toEqual([
    "0 would go while 1,2 serve nobody",
    "pop1 would serve nowhere",
  ]);
  const bad = { ...truth, badTarget: new Set([1]) };
  expect(harmOf({ ...bad, serving: on(1, 2), dead: new Set([0]) }, plan)).toEqual([
    "what broke 1 goes on",
  ]);
});
