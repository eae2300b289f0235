import fc from "fast-check";
import type { Observation } from "../../../../lib/observe/observation";
import { planUpgrade, planWaves } from "../../../../lib/plan/plan-upgrade";
import { rolledPops } from "../../../../lib/plan/image-plan";
import type { DesiredFleet } from "../../../../lib/plan/desired/desired-fleet";
import { aFleet, observationOf, withEcs, withEcsChange } from "../../../support/fleet";
import {
  arnOfImage,
  desiredImages,
  NEW_IMAGE,
  OLD_IMAGE,
  settingsOf,
  whileDeploying,
  withImages,
} from "../../../support/images";
import { runs } from "../../../support/random-tests";

const built = observationOf(aFleet());

interface Rollout {
  readonly pops: number;
  readonly canaries: readonly number[];
  readonly popsPerWave: number | null;
}

const rollout: fc.Arbitrary<Rollout> = fc
  .integer({ min: 1, max: 12 })
  .chain((pops) =>
    fc.record({
      pops: fc.constant(pops),
      canaries: fc.uniqueArray(fc.integer({ min: 1, max: pops }), { maxLength: 3 }),
      popsPerWave: fc.option(fc.integer({ min: 1, max: 5 })),
    }),
  )
  .filter(({ canaries, popsPerWave }) => canaries.length > 0 || popsPerWave !== null);

const nameOf = (pop: number): string => `pop${String(pop).padStart(2, "0")}`;

function fleetOf({ pops, canaries, popsPerWave }: Rollout): DesiredFleet {
  return aFleet({
    pops: Array.from({ length: pops }, (_, index) => ({ name: nameOf(index + 1) })),
    images: desiredImages({ canaries: canaries.map(nameOf).sort(), popsPerWave }),
  });
}

/** Every PoP runs the old image, and is well. */
function oldOf({ pops }: DesiredFleet): Observation {
  return withImages(
    withEcs(
      built,
      pops.map(({ name }) => ({ pop: name })),
    ),
  );
}

function withTasks(observation: Observation, pop: string, status: "HEALTHY" | "UNKNOWN") {
  let left = 1;
  return withEcsChange(observation, ({ tasks }) => ({
    tasks: tasks.map((task) =>
      task.serviceName === pop && left-- > 0 ? { ...task, healthStatus: status } : task,
    ),
  }));
}

/** ECS around the planner: a rolled PoP is being deployed for some steps; then it is well, or taken back. */
class EcsWorld {
  readonly images: Record<string, string> = {};
  private readonly until = new Map<string, number>();
  private now = 0;

  constructor(
    private readonly desired: DesiredFleet,
    private readonly bad: ReadonlySet<string>,
  ) {}

  isWell(pop: string): boolean {
    return !this.until.has(pop);
  }

  observe(): Observation {
    let observation = withImages(oldOf(this.desired), this.images);
    for (const pop of this.until.keys()) {
      observation = withTasks(whileDeploying(observation, pop), pop, "UNKNOWN");
    }
    return observation;
  }

  roll(pop: string, steps: number): void {
    this.images[pop] = NEW_IMAGE;
    this.until.set(pop, this.now + steps);
  }

  pass(): void {
    this.now += 1;
    for (const [pop, end] of this.until) {
      if (end > this.now) continue;
      this.until.delete(pop);
      if (this.bad.has(pop)) delete this.images[pop];
    }
  }
}

