import { RoutedError } from "../../errors";
import { renderOutcome } from "../../plan/render/render-outcome";
import { createAwsRolloutWorld } from "../../rollout/aws-world";
import type { PreparedDeploy } from "../../rollout/ports";
import { exitStatusOf } from "../../rollout/rollout-result";
import type { CliWorld } from "../cli-world";
import { openRollout, watched } from "../open-rollout";
import type { CreateRolloutWorld } from "../open-rollout";
import type { RolloutCommandOptions } from "../rollout-options";
import { cliProcess } from "../terminal";
import type { CliProcess } from "../terminal";
import { watchAsJson, watchAsLines } from "../watch-rollout";

/** Those of `routed rollout` that one wave has a use for. */
export type DeployCommandOptions = Pick<
  RolloutCommandOptions,
  | "yes"
  | "json"
  | "alarm"
  | "gate"
  | "drainTimeout"
  | "maxPlanAge"
  | "ignoreHealth"
  | "onlyNode"
  | "breakLock"
  | "history"
>;

/**
 * `routed deploy <environment>`: one wave and all that the config changes beside it, by the steps of a
 * rollout: proved, shown, asked for, drained, applied exactly and recorded. It waits for no node.
 *
 * @returns 0 applied, or nothing to do; 3 held: everything but nodes is applied; 1 error; 130
 *   interrupted, or not wanted
 * @throws RoutedError for bad arguments and config, and where there is nobody to ask
 */
export async function deployCommand(
  name: string,
  options: DeployCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld = createAwsRolloutWorld,
  terminal: CliProcess = cliProcess(process),
): Promise<number> {
  const { confirm } = terminal;
  const given = { ...options, maxWaves: "1", wait: false };
  const opened = openRollout(name, given, world, createWorld);
  if (options.yes !== true && (confirm === null || options.json === true)) {
    throw new RoutedError(
      "invalid-argument",
      "--yes must be given where nobody can be asked; see routed plan for what it would do",
    );
  }
  const approve = async ({ plan, told }: PreparedDeploy): Promise<boolean> => {
    world.print(`${renderOutcome(plan)}\n${told}\n`);
    return options.yes === true || ((await confirm?.("apply exactly this plan?")) ?? false);
  };
  const settings = {
    ...opened.settings,
    untilApplied: true,
    ...(options.json === true ? {} : { approve }),
  };
  const watcher = options.json === true ? watchAsJson(world) : watchAsLines(world);
  const result = await watched({ ...opened, settings }, watcher, terminal);
  return exitStatusOf(result);
}
