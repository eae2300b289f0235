import type { ConfigFile } from "./config-file";
import type { EnvironmentFile } from "../environment-file.generated";
import { defaultStateKey } from "../state-location";
import { renderPath } from "./violation";
import type { FieldPath } from "./violation";

/** Where an effective value comes from. */
export type ValueSource =
  | { readonly kind: "own" | "shared"; readonly file: string; readonly line: number }
  /** The schema's default. */
  | { readonly kind: "default" }
  /** A default that depends on other values. */
  | { readonly kind: "derived" };

export interface EffectiveValue {
  /** E.g. `fleet.image.amiId`, `autopilotSites[3]`. */
  readonly path: string;
  readonly value: unknown;
  readonly source: ValueSource;
}

/**
 * All values that hold for an environment, in the order of its file: a row for each scalar, list and
 * PoP.
 *
 * @param file valid, with its defaults filled in
 */
export function effectiveValues(file: ConfigFile): EffectiveValue[] {
  const given = leavesOf(file.value, []).map(({ path, value }) => ({
    path: renderPath(path),
    value,
    source: sourceOf(file, path),
  }));
  return [...given, ...derivedValues(file)].filter(({ path }) => path !== "$schema");
}

function derivedValues({ name, value }: ConfigFile): EffectiveValue[] {
  const { aws, backend } = value as EnvironmentFile;
  if (backend.type !== "s3") return [];
  const source = { kind: "derived" } as const;
  return [
    { path: "backend.key", value: defaultStateKey(name), source, given: backend.key },
    { path: "backend.region", value: aws.region, source, given: backend.region },
  ]
    .filter(({ given }) => given === undefined)
    .map(({ path, value: derived }) => ({ path, value: derived, source }));
}

function leavesOf(value: unknown, path: FieldPath): { path: FieldPath; value: unknown }[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  if (Array.isArray(value)) {
    const isOfObjects = value.some((item) => typeof item === "object");
    return isOfObjects
      ? value.map((item: unknown, index) => ({ path: [...path, index], value: item }))
      : [{ path, value }];
  }
  const fields = Object.entries(value);
  if (fields.length === 0) return [{ path, value }];
  return fields.flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

function sourceOf(file: ConfigFile, path: FieldPath): ValueSource {
  const place = file.givenAt(path);
  if (!place) return { kind: "default" };
  const kind = place.document === file.own ? "own" : "shared";
  return { kind, file: place.document.path, line: place.line };
}