it("never has more PoPs in a batch, nor a batch on top of one that isn't healthy, whatever ECS does", () => {
  fc.assert(
    fc.property(
      rollout,
      fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 30, maxLength: 30 }),
      (wanted, bad, steps) => {
        const desired = fleetOf(wanted);
        const isBad = new Set(bad.map(nameOf));
        const world = new EcsWorld(desired, isBad);
        const canaries = desired.images?.canaries ?? [];
        for (const step of steps) {
          const plan = planUpgrade(desired, world.observe());
          const rolled = rolledPops(plan.images).map(({ pop }) => pop);
          expect(rolled.length).toBeLessThanOrEqual(wanted.popsPerWave ?? Infinity);
          if (rolled.length > 0) {
            const done = Object.keys(world.images);
            expect(done.filter((pop) => !world.isWell(pop))).toEqual([]);
          }
          if (rolled.some((pop) => !canaries.includes(pop))) {
            expect(canaries.filter((pop) => world.images[pop] !== NEW_IMAGE)).toEqual([]);
          }
          expect(plan.status === "converged").toBe(
            desired.pops.every(({ name }) => world.images[name] === NEW_IMAGE),
          );
          for (const pop of rolled) world.roll(pop, step);
          world.pass();
        }
        if (canaries.some((pop) => isBad.has(pop))) {
          expect(Object.keys(world.images).every((pop) => canaries.includes(pop))).toBe(true);
        }
      },
    ),
    { numRuns: runs(20) },
  );
});

it("gets there in the least number of waves, canaries first, in the order of the sites", () => {
  fc.assert(
    fc.property(rollout, (wanted) => {
      const desired = fleetOf(wanted);
      const waves = planWaves(desired, oldOf(desired));
      const size = wanted.popsPerWave ?? Infinity;
      const canaries = wanted.canaries.length;
      const batches = [canaries, wanted.pops - canaries].map((count) =>
        count === 0 ? 0 : Math.ceil(count / Math.min(size, count)),
      );
      expect(waves[0]?.wavesRemaining).toBe(batches[0]! + batches[1]!);
      expect(waves.at(-1)?.status).toBe("converged");
      const order = waves.flatMap(({ images }) => rolledPops(images).map(({ pop }) => pop));
      const names = desired.pops.map(({ name }) => name);
      const isCanary = (pop: string) => desired.images?.canaries.includes(pop) === true;
      expect(order).toEqual([...names.filter(isCanary), ...names.filter((pop) => !isCanary(pop))]);
    }),
    { numRuns: runs(20) },
  );
});

it("pins every PoP that it doesn't roll to what it runs with", () => {
  fc.assert(
    fc.property(rollout, fc.array(fc.integer({ min: 1, max: 12 })), (wanted, done) => {
      const desired = fleetOf(wanted);
      const images = Object.fromEntries(done.map((pop) => [nameOf(pop), NEW_IMAGE]));
      const plan = planUpgrade(desired, withImages(oldOf(desired), images));
      for (const { pop, action, taskDefinitionArn } of plan.images?.pops ?? []) {
        if (action === "keep") {
          expect(taskDefinitionArn).toBe(arnOfImage(images[pop] ?? OLD_IMAGE));
        }
      }
    }),
    { numRuns: runs(20) },
  );
});

it("plans the same, byte for byte, whatever the order of what was observed", () => {
  fc.assert(
    fc.property(rollout, fc.array(fc.integer({ min: 1, max: 12 })), (wanted, done) => {
      const desired = fleetOf(wanted);
      const images = Object.fromEntries(done.map((pop) => [nameOf(pop), NEW_IMAGE]));
      const observation = withImages(oldOf(desired), images);
      const turned = withEcsChange(observation, ({ services, tasks, taskDefinitions = [] }) => ({
        services: [...services].reverse(),
        tasks: [...tasks].reverse(),
        taskDefinitions: [...taskDefinitions].reverse(),
      }));
      const planOf = (seen: Observation) => JSON.stringify(planUpgrade(desired, seen));
      expect(planOf(turned)).toBe(planOf(observation));
    }),
    { numRuns: runs(20) },
  );
});

it("rolls nobody but canaries to an image of their own", () => {
  fc.assert(
    fc.property(
      rollout.filter(({ canaries }) => canaries.length > 0),
      (wanted) => {
        const desired = fleetOf(wanted);
        const images = { ...desired.images!, others: settingsOf(OLD_IMAGE) };
        const waves = planWaves({ ...desired, images }, oldOf(desired));
        const rolled = waves.flatMap((plan) => rolledPops(plan.images).map(({ pop }) => pop));
        expect(rolled).toEqual(images.canaries);
      },
    ),
    { numRuns: runs(20) },
  );
});
