import { RoutedError } from "../../errors";
import type { ConfigFile } from "../file/config-file";
import type { EnvironmentFile } from "../environment-file.generated";
import { MAX_SITE_ID } from "../limits";
import { addItem, removeField, setField } from "./edit-json";

export interface NewPop {
  readonly name: string;
  readonly bgpPeers: readonly string[];
  /** @default - one above every id that the environment has, or has retired */
  readonly id?: number;
}

/**
 * The environment's file with one more PoP.
 *
 * @throws RoutedError `invalid-argument` where no id is known to be unused
 */
export function withPop(file: ConfigFile, pop: NewPop): { text: string; id: number } {
  const id = pop.id ?? nextSiteId(file);
  const text = addItem(file.own.text, ["autopilotSites"], {
    id,
    name: pop.name,
    bgpPeers: pop.bgpPeers,
  });
  return { text, id };
}

/**
 * The environment's file without a PoP, whose id is retired.
 *
 * @throws RoutedError `invalid-argument` where there is no such PoP
 */
export function withoutPop(file: ConfigFile, name: string): { text: string; id: number } {
  const { autopilotSites, retiredSiteIds = [] } = file.value as EnvironmentFile;
  const index = autopilotSites.findIndex((site) => site.name === name);
  const site = autopilotSites[index];
  if (site === undefined) {
    const known = autopilotSites.map((one) => one.name).join(", ");
    const message = `${file.path}: has no PoP ${JSON.stringify(name)}; there is ${known}`;
    throw new RoutedError("invalid-argument", message);
  }
  const without = removeField(file.own.text, ["autopilotSites", index]);
  const retired = [...new Set([...retiredSiteIds, site.id])].sort((a, b) => a - b);
  return { text: setField(without, ["retiredSiteIds"], retired), id: site.id };
}

/**
 * An id below the highest may have been a PoP's that was removed before ids were retired, so only
 * those above are known to be unused.
 */
export function nextSiteId(file: ConfigFile): number {
  const { autopilotSites, retiredSiteIds = [] } = file.value as EnvironmentFile;
  const highest = Math.max(0, ...autopilotSites.map(({ id }) => id), ...retiredSiteIds);
  if (highest < MAX_SITE_ID) return highest + 1;
  const message = `${file.path}: has an id ${MAX_SITE_ID}, and above it there is none; give --id one that no PoP ever had`;
  throw new RoutedError("invalid-argument", message);
}
