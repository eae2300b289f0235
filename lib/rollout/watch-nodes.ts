import { nodeStates } from "./node-states";
import { nodesOf } from "../plan/describe-cases";
import type { PlannedEnvironment } from "../observe-and-plan";
import { undoDrain } from "./drain";
import { renderDuration } from "./duration";
import { halt } from "./rollout-result";
import type { Halt, StepOutcome } from "./rollout-result";
import { look, pause } from "./run";
import type { Run } from "./run";
import { isApplied, missingOf } from "./wave-changes";
import type { WaveChange } from "./wave-changes";

/** Looks in a row that must show a node unavailable before the bake fails: one may be a flap. */
const BAD_LOOKS = 2;

/** What of a wave is watched once it is applied. */
export interface Watched {
  readonly changes: readonly WaveChange[];
  /** Slots whose nodes it changes not, but starts PoPs on. */
  readonly started: readonly number[];
}

/** Waits until AWS holds what the wave changed, and the nodes that it touched are available. */
export async function waitUntilAvailable(
  run: Run,
  watched: Watched,
  report: (message: string) => void,
): Promise<StepOutcome> {
  const { settings, world } = run;
  const deadline = world.clock.now() + settings.timeoutSeconds * 1000;
  for (;;) {
    if (run.stop.aborted) return { kind: "interrupted" };
    const seen = await look(run);
    const missing = seen.kind === "failed" ? [seen.message] : await missingNow(run, watched, seen);
    if (missing.length === 0) return { kind: "done" };
    if (world.clock.now() >= deadline) {
      const time = renderDuration(settings.timeoutSeconds);
      return stopAt(run, watched, "not-available", `${missing.join("; ")} after ${time}`);
    }
    report(missing.join("; "));
    await pause(run, deadline);
  }
}

/** Watches these nodes for a while: they must stay available. */
export async function bake(
  run: Run,
  watched: Watched,
  report: (message: string) => void,
): Promise<StepOutcome> {
  const { settings, world } = run;
  const end = world.clock.now() + settings.bakeSeconds * 1000;
  const deadline = end + settings.timeoutSeconds * 1000;
  let badLooks = 0;
  while (settings.bakeSeconds > 0) {
    await pause(run, world.clock.now() < end ? end : deadline);
    if (run.stop.aborted) return { kind: "interrupted" };
    const seen = await look(run);
    const missing = seen.kind === "failed" ? null : missingOfAll(watched, seen.planned);
    if (missing?.length === 0 && world.clock.now() >= end) break;
    // A look that fails says nothing of the nodes.
    if (missing !== null) badLooks = missing.length > 0 ? badLooks + 1 : 0;
    const words = seen.kind === "failed" ? seen.message : (missing ?? []).join("; ");
    if (badLooks >= BAD_LOOKS || world.clock.now() >= deadline) {
      return stopAt(run, watched, "bake", `${words} during the bake`);
    }
    report(words === "" ? "all available" : words);
  }
  return { kind: "done" };
}

async function missingNow(
  run: Run,
  watched: Watched,
  { planned }: { readonly planned: PlannedEnvironment },
): Promise<string[]> {
  // A node whose instance was restarted rather than replaced is still the one that was drained.
  const draining = nodeStates(planned).filter(
    (node) =>
      node.draining && watched.changes.some((c) => c.slot === node.slot && isApplied(c, planned)),
  );
  if (draining.length > 0) await undoDrain(run, draining, "it has its new spec");
  return missingOfAll(watched, planned);
}

function missingOfAll({ changes, started }: Watched, planned: PlannedEnvironment): string[] {
  const changed = new Set(changes.map(({ slot }) => slot));
  const [first, ...others] = nodeStates(planned).filter(
    ({ slot, unavailable }) => started.includes(slot) && !changed.has(slot) && unavailable !== null,
  );
  const more =
    others.length === 0 ? "" : `; not available either: ${nodesOf(others.map(({ slot }) => slot))}`;
  return [
    ...changes.flatMap((change) => missingOf(change, planned) ?? []),
    ...(first === undefined ? [] : [`node ${first.slot} ${first.unavailable}${more}`]),
  ];
}

function stopAt(
  { settings, rolloutId, to }: Run,
  watched: Watched,
  reason: "not-available" | "bake",
  message: string,
): Halt {
  const name = settings.environment.name;
  const back = to === null ? `, or go back (routed rollout ${name} --to ${rolloutId})` : "";
  const remedy =
    `no other node was touched; mend ${namesOf(watched)} and run the rollout again, which goes ` +
    `on once the fleet is available${back}`;
  return halt(reason, message, remedy);
}

function namesOf({ changes, started }: Watched): string {
  return nodesOf(
    [...new Set([...changes.map(({ slot }) => slot), ...started])].sort((a, b) => a - b),
  );
}
