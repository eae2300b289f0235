import { randomUUID } from "node:crypto";
import { messageOf, RoutedError } from "../../errors";
import { parseLock, renderLock } from "./lock-record";
import type { LockRecord } from "./lock-record";
import type { Machine } from "./machine";
import { ROLLOUTS_PREFIX } from "./object-store";
import type { ObjectStore, StoredObject } from "./object-store";
import type { Clock, LockHolder, LockPort } from "../ports";

/** The lock's key, in the environment's bucket. */
export const LOCK_KEY = `${ROLLOUTS_PREFIX}lock.json`;

/** How long it is held without being renewed. */
const LIFETIME_SECONDS = 300;

/** An expired lock is taken over only after this, since clocks of two machines may differ. */
const CLOCKS_DIFFER_MILLISECONDS = 60_000;

/** A lock that is released and taken by others all the time is given up after so many attempts. */
const ATTEMPTS = 3;

export interface ObjectLockOptions {
  readonly environment: string;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly machine: Machine;
}

/**
 * One rollout at a time, by one object that is written only where it is still as its writer knows
 * it. It is released by being overwritten, never deleted: so every version tells who had it.
 *
 * Example: alice reads that the lock is free, with ETag 1, and so does bob. Alice writes if the ETag is
 * still 1, which makes it 2; bob's write with `If-Match: 1` is refused, and he is told that alice has it.
 * Alice dies. Once her lock has expired, and a minute more, bob writes with `If-Match: 2`. Should
 * alice's process wake, her renewal with `If-Match: 2` is refused: it has lost the lock, and stops.
 *
 * An answer that was lost leaves open whether the write took place. Each holder's token in the
 * object tells: a write that seems to have failed was carried out where the token is one's own.
 */
