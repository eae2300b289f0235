import { bucketsOf } from "../bench-deploy/rates";

/** AWS's token buckets of one account in one region, all full at the start. */
export class TokenBuckets {
  throttled = 0;
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** @param now seconds */
  constructor(private readonly now: () => number) {}

  /** Takes the tokens of a call such as `ecs:ListTasks`; false, and none taken, if one is missing. */
  admits(call: string): boolean {
    const [service = "", action = ""] = call.split(":");
    const now = this.now();
    const states = bucketsOf(service, action).map(({ name, burst, refill }) => {
      const state = this.buckets.get(name) ?? { tokens: burst, at: now };
      state.tokens = Math.min(burst, state.tokens + (now - state.at) * refill);
      state.at = now;
      this.buckets.set(name, state);
      return state;
    });
    const admitted = states.every(({ tokens }) => tokens >= 1);
    if (admitted) for (const state of states) state.tokens -= 1;
    else this.throttled += 1;
    return admitted;
  }
}
