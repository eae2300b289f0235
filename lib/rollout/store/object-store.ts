/**
 * Where rollouts keep their lock and their history: small texts by key, written on conditions, so
 * that of two who write at once one gets to know that the other was first.
 */
export interface ObjectStore {
  /** For messages: what a key lies in, e.g. `s3://routed-dev-111111111111-snapshots`. */
  readonly location: string;
  /** Null where there is no such object. @throws MissingStore, RoutedError `unreadable-aws` */
  get(key: string): Promise<StoredObject | null>;
  /**
   * Writes an object, whatever was there.
   *
   * @throws MissingStore, RoutedError `unreadable-aws`
   */
  put(key: string, body: string): Promise<void>;
  /**
   * Writes an object where it is still as the caller knows it.
   *
   * @param tag of the version that was read; null: there was none
   * @returns the new version's tag, or null where somebody else wrote first
   * @throws MissingStore, RoutedError `unreadable-aws`; whether it was written is then unknown
   */
  putIfUnchanged(key: string, body: string, tag: string | null): Promise<string | null>;
  /** The keys that begin so, sorted. @throws MissingStore, RoutedError `unreadable-aws` */
  list(prefix: string): Promise<readonly string[]>;
}

export interface StoredObject {
  readonly body: string;
  /** Changes with each version of the object. */
  readonly tag: string;
}

/** The store itself isn't there yet: an environment's bucket comes with its first deploy. */
export class MissingStore extends Error {
  constructor(location: string, options: { readonly cause?: unknown } = {}) {
    super(`${location} doesn't exist`, options);
  }
}

/** What rollouts keep lies below this in every store. */
export const ROLLOUTS_PREFIX = "rollouts/";
