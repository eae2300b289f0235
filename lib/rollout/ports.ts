import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import type { PlanOptions } from "../plan/plan-upgrade";
import type { UpgradePlan } from "../plan/upgrade-plan";
import type { WavePhase } from "./wave-steps";

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
  /** Who runs the rollout, for the lock and the history, e.g. `alice@laptop`. */
  readonly operator: string;
}

/** What the adapters need beside the environment. */
export interface RolloutWorldOptions {
  readonly variables: NodeJS.ProcessEnv;
  /**
   * A local folder for the history.
   * @default - the environment's bucket
   */
  readonly historyDirectory?: string;
  /**
   * CloudWatch alarms of the environment's account and region that close the gate.
   * @default - none
   */
  readonly alarms?: readonly string[];
  /**
   * The operator's own check, run by the shell.
   * @default - the gate is always open
   */
  readonly gateCommand?: string;
  /**
   * Is told what an operator should know of what the adapters do by themselves, one sentence each.
   * @default - nobody
   */
  readonly note?: (message: string) => void;
}

/** Looks at the environment anew: observation, plan and the waves after it. */
export interface FleetPort {
  /** @throws RoutedError where the environment can't be observed or planned */
  look(options: PlanOptions): Promise<PlannedEnvironment>;
}

/** Synthesis, Terraform's plan, its proof, and the apply of exactly that plan. */
export interface DeployPort {
  /**
   * Checks, before anything is touched, what can be checked quickly: AWS's quotas.
   *
   * @throws RoutedError where the wave can't succeed
   */
  preflight(planned: PlannedEnvironment): Promise<void>;
  /**
   * Synthesizes with the same options, which observes and plans anew, plans with Terraform and
   * verifies that plan. Changes nothing.
   *
   * @param signal may end it early, with an error
   * @throws RoutedError where any of it fails, or the plan isn't proved to be safe
   */
  prepare(options: PlanOptions, signal: AbortSignal): Promise<PreparedDeploy>;
  /**
   * Whether what was prepared could be applied now: nobody holds the state's lock, and the state is
   * the one that the plan was made from. Changes nothing.
   *
   * @param signal may end it early, with an error
   * @throws RoutedError `stale-plan` where it couldn't
   */
  probe(prepared: PreparedDeploy, signal: AbortSignal): Promise<void>;
  /**
   * Applies the plan that was verified, and no other. Nothing ends it early: not a signal to the
   * process group either (a terminal's Ctrl-C must not reach Terraform).
   *
   * @param report is told what Terraform does, line by line
   * @throws RoutedError where Terraform fails; it has ended then
   */
  apply(prepared: PreparedDeploy, report: (line: string) => void): Promise<void>;
}

export interface PreparedDeploy {
  /** The upgrade plan that the synthesis used. */
  readonly plan: UpgradePlan;
  /** Terraform's saved plan. */
  readonly planFile: string;
  /** The verdict of `routed verify`, as its JSON. */
  readonly verdict: Readonly<Record<string, unknown>>;
  /** The same for people. */
  readonly told: string;
  /** Whether Terraform has nothing to do. */
  readonly changesNothing: boolean;
  /** PoPs of which ECS is to start all tasks anew, by name. */
  readonly restarts: readonly string[];
}

/** Takes nodes out of service through ECS before they are replaced. All calls can be repeated. */
export interface DrainPort {
  /**
   * Sets the nodes' container instances to DRAINING, and notes on them who did; one that is so already
   * stays as it is, and an instance that isn't registered in the cluster is passed over.
   *
   * @param by the rollout's id
   */
  start(instanceIds: readonly string[], by: string): Promise<void>;
  /** How many tasks still run on the nodes, those that are being stopped included. */
  tasksLeft(instanceIds: readonly string[]): Promise<number>;
  /** Sets those that still exist and that a rollout drained back to ACTIVE: not what a person drained. */
  undo(instanceIds: readonly string[]): Promise<void>;
}

