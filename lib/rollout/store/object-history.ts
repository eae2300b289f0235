import { messageOf, RoutedError } from "../../errors";
import { mapConcurrently } from "../../aws/concurrency";
import { ROLLOUTS_PREFIX } from "./object-store";
import type { ObjectStore } from "./object-store";
import type { HistoryPort, WaveRecord } from "../ports";
import { parseWaveRecord } from "../wave-record";

/** Objects that are read at once; each is some 100 kB. */
const READS_AT_ONCE = 8;

/** `rollouts/<rollout's id>/<wave>.json`, the wave with 4 digits at least. */
const RECORD_KEY = /^rollouts\/([^/]+)\/(\d{4,})\.json$/;

/** The history as one object for each wave: `rollouts/<rollout's id>/<wave>.json`. */
export class ObjectHistory implements HistoryPort {
  /** @param environment whose records count: a local folder may hold several environments' */
  constructor(
    private readonly objects: ObjectStore,
    private readonly environment: string,
  ) {}

  /** @throws RoutedError `unreadable-history`, MissingStore */
  async store(record: WaveRecord): Promise<void> {
    await this.objects.put(keyOf(record), `${JSON.stringify(record)}\n`);
  }

  /** @throws RoutedError `unreadable-history`, MissingStore */
  async list(): Promise<readonly WaveRecord[]> {
    const keys = (await this.objects.list(ROLLOUTS_PREFIX)).filter((key) => RECORD_KEY.test(key));
    const records = await mapConcurrently(keys, READS_AT_ONCE, (key) => this.read(key));
    return records
      .filter(({ environment }) => environment === this.environment)
      .sort(byRolloutAndWave);
  }

  private async read(key: string): Promise<WaveRecord> {
    const object = await this.objects.get(key);
    if (object === null) throw this.unreadable(key, "it is gone");
    const record = await parseWaveRecord(object.body).catch((error: unknown) => {
      throw this.unreadable(key, messageOf(error), error);
    });
    if (keyOf(record) === key) return record;
    throw this.unreadable(key, `it is the record of ${keyOf(record)}`);
  }

  private unreadable(key: string, why: string, cause?: unknown): RoutedError {
    return new RoutedError(
      "unreadable-history",
      `${this.objects.location}/${key} can't be read as a wave's record: ${why}; restore an earlier version of it, or move it away`,
      { cause },
    );
  }
}

export function byRolloutAndWave(a: WaveRecord, b: WaveRecord): number {
  if (a.rolloutId === b.rolloutId) return a.wave - b.wave;
  return a.rolloutId < b.rolloutId ? -1 : 1;
}

function keyOf({ rolloutId, wave }: WaveRecord): string {
  return `${ROLLOUTS_PREFIX}${rolloutId}/${String(wave).padStart(4, "0")}.json`;
}
