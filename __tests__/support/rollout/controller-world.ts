import { RoutedError } from "../../../lib/errors";
import type {
  GateAnswer,
  PreparedDeploy,
  RolloutWorld,
  WaveRecord,
} from "../../../lib/rollout/ports";
import { NEVER } from "./fake-time";
import { LOCK_LIFETIME_SECONDS } from "./simulated-account";
import type { SimulatedAccount } from "./simulated-account";

/** Calls through which the controller reads or changes the world. */
export type PortCall =
  | "look"
  | "preflight"
  | "prepare"
  | "probe"
  | "apply"
  | "drain"
  | "tasks-left"
  | "undo-drain"
  | "acquire"
  | "renew"
  | "release"
  | "store"
  | "list"
  | "gate";

/** What goes wrong, as a test or a seed wants it. */
export interface Trouble {
  /** Whether this call fails; asked once for each. */
  readonly fails?: (call: PortCall) => boolean;
  /** Whether a failing call has its effect all the same: the answer got lost. */
  readonly failsLate?: () => boolean;
  /** Whether the tasks of a node that is drained don't stop. */
  readonly drainHangs?: () => boolean;
  /** Whether Terraform's plan isn't proved. */
  readonly refuses?: () => boolean;
  /** The step after which Terraform fails; Infinity for never. */
  readonly applyBreaksAfter?: () => number;
  readonly gate?: (when: "before-wave" | "after-bake") => GateAnswer;
}

/** Told of what changes the world, before it does. */
export interface Watcher {
  readonly onCall?: (call: PortCall, owner: string) => void;
  readonly onDrain?: (slots: readonly number[], owner: string) => void;
  readonly onApply?: (owner: string) => void;
  readonly onUndo?: (slots: readonly number[]) => void;
  /** Something fails that a rollout can't know of before. */
  readonly onTrouble?: () => void;
}

/**
 * The ports of one controller process. Once it is killed no call of it has an effect or an answer
 * any more, and it never wakes again.
 */
export class ControllerWorld implements RolloutWorld {
  private dead = false;
  private calls = 0;

  constructor(
    private readonly account: SimulatedAccount,
    readonly operator: string,
    private readonly trouble: Trouble = {},
    private readonly watcher: Watcher = {},
    /** The call at which it is killed, and whether after its effect. */
    private readonly killedAt: { readonly call: number; readonly after: boolean } | null = null,
    private readonly onKilled: () => void = () => undefined,
  ) {}

  get isDead(): boolean {
    return this.dead;
  }

  get callCount(): number {
    return this.calls;
  }

  kill(): void {
    if (this.dead) return;
    this.dead = true;
    this.watcher.onTrouble?.();
    this.onKilled();
  }

  /** One call of a port: it may be the last, it may fail, and its answer may get lost. */
  private async call<T>(name: PortCall, seconds: number, act: () => T | Promise<T>): Promise<T> {
    if (this.dead) return NEVER;
    this.calls += 1;
    const isLast = this.killedAt?.call === this.calls;
    if (isLast && this.killedAt?.after === false) this.kill();
    if (this.dead) return NEVER;
    this.watcher.onCall?.(name, this.operator);
    const fails = this.trouble.fails?.(name) === true;
    if (fails) this.watcher.onTrouble?.();
    const late = fails && this.trouble.failsLate?.() === true;
    const failure = new RoutedError("unreadable-aws", `${name} failed, as ordered`);
    if (seconds > 0) await this.account.time.sleep(seconds * 1000);
    if (this.dead) return NEVER;
    if (fails && !late) throw failure;
    let result: T;
    try {
      const acting = act();
      if (isLast) this.kill();
      result = await acting;
    } catch (error) {
      if (this.dead) return NEVER;
      throw error;
    }
    if (this.dead) return NEVER;
    if (late) {
      this.watcher.onTrouble?.();
      throw failure;
    }
    return result;
  }

  readonly clock: RolloutWorld["clock"] = {
    now: () => this.account.time.now(),
    sleep: async (milliseconds, signal) => {
      if (this.dead) return NEVER;
      await this.account.time.sleep(milliseconds, signal);
      return this.dead ? NEVER : undefined;
    },
  };

  readonly fleet: RolloutWorld["fleet"] = {
    look: (options) => this.call("look", 1, () => this.account.plan(options)),
  };

