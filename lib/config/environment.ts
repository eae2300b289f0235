import type { EnvironmentFile } from "./environment-file.generated";

export type { AutopilotSite } from "./environment-file.generated";

/**
 * A loaded, valid environment: `config/<name>.json` with all defaults filled in.
 * The file's name is the environment's and the Terraform stack's name.
 */
export interface Environment extends Readonly<Omit<EnvironmentFile, "$schema">> {
  readonly name: string;
}

export type OperatingSystem = Environment["fleet"]["image"]["os"];
export type Architecture = Environment["fleet"]["image"]["architecture"];
export type Placement = Environment["routed"]["placement"];
