import type { Clock } from "../../../lib/rollout/ports";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Real time that a step of the simulation may take; one that takes longer hangs. */
const NEVER = new Promise<never>(() => undefined);

/**
 * Time that passes only when everybody sleeps: then it jumps to the next one who wakes. Nothing
 * ever sleeps for real, and equal runs are equal.
 */
export class FakeTime implements Clock {
  private readonly timers: Timer[] = [];
  private order = 0;
  private current: number;
  /** Called after each jump. */
  onJump: () => void = () => undefined;

  constructor(start = "2026-03-02T10:00:00Z") {
    this.current = Date.parse(start);
  }

  now(): number {
    return this.current;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.at(this.current + Math.max(0, milliseconds), () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      });
      const abort = (): void => {
        cancel();
        resolve();
      };
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Does something at a time. @returns what calls it off */
  at(time: number, wake: () => void): () => void {
    const timer: Timer = { at: time, order: (this.order += 1), wake };
    const index = this.timers.findIndex((other) => other.at > timer.at);
    if (index < 0) this.timers.push(timer);
    else this.timers.splice(index, 0, timer);
    return () => {
      const position = this.timers.indexOf(timer);
      if (position >= 0) this.timers.splice(position, 1);
    };
  }

  /** Lets time pass until `promise` settles. @throws Error where nobody is left to wake, or after `until` */
  async during<T>(promise: Promise<T>, until = Infinity): Promise<T> {
    let settled = false;
    const settle = (): void => void (settled = true);
    promise.then(settle, settle);
    for (;;) {
      await allReady();
      if (settled) return promise;
      const next = this.timers.shift();
      if (!next) throw new Error("nothing is left to happen, and yet it has not ended");
      if (next.at > until) throw new Error(`it has not ended by ${new Date(until).toISOString()}`);
      this.current = next.at;
      next.wake();
      this.onJump();
    }
  }

  /** Lets some seconds pass. */
  async pass(seconds: number): Promise<void> {
    await this.during(this.sleep(seconds * 1000));
  }
}

/** Everything that can go on without time has gone on. */
function allReady(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export { NEVER };
