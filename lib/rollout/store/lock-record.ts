import { parseJson, requireFormat, requireShape } from "../../files/record-shape";
import type { Shape } from "../../files/record-shape";

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

const TIME = { type: "timestamp" } as const;
const SHAPE: Shape<Omit<LockRecord, "formatVersion">> = {
  properties: {
    environment: { type: "string" },
    operator: { type: "string" },
    pid: { type: "uint32" },
    processSpace: { type: "string", nullable: true },
    token: { type: "string" },
    acquiredAt: TIME,
    expiresAt: TIME,
    releasedAt: { ...TIME, nullable: true },
    broken: {
      properties: { operator: { type: "string" }, reason: { type: "string" }, at: TIME },
      nullable: true,
    },
  },
};

/** @throws MalformedRecord */
export async function parseLock(text: string): Promise<LockRecord> {
  return { formatVersion: 1, ...(await requireShape(SHAPE, requireFormat(1, parseJson(text)))) };
}
