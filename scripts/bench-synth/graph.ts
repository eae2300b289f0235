import { readFileSync } from "node:fs";

/** The name of this project's program in results. */
export const PRODUCT = "this project (CDKTF)";

/** Resources by Terraform type in a synthesized stack. */
export function resourcesIn(file: string): Record<string, number> {
  const { resource } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly resource: Readonly<Record<string, object>>;
  };
  return Object.fromEntries(
    Object.entries(resource).map(([type, byName]) => [type, Object.keys(byName).length]),
  );
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
