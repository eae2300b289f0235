import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { loadEnvironment } from "../../lib/config/load";
import type { FleetView } from "../../lib/rollout/fleet-view";
import { renderCondition } from "../../lib/rollout/view/render-fleet";
import { DEFAULT_POLL_SECONDS, defaultTimeoutSeconds } from "../../lib/rollout/rollout-settings";

/** Looks in a row that must be good: one may be a flap. */
const GOOD_LOOKS = 3;

/** What the wait needs of the world; tests pass their own. */
export interface Waiting {
  readonly look: () => Pick<FleetView, "slots">;
  readonly sleep: (seconds: number) => Promise<unknown>;
  readonly print: (text: string) => void;
  readonly timeoutSeconds: number;
}

/**
 * Waits after a deploy until every node is available and stays so.
 *
 * @returns 0, or 1 where that takes too long
 */
export async function waitUntilAvailable(
  environment: string,
  waiting: Waiting = realWaiting(environment),
): Promise<number> {
  let good = 0;
  for (let waited = 0; ; waited += DEFAULT_POLL_SECONDS) {
    const missing = waiting.look().slots.filter(({ available }) => !available);
    good = missing.length === 0 ? good + 1 : 0;
    if (good === GOOD_LOOKS) return 0;
    const states = missing
      .map(({ slot, state }) => `node ${slot} ${renderCondition(state)}`)
      .join(", ");
    if (missing.length > 0) waiting.print(`${environment}: ${states}\n`);
    if (waited >= waiting.timeoutSeconds) {
      waiting.print(
        `${environment}: not available after ${waited} s; the next stage must not begin\n`,
      );
      return 1;
    }
    await waiting.sleep(DEFAULT_POLL_SECONDS);
  }
}

function realWaiting(name: string): Waiting {
  const environment = loadEnvironment("config", name);
  return {
    look: () => {
      const run = spawnSync(process.execPath, ["bin/routed.cjs", "status", name, "--json"], {
        encoding: "utf8",
      });
      if (run.status !== 0) throw new Error(run.stderr);
      return JSON.parse(run.stdout) as FleetView;
    },
    sleep: (seconds) => setTimeout(seconds * 1000),
    print: (text) => process.stdout.write(text),
    timeoutSeconds: defaultTimeoutSeconds(environment),
  };
}
