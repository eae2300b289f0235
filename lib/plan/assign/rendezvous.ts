/**
 * How much `key` belongs to `bucket`, from 0 to 2^32 - 1: a hash of the two that is as good as
 * random, and the same for ever. Rendezvous hashing gives a key to the bucket with the highest.
 *
 * FNV-1a with MurmurHash3's finalizer; a cryptographic hash would take ten times as long.
 * @see https://en.wikipedia.org/wiki/Rendezvous_hashing
 */
export function rendezvousScore(key: string, bucket: string): number {
  let hash = 0x811c9dc5;
  const text = `${bucket}/${key}`;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
