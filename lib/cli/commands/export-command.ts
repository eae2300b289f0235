import { join } from "node:path";
import { loadEnvironment } from "../../config/load";
import { readSettings } from "../../config/settings";
import type { Environment } from "../../config/environment";
import { RoutedError } from "../../errors";
import { renderCloudwatchExporter } from "../../export/cloudwatch-exporter";
import { exportedCells } from "../../export/exported-cells";
import { exportedNodes } from "../../export/exported-nodes";
import type { ExportedNode } from "../../export/exported-nodes";
import { isExport } from "../../export/is-export";
import { renderHelmRelease, HELM_API_VERSIONS } from "../../export/helm-release";
import { renderPrometheusFiles } from "../../export/prometheus-files";
import { createObservationReader } from "../../observe/create-observation-reader";
import type { Observation } from "../../observe/observation";
import { requireOwn, writeOwn } from "../../files/own-file";
import type { OwnFile } from "../../files/own-file";
import type { CliWorld } from "../cli-world";

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
  const nodes = nodesOf(environment, await observationOf(environment, world), world);
  await printOrWrite(renderHelmRelease(environment, nodes, apiVersion), options, world);
  return 0;
}

/**
 * `routed export prometheus <environment> -o <directory>`: discovery, scrape config and rules.
 *
 * @returns 0
 * @throws RoutedError for bad config, an environment that can't be observed or has no addresses
 */
export async function exportPrometheus(
  name: string,
  { output }: { readonly output: string },
  world: CliWorld,
): Promise<number> {
  if (output === "") {
    throw new RoutedError("invalid-argument", '--output must be a folder, got ""; name one');
  }
  const environment = environmentOf(name, world);
  const observation = await observationOf(environment, world);
  const nodes = nodesOf(environment, observation, world);
  const cells = exportedCells(environment, observation);
  const files = Object.entries(renderPrometheusFiles(environment, nodes, cells)).map(
    ([name, text]) => ({ target: exportedFile(join(output, name)), text }),
  );
  for (const { target } of files) await requireOwn(target);
  let changed = 0;
  for (const { target, text } of files) {
    if (!(await writeOwn(target, text))) continue;
    changed += 1;
    world.print(`wrote ${target.path}\n`);
  }
  if (changed === 0) world.print(`${output} is up to date\n`);
  return 0;
}

/**
 * `routed export cloudwatch-exporter <environment>`: from the config alone; reads nothing of AWS.
 *
 * @returns 0
 * @throws RoutedError for bad config
 */
export async function exportCloudwatchExporter(
  name: string,
  options: OutputOptions,
  world: CliWorld,
): Promise<number> {
  await printOrWrite(renderCloudwatchExporter(environmentOf(name, world)), options, world);
  return 0;
}

function environmentOf(name: string, world: CliWorld): Environment {
  const { configDirectory } = readSettings(world.variables);
  const environment = loadEnvironment(configDirectory, name);
  return environment;
}

function observationOf(environment: Environment, world: CliWorld): Promise<Observation> {
  const { observationsDirectory } = readSettings(world.variables);
  return createObservationReader({ observationsDirectory }).read(environment);
}

/** The nodes' addresses; what is left out is told on standard error, apart from what is exported. */
function nodesOf(
  environment: Environment,
  observation: Observation,
  world: CliWorld,
): readonly ExportedNode[] {
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
  const changed = await writeOwn(exportedFile(output), text);
  world.print(changed ? `wrote ${output}\n` : `${output} is up to date\n`);
}

function exportedFile(path: string): OwnFile {
  return { path, kind: "a file of routed export", isOwn: isExport };
}
