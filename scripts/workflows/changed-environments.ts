import { readConfigFolder } from "../../lib/config/file/config-folder";
import type { ConfigFile } from "../../lib/config/file/config-file";
import type { EnvironmentFile } from "../../lib/config/environment-file.generated";

/** What can change the synthesis of every environment; rather too much than too little. */
const CODE =
  /^(lib\/|bin\/|main\.ts$|package(-lock)?\.json$|cdktf\.json$|config\/[^/]*\.schema\.json$)/;
/** Parts of `lib/` that no synthesis uses. */
const NOT_SYNTHESIZED = /^lib\/(cli|report|export|rollout|verify)\//;

/**
 * The environments whose deploy a change may alter.
 *
 * @param changed paths, relative to the project's root
 */
export function changedEnvironments(
  changed: readonly string[],
  configs: readonly Pick<ConfigFile, "name" | "own" | "shared">[],
): string[] {
  if (changed.some((file) => CODE.test(file) && !NOT_SYNTHESIZED.test(file))) {
    return configs.map(({ name }) => name);
  }
  return configs
    .filter(({ own, shared }) => [own, ...shared].some(({ path }) => changed.includes(path)))
    .map(({ name }) => name);
}

/**
 * Ids that a change takes from one PoP and leaves free, or gives to another: ports would be another
 * PoP's.
 *
 * @param baseDirectory the config as it was
 */
export function reusedSiteIds(baseDirectory: string, configs: readonly ConfigFile[]): string[] {
  const before = readConfigFolder(baseDirectory).files;
  return configs.flatMap((config) => {
    const old = before.find(({ name }) => name === config.name)?.value as Partial<EnvironmentFile>;
    const now = config.value as EnvironmentFile;
    return (old?.autopilotSites ?? []).flatMap(({ id, name }) => {
      const owner = now.autopilotSites.find((site) => site.id === id);
      const command = `routed config remove-pop ${config.name} --name ${name}`;
      if (owner === undefined && !now.retiredSiteIds?.includes(id)) {
        return [
          `${config.path}: retiredSiteIds must have ${id}, the id of ${name}, which is removed; remove it with: ${command}`,
        ];
      }
      if (owner === undefined || owner.name === name) return [];
      return [
        `${config.path}: id ${id} must stay ${name}'s, got ${owner.name}; give ${owner.name} an id that no PoP ever had`,
      ];
    });
  });
}