/** One rollout per environment at a time, where all operators see it. */
export interface LockPort {
  /** How long it is held without being renewed; the controller renews it three times as often. */
  readonly lifetimeSeconds: number;
  /**
   * Takes the lock, or fails with its owner's name and when it expires. An expired lock is taken
   * over.
   *
   * @param breakReason takes it over from whoever holds it, and is stored with it
   * @throws RoutedError `locked`
   */
  acquire(breakReason: string | undefined): Promise<void>;
  /**
   * Prolongs it.
   *
   * @throws RoutedError `locked` where somebody else holds it by now; any other error means that
   *   it couldn't be asked, and is tried again
   */
  renew(): Promise<void>;
  /** Gives it back; one that is somebody else's by now stays. */
  release(): Promise<void>;
  /** Who holds it now; null where nobody does, or where it has expired. */
  holder(): Promise<LockHolder | null>;
}

export interface LockHolder {
  readonly operator: string;
  /** ISO 8601, UTC. */
  readonly acquiredAt: string;
  readonly expiresAt: string;
}

/** One record for each wave, stored where all operators see it. */
export interface HistoryPort {
  /** Stores a wave's record, in place of an earlier one of the same rollout and wave. */
  store(record: WaveRecord): Promise<void>;
  /**
   * Oldest first, by rollout and wave.
   *
   * @throws RoutedError `unreadable-history` where a record can't be read
   */
  list(): Promise<readonly WaveRecord[]>;
}

export interface WaveRecord {
  readonly formatVersion: 1;
  readonly environment: string;
  /**
   * The same for all waves of one rollout, also after it was resumed; sorts by its start, e.g.
   * `2026-03-01T10-00-00Z-1f3a`.
   */
  readonly rolloutId: string;
  /** The rollout before which the fleet is brought back to; null where it follows the config. */
  readonly to: string | null;
  /** A digest of the fleet that the rollout leads to: a rollout with another one isn't resumed. */
  readonly goal: string;
  /** 1 for the rollout's first wave. */
  readonly wave: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Null while it runs. */
  readonly endedAt: string | null;
  /** Who ran it. */
  readonly operator: string;
  /** The upgrade plan that is carried out; `observed` holds every node's spec before the wave. */
  readonly plan: UpgradePlan;
  /** What the plan was made from. */
  readonly observation: PlannedEnvironment["observation"];
  /** Null until Terraform's plan was verified. */
  readonly verdict: Readonly<Record<string, unknown>> | null;
  /**
   * - `running`: it runs, or its controller was killed.
   * - `done`: its nodes were available throughout the bake, and the gate said yes.
   * - `failed`: something went wrong.
   * - `aborted`: nothing was applied.
   * - `applied`: it was applied by `routed deploy`, which doesn't wait for its nodes.
   * - `interrupted`: it was applied, and an operator stopped the rollout before the end of the bake.
   */
  readonly result: "running" | "done" | "failed" | "aborted" | "applied" | "interrupted";
  /** What a person should know of the result, e.g. why it failed. */
  readonly message: string;
  /** Seconds that each phase took. */
  readonly seconds: Readonly<Partial<Record<WavePhase, number>>>;
}

/** What may say no to a wave: CloudWatch alarms, and an operator's own check, e.g. a BGP check. */
export interface GatePort {
  /**
   * Asks it. One that can't be run, or takes too long, is not open.
   *
   * @param signal may end it early
   */
  ask(question: GateQuestion, signal: AbortSignal): Promise<GateAnswer>;
}

/** What a gate may want to know; a command gets it as environment variables. */
export interface GateQuestion {
  /** ROUTED_GATE. */
  readonly when: "before-wave" | "after-bake";
  /** ROUTED_ENVIRONMENT. */
  readonly environment: string;
  /** ROUTED_ROLLOUT. */
  readonly rolloutId: string;
  /** ROUTED_WAVE. */
  readonly wave: number;
  /** The slots that the wave changes; ROUTED_NODES, e.g. `0,2`. */
  readonly slots: readonly number[];
  /** The PoPs that the wave rolls to another image; ROUTED_POPS, e.g. `pop1,pop2`. */
  readonly pops: readonly string[];
}

export interface GateAnswer {
  readonly open: boolean;
  /** What the gate said, e.g. "exit status 1". */
  readonly message: string;
  /**
   * The end of what a command wrote: for who watches, and for nobody else, since it may hold anything.
   * @default - nothing
   */
  readonly output?: string;
}

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Ends early, without an error, when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
