import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadEnvironment } from "../config/load";
import { readSettings } from "../config/settings";
import { messageOf, RoutedError } from "../errors";
import { createObservationReader } from "../observe/create-observation-reader";
import { renderObservation } from "../observe/recorded";
import { scrubObservation } from "../observe/scrub-observation";
import type { CliWorld } from "./run-cli";

export interface ObserveCommandOptions {
  /** A file, a folder that gets `<environment>.json`, or `-` for standard output. */
  readonly out?: string;
  /** Record what nobody needs to plan from it too. */
  readonly raw?: boolean;
}

/**
 * `routed observe <environment>`: records what AWS holds, for pull requests and replay; changes
 * nothing else.
 *
 * @returns 0
 * @throws RoutedError for bad config, an environment that can't be observed, user data that may hold
 *   a secret, and a file that can't be written; an earlier file then stays as it was
 */
export async function observeCommand(
  name: string,
  { out = "-", raw = false }: ObserveCommandOptions,
  world: CliWorld,
): Promise<number> {
  const { configDirectory, observationsDirectory } = readSettings(world.variables);
  const environment = loadEnvironment(configDirectory, name);
  const whole = await createObservationReader({ observationsDirectory }).read(environment);
  const text = renderObservation(raw ? whole : scrubObservation(whole, environment));
  if (out === "-") world.print(text);
  else await writeWhole(await fileOf(out, name), text);
  return 0;
}

async function fileOf(out: string, name: string): Promise<string> {
  const isFolder = out.endsWith("/") || (await stat(out).catch(() => null))?.isDirectory() === true;
  return isFolder ? join(out, `${name}.json`) : out;
}

/** The file is there as a whole or not at all. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, text);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new RoutedError(
      "invalid-argument",
      `--out: the observation can't be recorded: ${messageOf(error)}; name a file that can be written`,
      { cause: error },
    );
  }
}
