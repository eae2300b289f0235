import { messageOf, RoutedError } from "../../errors";
import type { PlannedEnvironment } from "../../synthesis/observe-and-plan";
import { createAwsRolloutWorld } from "../../rollout/aws-world";
import { resultLines } from "../../rollout/view/plain-lines";
import type { RolloutWorld, WaveRecord } from "../../rollout/ports";
import { dryRun, renderDryRun } from "../../rollout/view/render-dry-run";
import { beginLook } from "../../rollout/controller/held-target";
import { exitStatusOf } from "../../rollout/rollout-result";
import type { RolloutSettings } from "../../rollout/rollout-settings";
import { openRollout, watched } from "../open-rollout";
import type { CreateRolloutWorld } from "../open-rollout";
import type { RolloutCommandOptions } from "../rollout-options";
import { cliProcess } from "../terminal";
import type { CliProcess } from "../terminal";
import { watchAsJson, watchAsLines, watchOnScreen } from "../watch-rollout";
import type { Watcher } from "../watch-rollout";
import type { CliWorld } from "../cli-world";

/**
 * `routed rollout <environment>`: upgrades it wave after wave until it has converged.
 *
 * @returns 0 converged, or as many waves done as asked for; 1 stopped; 3 held for too long or
 *   outside of the window; 130 interrupted
 * @throws RoutedError for bad arguments and config, and where there is nobody to ask
 */
export async function rolloutCommand(
  name: string,
  options: RolloutCommandOptions,
  world: CliWorld,
  createWorld: CreateRolloutWorld = createAwsRolloutWorld,
  terminal: CliProcess = cliProcess(process),
): Promise<number> {
  const opened = openRollout(name, options, world, createWorld);
  const { settings, world: rolloutWorld } = opened;
  const json = options.json === true;
  if (options.dryRun === true || options.yes !== true) {
    const preview = await look(settings, rolloutWorld);
    if (options.dryRun === true) {
      world.print(previewText(preview, settings, rolloutWorld, json));
      return 0;
    }
    const { confirm } = terminal;
    if (confirm === null || json) {
      throw new RoutedError(
        "invalid-argument",
        "--yes must be given where nobody can be asked; see --dry-run for what it would do",
      );
    }
    world.print(previewText(preview, settings, rolloutWorld, false));
    if (!(await confirm("go on?"))) {
      world.print("nothing was changed\n");
      return exitStatusOf({ kind: "interrupted", waves: 0, message: "", remedy: "" });
    }
  }
  const watcher = json ? watchAsJson(world) : await watcherFor(world, terminal);
  const result = await watched(opened, watcher, terminal);
  if (!json && terminal.openScreen) world.print(`${resultLines(result).join("\n")}\n`);
  if (!json && result.kind === "interrupted") await printState(settings, rolloutWorld, world);
  return exitStatusOf(result);
}

interface Preview {
  readonly planned: PlannedEnvironment;
  readonly history: readonly WaveRecord[];
}

async function look(settings: RolloutSettings, world: RolloutWorld): Promise<Preview> {
  const history = await world.history.list();
  let planned: PlannedEnvironment | undefined;
  await beginLook(settings, history, world.clock.now(), async (planOptions) => {
    planned = await world.fleet.look(planOptions);
    return { kind: "seen", planned };
  });
  if (planned === undefined) throw new RoutedError("invariant-violated", "nobody looked");
  return { planned, history };
}

function previewText(
  { planned, history }: Preview,
  settings: RolloutSettings,
  { clock }: RolloutWorld,
  json: boolean,
): string {
  if (json) return `${JSON.stringify(dryRun(planned, settings, history), null, 2)}\n`;
  return `${renderDryRun(planned, settings, history, clock.now())}\n`;
}

async function watcherFor(world: CliWorld, { openScreen }: CliProcess): Promise<Watcher> {
  return openScreen ? watchOnScreen(world, await openScreen()) : watchAsLines(world);
}

/** How an interrupted rollout leaves the fleet behind. */
async function printState(
  settings: RolloutSettings,
  rolloutWorld: RolloutWorld,
  world: CliWorld,
): Promise<void> {
  try {
    const preview = await look(settings, rolloutWorld);
    world.print(previewText(preview, settings, rolloutWorld, false));
  } catch (error) {
    world.printError(`the fleet can't be observed now: ${messageOf(error)}\n`);
  }
}
