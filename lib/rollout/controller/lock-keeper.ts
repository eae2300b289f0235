import { messageOf, RoutedError } from "../../errors";
import type { Clock, LockPort } from "../ports";

/** Renewals within one lifetime. */
const RENEWALS = 3;
/** Tries of one renewal, where it couldn't be asked. */
const TRIES = 3;
const RETRY_MS = 2_000;

/**
 * Keeps the lock while its rollout lives. It is lost once somebody else holds it, or once it
 * couldn't be renewed for its whole lifetime: then nothing of the environment may be touched.
 */
export class LockKeeper {
  private readonly ended = new AbortController();
  private readonly losing = new AbortController();
  private renewedAt: number;
  private keeping: Promise<void> | undefined;
  private renewing: Promise<boolean> | undefined;
  /** Why it was lost. */
  private why = "";

  constructor(
    private readonly lock: LockPort,
    private readonly clock: Clock,
  ) {
    this.renewedAt = clock.now();
  }

  /** Aborts when the lock is lost. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  get reason(): string {
    return this.why;
  }

  /** Renews it from time to time, from now on and until `stop`. */
  start(): void {
    this.keeping = this.keep();
  }

  /** No renewal is under way once this has ended. */
  async stop(): Promise<void> {
    this.ended.abort();
    await this.keeping;
    await this.renewing;
  }

  /**
   * Renews it at once: asked before anything of the environment is changed. Renewals never overlap,
   * since each goes by what the one before has written.
   *
   * @returns whether it is held
   */
  async confirm(): Promise<boolean> {
    this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async renew(): Promise<boolean> {
    for (let attempt = 1; !this.lost.aborted; attempt += 1) {
      const asked = this.clock.now();
      try {
        await this.lock.renew();
        this.renewedAt = asked;
        return !this.lost.aborted;
      } catch (error) {
        const message = messageOf(error);
        if (error instanceof RoutedError && error.code === "locked") this.lose(message);
        else if (this.clock.now() >= this.expiresAt()) {
          this.lose(`it could not be renewed before it expired: ${message}`);
        }
        if (attempt >= TRIES || this.ended.signal.aborted) return false;
        await this.clock.sleep(RETRY_MS, this.ended.signal);
      }
    }
    return false;
  }

  private async keep(): Promise<void> {
    const interval = (this.lock.lifetimeSeconds * 1000) / RENEWALS;
    while (!this.ended.signal.aborted && !this.lost.aborted) {
      await this.clock.sleep(interval, this.ended.signal);
      if (!this.ended.signal.aborted) await this.confirm();
    }
  }

  private expiresAt(): number {
    return this.renewedAt + this.lock.lifetimeSeconds * 1000;
  }

  private lose(why: string): void {
    this.why ||= why;
    this.losing.abort();
  }
}
