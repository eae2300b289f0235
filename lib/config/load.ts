import { readdirSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { RoutedError } from "../errors";
import { canonicalEnvironment } from "./canonical-environment";
import { ConfigFile, reasonOf } from "./config-file";
import type { Environment } from "./environment";
import { checkBetweenEnvironments } from "./environment-rules";
import { MAX_ENVIRONMENT_NAME_LENGTH } from "./limits";
import { validateFile } from "./validate";
import { renderViolation } from "./violation";
import type { Violation } from "./violation";

const SCHEMA_FILE = "environment.schema.json";
const EXTENSION = ".json";
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export interface LoadEnvironmentsOptions {
  /** The folder with one `<environment>.json` each, and the schema. */
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
  const shown = displayPath(directory);
  const files = listEnvironmentNames(directory, shown).map((name) => {
    const fileName = `${name}${EXTENSION}`;
    return ConfigFile.read(join(directory, fileName), join(shown, fileName), name);
  });
  files.forEach(validateFile);
  checkBetweenEnvironments(files);
  files.forEach(reportBadName);

  const problems = [
    ...files.flatMap((file) => [...file.violations].sort(byPlace)).map(renderViolation),
    ...unknownNames(names ?? [], files, shown),
  ];
  if (problems.length > 0) throw new RoutedError("invalid-config", problems.join("\n"));
  const wanted = files.filter(({ name }) => names === undefined || names.includes(name));
  return wanted.map(({ name, value }) => canonicalEnvironment(name, value as Environment));
}

function listEnvironmentNames(directory: string, shown: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(directory);
  } catch (error) {
    const message = `${shown}: can't be read (${reasonOf(error)}); give the folder of the environments' files`;
    throw new RoutedError("invalid-config", message, { cause: error });
  }
  const names = entries
    .filter((entry) => entry.endsWith(EXTENSION) && entry !== SCHEMA_FILE && !entry.startsWith("."))
    .map((entry) => entry.slice(0, -EXTENSION.length))
    .sort();
  if (names.length === 0) {
    const message = `${shown}: has no environment; add a file <environment>.json to it`;
    throw new RoutedError("invalid-config", message);
  }
  return names;
}

function reportBadName(file: ConfigFile): void {
  const { name } = file;
  if (NAME.test(name) && name.length <= MAX_ENVIRONMENT_NAME_LENGTH) return;
  const allowed = `at most ${MAX_ENVIRONMENT_NAME_LENGTH} lower-case letters, digits and single hyphens, a letter first`;
  file.report([], `is named "${name}", and an environment's name is ${allowed}; rename the file`);
}

function unknownNames(
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

/** As a person would type it: relative to where they are, unless it lies elsewhere. */
function displayPath(directory: string): string {
  const path = relative("", directory) || ".";
  return path.startsWith("..") || isAbsolute(path) ? directory : path;
}

function byPlace(a: Violation, b: Violation): number {
  return a.line - b.line;
}
