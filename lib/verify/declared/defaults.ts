/**
 * What the provider writes into a new resource where nothing is declared: the defaults of its schema,
 * which Terraform doesn't tell (`terraform providers schema`). Recorded from a first deploy's plan
 * (__tests__/fixtures/plans); a value that isn't here was put there by somebody.
 */
export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};

/** @param path with dots for the parts, and no indices */
export function isDefault(type: string, path: string, value: unknown): boolean {
  const found = DEFAULTS[type]?.[path];
  return found !== undefined && JSON.stringify(found) === JSON.stringify(value);
}
