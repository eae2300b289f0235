import { nodeStates } from "../node-states";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { renderSlotTrouble } from "../../plan/render/render-unavailability";
import { undoDrain } from "./drain";
import { missingOfRestart, rollState } from "./roll-state";
import { renderDuration } from "../duration";
import { halt } from "../rollout-result";
import type { Halt, StepOutcome } from "../rollout-result";
import { look, pause } from "./run";
import type { Run } from "./run";
import { isApplied, missingOf, nameOfWork } from "./wave-changes";
import type { WaveWork } from "./wave-changes";
import { nodesOf } from "../../config/slots";

/** Looks in a row that must show a node unavailable before the bake fails: one may be a flap. */
const BAD_LOOKS = 2;

/** Waits until AWS holds what the wave changed, and the nodes and PoPs that it changed are well. */
export async function waitUntilAvailable(
  run: Run,
  work: WaveWork,
  report: (message: string) => void,
): Promise<StepOutcome> {
  const { settings, world } = run;
  let takenBack = 0;
  const deadline = world.clock.now() + settings.timeoutSeconds * 1000;
  for (;;) {
    if (run.stop.aborted) return { kind: "interrupted" };
    const seen = await look(run);
    const missing = seen.kind === "failed" ? [seen.message] : await missingNow(run, work, seen);
    if (missing.length === 0) return { kind: "done" };
    // What ECS has taken back, it won't roll out again by itself.
    if (seen.kind === "seen") takenBack = anyTakenBack(work, seen.planned) ? takenBack + 1 : 0;
    if (takenBack >= BAD_LOOKS) return stopAt(run, work, "not-available", missing.join("; "));
    if (world.clock.now() >= deadline) {
      const time = renderDuration(settings.timeoutSeconds);
      return stopAt(run, work, "not-available", `${missing.join("; ")} after ${time}`);
    }
    report(missing.join("; "));
    await pause(run, deadline);
  }
}

/** Watches the changed nodes and PoPs for a while: they must stay well. */
export async function bake(
  run: Run,
  work: WaveWork,
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
    const missing = seen.kind === "failed" ? null : missingOfAll(work, seen.planned);
    if (missing?.length === 0 && world.clock.now() >= end) break;
    // A look that fails says nothing of the nodes.
    if (missing !== null) badLooks = missing.length > 0 ? badLooks + 1 : 0;
    const words = seen.kind === "failed" ? seen.message : (missing ?? []).join("; ");
    if (badLooks >= BAD_LOOKS || world.clock.now() >= deadline) {
      return stopAt(run, work, "bake", `${words} during the bake`);
    }
    report(words === "" ? "all available" : words);
  }
  return { kind: "done" };
}

async function missingNow(
  run: Run,
  work: WaveWork,
  { planned }: { readonly planned: PlannedEnvironment },
): Promise<string[]> {
  // A node whose instance was restarted rather than replaced is still the one that was drained.
  const draining = nodeStates(planned).filter(
    (node) =>
      node.drainedBy !== null &&
      work.changes.some((c) => c.slot === node.slot && isApplied(c, planned)),
  );
  if (draining.length > 0) await undoDrain(run, draining, "it has its new spec");
  return missingOfAll(work, planned);
}

function missingOfAll(
  { changes, started, rolls, restarts }: WaveWork,
  planned: PlannedEnvironment,
): string[] {
  const changed = new Set(changes.map(({ slot }) => slot));
  const [first, ...others] = nodeStates(planned).flatMap(({ slot, unavailable }) =>
    started.includes(slot) && !changed.has(slot) && unavailable !== null
      ? [{ slot, unavailable }]
      : [],
  );
  const more =
    others.length === 0 ? "" : `; not available either: ${nodesOf(others.map(({ slot }) => slot))}`;
  return [
    ...changes.flatMap((change) => missingOf(change, planned) ?? []),
    ...(first === undefined ? [] : [`${renderSlotTrouble(first)}${more}`]),
    ...rolls.flatMap((roll) => {
      const state = rollState(roll, planned);
      return state.kind === "well" ? [] : [state.message];
    }),
    ...restarts.flatMap((pop) => missingOfRestart(pop, planned) ?? []),
  ];
}

function anyTakenBack({ rolls }: WaveWork, planned: PlannedEnvironment): boolean {
  return rolls.some((roll) => rollState(roll, planned).kind === "taken-back");
}

function stopAt(
  { settings, rolloutId, to }: Run,
  work: WaveWork,
  reason: "not-available" | "bake",
  message: string,
): Halt {
  const name = settings.environment.name;
  if (work.rolls.length > 0) {
    const remedy =
      `no other PoP was touched, and no deploy gives another one this image while ` +
      `${nameOfWork(work)} isn't healthy with it; write an image that works into the config of ` +
      `${name} and run the rollout again`;
    return halt("pop-image", message, remedy);
  }
  if (work.restarts.length > 0) {
    const remedy =
      `ECS keeps half of a PoP's tasks as long as new ones don't get well; write into the config of ` +
      `${name} what ${nameOfWork(work)} ran with, and run the rollout again`;
    return halt("pop-image", message, remedy);
  }
  const way =
    work.changes.length === 0
      ? "put the PoPs' places back in the config"
      : `go back (routed rollout ${name} --to ${rolloutId})`;
  const back = to === null ? `, or ${way}` : "";
  const remedy =
    `no other node was touched; mend ${nameOfWork(work)} and run the rollout again, which goes ` +
    `on once the fleet is available${back}`;
  return halt(reason, message, remedy);
}
