import type { RolloutEvent } from "../../../lib/rollout/events";
import { rollout } from "../../../lib/rollout/rollout";
import type { RolloutResult } from "../../../lib/rollout/rollout-result";
import type { RolloutSettings } from "../../../lib/rollout/rollout-settings";
import { ControllerWorld } from "./controller-world";
import type { Trouble, Watcher } from "./controller-world";
import type { SimulatedAccount } from "./simulated-account";

export type SettingsChange = Partial<Omit<RolloutSettings, "environment">>;

export function settingsFor(
  account: SimulatedAccount,
  change: SettingsChange = {},
): RolloutSettings {
  return {
    environment: account.environment,
    planOptions: {},
    bakeSeconds: 120,
    timeoutSeconds: 1200,
    drainTimeoutSeconds: 180,
    windows: [],
    wait: true,
    maxPlanAgeSeconds: 1800,
    pollSeconds: 30,
    ...change,
  };
}

export interface Controller {
  readonly operator: string;
  readonly settings?: SettingsChange;
  readonly trouble?: Trouble;
  readonly watcher?: Watcher;
  readonly killedAt?: { readonly call: number; readonly after: boolean };
  /** Seconds after which the operator interrupts. */
  readonly interruptAfter?: number;
  /** Seconds to wait before it starts. */
  readonly startAfter?: number;
  readonly sink?: (event: RolloutEvent) => void;
}

/** What became of a controller; null where it was killed. */
export type Played = { readonly result: RolloutResult | null; readonly calls: number };

/** Lets a controller run to its end in a simulated account. */
export async function play(account: SimulatedAccount, controller: Controller): Promise<Played> {
  const { operator, trouble, watcher, killedAt, interruptAfter, startAfter = 0 } = controller;
  await account.time.sleep(startAfter * 1000);
  const interrupt = new AbortController();
  let callOff: () => void = () => undefined;
  if (interruptAfter !== undefined) {
    const at = account.time.now() + interruptAfter * 1000;
    callOff = account.time.at(at, () => {
      watcher?.onTrouble?.();
      interrupt.abort();
    });
  }
  let world: ControllerWorld | undefined;
  const killed = new Promise<null>((resolve) => {
    world = new ControllerWorld(account, operator, trouble, watcher, killedAt ?? null, () =>
      resolve(null),
    );
  });
  if (!world) throw new Error("no world was made");
  const settings = settingsFor(account, controller.settings);
  const sink = (event: RolloutEvent): void => {
    if (world?.isDead !== true) controller.sink?.(event);
  };
  const result = await Promise.race([rollout(world, settings, sink, interrupt.signal), killed]);
  callOff();
  return { result, calls: world.callCount };
}
