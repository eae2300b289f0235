import { MissingStore } from "./object-store";
import { byRolloutAndWave } from "./object-history";
import type { HistoryPort, LockHolder, LockPort, WaveRecord } from "../ports";

/**
 * The lock of an environment that may have no bucket yet, since its first deploy makes it: until
 * then a local one is held, which only those see who share the folder. As soon as there is the
 * bucket, a renewal takes the real lock.
 */
export class FirstDeployLock implements LockPort {
  readonly lifetimeSeconds: number;
  private held: LockPort | null = null;

  /** @param note is told once that the lock is local, and what that means */
  constructor(
    private readonly bucket: LockPort,
    private readonly local: LockPort,
    private readonly note: (line: string) => void,
  ) {
    this.lifetimeSeconds = bucket.lifetimeSeconds;
  }

  async acquire(breakReason: string | undefined): Promise<void> {
    if (await exists(this.bucket.acquire(breakReason))) {
      this.held = this.bucket;
      return;
    }
    await this.local.acquire(breakReason);
    this.held = this.local;
    this.note(
      "the environment has no bucket yet, so the lock is a local file: only rollouts from this folder see it; until the first wave has made the bucket, start no other elsewhere",
    );
  }

  async renew(): Promise<void> {
    if (this.held === this.local && (await exists(this.bucket.acquire(undefined)))) {
      this.held = this.bucket;
      await this.local.release();
      return;
    }
    await (this.held ?? this.bucket).renew();
  }

  async release(): Promise<void> {
    await this.held?.release();
    this.held = null;
  }

  holder(): Promise<LockHolder | null> {
    return this.bucket.holder().catch((error: unknown) => {
      if (error instanceof MissingStore) return this.local.holder();
      throw error;
    });
  }
}

/** The history of an environment that may have no bucket yet: kept in a folder until it has. */
export class FirstDeployHistory implements HistoryPort {
  constructor(
    private readonly bucket: HistoryPort,
    private readonly local: HistoryPort,
  ) {}

  async store(record: WaveRecord): Promise<void> {
    if (!(await exists(this.bucket.store(record)))) await this.local.store(record);
  }

  /** Of a wave that is in both, what the bucket holds: it is the later one. */
  async list(): Promise<readonly WaveRecord[]> {
    const [stored, kept] = await Promise.all([
      this.bucket.list().catch((error: unknown) => {
        if (error instanceof MissingStore) return [];
        throw error;
      }),
      this.local.list(),
    ]);
    const isStored = (one: WaveRecord): boolean =>
      stored.some(({ rolloutId, wave }) => rolloutId === one.rolloutId && wave === one.wave);
    return [...stored, ...kept.filter((one) => !isStored(one))].sort(byRolloutAndWave);
  }
}

/** False where the store is missing that something was to be done in. */
async function exists(done: Promise<void>): Promise<boolean> {
  try {
    await done;
    return true;
  } catch (error) {
    if (error instanceof MissingStore) return false;
    throw error;
  }
}
