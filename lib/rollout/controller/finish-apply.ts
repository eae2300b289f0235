import { messageOf, RoutedError } from "../../errors";
import { hasMovedOn } from "../../terraform/moved-on";
import type { PreparedDeploy } from "../ports";
import { halt } from "../rollout-result";
import type { StepOutcome } from "../rollout-result";
import { pause } from "./run";
import type { Run } from "./run";
import { changesOf } from "./wave-changes";

const REMEDY =
  "no node is being changed; read what Terraform says, then run the rollout again, which takes up " +
  "what is left to do";

/**
 * Lets Terraform take up what an apply left undone that was killed, or failed, after it had changed
 * its nodes: an instance that its state lacks, services, whatever else comes after nodes. Otherwise
 * a fleet whose nodes are all as they should be would count as converged without it. Where nodes
 * are still to be changed it does nothing: the next wave's apply takes it up.
 *
 * A Terraform that outlived its controller is waited for, at most for the wave's time-out.
 */
export async function finishApply(
  run: Run,
  report: (message: string) => void,
): Promise<StepOutcome> {
  const { keeper, planOptions, settings, stop, world } = run;
  const deadline = world.clock.now() + settings.timeoutSeconds * 1000;
  let prepared: PreparedDeploy | undefined;
  while (prepared === undefined) {
    if (stop.aborted) return { kind: "interrupted" };
    try {
      prepared = await world.deployer.prepare(planOptions, stop);
    } catch (error) {
      if (stop.aborted) return { kind: "interrupted" };
      if (!isDeploying(error) || world.clock.now() >= deadline) {
        return halt(
          "apply",
          `what an apply left undone can't be finished: ${messageOf(error)}`,
          REMEDY,
        );
      }
      report("a deploy is still going on");
      await pause(run, deadline);
    }
  }
  if (changesOf(prepared.plan).length > 0) {
    return { kind: "done", message: "the next wave takes up what is left" };
  }
  // Without the lock whoever holds it decides; the caller sees that it is lost.
  if (!(await keeper.confirm())) return { kind: "interrupted" };
  if (stop.aborted) return { kind: "interrupted" };
  try {
    await world.deployer.apply(prepared, report);
    return { kind: "done", message: "what was left undone is done" };
  } catch (error) {
    return halt("apply", messageOf(error), REMEDY);
  }
}

/** Somebody else's deploy, or that of a controller that was killed, is still going on. */
function isDeploying(error: unknown): boolean {
  if (!(error instanceof RoutedError)) return false;
  return error.code === "stale-plan" || hasMovedOn(error.message);
}
