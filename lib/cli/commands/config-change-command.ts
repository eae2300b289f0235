import type { ConfigFile } from "../../config/file/config-file";
import { ALLOWED_NAMES, isEnvironmentName } from "../../config/file/config-folder";
import { readConfigToChange, writeConfig } from "../../config/edit/change-config";
import { withoutPop, withPop } from "../../config/edit/change-pops";
import type { NewPop } from "../../config/edit/change-pops";
import { environmentFrom } from "../../config/edit/new-environment";
import type { EnvironmentFile } from "../../config/environment-file.generated";
import { popPorts } from "../../config/naming";
import { readSettings } from "../../config/settings";
import { RoutedError } from "../../errors";
import type { CliWorld } from "../cli-world";

export interface AddPopOptions {
  readonly name: string;
  /** CIDR blocks, separated by commas. */
  readonly peers: string;
  readonly id?: string;
}

/**
 * `routed config add-pop <environment>`: adds a PoP, with an id that no PoP ever had.
 *
 * @returns 0
 * @throws RoutedError where the file would be invalid; then nothing is written
 */
export async function addPopCommand(
  name: string,
  options: AddPopOptions,
  world: CliWorld,
): Promise<number> {
  const { configDirectory: directory } = readSettings(world.variables);
  const { file } = readConfigToChange(directory, name);
  const { text, id } = withPop(file, {
    name: options.name,
    bgpPeers: listOf(options.peers),
    id: options.id === undefined ? undefined : idOf(options.id),
  });
  const path = await writeConfig({ directory, environment: name, text, was: file.own.text });
  const { bgp, api, metrics } = popPorts((file.value as EnvironmentFile).routed.ports, id);
  world.print(
    `${path}: added PoP ${options.name} with id ${id}: ports ${bgp} (BGP), ${api} (API), ${metrics} (metrics)\n`,
  );
  return 0;
}

/**
 * `routed config remove-pop <environment>`: removes a PoP and retires its id.
 *
 * @returns 0
 * @throws RoutedError where the file would be invalid; then nothing is written
 */
export async function removePopCommand(
  name: string,
  options: { readonly name: string },
  world: CliWorld,
): Promise<number> {
  const { configDirectory: directory } = readSettings(world.variables);
  const { file } = readConfigToChange(directory, name);
  const { text, id } = withoutPop(file, options.name);
  const path = await writeConfig({ directory, environment: name, text, was: file.own.text });
  world.print(`${path}: removed PoP ${options.name}; its id, ${id}, is retired\n`);
  return 0;
}

export interface AddEnvironmentOptions {
  readonly from: string;
  readonly account?: string;
  readonly region?: string;
  readonly zones?: string;
  readonly vpcCidr?: string;
  readonly workspace?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly certificate?: string;
  /** `<name>=<peers>`, each. */
  readonly pop?: readonly string[];
  readonly keepPops?: boolean;
}

/**
 * `routed config add-environment <name>`: writes a new environment's file, made of another's.
 *
 * @returns 0
 * @throws RoutedError where something must be given or the file would be invalid; then nothing is
 *   written
 */
export async function addEnvironmentCommand(
  name: string,
  options: AddEnvironmentOptions,
  world: CliWorld,
): Promise<number> {
  const { configDirectory: directory } = readSettings(world.variables);
  const { file, files } = readConfigToChange(directory, options.from);
  requireNew(name, files);
  if ((options.pop === undefined) === (options.keepPops !== true)) {
    const which = "either --pop <name>=<peers>, once for each PoP, or --keep-pops must be given";
    throw new RoutedError("invalid-argument", which);
  }
  const { text, notes } = environmentFrom(
    file,
    {
      name,
      accountId: options.account,
      region: options.region,
      availabilityZones: options.zones === undefined ? undefined : listOf(options.zones),
      vpcCidr: options.vpcCidr,
      workspace: options.workspace,
      bucket: options.bucket,
      key: options.key,
      certificateArn: options.certificate,
      pops: options.pop?.map(popOf),
    },
    files,
  );
  const path = await writeConfig({ directory, environment: name, text, was: null });
  world.print(`${path}: added, from ${file.path}\n${notes.map((note) => `  ${note}\n`).join("")}`);
  return 0;
}

function requireNew(name: string, files: readonly ConfigFile[]): void {
  if (!isEnvironmentName(name)) {
    const message = `the new environment must be named with ${ALLOWED_NAMES}, got "${name}"`;
    throw new RoutedError("invalid-argument", message);
  }
  const existing = files.find((file) => file.name === name);
  if (!existing) return;
  const message = `${existing.path}: exists already; choose another name`;
  throw new RoutedError("invalid-argument", message);
}

function popOf(text: string): NewPop {
  const [name = "", peers, ...more] = text.split("=");
  if (name !== "" && peers !== undefined && more.length === 0) {
    return { name, bgpPeers: listOf(peers) };
  }
  const example = "ord=2001:db8:1::/48,192.0.2.0/28";
  throw new RoutedError("invalid-argument", `--pop must be like ${example}, got "${text}"`);
}

function idOf(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  const message = `--id must be a whole number between 1 and 999, got "${text}"`;
  throw new RoutedError("invalid-argument", message);
}

function listOf(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}
