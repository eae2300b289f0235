import { RoutedError } from "../../../lib/errors";
import { changesPlaces } from "../../../lib/plan/placement-plan";
import { rolledPops } from "../../../lib/plan/image-plan";
import type { UpgradePlan } from "../../../lib/plan/upgrade-plan";
import { blocksOf } from "../../../lib/verify/written/block-names";
import type { FakeTime } from "./fake-time";
import type { Fate, SimulatedFleet } from "./simulated-fleet";

export interface TerraformTimes {
  readonly planSeconds: number;
  readonly destroySeconds: number;
  readonly launchSeconds: number;
}

/**
 * Terraform with its state: one run at a time, and a saved plan is good only for the state that it
 * was made from. A run that has begun goes on without whoever started it.
 */
export class SimulatedTerraform {
  private serial = 0;
  private running: { cancel: () => void } | null = null;
  /** Whether an apply that had changed a node was killed or broke off, and none has ended well since. */
  isIncomplete = false;
  /** Whether the config changes something that touches no node. */
  hasOtherChanges = false;
  /** Where EC2 has no capacity for another instance. */
  readonly zonesWithoutCapacity = new Set<string>();
  /** PoPs whose tasks the other changes start anew. */
  restarts: readonly string[] = [];
  /** Called before an instance goes. */
  onDestroy: (slot: number) => void = () => undefined;

  constructor(
    private readonly fleet: SimulatedFleet,
    private readonly time: FakeTime,
    readonly times: TerraformTimes,
    private readonly fateOf: () => Fate,
  ) {}

  get isRunning(): boolean {
    return this.running !== null;
  }

  get stateSerial(): number {
    return this.serial;
  }

  requireFree(): void {
    if (this.running) {
      throw new RoutedError("terraform-failed", "Error acquiring the state lock");
    }
  }

  /** Whether a saved plan could be applied now. */
  requirePlannable(serial: number): void {
    if (this.running) throw new RoutedError("stale-plan", "Error acquiring the state lock");
    if (serial !== this.serial) throw new RoutedError("stale-plan", "Saved plan is stale");
  }

  /** Whether an apply of the plan would change anything. */
  hasWork(plan: UpgradePlan): boolean {
    const { placement } = plan;
    const steps = stepsOf(
      { ...plan, placement: undefined },
      this.fleet,
      this.fateOf,
      this.onDestroy,
      this.times,
    );
    return (
      steps.length > 0 ||
      this.isIncomplete ||
      this.hasOtherChanges ||
      (placement !== undefined && changesPlaces(placement))
    );
  }

  /** Kills Terraform: what it had begun stays half done. */
  kill(): void {
    this.running?.cancel();
    this.running = null;
  }

  /**
   * @param breaksAfter the step after which it fails; Infinity for never
   * @param write takes what Terraform writes
   */
  async apply(
    plan: UpgradePlan,
    serial: number,
    breaksAfter: number,
    write: (line: string) => void = () => undefined,
  ): Promise<void> {
    this.requireFree();
    if (serial !== this.serial) throw new RoutedError("terraform-failed", "Saved plan is stale");
    this.serial += 1;
    const steps = stepsOf(plan, this.fleet, this.fateOf, this.onDestroy, this.times);
    await new Promise<void>((resolve, reject) => {
      let cancelStep: () => void = () => undefined;
      let isRefused = false;
      const go = (index: number): void => {
        if (index >= breaksAfter) {
          this.running = null;
          reject(new RoutedError("terraform-failed", "Error: InsufficientInstanceCapacity"));
          return;
        }
        const step = steps[index];
        if (!step) {
          this.running = null;
          if (isRefused) {
            reject(new RoutedError("terraform-failed", "terraform apply ended with 1"));
            return;
          }
          this.isIncomplete = false;
          this.hasOtherChanges = false;
          resolve();
          return;
        }
        const { launches } = step;
        if (launches !== undefined && this.zonesWithoutCapacity.has(launches.availabilityZone)) {
          isRefused = true;
          const block = blocksOf(launches.slot).instance;
          write(`Error: creating EC2 Instance: InsufficientInstanceCapacity: with ${block},`);
          go(index + 1);
          return;
        }
        if (step.changesNode) this.isIncomplete = true;
        step.act();
        cancelStep = this.time.at(this.time.now() + step.seconds * 1000, () => go(index + 1));
      };
      this.running = { cancel: () => cancelStep() };
      go(0);
    });
  }
}

interface Step {
  /** The slot whose instance it launches. */
  readonly launches?: { readonly slot: number; readonly availabilityZone: string };
  readonly changesNode: boolean;
  readonly seconds: number;
  readonly act: () => void;
}

/** Destroys everything that goes, then launches: the order in which Terraform replaces. */
function stepsOf(
  plan: UpgradePlan,
  fleet: SimulatedFleet,
  fateOf: () => Fate,
  onDestroy: (slot: number) => void,
  times: TerraformTimes,
): Step[] {
  const destroys = plan.decisions.flatMap((decision): Step[] => {
    const { action, slot } = decision;
    if (action === "upgrade" || action === "park") {
      const act = (): void => {
        onDestroy(slot);
        fleet.terminate(slot);
      };
      return [{ changesNode: true, seconds: 0, act }];
    }
    if (action !== "remove") return [];
    const act = (): void => {
      onDestroy(slot);
      fleet.remove(slot);
    };
    return [{ changesNode: true, seconds: 0, act }];
  });
  const launches = plan.decisions.flatMap((decision): Step[] => {
    const { action, availabilityZone, slot } = decision;
    if (action === "allocate") {
      const act = (): void => fleet.allocate(slot, availabilityZone);
      return [{ changesNode: true, seconds: 0, act }];
    }
    if (action !== "upgrade" && action !== "create" && action !== "fill") return [];
    const spec = action === "upgrade" ? decision.to : decision.spec;
    const act = (): void => fleet.launch(decision, spec, fateOf());
    return [{ launches: { slot, availabilityZone }, changesNode: true, seconds: 0, act }];
  });
  const rolls = rolledPops(plan.images).map((roll): Step => {
    const act = (): void => fleet.roll(roll.pop, { image: roll.wanted, settings: roll.settings });
    return { changesNode: false, seconds: 1, act };
  });
  const { placement } = plan;
  const places: Step[] =
    placement === undefined
      ? []
      : [{ changesNode: false, seconds: 0, act: () => fleet.place(placement.pops) }];
  const rest = (seconds: number): Step => ({ changesNode: false, seconds, act: () => undefined });
  if (destroys.length + launches.length === 0) return [...places, ...rolls];
  return [
    ...destroys,
    rest(times.destroySeconds),
    ...launches,
    rest(times.launchSeconds),
    ...places,
    ...rolls,
  ];
}
