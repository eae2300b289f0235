import type { EcsHealth, Observation } from "../../lib/observe/observation";
import type { DesiredFleet } from "../../lib/plan/desired/desired-fleet";
import { planUpgrade } from "../../lib/plan/plan-upgrade";
import type { PlanOptions } from "../../lib/plan/plan-upgrade";
import { simulateWave } from "../../lib/plan/simulate/simulate-wave";
import type { UpgradePlan } from "../../lib/plan/upgrade-plan";

/**
 * AWS around the planner, with a clock of ticks: a replaced node boots, registers, and rebuilds each
 * of its tasks for some ticks until they are healthy. Deploys come whenever a test says so.
 */
export class SimulatedWorld {
  /** Instance id → the tick at which its tasks are healthy. */
  private readonly healthyAt = new Map<string, number>();
  private tick = 0;

  constructor(
    /** Everything well. */
    private settled: Observation,
    private readonly rebuildTicks: number,
    /** Whether nothing ever gets well on an AMI. */
    private readonly isBad: (amiId: string) => boolean = () => false,
  ) {}

  pass(ticks: number): void {
    this.tick += ticks;
  }

  /** What AWS holds at this tick. */
  observe(): Observation {
    const { health } = this.settled;
    if (health.source !== "ecs") return this.settled;
    return { ...this.settled, health: this.healthNow(health) };
  }

  /** A deploy by what was observed at this tick. */
  deploy(desired: DesiredFleet, options: PlanOptions = {}): UpgradePlan {
    const plan = planUpgrade(desired, this.observe(), options);
    this.apply(plan);
    return plan;
  }

  /** What Terraform does with a plan: new instances start their rebuild now. */
  apply(plan: UpgradePlan): void {
    if (plan.status !== "staged") return;
    const before = new Map(this.settled.instances.map((i) => [i.instanceId, i]));
    const after = simulateWave(this.settled, plan);
    // What a deploy doesn't change doesn't get well by it.
    this.settled = {
      ...after,
      instances: after.instances.map((i) => before.get(i.instanceId) ?? i),
    };
    for (const { amiId, instanceId } of after.instances) {
      if (before.has(instanceId)) continue;
      this.healthyAt.set(instanceId, this.isBad(amiId) ? Infinity : this.tick + this.rebuildTicks);
    }
  }

  /** A newer image, or whatever else changes without a deploy. */
  change(how: (observation: Observation) => Observation): void {
    this.settled = how(this.settled);
  }

  /** Slots whose tasks are all healthy now. */
  healthySlots(): number[] {
    return this.settled.instances
      .filter(({ instanceId }) => this.isHealthy(instanceId))
      .map(({ slot }) => slot ?? -1)
      .sort((a, b) => a - b);
  }

  /** ENI and EIP of each slot. */
  addresses(): string {
    const { networkInterfaces, elasticIps } = this.settled;
    return JSON.stringify([
      networkInterfaces.map(({ slot, networkInterfaceId }) => [slot, networkInterfaceId]),
      elasticIps.map(({ slot, allocationId }) => [slot, allocationId]),
    ]);
  }

  private isHealthy(instanceId: string): boolean {
    return (this.healthyAt.get(instanceId) ?? 0) <= this.tick;
  }

  private healthNow(health: EcsHealth): EcsHealth {
    const instanceOf = new Map(
      health.containerInstances.map((c) => [c.containerInstanceArn, c.instanceId ?? ""]),
    );
    return {
      ...health,
      tasks: health.tasks.map((task) =>
        this.isHealthy(instanceOf.get(task.containerInstanceArn ?? "") ?? "")
          ? task
          : { ...task, healthStatus: "UNKNOWN" as const },
      ),
    };
  }
}
