/** What lies in the lock's object. Times are ISO 8601 in UTC. */
export interface LockRecord {
  readonly formatVersion: 1;
  readonly environment: string;
  /** Who holds it: `user@host`. */
  readonly operator: string;
  readonly pid: number;
  /** See `Machine.processSpace`. */
  readonly processSpace: string | null;
  /** Of one rollout's process, and of no other. */
  readonly token: string;
  readonly acquiredAt: string;
  /** When somebody else may take it, unless it is renewed before. */
  readonly expiresAt: string;
  /** Null while it is held. */
  readonly releasedAt: string | null;
  /** From whom it was taken before its time, and why. */
  readonly broken: {
    readonly operator: string;
    readonly reason: string;
    readonly at: string;
  } | null;
}

export function renderLock(record: LockRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** @returns null where the text is no lock */
export function parseLock(text: string): LockRecord | null {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof record !== "object" || record === null) return null;
  const fields = record as Readonly<Record<string, unknown>>;
  const isText = (name: string): boolean => typeof fields[name] === "string";
  const isTextOrNull = (name: string): boolean => fields[name] === null || isText(name);
  const isLock =
    fields["formatVersion"] === 1 &&
    ["environment", "operator", "token", "acquiredAt", "expiresAt"].every(isText) &&
    ["processSpace", "releasedAt"].every(isTextOrNull) &&
    Number.isInteger(fields["pid"]) &&
    !Number.isNaN(Date.parse(String(fields["expiresAt"]))) &&
    typeof fields["broken"] === "object";
  return isLock ? (record as LockRecord) : null;
}
