import type { Environment } from "./environment";

/** Environments of a stage are delivered after those of the stage before. */
export const STAGES = ["development", "staging", "production"] as const;
export type Stage = (typeof STAGES)[number];

/**
 * By its name: `dev…` first, `prd…` last, everything else between.
 *
 * @example
 * stageOf("dev-eu") // → "development"
 * stageOf("stg") // → "staging"
 * stageOf("prd-na") // → "production"
 */
export function stageOf(environment: string): Stage {
  if (/^dev(-|$)/.test(environment)) return "development";
  return /^prd(-|$)/.test(environment) ? "production" : "staging";
}

/** Workflows keep no state beside them, so one with a local state is for people only. */
export function isDelivered({ backend }: Pick<Environment, "backend">): boolean {
  return backend.type !== "local";
}

/** The role that workflows read an environment with. Not `routed-…`: deploys may change those. */
export function observeRoleName(environment: string): string {
  return `observe-routed-${environment}`;
}

/** The role that workflows deploy an environment with. */
export function deployRoleName(environment: string): string {
  return `deploy-routed-${environment}`;
}

/** The roles that an environment's runs in Terraform Cloud take: one to plan, one to apply. */
export function runRoleName(phase: "plan" | "apply", environment: string): string {
  return `${phase}-routed-${environment}`;
}
