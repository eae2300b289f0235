import { effectiveValues } from "../../config/file/effective-values";
import type { EffectiveValue, ValueSource } from "../../config/file/effective-values";
import { readConfigToChange } from "../../config/edit/change-config";
import { readSettings } from "../../config/settings";
import { assertNever } from "../../errors";
import type { CliWorld } from "../cli-world";

/**
 * `routed config show <environment>`: every effective value and where it comes from.
 *
 * @returns 0
 * @throws RoutedError `invalid-config`
 */
export function configShowCommand(
  name: string,
  options: { readonly json?: boolean },
  world: CliWorld,
): number {
  const { configDirectory } = readSettings(world.variables);
  const { file } = readConfigToChange(configDirectory, name);
  const values = effectiveValues(file);
  world.print(
    options.json === true
      ? `${JSON.stringify({ environment: name, values }, null, 2)}\n`
      : `${renderValues(values)}\n`,
  );
  return 0;
}

/** One line a value: what it is, its JSON, and its source. */
function renderValues(values: readonly EffectiveValue[]): string {
  const rows = values.map(
    ({ path, value, source }) => [path, JSON.stringify(value), source] as const,
  );
  const width = (column: 0 | 1, limit: number): number =>
    Math.max(...rows.map((row) => row[column].length).filter((length) => length <= limit));
  const widths = [width(0, 60), width(1, 60)] as const;
  return rows
    .map(([path, value, source]) =>
      [path.padEnd(widths[0]), value.padEnd(widths[1]), renderSource(source)].join("  "),
    )
    .join("\n");
}

function renderSource(source: ValueSource): string {
  switch (source.kind) {
    case "own":
    case "shared":
      return `${source.file}:${source.line}`;
    case "default":
      return "default";
    case "derived":
      return "default (derived)";
    default:
      return assertNever(source);
  }
}
