import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { messageOf } from "../../errors";
import type { RolloutEvent } from "../events";
import type { RolloutSink, Tell } from "./sink";

export interface WebhookOptions {
  readonly url: string;
  /** What both sides share: the body is signed with it. */
  readonly secret: string;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** @default 10 s */
  readonly timeoutMs?: number;
  /** Before each further try of one delivery. @default 1, 4 and 15 s */
  readonly backOffMs?: readonly number[];
  /** How long deliveries may go on after the rollout's end. @default 30 s */
  readonly graceMs?: number;
}

/** What a webhook is told of; the rest of the events is for those who watch. */
const TOLD: readonly RolloutEvent["type"][] = [
  "rollout-started",
  "wave-started",
  "wave-ended",
  "waiting",
  "rollout-ended",
];

/** What is sent: one event, as `routed rollout --json` prints it, and where it belongs. */
export interface WebhookBody {
  readonly formatVersion: 1;
  /** Unique; a delivery that is tried again has the same. */
  readonly delivery: string;
  readonly environment: string;
  /** Null where no rollout has begun, e.g. because another one runs. */
  readonly rolloutId: string | null;
  readonly event: RolloutEvent;
}

/** The headers that a receiver verifies; see docs/rollout-events.md. */
export const TIMESTAMP_HEADER = "routed-timestamp";
export const SIGNATURE_HEADER = "routed-signature";

/** `v1=` and the HMAC-SHA256, in hexadecimal, of the timestamp, a full stop and the body. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/**
 * Posts what a wave begins and ends with to a URL, signed, in order and one at a time. A delivery
 * that fails is tried three times more, then dropped: told once, and the next ones are tried.
 */
export function webhookSink(environment: string, options: WebhookOptions, tell: Tell): RolloutSink {
  const { url, graceMs = 30_000 } = options;
  const giveUp = new AbortController();
  let rolloutId: string | null = null;
  let count = 0;
  let waitedFor = "";
  let told = false;
  let queue: Promise<void> = Promise.resolve();
  const deliver = async (body: WebhookBody): Promise<void> => {
    try {
      await post(options, JSON.stringify(body), giveUp.signal);
    } catch (error) {
      if (told) return;
      told = true;
      const { origin } = new URL(url);
      tell(`--webhook ${origin} can't be told, the rollout goes on: ${messageOf(error)}`);
    }
  };
  return {
    take: (event) => {
      if (event.type === "rollout-started") rolloutId = event.rolloutId;
      if (!TOLD.includes(event.type)) return;
      // A rollout says at each look what it waits for; a receiver wants to know once.
      const waiting = event.type === "waiting" ? event.message : "";
      const isOld = waiting !== "" && waiting === waitedFor;
      waitedFor = waiting;
      if (isOld) return;
      count += 1;
      const delivery = `${rolloutId ?? `${environment}-${event.at}`}-${count}`;
      const body: WebhookBody = { formatVersion: 1, delivery, environment, rolloutId, event };
      queue = queue.then(() => deliver(body));
    },
    end: async () => {
      const timer = setTimeout(() => giveUp.abort(), graceMs);
      await queue;
      clearTimeout(timer);
    },
  };
}

/** @throws Error where the last try failed, or trying again is no use */
async function post(options: WebhookOptions, body: string, giveUp: AbortSignal): Promise<void> {
  const { backOffMs = [1_000, 4_000, 15_000] } = options;
  for (let attempt = 0; ; attempt += 1) {
    let failure: string;
    try {
      const status = await postOnce(options, body, giveUp);
      if (status >= 200 && status < 300) return;
      failure = `HTTP status ${status}`;
      if (status < 500 && status !== 429 && status !== 408) throw new Refused(failure);
    } catch (error) {
      if (error instanceof Refused) throw error;
      failure = causeOf(error);
    }
    const pause = backOffMs[attempt];
    if (pause === undefined || giveUp.aborted) {
      throw new Error(`${failure}, after ${attempt + 1} tries`);
    }
    await wait(pause, undefined, { signal: giveUp }).catch(() => undefined);
  }
}

/** The receiver understood, and doesn't want it. */
class Refused extends Error {}

async function postOnce(
  { url, secret, now, timeoutMs = 10_000 }: WebhookOptions,
  body: string,
  giveUp: AbortSignal,
): Promise<number> {
  // Of each try: a receiver refuses what was signed long ago.
  const timestamp = String(Math.floor(now() / 1000));
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "routed-rollout",
      [TIMESTAMP_HEADER]: timestamp,
      [SIGNATURE_HEADER]: signatureOf(secret, timestamp, body),
    },
    body,
    redirect: "error",
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), giveUp]),
  });
  await answer.body?.cancel();
  return answer.status;
}

/** `fetch failed` says nothing; its cause does. */
function causeOf(error: unknown): string {
  const { cause } = error as { readonly cause?: unknown };
  return cause === undefined ? messageOf(error) : messageOf(cause);
}
