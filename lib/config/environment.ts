import type { EnvironmentFile } from "./environment-file.generated";

export type { AutopilotSite } from "./environment-file.generated";

/** Keys that say something about the file, and nothing about the environment. */
type FileOnly = "$schema" | "extends" | "retiredSiteIds";

/**
 * A loaded, valid environment: `config/<name>.json` with all defaults filled in.
 * The file's name is the environment's and the Terraform stack's name.
 */
export interface Environment extends Readonly<Omit<EnvironmentFile, FileOnly>> {
  readonly name: string;
}

export type OperatingSystem = Environment["fleet"]["image"]["os"];
export type Architecture = Environment["fleet"]["image"]["architecture"];
export type CpuIsolation = Environment["routed"]["cpuIsolation"];
export type Placement = Environment["routed"]["placement"];
