import { RoutedError } from "../errors";
import { canonicalEnvironment } from "./canonical-environment";
import type { ConfigFile } from "./file/config-file";
import { displayPath, readConfigFolder } from "./file/config-folder";
import type { Environment } from "./environment";

export interface LoadEnvironmentsOptions {
  /** The folder with one `<environment>.json` each, the schema, and what environments share. */
  readonly directory: string;
  /** Return these environments only. @default all of them */
  readonly names?: readonly string[];
}

/**
 * The environments of a config folder, by name, with all defaults filled in and every list whose
 * order has no meaning sorted. All files are validated, whichever are asked for.
 *
 * @throws RoutedError `invalid-config`: every violation of every file, one per line, by file and line
 */
export function loadEnvironments({ directory, names }: LoadEnvironmentsOptions): Environment[] {
  const { files, problems } = readConfigFolder(directory);
  const all = [...problems, ...unknownNames(names ?? [], files, displayPath(directory))];
  if (all.length > 0) throw new RoutedError("invalid-config", all.join("\n"));
  const wanted = files.filter(({ name }) => names === undefined || names.includes(name));
  return wanted.map(({ name, value }) => canonicalEnvironment(name, value as Environment));
}

/**
 * One environment of a config folder.
 *
 * @throws RoutedError `invalid-config`, as `loadEnvironments`
 */
export function loadEnvironment(directory: string, name: string): Environment {
  const [environment] = loadEnvironments({ directory, names: [name] });
  if (!environment) throw new RoutedError("invariant-violated", `${name}: no environment`);
  return environment;
}

/** What is wrong with the names that are asked for. */
export function unknownNames(
  names: readonly string[],
  files: readonly ConfigFile[],
  shown: string,
): string[] {
  const known = files.map(({ name }) => name);
  return [...new Set(names)]
    .filter((name) => !known.includes(name))
    .map((name) => {
      const choices = `there is ${known.join(", ")}`;
      return `${shown}: has no environment ${JSON.stringify(name)}; ${choices}`;
    });
}