export class ObjectLock implements LockPort {
  readonly lifetimeSeconds = LIFETIME_SECONDS;
  private readonly token = randomUUID();
  /** The version that this rollout wrote; null while it holds nothing. */
  private held: { readonly record: LockRecord; readonly tag: string } | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ObjectLockOptions) {}

  acquire(breakReason: string | undefined): Promise<void> {
    return this.inTurn(() => this.take(breakReason));
  }

  renew(): Promise<void> {
    return this.inTurn(async () => {
      const { record } = this.require();
      const expiresAt = this.expiry();
      if (!(await this.replace({ ...record, expiresAt }))) await this.refuseAsLost();
    });
  }

  release(): Promise<void> {
    return this.inTurn(async () => {
      if (this.held === null) return;
      await this.replace({ ...this.held.record, releasedAt: this.now() });
      this.held = null;
    });
  }

  async holder(): Promise<LockHolder | null> {
    const current = await this.options.store.get(LOCK_KEY);
    const record = current === null ? null : await this.read(current);
    if (record === null || !this.isHeld(record)) return null;
    const { operator, acquiredAt, expiresAt } = record;
    return { operator, acquiredAt, expiresAt };
  }

  /** One after the other: a renewal must not meet a release under way. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = this.last.then(act);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async take(breakReason: string | undefined): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const current = await this.options.store.get(LOCK_KEY);
      const before = current === null ? null : await this.readToTake(current, breakReason);
      const isHeld = before !== null && before.token !== this.token && this.isHeld(before);
      if (isHeld && breakReason === undefined) throw this.heldBy(before);
      const isUnknown = current !== null && before === null;
      const broken =
        breakReason !== undefined && (isHeld || isUnknown)
          ? { reason: breakReason, at: this.now(), operator: before?.operator ?? "unknown" }
          : null;
      if (await this.write(this.fresh(broken), current?.tag ?? null)) return;
    }
    throw new RoutedError(
      "locked",
      `${this.options.environment}: somebody else takes and releases the lock at ${this.where()} all the time; find out who, and run again`,
    );
  }

  private fresh(broken: LockRecord["broken"]): LockRecord {
    const { environment, machine } = this.options;
    return {
      formatVersion: 1,
      environment,
      operator: machine.operator,
      pid: machine.pid,
      processSpace: machine.processSpace,
      token: this.token,
      acquiredAt: this.now(),
      expiresAt: this.expiry(),
      releasedAt: null,
      broken,
    };
  }

  /** Writes the next version of what this rollout holds. @returns false where it holds it no more */
  private async replace(record: LockRecord): Promise<boolean> {
    if (await this.write(record, this.require().tag)) return true;
    const current = await this.options.store.get(LOCK_KEY);
    if (current === null || !(await this.isOwn(current))) return false;
    // The answer to an earlier write was lost: this is the version that it wrote.
    return this.write(record, current.tag);
  }

  private async write(record: LockRecord, tag: string | null): Promise<boolean> {
    const { store } = this.options;
    const body = renderLock(record);
    const written = await store
      .putIfUnchanged(LOCK_KEY, body, tag)
      .catch(async (error: unknown) => {
        const current = await store.get(LOCK_KEY).catch(() => null);
        if (current?.body !== body) throw error;
        return current.tag;
      });
    if (written !== null) {
      this.held = { record, tag: written };
      return true;
    }
    // The SDK repeats a write whose answer was lost, and then meets its own.
    const current = await store.get(LOCK_KEY);
    if (current?.body !== body) return false;
    this.held = { record, tag: current.tag };
    return true;
  }

  private async isOwn({ body }: StoredObject): Promise<boolean> {
    const record = await parseLock(body).catch(() => null);
    return record?.token === this.token && record.releasedAt === null;
  }

  private async refuseAsLost(): Promise<never> {
    const current = await this.options.store.get(LOCK_KEY);
    this.held = null;
    const record = current === null ? null : await this.read(current);
    const { environment } = this.options;
    const advice = "nothing more is changed; look at the environment, then run again";
    if (record === null) {
      throw new RoutedError(
        "locked",
        `${environment}: the lock at ${this.where()} was taken away; ${advice}`,
      );
    }
    const why = record.broken === null ? "" : ` by --break-lock (${record.broken.reason})`;
    throw new RoutedError(
      "locked",
      `${environment}: ${nameOf(record)} took the lock at ${record.acquiredAt}${why}; ${advice}`,
    );
  }

  private heldBy(record: LockRecord): RoutedError {
    const { acquiredAt, expiresAt } = record;
    return new RoutedError(
      "locked",
      `${this.options.environment}: ${nameOf(record)} runs a rollout since ${acquiredAt} and holds the lock at ${this.where()} until ${expiresAt} or longer; wait for its end, or if it is dead, run again after that time or with --break-lock "<reason>"`,
    );
  }

  /** Not where its time is over, or its holder was a process of this machine that is gone. */
  private isHeld(record: LockRecord): boolean {
    if (record.releasedAt !== null) return false;
    const { clock, machine } = this.options;
    if (clock.now() >= Date.parse(record.expiresAt) + CLOCKS_DIFFER_MILLISECONDS) return false;
    const { processSpace } = record;
    const isKnown = processSpace !== null && processSpace === machine.processSpace;
    return !isKnown || machine.isAlive(record.pid);
  }

  /** @returns null where it is no lock, and is to be broken; @throws RoutedError where it isn't to be */
  private async readToTake(
    current: StoredObject,
    breakReason: string | undefined,
  ): Promise<LockRecord | null> {
    return breakReason === undefined
      ? this.read(current)
      : parseLock(current.body).catch(() => null);
  }

  private async read({ body }: StoredObject): Promise<LockRecord> {
    return parseLock(body).catch((error: unknown) => {
      throw new RoutedError(
        "locked",
        `${this.options.environment}: what lies at ${this.where()} is no lock of this program: ${messageOf(error)}; find out who wrote it, then run again with --break-lock "<reason>"`,
        { cause: error },
      );
    });
  }

  private require(): { readonly record: LockRecord; readonly tag: string } {
    if (this.held !== null) return this.held;
    throw new RoutedError("invariant-violated", "the lock is used before it is taken");
  }

  private where(): string {
    return `${this.options.store.location}/${LOCK_KEY}`;
  }

  private now(): string {
    return new Date(this.options.clock.now()).toISOString();
  }

  private expiry(): string {
    return new Date(this.options.clock.now() + LIFETIME_SECONDS * 1000).toISOString();
  }
}

function nameOf({ operator, pid }: LockRecord): string {
  return `${operator} (process ${pid})`;
}
