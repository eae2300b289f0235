import { loadEnvironments } from "../config/load";
import { readSettings } from "../config/settings";
import type { Environment } from "../config/environment";
import { RoutedError } from "../errors";
import { applyFiles } from "../export/apply-files";
import { exportedNodes } from "../export/exported-nodes";
import { HELM_API_VERSIONS, renderHelmRelease } from "../export/helm-release";
import { createObservationReader } from "../observe/create-observation-reader";
import type { CliWorld } from "./run-cli";

export interface OutputOptions {
  /** A file to write, instead of standard output. */
  readonly output?: string;
}

export interface HelmReleaseOptions extends OutputOptions {
  readonly apiVersion?: string;
}

/**
 * `routed export helm-release <environment>`: reads the addresses and prints; changes nothing in AWS.
 *
 * @returns 0
 * @throws RoutedError for bad config, an environment that can't be observed or has no addresses
 */
export async function exportHelmRelease(
  name: string,
  options: HelmReleaseOptions,
  world: CliWorld,
): Promise<number> {
  const apiVersion = HELM_API_VERSIONS.find((each) => each === (options.apiVersion ?? "v2"));
  if (apiVersion === undefined) {
    throw new RoutedError(
      "invalid-argument",
      `--api-version must be one of ${HELM_API_VERSIONS.join(", ")}, got "${options.apiVersion}"`,
    );
  }
  const environment = environmentOf(name, world);
  const nodes = await nodesOf(environment, world);
  await printOrWrite(renderHelmRelease(environment, nodes, apiVersion), options, world);
  return 0;
}

function environmentOf(name: string, world: CliWorld): Environment {
  const { configDirectory } = readSettings(world.variables);
  const [environment] = loadEnvironments({ directory: configDirectory, names: [name] });
  if (!environment) throw new RoutedError("invariant-violated", `${name}: no environment`);
  return environment;
}

/** The nodes' addresses; what is left out is told on standard error, apart from what is exported. */
async function nodesOf(environment: Environment, world: CliWorld) {
  const { observationsDirectory } = readSettings(world.variables);
  const observation = await createObservationReader({ observationsDirectory }).read(environment);
  const { nodes, notes } = exportedNodes(environment, observation);
  for (const note of notes) world.printError(`note: ${environment.name}: ${note}\n`);
  return nodes;
}

async function printOrWrite(
  text: string,
  { output }: OutputOptions,
  world: CliWorld,
): Promise<void> {
  if (output === undefined) return world.print(text);
  const written = await applyFiles([{ path: output, text }]);
  world.print(written.length > 0 ? `wrote ${output}\n` : `${output} is up to date\n`);
}
