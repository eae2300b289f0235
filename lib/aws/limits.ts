import type { CallsOf, CallTable } from "./call-table";

/** How long a call may take before it counts as failed, so that no hung endpoint hangs a synthesis. */
export interface AwsCallLimits {
  /** Attempts at one call, the first included; between them the SDK's standard back-off. */
  readonly attempts: number;
  /** Until the connection stands, in milliseconds. */
  readonly connectMilliseconds: number;
  /** Until the answer begins, and at most between two parts of it, in milliseconds. */
  readonly answerMilliseconds: number;
  /** For one call with all its attempts, in milliseconds. */
  readonly callMilliseconds: number;
}

export const DEFAULT_LIMITS: AwsCallLimits = {
  attempts: 5,
  connectMilliseconds: 5_000,
  answerMilliseconds: 15_000,
  callMilliseconds: 60_000,
};

/** What the SDK's clients are made with: the region that is asked, and the limits of each attempt. */
export function clientConfig(region: string, limits: AwsCallLimits) {
  return {
    region,
    retryMode: "standard",
    maxAttempts: limits.attempts,
    requestHandler: {
      connectionTimeout: limits.connectMilliseconds,
      requestTimeout: limits.answerMilliseconds,
      throwOnRequestTimeout: true,
      socketTimeout: limits.answerMilliseconds,
    },
  };
}

interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Gives each call a deadline of its own. */
export function withDeadline<Table extends CallTable<Table>>(
  milliseconds: number,
  senders: {
    readonly [Name in keyof Table]: (
      input: Table[Name]["input"],
      options: SendOptions,
    ) => Promise<Table[Name]["output"]>;
  },
): CallsOf<Table> {
  type Send = (input: unknown, options: SendOptions) => Promise<object>;
  const limited = (Object.entries(senders) as [string, Send][]).map(([name, send]) => [
    name,
    (input: unknown) => within(milliseconds, (abortSignal) => send(input, { abortSignal })),
  ]);
  return Object.fromEntries(limited) as CallsOf<Table>;
}

/**
 * Aborting ends requests and the waiting between attempts, but not what the credentials' chain may
 * wait for (a process, a login): so the deadline doesn't depend on `send` heeding the signal.
 */
async function within<T>(
  milliseconds: number,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `no answer within ${milliseconds / 1000} s`;
      reject(Object.assign(new Error(message), { name: "TimeoutError" }));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([send(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
