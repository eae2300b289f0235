import { stat } from "node:fs/promises";
import { join } from "node:path";
import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import { createObservationReader } from "../../observe/create-observation-reader";
import { renderObservation } from "../../observe/recorded";
import { validateObservation } from "../../observe/validate-observation";
import { jsonOf, writeOwn } from "../../files/own-file";
import type { OwnFile } from "../../files/own-file";
import { scrubObservation } from "../../observe/scrub-observation";
import type { CliWorld } from "../cli-world";

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
  else await writeOwn(await fileOf(out, name), text);
  return 0;
}

async function fileOf(out: string, name: string): Promise<OwnFile> {
  const isFolder = out.endsWith("/") || (await stat(out).catch(() => null))?.isDirectory() === true;
  return {
    path: isFolder ? join(out, `${name}.json`) : out,
    kind: `a recorded observation of ${name}`,
    isOwn: (content) => {
      const found = validateObservation(jsonOf(content));
      return found.valid && found.observation.environment === name;
    },
  };
}
