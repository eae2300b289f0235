import type { PlannedEnvironment } from "../observe-and-plan";
import type { UpgradePlan } from "../plan/upgrade-plan";

/**
 * The world as the rollout's controller needs it. Everything with an effect comes in through these
 * ports, so that the controller can be run against a simulated world with fake time.
 */
export interface RolloutWorld {
  readonly fleet: FleetPort;
  readonly deployer: DeployPort;
  readonly drainer: DrainPort;
  readonly lock: LockPort;
  readonly history: HistoryPort;
  readonly gate: GatePort;
  readonly clock: Clock;
}

/** Looks at the environment anew: observation, plan and the waves after it. */
export interface FleetPort {
  /** @throws RoutedError where the environment can't be observed or planned */
  look(): Promise<PlannedEnvironment>;
}

/** Synthesis, Terraform's plan, its proof, and the apply of exactly that plan. */
export interface DeployPort {
  /**
   * Runs pre-flight and synthesis, plans with Terraform and verifies that plan.
   *
   * @throws RoutedError where any of it fails, or the plan isn't proved to be safe
   */
  prepare(): Promise<PreparedDeploy>;
  /** Applies the plan that was verified, and no other. @throws RoutedError where Terraform fails */
  apply(prepared: PreparedDeploy): Promise<void>;
}

export interface PreparedDeploy {
  /** The upgrade plan that the synthesis used. */
  readonly plan: UpgradePlan;
  /** Terraform's saved plan. */
  readonly planFile: string;
  /** The verdict of `routed verify`, as its JSON. */
  readonly verdict: unknown;
}

/** Takes nodes out of service through ECS before they are replaced. */
export interface DrainPort {
  /** Sets the nodes' container instances to DRAINING; one that is so already stays so. */
  start(instanceIds: readonly string[]): Promise<void>;
  /** How many tasks still run on the nodes. */
  tasksLeft(instanceIds: readonly string[]): Promise<number>;
  /** Sets those that still exist back to ACTIVE. */
  undo(instanceIds: readonly string[]): Promise<void>;
}

/** One rollout per environment at a time, where all operators see it. */
export interface LockPort {
  /**
   * Takes the lock, or fails with its owner's name. An expired lock is taken over.
   *
   * @throws RoutedError `locked`
   */
  acquire(): Promise<void>;
  /** Prolongs it. @throws RoutedError `locked` where somebody else holds it by now */
  renew(): Promise<void>;
  /** Gives it back; one that is somebody else's by now stays. */
  release(): Promise<void>;
}

/** One record for each wave, stored where all operators see it. */
export interface HistoryPort {
  append(record: WaveRecord): Promise<void>;
  /** Oldest first. */
  list(): Promise<readonly WaveRecord[]>;
}

export interface WaveRecord {
  readonly formatVersion: 1;
  readonly environment: string;
  /** The same for all waves of one rollout, also after it was resumed; sorts by its start. */
  readonly rolloutId: string;
  /** 1 for the rollout's first wave. */
  readonly wave: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Who ran it. */
  readonly operator: string;
  readonly plan: UpgradePlan;
  readonly observation: PlannedEnvironment["observation"];
  readonly verdict: unknown;
  readonly result: "done" | "failed" | "aborted";
  /** What a person should know of the result, e.g. why it failed. */
  readonly message: string;
  /** Seconds that each phase took. */
  readonly seconds: Readonly<Partial<Record<WavePhase, number>>>;
}

export type WavePhase = "gate" | "drain" | "prepare" | "apply" | "wait" | "bake";

/** An operator's own check, e.g. a Prometheus query or a BGP check. */
export interface GatePort {
  ask(when: "before-wave" | "after-bake"): Promise<GateAnswer>;
}

export interface GateAnswer {
  readonly open: boolean;
  /** What the gate said. */
  readonly message: string;
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Ends early, without an error, when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
