import { readdirSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { RoutedError } from "../../errors";
import { ConfigFile } from "./config-file";
import { checkBetweenEnvironments } from "../rules/environment-rules";
import { JsonDocument, reasonOf } from "./json-document";
import { MAX_ENVIRONMENT_NAME_LENGTH } from "../limits";
import { SharedFiles } from "./shared-files";
import { validateFile } from "./validate";
import { renderViolation } from "./violation";
import type { Violation } from "./violation";

const SCHEMAS = ".schema.json";
const EXTENSION = ".json";
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** What an environment may be called, as messages say it. */
export const ALLOWED_NAMES = `at most ${MAX_ENVIRONMENT_NAME_LENGTH} lower-case letters, digits and single hyphens, a letter first`;

/** A folder of environments, read and checked as a whole. */
export interface ConfigFolder {
  /** One for each environment, by name; their values have the schema's defaults filled in. */
  readonly files: readonly ConfigFile[];
  /** Every violation of every file, rendered: by environment, in the order of the lines. */
  readonly problems: readonly string[];
}

/**
 * Reads and checks every environment of a folder.
 *
 * @param changes file name → text that is looked at in place of what the folder holds
 * @throws RoutedError `invalid-config` where the folder can't be read or holds no environment
 */
export function readConfigFolder(
  directory: string,
  changes: ReadonlyMap<string, string> = new Map(),
): ConfigFolder {
  const shown = displayPath(directory);
  const shared = new SharedFiles(directory, shown);
  const files = listEnvironmentNames(directory, shown, [...changes.keys()]).map((name) => {
    const fileName = `${name}${EXTENSION}`;
    const path = join(shown, fileName);
    const changed = changes.get(fileName);
    const own =
      changed === undefined
        ? JsonDocument.read(join(directory, fileName), path)
        : new JsonDocument(path, Buffer.from(changed));
    const file = new ConfigFile(name, own, shared.extendedBy(own));
    for (const message of shared.problemsOf(own)) file.reportMalformed(["extends"], message);
    return file;
  });
  // Of a circle nothing is known of what the environment gets, so all else would be told for its sake.
  const whole = files.filter(({ own }) => shared.problemsOf(own).length === 0);
  whole.forEach(validateFile);
  checkBetweenEnvironments(whole);
  files.forEach(reportBadName);
  return { files, problems: renderViolations(files) };
}

/** As a person would type it: relative to where they are, unless it lies elsewhere. */
export function displayPath(directory: string): string {
  const path = relative("", directory) || ".";
  return path.startsWith("..") || isAbsolute(path) ? directory : path;
}

function listEnvironmentNames(
  directory: string,
  shown: string,
  changed: readonly string[],
): string[] {
  let entries: string[];
  try {
    entries = readdirSync(directory);
  } catch (error) {
    const message = `${shown}: can't be read (${reasonOf(error)}); give the folder of the environments' files`;
    throw new RoutedError("invalid-config", message, { cause: error });
  }
  const names = [...new Set([...entries, ...changed])]
    .filter((name) => name.endsWith(EXTENSION) && !name.endsWith(SCHEMAS) && !name.startsWith("."))
    .map((name) => name.slice(0, -EXTENSION.length))
    .sort();
  if (names.length === 0) {
    const message = `${shown}: has no environment; add a file <environment>.json to it`;
    throw new RoutedError("invalid-config", message);
  }
  return names;
}

export function isEnvironmentName(name: string): boolean {
  return NAME.test(name) && name.length <= MAX_ENVIRONMENT_NAME_LENGTH;
}

function reportBadName(file: ConfigFile): void {
  const { name } = file;
  if (isEnvironmentName(name)) return;
  const what = `is named "${name}", and an environment's name is ${ALLOWED_NAMES}`;
  file.report([], `${what}; rename the file`);
}

/** A violation in a shared file is told once, with the environments that it makes invalid. */
function renderViolations(files: readonly ConfigFile[]): string[] {
  const environments = new Map<string, string[]>();
  for (const file of files) {
    for (const violation of [...file.violations].sort(byPlace)) {
      const text = renderViolation(violation);
      const own = violation.file === file.path;
      const concerned = environments.get(text) ?? [];
      if (!own && !concerned.includes(file.name)) concerned.push(file.name);
      environments.set(text, concerned);
    }
  }
  return [...environments].map(([text, concerned]) =>
    concerned.length === 0 ? text : `${text} (in ${concerned.join(", ")})`,
  );
}

function byPlace(a: Violation, b: Violation): number {
  return a.line - b.line;
}
