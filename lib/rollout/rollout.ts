import { messageOf, RoutedError } from "../errors";
import type { PlannedEnvironment } from "../synthesis/observe-and-plan";
import { expectedSeconds } from "./estimate";
import type { Emit, RolloutEvent } from "./events";
import { drive } from "./controller/drive";
import { beginLook } from "./controller/held-target";
import type { Beginning } from "./controller/held-target";
import { LockKeeper } from "./controller/lock-keeper";
import type { RolloutWorld, WaveRecord } from "./ports";
import { newRolloutId, unfinishedRollout } from "./controller/resume";
import { halt } from "./rollout-result";
import type { Halt, RolloutResult } from "./rollout-result";
import type { RolloutSettings } from "./rollout-settings";
import { look } from "./controller/run";
import type { Run } from "./controller/run";
import { goalOf } from "./controller/wave-changes";
import { listOf } from "../words";

/**
 * Upgrades an environment wave after wave, until it has converged or something is wrong. At each
 * wave it looks and plans anew; what it knows of earlier waves it has from AWS and the history
 * alone, so that one that was killed at any moment goes on when it is run again.
 *
 * @param sink is told what happens
 * @param interrupt finishes or undoes the current step and ends the rollout
 * @returns how it ended; it throws only for a defect of the program
 */
export async function rollout(
  world: RolloutWorld,
  settings: RolloutSettings,
  sink: (event: RolloutEvent) => void,
  interrupt: AbortSignal,
): Promise<RolloutResult> {
  const emit: Emit = (event) => sink({ at: new Date(world.clock.now()).toISOString(), ...event });
  const result = await locked(world, settings, emit, interrupt);
  emit({ type: "rollout-ended", result });
  return result;
}

async function locked(
  world: RolloutWorld,
  settings: RolloutSettings,
  emit: Emit,
  interrupt: AbortSignal,
): Promise<RolloutResult> {
  const keeper = new LockKeeper(world.lock, world.clock);
  try {
    await world.lock.acquire(settings.breakLock);
  } catch (error) {
    return { ...lockRefused(error, settings), waves: 0 };
  }
  keeper.start();
  try {
    const begun = await begin(world, settings, emit, keeper, interrupt);
    return "kind" in begun ? { ...begun, waves: 0 } : await drive(begun.run, begun.history);
  } finally {
    await keeper.stop();
    await world.lock.release().catch((error: unknown) => {
      const message = `the lock could not be given back, and expires by itself: ${messageOf(error)}`;
      emit({ type: "note", message });
    });
  }
}

function lockRefused(error: unknown, { environment }: RolloutSettings): Halt {
  const isHeld = error instanceof RoutedError && error.code === "locked";
  const remedy = isHeld
    ? `wait for it (routed status ${environment.name}); where it is dead, its lock expires, or is ` +
      `broken with --break-lock "<reason>"`
    : "make the lock's place reachable, then run the rollout again";
  return halt("locked", messageOf(error), remedy);
}

/** What is wrong with the nodes that were named; null where they all exist or will. */
function unknownSlots(
  { planOptions }: RolloutSettings,
  { plan }: PlannedEnvironment,
): string | null {
  const slots = plan.decisions.map(({ slot }) => slot);
  const unknown = planOptions.onlyNodes?.filter((slot) => !slots.includes(slot)) ?? [];
  if (unknown.length === 0) return null;
  return `--only-node must name nodes among ${listOf(slots)}, got ${listOf(unknown)}`;
}

interface Begun {
  readonly run: Run;
  /** Oldest first. */
  readonly history: readonly WaveRecord[];
}

/** Reads the history and looks for the first time: which rollout is this, and is it a new one? */
async function begin(
  world: RolloutWorld,
  settings: RolloutSettings,
  emit: Emit,
  keeper: LockKeeper,
  interrupt: AbortSignal,
): Promise<Begun | Halt> {
  let history: readonly WaveRecord[];
  let beginning: Beginning;
  try {
    history = await world.history.list();
    beginning = await beginLook(settings, history, world.clock.now(), (planOptions) =>
      look({ world, planOptions, emit }),
    );
  } catch (error) {
    const isArgument = error instanceof RoutedError && error.code === "invalid-argument";
    const remedy = "nothing was touched; run the rollout again then";
    return halt(isArgument ? "argument" : "history", messageOf(error), remedy);
  }
  const { planOptions, seen, to } = beginning;
  if (seen.kind === "failed") {
    return halt("unreadable", seen.message, "nothing was touched; run the rollout again then");
  }
  const unknown = unknownSlots(settings, seen.planned);
  if (unknown !== null) return halt("argument", unknown, "nothing was touched; name other nodes");
  const goal = goalOf(seen.planned);
  const earlier = unfinishedRollout(history, { to, goal });
  const rolloutId = earlier ?? newRolloutId(world.clock.now(), goal);
  const { environment, bakeSeconds } = settings;
  const expected = expectedSeconds(environment, bakeSeconds, history);
  emit({
    type: "rollout-started",
    environment: environment.name,
    operator: world.operator,
    rolloutId,
    resumed: earlier !== null,
    to,
    expected,
  });
  if (settings.planOptions.ignoreHealth === true) {
    const message =
      "the health gate is overridden (--ignore-health): every node counts as available";
    emit({ type: "note", message });
  }
  if (settings.planOptions.onlyNodes) {
    const slots = listOf(settings.planOptions.onlyNodes);
    emit({ type: "note", message: `only node ${slots} may change (--only-node)` });
  }
  const run: Run = {
    world,
    settings,
    planOptions,
    rolloutId,
    to,
    goal,
    expected,
    emit,
    keeper,
    interrupt,
    stop: AbortSignal.any([interrupt, keeper.lost]),
  };
  return { run, history };
}