  readonly deployer: RolloutWorld["deployer"] = {
    preflight: () => this.call("preflight", 1, () => undefined),
    prepare: (options) =>
      this.call("prepare", this.account.terraform.times.planSeconds, (): PreparedDeploy => {
        const { terraform } = this.account;
        terraform.requireFree();
        const { plan } = this.account.plan(options);
        if (this.trouble.refuses?.() === true) {
          throw new RoutedError("not-proved", "Terraform's plan is not proved to be safe");
        }
        const changesNothing = !terraform.hasWork(plan);
        const told = changesNothing ? "no changes" : "proved";
        const planFile = String(terraform.stateSerial);
        const restarts = terraform.hasOtherChanges ? terraform.restarts : [];
        return { plan, planFile, verdict: { proved: true }, told, changesNothing, restarts };
      }),
    probe: ({ planFile }) =>
      this.call("probe", 1, () => this.account.terraform.requirePlannable(Number(planFile))),
    apply: ({ plan, planFile }, write) =>
      this.call("apply", 0, () => {
        this.watcher.onApply?.(this.operator);
        const breaksAfter = this.trouble.applyBreaksAfter?.() ?? Infinity;
        return this.account.terraform.apply(plan, Number(planFile), breaksAfter, write);
      }),
  };

  readonly drainer: RolloutWorld["drainer"] = {
    start: (ids, by) =>
      this.call("drain", 0, () => {
        const nodes = this.nodes(ids);
        this.watcher.onDrain?.(
          nodes.map(({ slot }) => slot),
          this.operator,
        );
        for (const node of nodes) {
          const hangs = this.trouble.drainHangs?.() === true;
          if (hangs) this.watcher.onTrouble?.();
          this.account.fleet.drain(node, hangs, by);
        }
      }),
    tasksLeft: (ids) =>
      this.call("tasks-left", 0, () =>
        this.nodes(ids).reduce((sum, node) => sum + this.account.fleet.tasksOn(node), 0),
      ),
    undo: (ids) =>
      this.call("undo-drain", 0, () => {
        const nodes = this.nodes(ids).filter(({ drainedBy }) => drainedBy !== null);
        this.watcher.onUndo?.(nodes.map(({ slot }) => slot));
        for (const node of nodes) this.account.fleet.activate(node);
      }),
  };

  private nodes(ids: readonly string[]) {
    return ids.flatMap((id) => this.account.fleet.byId(id) ?? []);
  }

  readonly lock: RolloutWorld["lock"] = {
    lifetimeSeconds: LOCK_LIFETIME_SECONDS,
    acquire: (breakReason) => this.call("acquire", 0, () => this.acquire(breakReason)),
    renew: () =>
      this.call("renew", 0, () => {
        if (this.account.lock?.owner !== this.operator) throw this.lockedBy();
        this.account.lock.expiresAt = this.expiry();
      }),
    release: () =>
      this.call("release", 0, () => {
        if (this.account.lock?.owner === this.operator) this.account.lock = null;
      }),
    holder: () => Promise.resolve(null),
  };

  private acquire(breakReason: string | undefined): void {
    const { account } = this;
    const isFree = account.lock === null || account.lock.expiresAt <= account.time.now();
    if (!isFree && breakReason === undefined) throw this.lockedBy();
    if (breakReason !== undefined) this.watcher.onTrouble?.();
    account.lock = {
      owner: this.operator,
      acquiredAt: account.time.now(),
      expiresAt: this.expiry(),
    };
  }

  private expiry(): number {
    return this.account.time.now() + LOCK_LIFETIME_SECONDS * 1000;
  }

  private lockedBy(): RoutedError {
    const { lock } = this.account;
    if (!lock) return new RoutedError("locked", "the lock is gone");
    const until = new Date(lock.expiresAt).toISOString();
    return new RoutedError("locked", `${lock.owner} runs a rollout; its lock expires at ${until}`);
  }

  readonly history: RolloutWorld["history"] = {
    store: (record: WaveRecord) =>
      this.call("store", 0, () => {
        const key = `${record.rolloutId}/${String(record.wave).padStart(4, "0")}`;
        this.account.records.set(key, JSON.parse(JSON.stringify(record)) as WaveRecord);
      }),
    list: () => this.call("list", 0, () => this.account.history()),
  };

  readonly gate: RolloutWorld["gate"] = {
    ask: ({ when }) =>
      this.call(
        "gate",
        2,
        () => this.trouble.gate?.(when) ?? { open: true, message: "all sessions are up" },
      ),
  };
}
